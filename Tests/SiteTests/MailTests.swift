import Domain
import HTML
import HTTP
import Mail
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// What mails say, and what their links do.
@Suite struct MailTests {
    private static let writer = LetterWriter(
        SiteSettings(
            publicOrigin: TestSite.origin, keys: TestKeys.keys("the secret of the tests")))

    /// To whom a topic goes; the others are for the affiliate.
    private static let others: [Outbox.Topic: [String]] = [
        .applicationReceived: ["candidate"],
        .introductionSubmitted: ["company", "affiliate"],
        .introductionMoved: ["candidate", "affiliate", "company"],
        .introductionWithdrawn: ["company", "affiliate"],
        .hireReported: ["admin"], .hireRecorded: ["company", "admin"],
        .hireConfirmed: ["company", "affiliate"], .hireCancelled: ["company", "affiliate"],
        .hireLeftEarly: ["company", "affiliate"], .hireRefused: ["company"],
        .hireWithdrawn: ["admin"], .disputeOpened: ["affiliate", "company", "admin"],
        .confirmAddress: ["account"], .addressChanged: ["account"],
        .secondFactorAdded: ["account"], .secondFactorRemoved: ["account"],
        .secondFactorCodesRenewed: ["account"], .secondFactorRecoveryUsed: ["account"],
        .passwordReset: ["account"], .passwordChanged: ["account"], .adminInvited: ["account"],
        .recommendationConfirm: ["candidate"],
        .invoiceIssued: ["company"], .invoiceReceived: ["company"],
        .invoiceReopened: ["company"],
    ]

    private static func claim(
        _ topic: Outbox.Topic, to role: String, in language: Language
    ) -> Outbox.Claim {
        Outbox.Claim(
            id: OutboxID(9), topic: topic.rawValue, role: role,
            payload: [
                "amount": "-25000", "currency": "EUR", "commission": "50000", "reversed": "25000",
                "stage": "interview", "reason": "other", "note": "Because of <reasons>.",
                "starts_on": "2026-12-01", "due_on": "2027-01-21", "left_on": "2026-12-24",
                "iban": "RO49 … 0000",
                "failure": "account_closed", "number": "V20260000001", "reference": "RF18",
                "granted": "10000",
                "token": MailToken.sample.text, "address": "ana@example.com",
                "affiliate_name": "Mihai Popa", "api_tokens": "laptop", "words": "Calm.",
                "job_title": "Zidar", "company_name": "Nord", "new_address": "n@example.com",
                "hire": "4", "introduction": "5",
            ],
            createdAt: TestSite.now, attempts: 1,
            recipients: [EmailAddress(stored: "ana@example.com")],
            name: PersonName(stored: "Ana Pop"), language: language,
            about: Outbox.About(
                job: JobTitle(stored: "Zidar"), company: CompanyName(stored: "Nord"),
                candidate: PersonName(stored: "Radu"), receipt: .sample))
    }

    @Test(arguments: Outbox.Topic.allCases)
    func `every message has a letter in both languages`(_ topic: Outbox.Topic) throws {
        for role in Self.others[topic] ?? ["affiliate"] {
            let english = try #require(
                Self.writer.letter(Self.claim(topic, to: role, in: .english)), "\(role)")
            let romanian = try #require(
                Self.writer.letter(Self.claim(topic, to: role, in: .romanian)), "\(role)")
            #expect(english.paragraphs != romanian.paragraphs)
            #expect(english.footnote != romanian.footnote)
            #expect(english.paragraphs.first == "Hello Ana Pop,")
            #expect(romanian.paragraphs.first == "Bună ziua, Ana Pop,")
            for letter in [english, romanian] {
                #expect(letter.paragraphs.contains { $0.hasSuffix("Because of <reasons>.") })
                #expect(!letter.subject.isEmpty)
                let action = try #require(letter.action)
                #expect(action.url.encoded.hasPrefix(TestSite.origin + "/"))
                #expect((letter.unsubscribe != nil) == topic.isOptional)
            }
        }
    }

    @Test func `a mail about an invoice leads to its page`() throws {
        for topic in [Outbox.Topic.invoiceIssued, .invoiceReceived, .invoiceReopened] {
            let letter = try #require(
                Self.writer.letter(Self.claim(topic, to: "company", in: .english)))
            let url = TestSite.origin + "/company/invoices/V20260000001"
            #expect(letter.action?.url.encoded == url)
        }
    }

    @Test func `winning says how much, for whom and when`() throws {
        let claim = Self.claim(.commissionWon, to: "affiliate", in: .romanian)
        let letter = try #require(Self.writer.letter(claim))
        let texts = Texts(.romanian)
        #expect(letter.subject == "Ai câștigat \(texts.value.money(.euros(500)))")
        let all = letter.paragraphs.joined(separator: "\n")
        for part in ["Radu", "Zidar", "Nord", "21 ianuarie 2027"] { #expect(all.contains(part)) }
    }

    @Test func `what the site writes into the outbox can be written as a letter`() async throws {
        try await withWorld { world in
            let claims = try await world.site.store.outbox.claim(
                limit: 100, at: TestSite.now, leaseSeconds: 60)
            #expect(claims.count > 3)
            for claim in claims {
                let letter = try #require(Self.writer.letter(claim), "\(claim.topic)")
                #expect(!claim.recipients.isEmpty, "\(claim.topic)")
                #expect(!letter.paragraphs.contains { $0.contains("  ") }, "\(letter)")
            }
            let won = try #require(claims.first { $0.topic == "commission.won" })
            #expect(won.payload["due_on"] == TestSite.today.adding(days: 60).description)
        }
    }

    @Test func `one click ends mails about steps, once and for whom the message was`() async throws
    {
        try await withWorld { world in
            let site = world.site
            let claims = try await site.store.outbox.claim(
                limit: 100, at: TestSite.now, leaseSeconds: 60)
            let claim = try #require(
                claims.first { $0.topic == "introduction.submitted" && $0.role == "affiliate" })
            let letter = try #require(Self.writer.letter(claim))
            let link = try #require(letter.unsubscribe).url.encoded
            let path = String(link.dropFirst(TestSite.origin.count))
            let form = try await site.send(.get(path))
            #expect(form.status == 200)
            #expect(try await Self.optedOut(site) == [])
            // As a mail program sends it: no cookie, no token.
            for _ in 0..<2 {
                let done = try await site.send(
                    Ask.form(path, [("List-Unsubscribe", "One-Click")]))
                #expect(done.status == 200)
            }
            #expect(try await Self.optedOut(site) == claim.recipients.map(\.key))
            var forged = path
            forged.replaceSubrange(forged.index(before: forged.endIndex)..., with: "_")
            for wrong in [forged, "/unsubscribe/AAAA", "/unsubscribe/OQ"] {
                let answer = try await site.send(
                    Ask.form(wrong, [("List-Unsubscribe", "One-Click")]))
                #expect(answer.status == 404, "\(wrong)")
            }
        }
    }

    private static func optedOut(_ site: TestSite) async throws -> [String] {
        try await site.store.database.query("SELECT email_key FROM mail_opt_out") { row in
            try row.next(String.self)
        }
    }

    @Test func `a demo keeps its mails for everybody to read`() async throws {
        try await withSite { site in
            let mail = DemoMails.Mail(
                recipients: "ana@example.com", subject: "<b>Won</b>", at: TestSite.now,
                text: "Hello\n\nhttp://vouch.test/affiliate\n", html: "<p>Hello</p>",
                message: "Subject: x\r\n\r\n")
            try await site.store.database.execute(
                """
                INSERT INTO outbox (topic, recipient, payload, dedupe_key, created_at, available_at)
                VALUES ('hire.reported', 'admin', '{}', 'a', \(TestSite.now), \(TestSite.now))
                """)
            for _ in 0...DemoMails.kept {
                try await site.store.demoMails.add(mail, of: OutboxID(1))
            }
            let list = try await site.send(.get("/dev/mail"))
            #expect(list.text.contains("&lt;b&gt;Won&lt;/b&gt;"))
            #expect(try await site.store.demoMails.list().count == DemoMails.kept)
            #expect(try await site.send(.get("/dev/mail/1")).status == 404)
            let page = try await site.send(.get("/dev/mail/2"))
            #expect(page.text.contains("href=\"http://vouch.test/affiliate\""))
            let html = try await site.send(.get("/dev/mail/2/html"))
            #expect(html.text == "<p>Hello</p>")
            #expect(html.fields.first(.contentSecurityPolicy) != nil)
        }
    }

    @Test func `an admin sees what could not be delivered, and opens an address again`()
        async throws
    {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            try await site.store.database.execute(
                """
                INSERT INTO outbox (topic, recipient, payload, dedupe_key, created_at, available_at,
                    failed_at, last_error, attempts)
                VALUES ('hire.reported', 'admin', '{}', 'a', \(TestSite.now), \(TestSite.now),
                    \(TestSite.now), '550 <no>', 1)
                """)
            try await site.store.outbox.suppress(
                EmailAddress("Gone@example.com"), "550 gone", by: OutboxID(1), at: TestSite.now)
            let page = try await admin.get("/admin/mails")
            #expect(page.text.contains("hire.reported"))
            #expect(page.text.contains("550 &lt;no&gt;"))
            #expect(page.text.contains("gone@example.com"))
            let dead = try #require(try await site.store.mailDelivery.deadLetters().first).id
            for _ in 0..<2 {
                let again = try await admin.post(
                    "/admin/mails/\(dead)/resend", from: "/admin/mails")
                #expect(again.status == 303)
            }
            #expect(try await site.store.mailDelivery.deadLetters().isEmpty)
            #expect(
                try await admin.post("/admin/mails/allow", from: "/admin/mails", [("email", "x")])
                    .status == 422)
            for _ in 0..<2 {
                let answer = try await admin.post(
                    "/admin/mails/allow", from: "/admin/mails", [("email", "gone@example.com")])
                #expect(answer.status == 303)
            }
            #expect(try await site.store.mailDelivery.suppressed().isEmpty)
            let audit = try await site.store.audit.list().items
            #expect(audit.count { $0.action == "mail.allowed" } == 1)
        }
    }
}

import Domain
import HTTP
import Store
import TestSupport
import Testing

@testable import Site

/// The pages of the money path, in a browser: with good values, with bad ones, and sent twice.
@Suite struct MoneyPagesTests {
    private static let account: [(name: String, value: String)] = [
        ("holder", "Ana Ionescu"), ("iban", "RO49 AAAA 1B31 0075 9384 0000"), ("country", "RO"),
        ("tax_id", "1234567"), ("password", Browser.password),
    ]

    /// An affiliate and an admin at their browsers, and a recorded hire between them.
    private static func withHire(
        _ body: @escaping @Sendable (Browser, Browser, HireID) async throws -> Void
    ) async throws {
        try await withSite { site in
            let (ana, admin) = (Browser(site), Browser(site))
            try await ana.signUpAffiliate()
            try await ana.confirm()
            try await admin.becomeAdmin()
            let accounts = site.store.accounts
            let affiliate = try #require(
                try await accounts.credentials(for: EmailAddress("ana@example.com"))
            ).account
            let vlad = try #require(
                try await accounts.credentials(for: EmailAddress("admin@example.com"))
            ).account
            let maker = WorldMaker(site: site)
            let job = try await maker.job(
                of: try await maker.company("Nord", "nord@example.com"))
            let code = try await maker.link(to: job, of: affiliate)
            _ = try await maker.record(
                try await maker.apply(to: job, via: code, "paula@example.com").id, by: vlad)
            let hire = try #require(try await site.store.hires.recorded().items.first?.id)
            try await body(ana, admin, hire)
        }
    }

    @Test func `where an affiliate is paid is kept only with the password`() async throws {
        try await Self.withHire { ana, _, _ in
            var wrong = Self.account
            wrong[4].value = "something else entirely"
            let refused = try await ana.post("/affiliate/payouts", wrong)
            #expect(refused.status == 422)
            #expect(refused.text.contains("id=\"field-password-error\""))
            #expect(!refused.text.contains("something else entirely"))
            wrong = Self.account
            wrong[1].value = "RO50 AAAA 1B31 0075 9384 0000"
            let mistyped = try await ana.post("/affiliate/payouts", wrong)
            #expect(mistyped.text.contains("id=\"field-iban-error\""))
            for _ in 0..<2 {
                #expect(try await ana.post("/affiliate/payouts", Self.account).status == 303)
            }
            let page = try await ana.get("/affiliate/payouts")
            #expect(page.text.contains("RO49 AAAA 1B31 0075 9384 0000"))
            let changes = try await ana.site.store.audit.list().items.filter {
                $0.action == "payout_account.changed"
            }
            #expect(changes.count == 1)
        }
    }

    @Test func `commissions are decided in bulk, and money reaches the bank and the affiliate`()
        async throws
    {
        try await Self.withHire { ana, admin, _ in
            _ = try await ana.post("/affiliate/payouts", Self.account)
            let nothing = try await admin.post("/admin/commissions", [("outcome", "hold")])
            #expect(nothing.status == 422)
            #expect(nothing.text.contains("id=\"field-reason-error\""))
            let decided = try await admin.post(
                "/admin/commissions", [("outcome", "approve"), ("commission", "1")])
            #expect(decided.location == "/admin/commissions?state=pending")
            #expect(try await admin.get("/admin/waiting").text.contains("V20260000001"))
            for day in ["soon", "2099-01-01"] {
                let wrong = try await admin.post(
                    "/admin/invoices/1/receive", from: "/admin/waiting", [("received_on", day)])
                #expect(wrong.status == 422, "\(day)")
            }
            let received = try await admin.post(
                "/admin/invoices/1/receive", from: "/admin/waiting",
                [("received_on", TestSite.today.description), ("bank_reference", "OP 7")])
            #expect(received.location == "/admin/waiting")
            #expect(
                try await admin.get("/admin/waiting").text.contains("V20260000001") == false)

            let shown = try await admin.get("/admin/payouts")
            #expect(shown.text.contains("Ana Ionescu"))
            let fields = [
                ("commission_currency", "EUR"), ("cut_off", TestSite.today.description),
                ("fingerprint", try #require(shown.hidden("fingerprint"))),
            ]
            let made = try await admin.post("/admin/payouts", fields)
            #expect(made.location == "/admin/payouts/1")
            #expect(try await admin.post("/admin/payouts", fields).location == made.location)
            #expect(
                try await admin.post(
                    "/admin/payouts", [("commission_currency", "EUR"), ("cut_off", "")]
                ).status == 409)

            let early = try await admin.post(
                "/admin/payouts/1", [("payout", "1"), ("outcome", "paid")])
            #expect(early.status == 409)
            let file = try await admin.post(
                "/admin/payouts/1/file", from: "/admin/payouts/1")
            #expect(file.text.contains("<IBAN>RO49AAAA1B31007593840000</IBAN>"))
            #expect(file.status == 200)
            #expect(
                try await admin.post("/admin/payouts/1", [("outcome", "failed")]).status == 422)
            for _ in 0..<2 {
                let paid = try await admin.post(
                    "/admin/payouts/1", from: "/admin/payouts",
                    [("payout", "1"), ("outcome", "paid")])
                #expect(paid.status == 303)
            }
            #expect(try await ana.get("/affiliate/payouts").text.contains("RO49 **** 0000"))
            #expect(try await ana.site.store.books.check().isBalanced)
        }
    }

    @Test func `a mark stops a payout until an admin says why it is in order`() async throws {
        try await Self.withHire { ana, admin, _ in
            _ = try await ana.post("/affiliate/payouts", Self.account)
            let bogdan = Browser(ana.site)
            try await bogdan.signUpAffiliate("bogdan@example.com")
            try await bogdan.confirm("bogdan@example.com")
            _ = try await bogdan.post("/affiliate/payouts", Self.account)
            _ = try await admin.post(
                "/admin/commissions", [("outcome", "approve"), ("commission", "1")])
            #expect(try await admin.get("/admin/payouts").hidden("fingerprint") == nil)
            for fields in [[("affiliate_flag", "1")], [("note", "Looked")]] {
                let wrong = try await admin.post("/admin/waiting", fields)
                #expect(wrong.status == 422, "\(fields)")
            }
            for flag in ["1", "2", "2"] {
                let answer = try await admin.post(
                    "/admin/waiting", [("affiliate_flag", flag), ("note", "One household")])
                #expect(answer.status == 303)
            }
            #expect(try await admin.get("/admin/payouts").hidden("fingerprint") != nil)
        }
    }

    @Test func `a statement is there for months that are over`() async throws {
        try await Self.withHire { ana, _, _ in
            let month = CalendarMonth(TestSite.today)
            let running = try await ana.get("/affiliate/statements/\(month)")
            #expect(running.text.contains("The month still runs"))
            #expect(running.text.contains("Commission won"))
            #expect(try await ana.get("/affiliate/statements/\(month)/csv").status == 404)
            #expect(try await ana.get("/affiliate/statements/\(month.next)").status == 404)
            let before = CalendarMonth(month.firstDay.adding(days: -1))
            let page = try await ana.get("/affiliate/statements/\(before)")
            #expect(page.text.contains("href=\"/affiliate/statements/\(before)/csv\""))
            let answer = try await ana.get("/affiliate/statements/\(before)/csv")
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix("date,what,hire,"))
            #expect(try await ana.get("/affiliate/statements/2026-13").status == 404)
        }
    }

    @Test func `a decision about a hire is shown, done as shown, and done once`() async throws {
        try await Self.withHire { _, admin, hire in
            let path = "/admin/hires/\(hire)/end"
            let choice = "outcome=cancelled&reason=recorded_in_error&note=Wrong+person"
            let shown = try await admin.get("\(path)?\(choice)")
            let fingerprint = try #require(shown.hidden("fingerprint"))
            #expect(shown.text.contains("500"))
            let fields = [
                ("outcome", "cancelled"), ("reason", "recorded_in_error"),
                ("note", "Wrong person"),
            ]
            let blind = try await admin.post(path, fields)
            #expect(blind.status == 409)
            #expect(blind.hidden("fingerprint") == fingerprint)
            for _ in 0..<2 {
                let done = try await admin.post(path, fields + [("fingerprint", fingerprint)])
                #expect(done.location == "/admin/hires/\(hire)")
            }
            let found = try await admin.site.store.hires.find(hire)
            #expect(found.state == .cancelled)
            for (query, field) in [
                ("outcome=left_early", "left_on"), ("outcome=cancelled", "reason"),
                ("outcome=recorded", "outcome"), ("outcome=left_early&left_on=soon", "left_on"),
            ] {
                let wrong = try await admin.get("\(path)?\(query)")
                #expect(wrong.status == 422, "\(query)")
                #expect(wrong.text.contains("id=\"field-\(field)-error\""), "\(query)")
            }
        }
    }
}

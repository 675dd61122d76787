import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// The admin's desk in a browser: each deed of its pages.
@Suite struct AdminDeskTests {
    private static func withDesk(
        _ body: @escaping @Sendable (Browser, World) async throws -> Void
    ) async throws {
        try await withWorld { world in
            let admin = Browser(world.site)
            try await admin.becomeAdmin("vlad@example.com")
            try await body(admin, world)
        }
    }

    @Test func `the queue shows what waits, and its buttons do it`() async throws {
        try await Self.withDesk { admin, world in
            let store = world.site.store
            try await store.database.execute(
                """
                UPDATE outbox SET failed_at = \(TestSite.now), last_error = '550 <no>'
                WHERE id = 1
                """)
            let page = try await admin.get("/admin").text
            let company = try #require(world.company.principal.company)
            #expect(page.contains("action=\"/admin/companies/\(company)/verify\""))
            #expect(page.contains("href=\"/admin/hires/\(world.hire)\""))
            #expect(page.contains("action=\"/admin/mails/1/resend\""))
            #expect(page.contains("550 &lt;no&gt;"))
            for _ in 0..<2 {
                let sent = try await admin.post("/admin/mails/1/resend", from: "/admin")
                #expect(sent.location == "/admin")
                let verified = try await admin.post(
                    "/admin/companies/\(company)/verify", from: "/admin")
                #expect(verified.status == 303)
            }
            let after = try await admin.get("/admin").text
            #expect(!after.contains("action=\"/admin/companies/\(company)/verify\""))
            #expect(!after.contains("/resend"))
            let log = try await store.audit.list(of: "company", company.rawValue).items
            #expect(log.count == 1)
            #expect(
                try await admin.post("/admin/mails/999/resend", from: "/admin").status == 404)
        }
    }

    @Test func `what an admin holds is in the queue, to be released or reversed`() async throws {
        try await Self.withDesk { admin, world in
            let id = world.commission.description
            let held = "/admin/commissions?state=held"
            let decide = { (from: String, outcome: String, note: String) in
                try await admin.post(
                    from,
                    [
                        ("commission", id), ("outcome", outcome), ("reason", "self_dealing"),
                        ("note", note),
                    ])
            }
            #expect(try await !admin.get("/admin").text.contains(held + "&amp;"))
            let hold = try await decide("/admin/commissions?state=pending", "hold", "Looking")
            #expect(hold.status == 303)
            let queue = try await admin.get("/admin").text
            let found = queue.firstMatch(
                of: /href="(\/admin\/commissions\?state=held&amp;[^"]*)"/)
            let link = String(try #require(found).1).replacing("&amp;", with: "&")
            let page = try await admin.get(link).text
            #expect(page.contains(/<input type="checkbox"[^>]*value="\d+"[^>]* checked/))
            #expect(!page.contains("value=\"hold\"") && page.contains("value=\"release\""))
            let refused = try await decide(link, "release", "")
            #expect(refused.status == 422)
            #expect(refused.text.contains(/<input type="checkbox"[^>]*value="\d+"[^>]* checked/))
            #expect(try await decide(link, "release", "It is fine").status == 303)
            #expect(try await !admin.get("/admin").text.contains(held + "&amp;"))
            for wrong in ["x", "0", "999999", ""] {
                #expect(try await admin.get(held + "&commission=\(wrong)").status == 200)
            }
        }
    }

    @Test func `the log says from where, and is narrowed by its form`() async throws {
        try await Self.withDesk { admin, world in
            let company = try #require(world.company.principal.company)
            _ = try await admin.post("/admin/companies/\(company)/verify", from: "/admin")
            let path = "/admin/audit?subject=company&id=\(company)"
            let page = try await admin.get(path).text
            #expect(page.contains("company.verified") && page.contains("1.2.3.4"))
            #expect(page.contains("waiting → verified"))
            #expect(page.contains("Vlad Admin"))
            let today = TestSite.today
            for (query, isFound) in [
                ("action=company.verified", true), ("day=\(today)", true),
                ("day=\(today.adding(days: 1))", false), ("action=company.lost", false),
                ("action=%27%3B--", false), ("action=a%00b", false), ("id=x", false),
                ("account=0", false), ("day=2026-13-99", false),
            ] {
                let answer = try await admin.get("/admin/audit?\(query)")
                #expect(answer.status == 200, "\(query)")
                #expect(answer.text.contains("company.verified</code>") == isFound, "\(query)")
            }
            #expect(
                try await admin.get("/admin/hires/\(world.hire)").text.contains(
                    "href=\"/admin/audit?subject=hire&amp;id=\(world.hire)\""))
        }
    }

    @Test func `a long log has a next page`() async throws {
        try await Self.withDesk { admin, _ in
            try await admin.site.store.database.execute(
                """
                INSERT INTO audit (at, actor, action, subject, subject_id)
                SELECT \(TestSite.now), 'system', 'test.row', 'test', n
                FROM generate_series(1, 45) n
                """)
            var target = "/admin/audit?subject=test"
            var seen: Set<Substring> = []
            for _ in 0..<3 {
                let page = try await admin.get(target).text
                seen.formUnion(
                    page.matches(of: #/subject=test&amp;id=(\d+)"/#).map { $0.1 })
                let next = page.firstMatch(of: #/href="(\/admin\/audit[^"]*after=[^"]*)"/#)
                target = next.map { String($0.1).replacing("&amp;", with: "&") } ?? target
            }
            #expect(seen.count == 45)
        }
    }

    @Test func `the search finds, escapes and bounds`() async throws {
        try await Self.withDesk { admin, world in
            let found = try await admin.get("/admin/search?q=mihai").text
            #expect(found.contains("href=\"/admin/hires/\(world.hire)\""))
            let company = try await admin.get("/admin/search?q=Atelier").text
            #expect(company.contains("href=\"/companies/\(world.companySlug)\""))
            for query in [
                "", "%25", "_", "a%00b", "%FF", "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "%F0%9F%98%80",
            ] {
                let answer = try await admin.get("/admin/search?q=\(query)")
                #expect(answer.status == 200, "\(query)")
                #expect(!answer.text.contains("<script>alert"))
            }
            let long = String(repeating: "a", count: 201)
            for query in ["a%01b", long] {
                let answer = try await admin.get("/admin/search?q=\(query)")
                #expect(answer.status == 422, "\(query)")
            }
        }
    }

    @Test func `a job that is found leads to a page in any state`() async throws {
        try await Self.withDesk { admin, world in
            let maker = WorldMaker(site: world.site)
            for state in [JobState.draft, .published, .closed] {
                let job = try await maker.job(of: world.rival, in: state)
                let found = try await admin.get("/admin/search?q=\(job.slug)").text
                let path = "/admin/jobs/\(job.id)"
                #expect(found.contains("href=\"\(path)\""), "\(state)")
                let page = try await admin.get(path)
                #expect(page.status == 200, "\(state)")
                #expect(page.text.contains("A calm team"), "\(state)")
                #expect(
                    page.text.contains("href=\"/jobs/\(job.slug)\"") == (state != .draft),
                    "\(state)")
            }
            #expect(try await admin.get("/admin/jobs/999").status == 404)
        }
    }

    @Test func `who signs up is in the log with where from, and only if they are in`()
        async throws
    {
        try await Self.withDesk { admin, world in
            let (company, affiliate) = (Browser(world.site), Browser(world.site))
            try await company.signUpCompany("new@example.com")
            try await affiliate.signUpAffiliate("new-too@example.com")
            let again = try await Browser(world.site).signUpAffiliate("new-too@example.com")
            #expect(again.status == 409)
            let rows = try await world.site.store.audit.list(
                AuditLog.Filter(action: "account.signed_up")
            ).items.prefix(2)
            #expect(rows.map(\.actor) == ["affiliate", "company"])
            #expect(rows.allSatisfy { $0.address == "1.2.3.4" && $0.at == TestSite.now })
            #expect(rows.allSatisfy { $0.subjectID == $0.account?.rawValue })
            #expect(rows.allSatisfy { !$0.detail.contains("example.com") })
            let all = try await world.site.store.audit.list(
                AuditLog.Filter(action: "account.signed_up"), limit: PageLimit(clamping: 100))
            let accounts = try await world.site.store.database.queryFirst(
                "SELECT count(*) FROM account WHERE role <> 'admin'"
            ) { row in try row.next(Int.self) }
            #expect(all.items.count == accounts)
            #expect(try await admin.get("/admin/audit").text.contains("account.signed_up"))
        }
    }

    @Test func `the books page proves them, and names the row that is off`() async throws {
        try await Self.withDesk { admin, world in
            let good = try await admin.get("/admin/books").text
            #expect(good.contains("The books balance."))
            let database = world.site.store.database
            try await database.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
            try await database.execute(
                "UPDATE ledger_entry SET amount = amount * 2 WHERE transfer_id = 2")
            let bad = try await admin.get("/admin/books").text
            #expect(bad.contains("The books do not balance."))
            #expect(bad.contains("Commission \(world.commission)"))
        }
    }

    private static func grant(_ key: String, _ changes: [String: String] = [:]) -> [(
        name: String, value: String
    )] {
        var fields = [
            "amount": "50.00", "borne_by": "platform", "reason": "other",
            "note": "Promised on the phone", "idempotency_key": key,
        ]
        fields.merge(changes) { $1 }
        return fields.map { ($0.key, $0.value) }
    }

    @Test func `a commission is added by hand once, with an amount, a reason and a note`()
        async throws
    {
        try await Self.withDesk { admin, world in
            let store = world.site.store
            let hire = try #require(try await store.hires.recorded().items.first?.id)
            let path = "/admin/hires/\(hire)/commission"
            #expect(try await admin.get("/admin/hires/\(hire)").text.contains("href=\"\(path)\""))
            let key = try #require(try await admin.get(path).hidden("idempotency_key"))
            for (field, value) in [
                ("amount", ""), ("amount", "0"), ("amount", "-5"), ("amount", "10000000.01"),
                ("amount", "1.2345,6"), ("borne_by", "nobody"), ("reason", ""), ("note", ""),
                ("note", String(repeating: "a", count: 2001)),
            ] {
                let wrong = try await admin.post(path, Self.grant(key, [field: value]))
                #expect(wrong.status == 422, "\(field) \(value)")
                #expect(wrong.text.contains("id=\"field-\(field)-error\""), "\(field) \(value)")
            }
            for _ in 0..<2 {
                let added = try await admin.post(path, Self.grant(key))
                #expect(added.location == "/admin/hires/\(hire)")
            }
            let rows = try await store.commissions.list(of: hire, today: TestSite.today)
            #expect(rows.count == 2)
            #expect(rows.contains { $0.explanation.amount == .euros(50) })
            let other = try await admin.post(path, Self.grant(key, ["amount": "51"]))
            #expect(other.status == 409)
            #expect(try await store.books.check().isBalanced)
        }
    }

    @Test func `nothing is added to a hire that was only reported`() async throws {
        try await Self.withDesk { admin, world in
            let path = "/admin/hires/\(world.hire)/commission"
            #expect(try await admin.get(path).status == 404)
            let added = try await admin.post(
                path, from: "/admin", Self.grant("a-key-of-my-own"))
            #expect(added.status == 404)
        }
    }
}

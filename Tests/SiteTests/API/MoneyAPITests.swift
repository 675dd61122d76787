import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// The money path by programs, from the recording to the bank.
@Suite struct MoneyAPITests {
    private static func withHire(
        _ body: @escaping @Sendable (APIWorld, Int64) async throws -> Void
    ) async throws {
        try await withAPI { world in
            let hire = try await world.reportedHire()
            _ = try await world.admin.send(
                "POST", "/api/v1/admin/hires/\(hire)/record", key: "record-it-once")
            try await body(world, hire)
        }
    }

    @Test func `a decision is done as it was shown, once, and not on other facts`() async throws {
        try await Self.withHire { world, hire in
            let path = "/api/v1/admin/hires/\(hire)/decision"
            let choice = "outcome=cancelled&reason=recorded_in_error&note=Wrong+person"
            let shown = try await world.admin.get("\(path)?\(choice)").json()
            #expect(shown["reversals"]?.list?.count == 2)
            let fingerprint = try #require(shown["fingerprint"]?.text)
            func body(_ fingerprint: String) -> String {
                """
                {"outcome": "cancelled", "reason": "recorded_in_error", "note": "Wrong person",
                 "fingerprint": "\(fingerprint)"}
                """
            }
            let stale = try await world.admin.send(
                "POST", path, body(String(repeating: "0", count: 32)), key: "decide-stale")
            #expect(stale.status == 409 && stale.code == "changed_meanwhile")
            #expect(
                try await world.admin.send("POST", path, body(fingerprint)).status == 400)
            for _ in 0..<2 {
                let done = try await world.admin.send(
                    "POST", path, body(fingerprint), key: "decide-it-once")
                #expect(try done.json()["state"] == .text("cancelled"))
            }
            let again = try await world.admin.send(
                "POST", path, body(fingerprint), key: "another-key-again")
            #expect(again.status == 200)
            let reused = try await world.admin.send(
                "POST", path, body("ff" + fingerprint.dropFirst(2)), key: "decide-it-once")
            #expect(reused.status == 409)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    @Test func `a preview says which of its parameters cannot be used`() async throws {
        try await Self.withHire { world, hire in
            for (query, place) in [
                ("", "outcome"), ("outcome=recorded", "outcome"),
                ("outcome=cancelled", "reason"), ("outcome=left_early", "left_on"),
                ("outcome=left_early&left_on=soon", "left_on"),
                ("outcome=confirmed", "starts_on"),
            ] {
                let answer = try await world.admin.get(
                    "/api/v1/admin/hires/\(hire)/decision?\(query)")
                #expect(answer.status == 422, "\(query)")
                #expect(answer.places == [place], "\(query)")
            }
            let none = try await world.admin.get(
                "/api/v1/admin/hires/999/decision?outcome=confirmed")
            #expect(none.status == 404)
        }
    }

    @Test func `commissions are decided all or none`() async throws {
        try await Self.withHire { world, _ in
            let path = "/api/v1/admin/commissions/decisions"
            let list = "/api/v1/admin/commissions"
            let many = (1...201).map(String.init).joined(separator: ",")
            for (body, status) in [
                ("{\"outcome\": \"approve\", \"commissions\": []}", 422),
                ("{\"outcome\": \"approve\", \"commissions\": [\(many)]}", 422),
                ("{\"outcome\": \"approve\", \"commissions\": [1, 999]}", 404),
                ("{\"outcome\": \"approve\", \"commissions\": [\"1\"]}", 422),
                ("{\"outcome\": \"pay\", \"commissions\": [1]}", 422),
                ("{\"outcome\": \"hold\", \"commissions\": [1], \"note\": \"x\"}", 422),
                (
                    "{\"outcome\": \"hold\", \"commissions\": [1], \"reason\": \"other\"}", 422
                ),
            ] {
                let answer = try await world.admin.send(
                    "POST", path, body, key: "wrong-\(body.hashValue.magnitude)")
                #expect(answer.status == status, "\(body.prefix(80))")
            }
            #expect(try await world.admin.get(list).items.count == 2)
            for _ in 0..<2 {
                let done = try await world.admin.send(
                    "POST", path, "{\"outcome\": \"approve\", \"commissions\": [1, 2]}",
                    key: "approve-both")
                #expect(try done.json()["changed"] == .list([.integer(1), .integer(2)]))
            }
            #expect(try await world.admin.get(list + "?state=approved").items.count == 2)
            #expect(try await world.admin.get(list + "?state=all").status == 422)
        }
    }

    @Test func `a commission by hand has an amount in the hire's currency`() async throws {
        try await Self.withHire { world, hire in
            let path = "/api/v1/admin/hires/\(hire)/commissions"
            func body(_ units: Int64, _ currency: String = "EUR", note: String = "Agreed") -> String
            {
                """
                {"amount": {"minor_units": \(units), "currency": "\(currency)"},
                 "borne_by": "platform", "reason": "other", "note": "\(note)"}
                """
            }
            for (body, place) in [
                (body(0), "#/amount/minor_units"), (body(-5), "#/amount/minor_units"),
                (body(1_000_000_001), "#/amount/minor_units"),
                (body(5, "RON"), "#/amount/minor_units"),
                (body(5, "USD"), "#/amount/minor_units"), (body(5, note: ""), "#/note"),
            ] {
                let wrong = try await world.admin.send("POST", path, body, key: "wrong-amount")
                #expect(wrong.status == 422 && wrong.places == [place], "\(body)")
            }
            for _ in 0..<2 {
                let added = try await world.admin.send(
                    "POST", path, body(5_000), key: "add-it-once")
                #expect(added.status == 201)
            }
            let read = try await world.admin.get("/api/v1/admin/hires/\(hire)").json()
            #expect(read["commissions"]?.list?.count == 3)
            #expect(
                try await world.admin.send(
                    "POST", "/api/v1/admin/hires/999/commissions", body(5), key: "nowhere-at-all"
                ).status == 404)
        }
    }

    @Test func `where an affiliate is paid is kept only with the password`() async throws {
        try await withAPI { world in
            try await world.givePassword()
            let path = "/api/v1/affiliate/payout-account"
            #expect(try await world.affiliate.get(path).json()["account"] == .null)
            let wrong = try await world.affiliate.send(
                "PUT", path, APIWorld.payoutAccount(password: "not the password"))
            #expect(wrong.status == 422 && wrong.places == ["#/password"])
            #expect(!wrong.text.contains("not the password"))
            let mistyped = try await world.affiliate.send(
                "PUT", path, APIWorld.payoutAccount(iban: "RO50AAAA1B31007593840000"))
            #expect(mistyped.places == ["#/iban"])
            for _ in 0..<2 {
                let saved = try await world.affiliate.send(
                    "PUT", path, APIWorld.payoutAccount(), key: "save-it-once")
                #expect(try saved.json()["account"]?["version"] == .integer(1))
            }
            #expect(try await world.rival.get(path).json()["account"] == .null)
            for _ in 0..<SignInPolicy.triesPerAccountMax {
                _ = try await world.affiliate.send(
                    "PUT", path, APIWorld.payoutAccount(password: "not the password"))
            }
            let barred = try await world.affiliate.send("PUT", path, APIWorld.payoutAccount())
            #expect(barred.status == 429)
        }
    }

    @Test func `a batch is made as the run showed it, and only its own lines are answered`()
        async throws
    {
        try await Self.withHire { world, _ in
            try await world.approveAndGiveAccount()
            let shown = try await world.admin.get("/api/v1/admin/payout-run?currency=EUR").json()
            #expect(shown["total"]?["minor_units"] == .integer(50_000))
            let fingerprint = try #require(shown["fingerprint"]?.text)
            for (query, place) in [
                ("currency=USD", "currency"), ("cut_off=soon", "cut_off"),
                ("cut_off=2099-01-01", "cut_off"),
            ] {
                let wrong = try await world.admin.get("/api/v1/admin/payout-run?\(query)")
                #expect(wrong.status == 422 && wrong.places == [place], "\(query)")
            }
            let path = "/api/v1/admin/payouts"
            func body(_ currency: String, _ fingerprint: String) -> String {
                """
                {"currency": "\(currency)", "cut_off": "\(TestSite.today)",
                 "fingerprint": "\(fingerprint)"}
                """
            }
            let unknown = try await world.admin.send(
                "POST", path, body("USD", fingerprint), key: "wrong-currency")
            #expect(unknown.status == 422 && unknown.places == ["#/currency"])
            let stale = try await world.admin.send(
                "POST", path, body("EUR", String(repeating: "0", count: 32)), key: "stale-run")
            #expect(stale.status == 409)
            for key in ["make-it-once", "make-it-once", "make-it-again"] {
                let made = try await world.admin.send(
                    "POST", path, body("EUR", fingerprint), key: key)
                #expect(made.status == 201 && made.location == "/api/v1/admin/payouts/1")
            }
            #expect(try await world.admin.get(path).items.count == 1)

            let answers = path + "/1/answers"
            let paid = "{\"payouts\": [1], \"outcome\": \"paid\"}"
            let early = try await world.admin.send("POST", answers, paid, key: "too-early-yet")
            #expect(early.status == 409 && early.code == "payout_not_sent")
            let files = [
                try await world.admin.send("POST", path + "/1/file"),
                try await world.admin.send("POST", path + "/1/file"),
            ]
            #expect(files[0].body == files[1].body && files[0].text.contains("RO49AAAA"))
            for (body, status) in [
                ("{\"payouts\": [], \"outcome\": \"paid\"}", 422),
                ("{\"payouts\": [1, 2], \"outcome\": \"paid\"}", 404),
                ("{\"payouts\": [1], \"outcome\": \"failed\"}", 422),
                ("{\"payouts\": [1], \"outcome\": \"pending\"}", 422),
            ] {
                let wrong = try await world.admin.send(
                    "POST", answers, body, key: "wrong-answer")
                #expect(wrong.status == status, "\(body)")
            }
            let elsewhere = try await world.admin.send(
                "POST", path + "/9/answers", paid, key: "another-batch")
            #expect(elsewhere.status == 404)
            for key in ["answer-once", "answer-once", "answer-again"] {
                #expect(
                    try await world.admin.send("POST", answers, paid, key: key).status == 200)
            }
            let own = try await world.affiliate.get("/api/v1/affiliate/payouts").items
            #expect(own.first?["state"] == .text("paid"))
            #expect(own.first?["iban"] == .text("RO49 **** 0000"))
            #expect(try await world.rival.get("/api/v1/affiliate/payouts").items.isEmpty)
            #expect(try await world.site.store.books.check().isBalanced)
        }
    }

    @Test func `the log, the search and the books answer programs too`() async throws {
        try await Self.withHire { world, hire in
            let entries = try await world.admin.get(
                "/api/v1/admin/audit?subject=hire&id=\(hire)&limit=1")
            let row = try #require(entries.items.first)
            #expect(row["action"] == .text("hire.recorded"))
            #expect(row["address"] == .text("1.2.3.4"))
            #expect(
                row["detail"]?.list?.first?["before"] == .text("reported"))
            let next = try #require(try entries.json()["next"]?.text)
            let rest = try await world.admin.get(
                "/api/v1/admin/audit?subject=hire&id=\(hire)&after=\(next)"
            ).items
            #expect(rest.compactMap { $0["action"]?.text } == ["hire.reported"])
            for query in ["id=x", "account=0", "day=tomorrow", "action=a%27", "after=x"] {
                #expect(
                    try await world.admin.get("/api/v1/admin/audit?\(query)").status == 422,
                    "\(query)")
            }
            let found = try await world.admin.get("/api/v1/admin/search?q=mihai").json()
            #expect(
                found["groups"]?.list?.compactMap { $0["kind"]?.text } == ["candidates", "hires"])
            for query in ["", "q=", "q=a%01b", "q=" + String(repeating: "a", count: 201)] {
                #expect(
                    try await world.admin.get("/api/v1/admin/search?\(query)").status == 422,
                    "\(query)")
            }
            let books = try await world.admin.get("/api/v1/admin/books").json()
            #expect(books["is_balanced"] == .flag(true))
        }
    }

    @Test func `a statement is there for every month that has begun, and never changes once over`()
        async throws
    {
        try await withAPI { world in
            let month = CalendarMonth(TestSite.today)
            let path = "/api/v1/affiliate/statements/"
            let running = try await world.affiliate.get(path + "\(month)")
            #expect(try running.json()["is_closed"] == .flag(false))
            #expect(try await world.affiliate.get(path + "\(month)/csv").status == 404)
            #expect(try await world.affiliate.get(path + "\(month.next)").status == 404)
            #expect(try await world.affiliate.get(path + "2026-13").status == 404)
            let before = CalendarMonth(month.firstDay.adding(days: -1))
            let read = try await world.affiliate.get(path + "\(before)")
            #expect(try read.json()["month"] == .text("\(before)"))
            #expect(try read.json()["is_closed"] == .flag(true))
            let table = try await world.affiliate.get(path + "\(before)/csv")
            #expect(table.text.hasPrefix("date,what,hire,"))
        }
    }
}

extension APIWorld {
    /// Gives the affiliate a password that can be asked for again.
    func givePassword() async throws {
        let hash = try await site.services.passwords.hash(Browser.password)
        try await site.store.database.execute(
            "UPDATE account SET password_hash = \(hash) WHERE role = 'affiliate'")
    }

    static func payoutAccount(
        iban: String = "RO49 AAAA 1B31 0075 9384 0000", password: String = Browser.password
    ) -> String {
        """
        {"holder": "Ana Ionescu", "iban": "\(iban)", "country": "RO", "tax_id": "1234567",
         "password": "\(password)"}
        """
    }

    /// Everything that a payout run needs.
    func approveAndGiveAccount() async throws {
        try await givePassword()
        _ = try await affiliate.send(
            "PUT", "/api/v1/affiliate/payout-account", Self.payoutAccount())
        _ = try await admin.send(
            "POST", "/api/v1/admin/commissions/decisions",
            "{\"outcome\": \"approve\", \"commissions\": [1, 2]}", key: "approve-them-all")
    }
}

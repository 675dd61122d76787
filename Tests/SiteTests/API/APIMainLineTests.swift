import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

/// The main job of the product, all of it by programs.
@Suite struct APIMainLineTests {
    @Test func `a hire goes from a job to a commission, and every operation answers as described`()
        async throws
    {
        try await withAPI { world in
            let job = try await postJob(world)
            let introduction = try await bring(world, to: job)
            try await decide(world, introduction, of: job)
            try await record(world, introduction)
            try await won(world)
            try await dispute(world)
            try await recordByHand(world)
            try await pay(world)
            try await end(world, job)

            let missing = world.document.operations.map(\.id).filter {
                !world.done.all.contains($0)
            }
            #expect(missing.isEmpty)
        }
    }

    private func postJob(_ world: APIWorld) async throws -> MadeJob {
        let job = try await world.publishedJob()
        #expect(try await world.company.get(job.path).status == 200)
        let saved = try await world.company.send("PUT", job.path, APIWorld.job("Swift engineer"))
        #expect(try saved.json()["title"] == .text("Swift engineer"))
        #expect(try await world.company.send("POST", job.path + "/pause", "{}").status == 200)
        #expect(try await world.company.send("POST", job.path + "/publish").status == 200)
        #expect(try await world.company.get("/api/v1/company/jobs").items.count == 1)
        #expect(try await world.company.get(job.path + "/terms").items.count == 1)
        #expect(try await world.nobody.get("/api/v1/jobs").items.count == 1)
        let read = try await world.nobody.get("/api/v1/jobs/" + job.slug).json()
        #expect(read["terms"]?["commission"]?["minor_units"] == .integer(50_000))
        let company = read["company"]?["slug"]?.text ?? ""
        #expect(try await world.nobody.get("/api/v1/companies/" + company).status == 200)
        return job
    }

    private func bring(_ world: APIWorld, to job: MadeJob) async throws -> Int64 {
        let introduction = try await world.introduction(to: job)
        let links = try await world.affiliate.get("/api/v1/affiliate/links").items
        #expect(links.first?["introductions"] == .integer(1))
        let brought = try await world.affiliate.get("/api/v1/affiliate/introductions").items
        #expect(brought.first?["channel"] == .text("blog"))
        let one = try await world.affiliate.get("/api/v1/affiliate/introductions/\(introduction)")
        #expect(try one.json()["history"]?.list?.count == 1)
        let named = try await world.affiliate.send(
            "POST", "/api/v1/affiliate/jobs/\(job.slug)/recommendations",
            APIWorld.recommendation(), key: "name-somebody-once")
        #expect(named.status == 201)
        #expect(try named.json()["stage"] == .text("unconfirmed"))
        let seen = try await world.company.get(job.path + "/introductions").items
        #expect(seen.count == 1)
        return introduction
    }

    private func decide(
        _ world: APIWorld, _ introduction: Int64, of job: MadeJob
    ) async throws {
        let path = "/api/v1/company/introductions/\(introduction)"
        let moved = try await world.company.send(
            "POST", path + "/stage", "{\"stage\": \"interview\", \"note\": \"On Monday\"}")
        #expect(try moved.json()["stage"] == .text("interview"))
        let read = try await world.company.get(path).json()
        #expect(read["history"]?.list?.last?["note"] == .text("On Monday"))
        #expect(try await world.company.get(path + "/cv").body == Browser.cv)
        let reported = try await world.company.send("POST", path + "/hire", APIWorld.start())
        #expect(reported.status == 201)
        #expect(reported.location == path)
        let hires = try await world.company.get("/api/v1/company/hires").items
        #expect(hires.first?["state"] == .text("reported"))
    }

    private func record(_ world: APIWorld, _ introduction: Int64) async throws {
        let waiting = try await world.admin.get("/api/v1/admin/hires").items
        let hire = try #require(waiting.first?["hire"]?["id"]?.integer)
        let recorded = try await world.admin.send(
            "POST", "/api/v1/admin/hires/\(hire)/record", key: "record-it-once")
        #expect(try recorded.json()["commissions"]?.list?.count == 2)
        let read = try await world.admin.get("/api/v1/admin/hires/\(hire)").json()
        #expect(read["hire"]?["state"] == .text("recorded"))
        #expect(read["commissions"]?.list?.count == 2)
        #expect(try await world.admin.get("/api/v1/admin/hires").items.isEmpty)
        #expect(
            try await world.admin.get("/api/v1/admin/hires?state=recorded").items.count == 1)
    }

    private func won(_ world: APIWorld) async throws {
        let commissions = try await world.affiliate.get("/api/v1/affiliate/commissions").items
        #expect(
            commissions.compactMap { $0["amount"]?["minor_units"]?.integer } == [25_000, 25_000])
        let id = try #require(commissions.first?["id"]?.integer)
        let one = try await world.affiliate.get("/api/v1/affiliate/commissions/\(id)").json()
        #expect(one["next"] == .text("guarantee_ends"))
        let balance = try await world.affiliate.get("/api/v1/affiliate/balance").json()
        #expect(balance["pending"]?.list?.first?["minor_units"] == .integer(50_000))
        let owed = try await world.company.get("/api/v1/company/balance").json()
        #expect(owed["owed"]?.list?.first?["minor_units"] == .integer(50_000))
    }

    private func recordByHand(_ world: APIWorld) async throws {
        let path = "/api/v1/admin/introductions/1/hire"
        let read = try await world.admin.get("/api/v1/admin/hires/1").json()
        let day = read["starts_on"]?.text ?? read["hire"]?["starts_on"]?.text
        // It was recorded before, by the company's report: the same day is the same hire.
        for (sent, status) in [(day ?? "", 200), ("2027-11-30", 409)] {
            let answer = try await world.admin.send(
                "POST", path, "{\"starts_on\": \"\(sent)\"}", key: "by-hand-on-\(sent)")
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    private func dispute(_ world: APIWorld) async throws {
        let path = "/api/v1/disputes"
        let opened = try await world.affiliate.send(
            "POST", path,
            """
            {"hire_id": 1, "reason": "wrong_amount", "text": "A part is missing.",
             "amount": {"minor_units": 1000, "currency": "EUR"}}
            """, key: "open-it-once")
        let own = try #require(opened.location)
        for program in [world.company, world.affiliate, world.admin] {
            #expect(try await program.get(path + "?open=true").items.count == 1)
        }
        #expect(try await world.stranger.get(path).items.isEmpty)
        #expect(try await world.stranger.get(own).status == 404)
        let kept = try await world.company.send(
            "POST", own + "/evidence",
            "{\"file_name\": \"terms.pdf\", \"content\": \"JVBERi0xLjc=\"}", key: "keep-it-once")
        let file = try await world.affiliate.get(try #require(kept.location))
        #expect(file.body == Array("%PDF-1.7".utf8))
        let answered = try await world.company.send(
            "POST", own + "/answers", "{\"text\": \"It was agreed.\"}", key: "answer-it-once")
        #expect(answered.status == 200)
        let read = try await world.affiliate.get(own).json()
        #expect(read["speaker"] == .text("affiliate"))
        #expect(read["silence_means"] == .text("rejected"))
        #expect(read["statements"]?.list?.count == 2)
        let decided = try await world.admin.send(
            "POST", "/api/v1/admin/disputes/1/decision",
            "{\"outcome\": \"rejected\", \"reason\": \"terms\"}", key: "decide-that-once")
        #expect(decided.status == 200)
        let ended = try await world.affiliate.get(own).json()
        #expect(ended["outcome"] == .text("rejected"))
        #expect(ended["outcome_reason"] == .text("terms"))
        #expect(ended["note"] == .text(""))
        let again = try await world.affiliate.send(
            "POST", path,
            """
            {"hire_id": 1, "reason": "other", "text": "By mistake.",
             "amount": {"minor_units": 500, "currency": "EUR"}}
            """, key: "open-one-more")
        let withdrawn = try await world.affiliate.send(
            "POST", try #require(again.location) + "/withdraw", "{}", key: "take-it-back")
        #expect(withdrawn.status == 200)
        #expect(try await world.affiliate.get(path + "?open=true").items.isEmpty)
    }

    private func pay(_ world: APIWorld) async throws {
        let admin = world.admin
        #expect(try await world.affiliate.get("/api/v1/affiliate/payout-account").status == 200)
        try await world.approveAndGiveAccount()
        let queue = try await admin.get("/api/v1/admin/queue").json()
        let due = queue["parts"]?.list?.first { $0["kind"] == .text("payouts") }
        #expect(due?["count"] == .integer(2))
        #expect(
            try await admin.get("/api/v1/admin/commissions?state=approved").items.count == 2)
        let granted = try await admin.send(
            "POST", "/api/v1/admin/hires/1/commissions",
            """
            {"amount": {"minor_units": 5000, "currency": "EUR"}, "borne_by": "company",
             "reason": "other", "note": "Promised on the phone"}
            """, key: "grant-it-once")
        #expect(granted.location == "/api/v1/admin/hires/1")
        try await receive(world)
        let run = try await admin.get("/api/v1/admin/payout-run").json()
        #expect(run["total"]?["minor_units"] == .integer(55_000))
        let made = try await admin.send(
            "POST", "/api/v1/admin/payouts",
            """
            {"currency": "EUR", "cut_off": "\(TestSite.today)",
             "fingerprint": "\(run["fingerprint"]?.text ?? "")"}
            """, key: "make-it-once")
        let path = try #require(made.location)
        #expect(try await admin.get("/api/v1/admin/payouts").items.count == 1)
        #expect(try await admin.get(path).status == 200)
        #expect(try await admin.get(path + "/payouts").items.count == 1)
        #expect(try await admin.send("POST", path + "/file").status == 200)
        let paid = try await admin.send(
            "POST", path + "/answers", "{\"payouts\": [1], \"outcome\": \"paid\"}",
            key: "answer-once")
        #expect(paid.status == 200)
        #expect(try await world.affiliate.get("/api/v1/affiliate/payouts").items.count == 1)
        for name in ["2026-10", "2026-10/csv"] {
            let statement = try await world.affiliate.get("/api/v1/affiliate/statements/" + name)
            #expect(statement.status == 200)
        }
        try await takeBack(world)
    }

    private func receive(_ world: APIWorld) async throws {
        let path = "/api/v1/company/invoices"
        let invoices = try await world.company.get(path + "?standing=due").items
        #expect(invoices.count == 3)
        let number = try #require(invoices.last?["number"]?.text)
        let one = try await world.company.get("\(path)/\(number)").json()
        #expect(one["amount"]?["minor_units"] == .integer(25_000))
        let all = try await world.admin.get("/api/v1/admin/invoices").items
        let id = try #require(all.last?["id"]?.integer)
        #expect(try await world.admin.get("/api/v1/admin/invoices/\(number)").status == 200)
        let received = try await world.admin.send(
            "POST", "/api/v1/admin/invoices/\(id)/receive",
            "{\"received_on\": \"\(TestSite.today)\"}", key: "receive-it-once")
        #expect(try received.json()["standing"] == .text("paid"))
        #expect(try received.json()["payments"] == .integer(1))
        for _ in 0..<2 {
            let opened = try await world.admin.send(
                "POST", "/api/v1/admin/invoices/\(id)/reopen",
                "{\"payment\": 1, \"reason\": \"returned_by_bank\"}", key: "undo-it-once")
            #expect(try opened.json()["standing"] == .text("due"))
        }
        let again = try await world.admin.send(
            "POST", "/api/v1/admin/invoices/\(id)/receive",
            "{\"received_on\": \"\(TestSite.today)\"}", key: "receive-it-again")
        #expect(try again.json()["payments"] == .integer(2))
    }

    private func takeBack(_ world: APIWorld) async throws {
        let admin = world.admin
        let path = "/api/v1/admin/hires/1/decision"
        let shown = try await admin.get(
            path + "?outcome=cancelled&reason=recorded_in_error&note=Wrong"
        ).json()
        #expect(shown["reversals"]?.list?.allSatisfy { $0["is_paid"] == .flag(true) } == true)
        let decided = try await admin.send(
            "POST", path,
            """
            {"outcome": "cancelled", "reason": "recorded_in_error", "note": "Wrong",
             "fingerprint": "\(shown["fingerprint"]?.text ?? "")"}
            """, key: "decide-it-once")
        #expect(try decided.json()["state"] == .text("cancelled"))
        #expect(try await admin.get("/api/v1/admin/audit").items.count > 5)
        #expect(try await admin.get("/api/v1/admin/search?q=ana").status == 200)
        let books = try await admin.get("/api/v1/admin/books").json()
        #expect(books["is_balanced"] == .flag(true))
        let overload = try await admin.get("/api/v1/admin/overload").json()
        #expect(overload["mode"] == .text("off"))
        let switched = try await admin.send(
            "PUT", "/api/v1/admin/overload", "{\"mode\": \"on\"}")
        #expect(switched.status == 200)
    }

    private func end(_ world: APIWorld, _ job: MadeJob) async throws {
        for program in [world.company, world.affiliate, world.admin] {
            #expect(try await program.get("/api/v1/me").status == 200)
            let isListening = try await program.get("/api/v1/events").status == 200
            #expect(isListening == (program.token != world.admin.token))
        }
        let applied = try await world.nobody.send(
            "POST", "/api/v1/jobs/\(job.slug)/applications",
            APIWorld.application("ioana@example.com"))
        let own = try #require(applied.location)
        #expect(try await world.nobody.get(own).json()["can_withdraw"] == .flag(true))
        let withdrawn = try await world.nobody.send("POST", own + "/withdraw")
        #expect(try withdrawn.json()["stage"] == .text("withdrawn"))
        let kept = try await world.nobody.get(own + "/export").json()
        #expect(kept["cv"]?["content"] == .text(Base64.encoded(Browser.cv)))
        let refused = try await world.nobody.send("POST", own + "/erase", "{\"consent\": false}")
        #expect(refused.status == 422 && refused.places == ["#/consent"])
        for _ in 0..<2 {
            let erased = try await world.nobody.send(
                "POST", own + "/erase", "{\"consent\": true}")
            #expect(try erased.json()["is_erased"] == .flag(true))
        }
        for path in [own, own + "/export"] {
            #expect(try await world.nobody.get(path).status == 410)
        }
        #expect(try await world.company.send("POST", job.path + "/fill").status == 200)
        let other = try await world.publishedJob("Rust developer", key: "another job")
        #expect(try await world.company.send("POST", other.path + "/close").status == 200)
        #expect(try await world.nobody.get("/api/v1/jobs/" + other.slug).status == 410)
        let companies = try await world.admin.get("/api/v1/admin/companies").items
        let id = try #require(companies.first?["id"]?.integer)
        let verified = try await world.admin.send(
            "POST", "/api/v1/admin/companies/\(id)/verify")
        #expect(try verified.json()["is_verified"] == .flag(true))
    }
}

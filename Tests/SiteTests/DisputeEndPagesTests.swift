import Domain
import HTTP
import Mail
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// How disputes end without an admin, for those who read of it: withdrawn, or by silence.
@Suite struct DisputeEndPagesTests {
    private static let writer = LetterWriter(
        SiteSettings(
            publicOrigin: TestSite.origin, keys: TestKeys.keys("the secret of the tests")))

    /// The letters of a topic, by whom they go to.
    private static func letters(
        _ topic: Outbox.Topic, in world: World, at now: Instant = TestSite.now
    ) async throws -> [String: Letter] {
        let claims = try await world.site.store.outbox.claim(
            limit: 100, at: now, leaseSeconds: 60)
        var letters: [String: Letter] = [:]
        for claim in claims where claim.topic == topic.rawValue {
            letters[claim.role] = writer.letter(claim)
        }
        return letters
    }

    @Test func `whoever opened a dispute takes it back, and both sides read so`() async throws {
        try await withWorld { world in
            let path = "/disputes/\(world.dispute)"
            let affiliate = try await world.browser(of: world.affiliate)
            let company = try await world.browser(of: world.company)
            #expect(try await affiliate.get(path).text.contains("action=\"\(path)/withdraw\""))
            #expect(try await !company.get(path).text.contains(path + "/withdraw"))
            #expect(try await company.post(path + "/withdraw", from: path).status == 403)
            let token = try await affiliate.token(on: path)
            for _ in 0..<2 {
                let answer = try await affiliate.send(
                    .form(path + "/withdraw", [("csrf", token)]))
                #expect(answer.location == path)
            }
            for reader in [affiliate, company] {
                let page = try await reader.get(path).text
                #expect(page.contains("The affiliate withdrew the dispute"))
                #expect(page.contains("Withdrawn"))
                #expect(!page.contains(path + "/withdraw"))
            }
            let letters = try await Self.letters(.disputeWithdrawn, in: world)
            #expect(Set(letters.keys) == ["affiliate", "company", "admin"])
            for letter in letters.values {
                #expect(letter.subject == "The dispute is withdrawn")
                #expect(
                    letter.paragraphs.contains("Reason: The affiliate withdrew the dispute"))
            }
            let admin = try await world.browser(of: world.admin)
            let late = try await admin.post(
                "/admin\(path)", from: "/admin/admins",
                [("outcome", "upheld"), ("reason", "terms")])
            #expect(late.status == 409)
            let log = try await admin.get("/admin/audit?subject=dispute&id=\(world.dispute)").text
            #expect(log.contains("dispute.withdrawn") && log.contains("open → decided"))
        }
    }

    @Test func `a program takes back a dispute once`() async throws {
        try await withWorld { world in
            let path = "/api/v1/disputes/\(world.dispute)"
            let withdraw = { (account: Account, key: String) in
                try await world.site.send(
                    world.authorized(
                        .json("POST", path + "/withdraw", "{}").with("Idempotency-Key", key),
                        by: account))
            }
            #expect(try await withdraw(world.company, "not-theirs-1").status == 403)
            #expect(try await withdraw(world.rival, "not-theirs-2").status == 404)
            for key in ["take-it-back", "take-it-back", "and-once-more"] {
                #expect(try await withdraw(world.affiliate, key).status == 200)
            }
            let read = try await world.site.send(
                world.authorized(.get(path), by: world.company)
            ).json()
            #expect(read["state"] == .text("decided"))
            #expect(read["outcome"] == .text("rejected"))
            #expect(read["outcome_reason"] == .text("withdrawn"))
        }
    }

    @Test func `silence says why in the reader's language`() async throws {
        try await withWorld { world in
            let late = TestSite.now.adding(days: DisputeRules.daysToSpeak + 1)
            _ = try await world.site.store.write { transaction in
                try await world.site.store.clock.advance(at: late, in: transaction)
            }
            let won = try #require(
                try await world.site.store.database.queryFirst(
                    "SELECT id FROM commission WHERE dispute_id = \(world.dispute)"
                ) { row in try row.next(CommissionID.self) })
            let affiliate = try await world.browser(of: world.affiliate)
            for (language, sentence) in [
                ("en", "The company did not answer in time"),
                ("ro", "Compania nu a răspuns la timp"),
            ] {
                try await affiliate.post(
                    "/account/language", from: "/account", [("language", language)])
                for path in ["/affiliate/commissions/\(won)", "/disputes/\(world.dispute)"] {
                    let page = try await affiliate.get(path).text
                    #expect(page.contains(sentence), "\(language) \(path)")
                    #expect(!page.contains("by hand"))
                }
            }
            let read = try await world.site.send(
                world.authorized(
                    .get("/api/v1/affiliate/commissions/\(won)"), by: world.affiliate)
            ).json()
            #expect(read["outcome_reason"] == .text("no_answer"))
            #expect(read["dispute_id"] == .integer(world.dispute.rawValue))
            let letter = try #require(
                try await Self.letters(.commissionAdded, in: world, at: late)["affiliate"])
            let amount = Texts(.romanian).value.money(.euros(50))
            #expect(letter.subject == "Ai câștigat \(amount) într-o dispută")
            #expect(letter.paragraphs.contains("Motiv: Compania nu a răspuns la timp"))
        }
    }
}

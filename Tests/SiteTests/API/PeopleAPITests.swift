import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

/// Candidates, affiliates and admins: what each write refuses.
@Suite struct PeopleAPITests {
    @Test(arguments: [
        ("\"consent\": true", "\"consent\": false", ["#/consent"]),
        ("mihai@example.com", "mihai", ["#/email"]),
        ("JVBERi0x", "AAAAAAAA", ["#/cv"]), ("JVBERi0x", "not base64", ["#/cv"]),
        ("Mihai Ionescu", " ", ["#/name"]), ("\"cv\"", "\"file\"", ["#/cv", "#/file"]),
        ("\"via\": null", "\"phone\": \"x\"", ["#/phone"]),
    ])
    func `an application that cannot be is refused where it stands`(
        old: String, new: String, places: [String]
    ) async throws {
        try await withAPI { world in
            let job = try await world.publishedJob()
            let answer = try await world.nobody.send(
                "POST", "/api/v1/jobs/\(job.slug)/applications",
                APIWorld.application().replacing(old, with: new))

            #expect(answer.status == 422)
            #expect(answer.places == places)
        }
    }

    @Test func `the same person twice is a conflict, and a job that is over takes nobody`()
        async throws
    {
        try await withAPI { world in
            let job = try await world.publishedJob()
            let path = "/api/v1/jobs/\(job.slug)/applications"
            _ = try await world.nobody.send("POST", path, APIWorld.application())

            let again = try await world.nobody.send(
                "POST", path, APIWorld.application("MIHAI@example.com"))
            _ = try await world.company.send("POST", job.path + "/close")
            let late = try await world.nobody.send(
                "POST", path, APIWorld.application("ioana@example.com"))
            let nowhere = try await world.nobody.send(
                "POST", "/api/v1/jobs/no-such-job/applications", APIWorld.application())

            #expect(again.status == 409)
            #expect(again.code == "duplicate")
            #expect(late.status == 410)
            #expect(nowhere.status == 404)
        }
    }

    @Test func `whoever has the receipt withdraws, twice as once`() async throws {
        try await withAPI { world in
            let job = try await world.publishedJob()
            let sent = try await world.nobody.send(
                "POST", "/api/v1/jobs/\(job.slug)/applications", APIWorld.application())
            let path = try #require(sent.location)

            for _ in 0..<2 {
                let answer = try await world.nobody.send("POST", path + "/withdraw")
                #expect(try answer.json()["stage"] == .text("withdrawn"))
                #expect(try answer.json()["can_withdraw"] == .flag(false))
            }
            let wrong = "/api/v1/applications/" + String(repeating: "0", count: 26)
            #expect(try await world.nobody.get(wrong).status == 404)
            #expect(try await world.nobody.send("POST", wrong + "/withdraw").status == 404)
        }
    }

    @Test(arguments: [
        ("{\"stage\": \"rejected\"}", "#/reason"), ("{\"stage\": \"lost\"}", "#/stage"),
        ("{\"stage\": \"rejected\", \"reason\": \"ugly\"}", "#/reason"),
    ])
    func `a step that cannot be is refused where it stands`(body: String, place: String)
        async throws
    {
        try await withAPI { world in
            let candidate = try await world.introduction(to: try await world.publishedJob())
            let answer = try await world.company.send(
                "POST", "/api/v1/company/introductions/\(candidate)/stage", body)

            #expect(answer.status == 422)
            #expect(answer.places == [place])
        }
    }

    @Test func `a rejection is read by the affiliate with its reason and note`() async throws {
        try await withAPI { world in
            let candidate = try await world.introduction(to: try await world.publishedJob())
            let path = "/api/v1/company/introductions/\(candidate)/stage"
            _ = try await world.company.send(
                "POST", path,
                "{\"stage\": \"rejected\", \"reason\": \"language\", \"note\": \"No German\"}")

            let back = try await world.company.send("POST", path, "{\"stage\": \"offer\"}")

            #expect(back.status == 409)
            #expect(back.code == "introduction_closed")
            let brought = try await world.affiliate.get("/api/v1/affiliate/introductions").items
            #expect(brought.first?["rejection_reason"] == .text("language"))
            #expect(brought.first?["rejection_note"] == .text("No German"))
        }
    }

    @Test func `a hire starts on a day that can be, and is reported once`() async throws {
        try await withAPI { world in
            let candidate = try await world.introduction(to: try await world.publishedJob())
            let path = "/api/v1/company/introductions/\(candidate)/hire"
            for body in ["{\"starts_on\": \"tomorrow\"}", APIWorld.start(in: -1)] {
                let answer = try await world.company.send("POST", path, body)
                #expect(answer.status == 422)
                #expect(answer.places == ["#/starts_on"])
            }

            let first = try await world.company.send("POST", path, APIWorld.start())
            let second = try await world.company.send("POST", path, APIWorld.start())

            #expect(first.status == 201)
            #expect(try second.json()["id"] == first.json()["id"])
        }
    }

    @Test func `a recorded hire is not recorded with another day`() async throws {
        try await withAPI { world in
            let path = "/api/v1/admin/hires/\(try await world.reportedHire())/record"
            let bad = try await world.admin.send(
                "POST", path, APIWorld.start(in: 999), key: "the-first-key")
            let good = try await world.admin.send(
                "POST", path, APIWorld.start(in: 12), key: "the-first-key")
            let other = try await world.admin.send(
                "POST", path, APIWorld.start(in: 13), key: "the-other-key")

            #expect(bad.status == 422)
            #expect(bad.places == ["#/starts_on"])
            #expect(good.status == 200)
            #expect(other.status == 409)
            #expect(other.code == "hire_already_recorded")
        }
    }

    @Test
    func `a link is to an open job, under a channel that can be, and the same when taken twice`()
        async throws
    {
        try await withAPI { world in
            let path = "/api/v1/affiliate/links"
            let job = try await world.publishedJob()
            let first = try await world.affiliate.send("POST", path, "{\"job\": \"\(job.slug)\"}")
            let second = try await world.affiliate.send("POST", path, "{\"job\": \"\(job.slug)\"}")
            let bad = try await world.affiliate.send(
                "POST", path, "{\"job\": \"\(job.slug)\", \"channel\": \"<b>\"}")
            let nowhere = try await world.affiliate.send("POST", path, "{\"job\": \"No Job\"}")
            _ = try await world.company.send("POST", job.path + "/close")
            let late = try await world.affiliate.send(
                "POST", path, "{\"job\": \"\(job.slug)\", \"channel\": \"late\"}")

            #expect(first.body == second.body)
            #expect(bad.places == ["#/channel"])
            #expect(nowhere.status == 404)
            #expect(late.status == 410)
        }
    }

    @Test func `a CV is sent as a file that a browser does not open`() async throws {
        try await withAPI { world in
            let candidate = try await world.introduction(to: try await world.publishedJob())
            let file = try await world.company.get(
                "/api/v1/company/introductions/\(candidate)/cv")

            #expect(file.status == 200)
            #expect(file.fields.first(.contentType) == "application/pdf")
            #expect(file.fields.first(.contentDisposition)?.hasPrefix("attachment") == true)
        }
    }
}

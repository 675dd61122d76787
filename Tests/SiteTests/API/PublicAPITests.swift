import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

@Suite struct PublicAPITests {
    @Test func `a job is read with all that is public of it`() async throws {
        try await withAPI { world in
            let job = try await world.publishedJob()

            let read = try await world.nobody.get("/api/v1/jobs/" + job.slug).json()

            #expect(read["url"] == .text("http://vouch.test/jobs/" + job.slug))
            #expect(read["state"] == .text("open"))
            #expect(read["title"] == .text("Swift developer"))
            #expect(read["company"]?["name"] == .text("Atelier company"))
            #expect(read["location"]?["city"] == .text("Iași"))
            #expect(read["salary"]?["max"]?["minor_units"] == .integer(450_000))
            #expect(read["terms"]?["instalments"] == .list([.integer(50), .integer(50)]))
            #expect(read["published_at"] == .text("2026-11-22T12:00:00Z"))
            #expect(read["valid_through"] == .text("2027-01-21"))
        }
    }

    @Test func `a draft is not there, a paused job says so, a closed one is gone`() async throws {
        try await withAPI { world in
            let job = try await world.draft(key: "the-only-job")
            let address = "/api/v1/jobs/" + job.slug
            #expect(try await world.nobody.get(address).status == 404)
            #expect(try await world.company.get(address).status == 404)

            _ = try await world.company.send("POST", job.path + "/publish")
            _ = try await world.company.send("POST", job.path + "/pause")
            #expect(try await world.nobody.get(address).json()["state"] == .text("paused"))

            _ = try await world.company.send("POST", job.path + "/close")
            let closed = try await world.nobody.get(address)
            #expect(closed.status == 410)
            #expect(closed.code == "gone")
        }
    }

    @Test func `a list goes on where its cursor and its Link say`() async throws {
        try await withAPI { world in
            for number in 1...5 {
                _ = try await world.publishedJob("Job \(number)", key: "job number \(number)")
            }

            var titles: [String] = []
            var target: String? = "/api/v1/jobs?limit=2&country=RO"
            var pages = 0
            while let next = target, pages < 9 {
                let answer = try await world.nobody.get(next)
                titles += answer.items.compactMap { $0["title"]?.text }
                target = try Self.next(of: answer)
                pages += 1
            }

            #expect(pages == 3)
            #expect(titles == (1...5).reversed().map { "Job \($0)" })
        }
    }

    /// The address in Link, which has the cursor of the content and the filters of the request.
    private static func next(of answer: Answer) throws -> String? {
        let cursor = try answer.json()["next"]?.text
        guard let link = answer.fields.first(.link) else {
            #expect(cursor == nil)
            return nil
        }
        let address = link.dropFirst("<http://vouch.test".count).prefix { $0 != ">" }
        #expect(link.hasPrefix("<http://vouch.test/api/v1/jobs?"))
        #expect(link.hasSuffix(">; rel=\"next\""))
        #expect(address.contains("after=\(cursor ?? "none")"))
        #expect(address.contains("country=RO"))
        return String(address)
    }

    @Test func `a list is narrowed by each of its filters`() async throws {
        try await withAPI { world in
            _ = try await world.publishedJob("Nurse", key: "the first job")
            _ = try await world.publishedJob("Swift developer", key: "the other job")
            let counts = [
                "q=nurs": 1, "q=swift": 1, "q=plumber": 0, "country=RO": 2, "country=DE": 0,
                "employment_type=full_time": 2, "employment_type=contract": 0,
                "remote=hybrid": 2, "remote=full": 0, "q=nurse&country=RO&utm_source=x": 1,
            ]
            for (query, count) in counts {
                let answer = try await world.nobody.get("/api/v1/jobs?" + query)
                #expect(answer.items.count == count, "\(query)")
            }
        }
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("limit=", "limit"),
        ("after=abc", "after"), ("after=", "after"), ("country=ro", "country"),
        ("country=XX", "country"), ("employment_type=slave", "employment_type"),
        ("remote=yes", "remote"), ("q=" + String(repeating: "a", count: 201), "q"),
    ])
    func `a parameter that cannot be is refused by its name`(query: String, name: String)
        async throws
    {
        try await withAPI { world in
            let answer = try await world.nobody.get("/api/v1/jobs?" + query)

            #expect(answer.status == 422)
            #expect(answer.places == [name])
        }
    }

    @Test func `a company is read with its page`() async throws {
        try await withAPI { world in
            let read = try await world.nobody.get("/api/v1/companies/atelier-company").json()
            let nobody = try await world.nobody.get("/api/v1/companies/nobody")

            #expect(read["name"] == .text("Atelier company"))
            #expect(read["is_verified"] == .flag(false))
            #expect(nobody.status == 404)
        }
    }

    @Test func `a token tells whose it is, a session does not`() async throws {
        try await withAPI { world in
            let me = try await world.affiliate.get("/api/v1/me").json()
            #expect(me["role"] == .text("affiliate"))
            #expect(me["email"] == .text("affiliate@example.com"))

            let browser = Browser(world.site)
            try await browser.signUpCompany()
            #expect(try await browser.get("/api/v1/me").status == 401)
        }
    }

    @Test(arguments: ["", "Bearer", "Bearer x", "Bearer vouch_AAAA", "Basic dTpw"])
    func `a token that is none is refused`(value: String) async throws {
        try await withSite { site in
            let answer = try await site.send(.get("/api/v1/me").with("Authorization", value))

            #expect(answer.status == 401)
            #expect(answer.fields.first(.wwwAuthenticate)?.contains("invalid_token") == true)
        }
    }
}

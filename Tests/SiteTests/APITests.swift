import Domain
import HTTP
import Store
import Testing

@testable import Site

@Suite struct APITests {
    private static let job = """
        {"title":"Go developer","description":"Servers, with time for tests and for people.",
        "employment_type":"full_time","country":"RO","city":"Cluj-Napoca","remote":"hybrid",
        "salary_min":"3000","salary_max":"4500","salary_currency":"EUR","salary_period":"month",
        "valid_through":"2026-12-30","commission":"500.00","commission_currency":"EUR"}
        """

    @Test func `the main line works with tokens alone`() async throws {
        try await withWorld { world in
            let send = { (ask: Ask, account: Account?) async throws -> JSONValue in
                let ask = account.map { world.authorized(ask, by: $0) } ?? ask
                let answer = try await world.site.send(ask)
                #expect((200...201).contains(answer.status), "\(ask.target): \(answer.text)")
                return try answer.json()
            }
            let api = "/api/v1"
            let job = try await send(.json("POST", api + "/company/jobs", Self.job), world.company)
            let id = try #require(job["id"]?.integer)
            let slug = try #require(job["slug"]?.text)
            _ = try await send(
                .json("POST", api + "/company/jobs/\(id)/publish", "{}"), world.company)
            let link = try await send(
                .json("POST", api + "/affiliate/links", "{\"job\":\"\(slug)\",\"channel\":\"x\"}"),
                world.affiliate)
            let code = try #require(link["code"]?.text)
            let application = Self.application("ion@example.com", via: code)
            _ = try await send(
                .json("POST", api + "/jobs/\(slug)/applications", application), nil)
            let candidates = try await send(
                .get(api + "/company/jobs/\(id)/introductions"), world.company)
            let candidate = try #require(candidates["items"]?.list?.first?["id"]?.integer)
            let path = api + "/company/introductions/\(candidate)"
            _ = try await send(
                .json("POST", path + "/stage", "{\"stage\":\"interview\"}"), world.company)
            let hire = try await send(
                .json("POST", path + "/hire", "{\"starts_on\":\"2026-12-01\"}"), world.company)
            let recorded = try await send(
                .json(
                    "POST", api + "/admin/hires/\(try #require(hire["id"]?.integer))/record", "{}"),
                world.admin)
            #expect(
                recorded["commissions"]?.list?.first?["amount"]?["amount"] == .text("500.00"))
            let won = try await send(.get(api + "/affiliate/commissions"), world.affiliate)
            #expect(won["items"]?.list?.first?["state"] == .text("pending"))
        }
    }

    @Test func `a write with a key is done once and answered twice`() async throws {
        try await withWorld { world in
            let ask = world.authorized(
                .json("POST", "/api/v1/company/jobs", Self.job), by: world.company
            ).with("Idempotency-Key", "key-of-this-test")

            let first = try await world.site.send(ask)
            let second = try await world.site.send(ask)

            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.body == second.body)
            let jobs = try await world.site.send(
                world.authorized(.get("/api/v1/company/jobs"), by: world.company))
            #expect(try jobs.json()["items"]?.list?.count == 2)
        }
    }

    @Test func `a key with another content is refused`() async throws {
        try await withWorld { world in
            let target = "/api/v1/company/jobs"
            let other = Self.job.replacing("Go developer", with: "C developer")
            let key = "key-of-this-test"
            _ = try await world.site.send(
                world.authorized(.json("POST", target, Self.job), by: world.company)
                    .with("Idempotency-Key", key))

            let answer = try await world.site.send(
                world.authorized(.json("POST", target, other), by: world.company)
                    .with("Idempotency-Key", key))

            #expect(answer.status == 409)
            #expect(try answer.json()["code"] == .text("idempotency_key_reused"))
        }
    }

    @Test func `an application with a key is made once`() async throws {
        try await withWorld { world in
            let ask = Ask.json(
                "POST", "/api/v1/jobs/\(world.job.slug)/applications",
                Self.application("ion@example.com", via: world.code.text)
            ).with("Idempotency-Key", "key-of-this-test")

            let first = try await world.site.send(ask)
            let second = try await world.site.send(ask)

            #expect(first.status == 201)
            #expect(first.body == second.body)
        }
    }

    @Test func `the same person twice is a conflict`() async throws {
        try await withWorld { world in
            let answer = try await world.site.send(
                .json(
                    "POST", "/api/v1/jobs/\(world.job.slug)/applications",
                    Self.application("MIHAI@example.com", via: world.code.text)))
            #expect(answer.status == 409)
            #expect(try answer.json()["code"] == .text("duplicate"))
        }
    }

    @Test func `a list goes on where its cursor says`() async throws {
        try await withWorld { world in
            let second = try await WorldMaker(site: world.site).job(of: world.company)
            let first = try await world.site.send(.get("/api/v1/jobs?limit=1"))
            let cursor = try #require(try first.json()["next"]?.text)
            #expect(first.fields.first("Link")?.contains("rel=\"next\"") == true)

            let rest = try await world.site.send(.get("/api/v1/jobs?limit=1&after=\(cursor)"))

            let slugs = [
                try first.json()["items"]?.list?.first?["slug"]?.text,
                try rest.json()["items"]?.list?.first?["slug"]?.text,
            ]
            #expect(Set(slugs) == [second.slug.text, world.job.slug.text])
            #expect(try rest.json()["next"] == .null)
        }
    }

    @Test func `values that cannot be are named one by one`() async throws {
        try await withWorld { world in
            let answer = try await world.site.send(
                world.authorized(
                    .json("POST", "/api/v1/company/jobs", "{\"title\":\"a\"}"), by: world.company))
            #expect(answer.status == 422)
            #expect(answer.fields.first(.contentType) == "application/problem+json")
            let fields = try answer.json()["errors"]?.list?.compactMap { $0["field"]?.text }
            #expect(fields?.contains("title") == true)
            #expect(fields?.contains("description") == true)
        }
    }

    @Test(arguments: [
        ("{\"a\":1,\"a\":2}", "application/json", 400), ("[]", "application/json", 400),
        ("{", "application/json", 400), ("a=1", "application/x-www-form-urlencoded", 415),
    ])
    func `content that is no object is refused`(text: String, type: String, status: Int)
        async throws
    {
        try await withWorld { world in
            var ask = Ask(method: "POST", target: "/api/v1/company/jobs", body: Array(text.utf8))
            ask.fields = [("Content-Type", type)]
            let answer = try await world.site.send(world.authorized(ask, by: world.company))
            #expect(answer.status == status)
        }
    }

    @Test(arguments: ["", "Bearer", "Bearer x", "Bearer vouch_AAAA", "Basic dTpw"])
    func `a token that is none is refused`(value: String) async throws {
        try await withSite { site in
            let answer = try await site.send(.get("/api/v1/me").with("Authorization", value))
            #expect(answer.status == 401)
            #expect(answer.fields.first("WWW-Authenticate") == "Bearer realm=\"vouch\"")
        }
    }

    @Test func `a session is no token`() async throws {
        try await withWorld { world in
            let cookie = try await world.session(of: world.company).cookie ?? ""
            let answer = try await world.site.send(.get("/api/v1/me").with("Cookie", cookie))
            #expect(answer.status == 401)
        }
    }

    private static func application(_ email: String, via code: String) -> String {
        // "%PDF-1.7" in base64.
        """
        {"name":"Ion Popa","email":"\(email)","consent":true,"via":"\(code)",
        "cv":{"file_name":"cv.pdf","content":"JVBERi0xLjc="}}
        """
    }
}

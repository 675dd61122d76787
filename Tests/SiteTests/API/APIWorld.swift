import Domain
import Store
import TestSupport

@testable import Site

/// People with tokens, and what they made.
final class APIWorld: Sendable {
    let site: TestSite
    let document: OpenAPIDocument
    let done = DoneOperations()
    private let tokens: [String: String]

    /// Two companies, two affiliates and an admin.
    init(_ site: TestSite) async throws {
        self.site = site
        document = try OpenAPIDocument(try await site.send(.get("/api/openapi.json")).body)
        var tokens: [String: String] = [:]
        for name in ["company", "stranger"] {
            let account = try await site.store.write { transaction in
                try await site.store.accounts.signUp(
                    company: CompanyName("Atelier \(name)"), try Self.new(name),
                    random: site.services.random.bytes(8), at: TestSite.now, in: transaction)
            }
            tokens[name] = try await Self.token(of: account.id, site)
        }
        for name in ["affiliate", "rival"] {
            let account = try await site.store.write { transaction in
                let account = try await site.store.accounts.signUpAffiliate(
                    try Self.new(name), at: TestSite.now, in: transaction)
                let token = MailToken(random: site.services.random.bytes(MailToken.length))
                try await site.store.addresses.send(
                    token, for: account.id, at: TestSite.now, in: transaction)
                _ = try await site.store.addresses.confirm(
                    token, at: TestSite.now, in: transaction)
                return account
            }
            tokens[name] = try await Self.token(of: account.id, site)
        }
        let admin = try await site.store.write { transaction in
            try await site.store.accounts.createAdmin(
                try Self.new("admin"), at: TestSite.now, in: transaction)
        }
        try await TestFactor.give(to: admin.principal, site)
        tokens["admin"] = try await Self.token(of: admin.id, site)
        self.tokens = tokens
    }

    var company: Program { program("company") }
    /// Of another company.
    var stranger: Program { program("stranger") }
    var affiliate: Program { program("affiliate") }
    /// Another affiliate.
    var rival: Program { program("rival") }
    var admin: Program { program("admin") }
    var nobody: Program { Program(world: self, token: nil) }

    func program(_ name: String) -> Program { Program(world: self, token: tokens[name]) }

    private static func new(_ name: String) throws -> Accounts.New {
        Accounts.New(
            email: try EmailAddress("\(name)@example.com"), name: try PersonName("A \(name)"),
            passwordHash: "scrypt$test", language: .english)
    }

    private static func token(of account: AccountID, _ site: TestSite) async throws -> String {
        let token = try BearerToken(site.services.random)
        _ = try await site.store.write { transaction in
            try await site.store.tokens.create(
                TokenName("test"), hash: token.hash, for: account, at: TestSite.now,
                in: transaction)
        }
        return token.text
    }

    // MARK: - What they make

    /// A job that can be published, with changes to its text.
    static func job(_ title: String = "Swift developer", units: Int = 50_000) -> String {
        """
        {"title": "\(title)",
         "description": "A calm team that writes servers in Iași, with time for tests.",
         "employment_type": "full_time",
         "location": {"country": "RO", "city": "Iași", "remote": "hybrid"},
         "salary": {"min": {"minor_units": 300000, "currency": "EUR"},
                    "max": {"minor_units": 450000, "currency": "EUR"}, "period": "month"},
         "terms": {"commission": {"minor_units": \(units), "currency": "EUR"},
                   "guarantee_days": 60, "instalments": [50, 50]},
         "valid_through": "\(TestSite.today.adding(days: 60))"}
        """
    }

    /// A person named by an affiliate.
    static func recommendation(_ email: String = "radu@example.com") -> String {
        """
        {"candidate_name": "Radu Ionescu", "email": "\(email)", "consent": true,
         "language": "ro", "message": "Calm and quick."}
        """
    }

    /// An application with a CV.
    static func application(_ email: String = "mihai@example.com", via: String? = nil) -> String {
        """
        {"name": "Mihai Ionescu", "email": "\(email)", "consent": true,
         "via": \(via.map { "\"\($0)\"" } ?? "null"),
         "cv": {"file_name": "cv.pdf", "content": "JVBERi0xLjcKbm90aGluZyBtdWNoCiUlRU9G"}}
        """
    }

    /// A draft of the company's.
    func draft(_ title: String = "Swift developer", key: String) async throws -> MadeJob {
        let answer = try await company.send(
            "POST", "/api/v1/company/jobs", Self.job(title), key: key)
        let job = try answer.json()
        guard let id = job["id"]?.integer, let slug = job["slug"]?.text else {
            throw TestFailure(answer.text)
        }
        return MadeJob(id: id, slug: slug)
    }

    func publishedJob(
        _ title: String = "Swift developer", key: String = "the only job"
    ) async throws -> MadeJob {
        let job = try await draft(title, key: key.replacing(" ", with: "-"))
        _ = try await company.send("POST", job.path + "/publish")
        return job
    }

    /// A candidate who came through the affiliate's link.
    func introduction(to job: MadeJob, _ email: String = "mihai@example.com") async throws -> Int64
    {
        let link = try await affiliate.send(
            "POST", "/api/v1/affiliate/links", "{\"job\": \"\(job.slug)\", \"channel\": \"blog\"}")
        _ = try await nobody.send(
            "POST", "/api/v1/jobs/\(job.slug)/applications",
            Self.application(email, via: try link.json()["code"]?.text))
        let rows = try await company.get(job.path + "/introductions").items
        guard let id = rows.first?["id"]?.integer else { throw TestFailure("no candidate") }
        return id
    }

    /// A hire that waits for an admin.
    func reportedHire() async throws -> Int64 {
        let introduction = try await introduction(to: try await publishedJob())
        let answer = try await company.send(
            "POST", "/api/v1/company/introductions/\(introduction)/hire", Self.start())
        guard let id = try answer.json()["id"]?.integer else { throw TestFailure(answer.text) }
        return id
    }

    /// A first day of work.
    static func start(in days: Int = 10) -> String {
        "{\"starts_on\": \"\(TestSite.today.adding(days: days))\"}"
    }
}

/// A job of a test.
struct MadeJob: Sendable {
    let id: Int64
    let slug: String

    var path: String { "/api/v1/company/jobs/\(id)" }
}

/// Runs a test with people who have tokens, in a schema of its own.
func withAPI(_ body: @escaping @Sendable (APIWorld) async throws -> Void) async throws {
    try await withSite { site in try await body(try await APIWorld(site)) }
}

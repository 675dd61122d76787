import Domain
import Postgres
import TestSupport

@testable import Store

/// The people and things that most tests begin with, in a schema of its own.
struct People: Sendable {
    let store: Store
    let company: Account
    let affiliate: Account
    let admin: Account

    /// The moment at which tests stand: noon of 2026-11-22.
    static let now = Instant(microseconds: 1_795_348_800_000_000)
    static let today = now.date

    var companyID: CompanyID { company.principal.company ?? CompanyID(0) }
    var affiliateID: AffiliateID { affiliate.principal.affiliate ?? AffiliateID(0) }

    init(_ store: Store) async throws {
        self.store = store
        company = try await store.signUp(company: "Atelier Nord", email: "firma@example.com")
        affiliate = try await store.signUp(affiliate: "ana@example.com")
        admin = try await store.write { transaction in
            try await store.accounts.createAdmin(
                Store.new("admin@example.com"), at: Self.now, in: transaction)
        }
    }

    /// A published job with the usual promise of 500 EUR after 60 days.
    func job(
        _ title: String = "Swift developer", euros: Int32 = 500, instalments: String = "100"
    ) async throws -> Jobs.OwnJob {
        let draft = try await draft(title, euros: euros, instalments: instalments)
        return try await move(draft, to: .published)
    }

    func draft(
        _ title: String = "Swift developer", euros: Int32 = 500, instalments: String = "100",
        details change: @Sendable (inout JobDetails) -> Void = { _ in }
    ) async throws -> Jobs.OwnJob {
        var details = try Self.details(title)
        change(&details)
        let written = details
        let offer = try TermsOffer(
            commission: .euros(euros), instalments: InstalmentPlan(instalments))
        return try await store.write { transaction in
            try await store.jobs.create(
                written, offer: offer, for: companyID, random: Random.bytes(8),
                by: company.principal, at: Self.now, in: transaction)
        }
    }

    func move(
        _ job: Jobs.OwnJob, to state: JobState, at now: Instant = now
    ) async throws -> Jobs.OwnJob {
        try await store.write { transaction in
            try await store.jobs.move(
                job.id, to: state, by: company.principal, at: now, in: transaction)
        }
    }

    static func details(_ title: String) throws -> JobDetails {
        JobDetails(
            title: try JobTitle(title),
            description: try JobDescription("A calm team that writes servers in Iași."),
            employmentType: .fullTime,
            location: try Location(
                country: .romania, city: CityName("Cluj-Napoca"), remote: .hybrid),
            salary: try SalaryRange(min: .euros(3000), max: .euros(4500), period: .month),
            validThrough: today.adding(days: 60))
    }

    func link(
        to job: Jobs.OwnJob, channel: String = "", for account: Account? = nil
    ) async throws -> Links.Link {
        let affiliate = account?.principal.affiliate ?? affiliateID
        let name = try ChannelName(channel)
        return try await store.write { transaction in
            try await store.links.take(
                job.slug, channel: name, code: LinkCode(random: Random.bytes(10)),
                for: affiliate, at: Self.now, in: transaction)
        }
    }

    func apply(
        to job: Jobs.OwnJob, via link: Links.Link? = nil, email: String = "mihai@example.com",
        phone: String? = nil, key: String? = nil, cv: CVFile? = nil, at now: Instant = now
    ) async throws -> Applications.Outcome {
        let submission = try submission(
            to: job, via: link, email: email, phone: phone, key: key, cv: cv, at: now)
        return try await store.write { transaction in
            try await store.applications.submit(submission, in: transaction)
        }
    }

    func submission(
        to job: Jobs.OwnJob, via link: Links.Link? = nil, email: String = "mihai@example.com",
        phone: String? = nil, key: String? = nil, cv: CVFile? = nil, at now: Instant = now
    ) throws -> Applications.Submission {
        Applications.Submission(
            job: job.slug, via: link?.code,
            application: Application(
                name: try PersonName("Mihai Ionescu"), email: try EmailAddress(email),
                phone: try phone.map { try PhoneNumber($0) }, message: try CoverMessage("Hello"),
                cv: cv, language: .romanian),
            receipt: ReceiptCode(random: Random.bytes(26)),
            key: try key.map { try IdempotencyKey($0) }, at: now)
    }

    /// An introduction through a new link of the affiliate to a new job.
    func introduction(
        euros: Int32 = 500, instalments: String = "100"
    ) async throws -> IntroductionID {
        let job = try await job(euros: euros, instalments: instalments)
        let link = try await link(to: job, channel: "blog")
        return try accepted(try await apply(to: job, via: link))
    }

    func record(
        _ introduction: IntroductionID, startsOn: CalendarDate = today, by account: Account? = nil
    ) async throws -> HireRecording.RecordedHire {
        try await store.write { transaction in
            try await store.recording.record(
                introduction, startsOn: startsOn, by: (account ?? admin).principal, at: Self.now,
                in: transaction)
        }
    }

    func move(
        _ introduction: IntroductionID, _ step: StageMove, by account: Account? = nil
    ) async throws {
        try await store.write { transaction in
            try await store.stages.move(
                introduction, step, by: (account ?? company).principal, at: Self.now,
                in: transaction)
        }
    }
}

extension Store {
    static func new(_ email: String) throws -> Accounts.New {
        Accounts.New(
            email: try EmailAddress(email), name: try PersonName("Ana Pop"),
            passwordHash: "scrypt$test", language: .english)
    }

    func signUp(company name: String, email: String) async throws -> Account {
        let name = try CompanyName(name)
        return try await write { transaction in
            try await accounts.signUp(
                company: name, Self.new(email), random: Random.bytes(8), at: People.now,
                in: transaction)
        }
    }

    func signUp(affiliate email: String) async throws -> Account {
        let account = try await write { transaction in
            let account = try await accounts.signUpAffiliate(
                Self.new(email), at: People.now, in: transaction)
            try await transaction.execute(
                "UPDATE account SET email_confirmed_at = \(People.now) WHERE id = \(account.id)")
            return account
        }
        guard let confirmed = try await accounts.find(account.id) else {
            throw TestFailure("no account")
        }
        return confirmed
    }

    /// A number that a statement counts.
    func count(_ statement: SQL) async throws -> Int {
        try await database.queryFirst(statement) { row in try row.next(Int.self) } ?? 0
    }
}

enum Random {
    static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max) }
    }
}

func accepted(_ outcome: Applications.Outcome) throws -> IntroductionID {
    guard case .accepted(let id, _) = outcome else { throw TestFailure("\(outcome)") }
    return id
}

func receipt(_ outcome: Applications.Outcome) throws -> ReceiptCode {
    guard case .accepted(_, let code) = outcome else { throw TestFailure("\(outcome)") }
    return code
}

/// Runs a test with people in a schema of its own.
func withPeople(
    _ body: @escaping @Sendable (People) async throws -> Void
) async throws {
    try await withDatabase { database in
        try await body(try await People(Store(database: database)))
    }
}

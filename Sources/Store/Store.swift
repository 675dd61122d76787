import Domain
import Postgres

/// All SQL of the product, by aggregate, over one loop's database.
///
/// Reads run on their own. Writes take the `Transaction` that `write` or `once` opens, so that what
/// belongs together commits together.
package struct Store: Sendable {
    package let database: Database
    private let publicReads: PublicJobReads

    private let pseudonyms: Pseudonyms

    /// - Parameter pseudonyms: without a key nobody who was erased is found again, which does for
    ///   whatever takes no applications.
    package init(database: Database, pseudonyms: Pseudonyms = .none) {
        self.database = database
        self.pseudonyms = pseudonyms
        publicReads = PublicJobReads(database)
    }

    package var accounts: Accounts { Accounts(database: database) }
    package var sessions: Sessions { Sessions(database: database) }
    package var tokens: APITokens { APITokens(database: database) }
    package var signInTries: SignInTries { SignInTries(database: database) }
    package var addresses: AddressConfirmations { AddressConfirmations(database: database) }
    package var passwordResets: PasswordResets { PasswordResets(database: database) }
    package var admins: Admins { Admins(database: database) }
    package var mailTokens: MailTokens { MailTokens(database: database) }
    package var secondFactors: SecondFactors { SecondFactors(database: database) }
    package var popularPages: PopularPages { PopularPages(database: database) }
    package var companies: Companies { Companies(database: database) }
    package var publicJobs: PublicJobs { PublicJobs(database: database, reads: publicReads) }
    package var jobs: Jobs { Jobs(database: database) }
    package var jobLoad: JobLoad { JobLoad() }
    package var peopleLoad: PeopleLoad { PeopleLoad() }
    package var linkLoad: LinkLoad { LinkLoad() }
    package var introductionLoad: IntroductionLoad { IntroductionLoad() }
    package var bulkLoad: BulkLoad { BulkLoad() }
    package var links: Links { Links(database: database) }
    package var applications: Applications { Applications(pseudonyms: pseudonyms) }
    package var recommendations: Recommendations {
        Recommendations(database: database, pseudonyms: pseudonyms)
    }
    package var recommendationAnswers: RecommendationAnswers {
        RecommendationAnswers(database: database, pseudonyms: pseudonyms)
    }
    package var receipts: Receipts {
        Receipts(database: database, pseudonyms: pseudonyms)
    }
    package var candidates: Candidates { Candidates(database: database) }
    package var introductions: Introductions { Introductions(database: database) }
    package var stages: Stages { Stages() }
    package var hires: Hires { Hires(database: database) }
    package var recording: HireRecording { HireRecording() }
    package var commissions: Commissions { Commissions(database: database) }
    package var hireEnding: HireEnding { HireEnding(database: database) }
    package var commissionDeeds: CommissionDeeds { CommissionDeeds() }
    package var clock: MoneyClock { MoneyClock() }
    package var disputes: Disputes { Disputes(database: database) }
    package var payoutAccounts: PayoutAccounts { PayoutAccounts(database: database) }
    package var flags: Flags { Flags(database: database) }
    package var payouts: Payouts { Payouts(database: database) }
    package var payoutLists: PayoutLists { PayoutLists(database: database) }
    package var payoutAnswers: PayoutAnswers { PayoutAnswers() }
    package var invoices: Invoices { Invoices(database: database) }
    package var statements: Statements { Statements() }
    package var desks: Desks { Desks(database: database) }
    package var ledger: Ledger { Ledger() }
    package var books: Books { Books(database: database) }
    package var adminQueue: AdminQueue { AdminQueue(database: database) }
    package var adminSearch: AdminSearch { AdminSearch(database: database) }
    package var audit: AuditLog { AuditLog(database: database) }
    package var demoMails: DemoMails { DemoMails(database: database) }
    package var mailDelivery: MailDelivery { MailDelivery(database: database) }
    package var news: News { News(database: database) }
    package var spoolEntries: SpoolEntries {
        SpoolEntries(database: database, applications: applications)
    }
    package var outbox: Outbox { Outbox(database: database) }

    /// Runs writes in one transaction; what a constraint refuses becomes a `DomainError`.
    ///
    /// The body may run again after a serialization failure or a deadlock.
    package func write<Value>(
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await database.transaction { transaction in try await body(transaction) }
        } catch let error as PostgresError {
            throw Refusal.domainError(of: error) ?? error
        }
    }
}

/// What a violated constraint means to the product: insert first, and the database decides.
enum Refusal {
    /// The refusal in the product's words; nil when the error says nothing about the product.
    static func domainError(of error: PostgresError) -> (any Error)? {
        guard case .server(let server) = error, let constraint = server.constraint else {
            return nil
        }
        return meanings[constraint]
    }

    private static let meanings: [String: DomainError] = [
        "account_email_unique": .duplicate(.email),
        "company_slug_unique": .duplicate(.slug),
        "job_slug_unique": .duplicate(.slug),
        "job_salary_expected": .conflict(.salaryMissing),
        "introduction_email_once": .duplicate(.candidate(.email)),
        "introduction_phone_once": .duplicate(.candidate(.phone)),
        "hire_introduction_unique": .conflict(.hireAlreadyRecorded),
        "commission_instalment_unique": .conflict(.hireAlreadyRecorded),
        "ledger_transfer_hire_once": .conflict(.hireAlreadyRecorded),
        "ledger_transfer_commission_once": .conflict(.hireAlreadyRecorded),
        "commission_taken_back_once": .conflict(.amountExceedsCommission),
        "dispute_commission_once": .conflict(.disputeOpen),
        "dispute_claim_once": .conflict(.disputeOpen),
        "payout_item_once": .conflict(.changedMeanwhile),
    ]
}

import Domain
import Postgres
import Store

/// Believable data for trying the product out: companies, jobs, affiliates, candidates, hires.
///
/// The same seed on the same day gives the same rows, the keys that the database gives apart.
/// Everything is invented; addresses end in `.example` or `.test` and reach nobody (RFC 2606).
/// The codes of links and receipts follow from the seed too: they keep no secret.
package enum DemoData {
    /// How many jobs can be made; the fewest are enough for the demo accounts.
    package static let jobsRange = 20...1_000_000
    package static let jobsDefault = 400
    package static let seedDefault: UInt64 = 2026

    /// Loads demo data into an empty database, all of them or none.
    ///
    /// Companies, affiliates and candidates grow with the jobs, more slowly than these.
    ///
    /// - Parameters:
    ///   - passwordHash: of the password that all accounts get.
    ///   - now: its day (UTC) is the last one that anything happened on.
    ///   - progress: called on the database's loop, now and then.
    /// - Throws: `DemoError.databaseNotEmpty`, `jobsOutOfRange`, `PostgresError`.
    @discardableResult
    package static func load(
        into database: Database, jobs: Int = jobsDefault, passwordHash: String, now: Instant,
        seed: UInt64 = seedDefault,
        progress: @escaping @Sendable (DemoProgress) -> Void = { _ in }
    ) async throws -> DemoSummary {
        let summary = try await loadIfEmpty(
            database, jobs: jobs, passwordHash: passwordHash, now: now, seed: seed,
            progress: progress)
        guard let summary else { throw DemoError.databaseNotEmpty }
        return summary
    }

    /// Like `load`, but nil and nothing done where the database is not empty.
    ///
    /// Of two that load at once, one waits and then finds it loaded.
    package static func loadIfEmpty(
        _ database: Database, jobs: Int = jobsDefault, passwordHash: String, now: Instant,
        seed: UInt64 = seedDefault,
        progress: @escaping @Sendable (DemoProgress) -> Void = { _ in }
    ) async throws -> DemoSummary? {
        guard jobsRange.contains(jobs) else { throw DemoError.jobsOutOfRange(jobs) }
        // 100,000 jobs took 210 s on a machine busy with other things; ten times that is patient.
        let deadline = Duration.seconds(max(300, jobs / 50))
        let store = Store(database: database)
        return try await database.transaction(deadline: deadline) { transaction in
            guard try await store.bulkLoad.begin(in: transaction) else { return nil }
            let loader = DemoLoader(
                store: store, transaction: transaction, calendar: DemoCalendar(now), seed: seed,
                size: DemoSize(jobs: jobs), passwordHash: passwordHash, progress: progress)
            return try await loader.run()
        }
    }
}

/// The three accounts that demo data come with.
package enum DemoAccount: String, Hashable, Sendable, CaseIterable {
    case company, affiliate, admin

    /// The address it signs in with.
    package var email: String { "\(rawValue)@demo.test" }
}

/// What was loaded.
package struct DemoSummary: Hashable, Sendable {
    package let companies: Int
    package let jobs: Int
    package let affiliates: Int
    package let links: Int
    package let candidates: Int
    /// Recorded ones.
    package let hires: Int
}

/// How far a load has come.
package struct DemoProgress: Hashable, Sendable {
    package let step: Step
    package let done: Int
    package let total: Int

    package enum Step: String, Hashable, Sendable, CaseIterable {
        case jobs, candidates, hires
    }
}

/// How many of everything belong to a number of jobs.
struct DemoSize: Sendable {
    let jobs: Int

    var companies: Int { 40 + max(0, jobs - 400) / 100 }
    var affiliates: Int { 25 + max(0, jobs - 400) / 2000 }
    var candidates: Int { jobs <= 400 ? max(120, jobs * 3 / 2) : 600 + (jobs - 400) / 2 }
    /// Each is recorded as an admin does it, in a dozen statements.
    var hires: Int { 46 + max(0, jobs - 400) / 500 }
    var cvs: Int { 2000 }
    /// Links that brought nobody yet.
    var idleLinks: Int { candidates / 4 }
}

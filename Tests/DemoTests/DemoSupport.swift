import Domain
import Postgres
import Store
import Synchronization
import TestSupport

@testable import Demo

/// The moment at which tests stand: noon of 2026-11-22.
let now = Instant(microseconds: 1_795_348_800_000_000)
let today = now.date

@discardableResult
func load(
    into database: Database, jobs: Int = DemoData.jobsDefault, now: Instant = now,
    seed: UInt64 = DemoData.seedDefault
) async throws -> DemoSummary {
    try await DemoData.load(
        into: database, jobs: jobs, passwordHash: "scrypt$demo", now: now, seed: seed)
}

/// A number that a statement counts.
func number(_ statement: SQL, in database: Database) async throws -> Int {
    try await database.queryFirst(statement) { row in try row.next(Int.self) } ?? 0
}

/// What was reported on the way.
final class Seen: Sendable {
    private let progress = Mutex<[DemoProgress]>([])

    var all: [DemoProgress] { progress.withLock { $0 } }

    func add(_ step: DemoProgress) {
        progress.withLock { $0.append(step) }
    }
}

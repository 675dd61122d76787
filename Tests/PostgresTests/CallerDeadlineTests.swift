import EventLoop
import Postgres
import TestSupport
import Testing

/// How long a request waits for all that it asks of the database.
@Suite struct CallerDeadlineTests {
    private func bounded<Value>(
        _ span: Duration, _ body: () async throws -> Value
    ) async throws -> Value {
        try await CallerDeadline.$current.withValue(MonotonicTime.now + span) { try await body() }
    }

    /// Every way to ask, with a statement that takes a minute.
    private static let ways: [@Sendable (Database) async throws -> Void] = [
        { database in
            _ = try await database.read("SELECT 1 FROM pg_sleep(60)") { try $0.next(Int.self) }
        },
        { database in
            _ = try await database.query("SELECT 1 FROM pg_sleep(60)") { try $0.next(Int.self) }
        },
        { database in try await database.execute("SELECT pg_sleep(60)") },
        { database in
            try await database.transaction { transaction in
                try await transaction.execute("SELECT 1")
                try await transaction.execute("SELECT pg_sleep(60)")
            }
        },
    ]

    @Test(arguments: ways.indices)
    func `a statement ends when its caller waits no longer`(way: Int) async throws {
        let name = "caller-\(UInt64.random(in: 0...UInt64.max))"
        try await withDatabase(migrated: false, settings: { $0.applicationName = name }) {
            database in
            let error = await #expect(throws: PostgresError.self) {
                try await bounded(.milliseconds(100)) { try await Self.ways[way](database) }
            }
            // Whichever of the two comes first.
            let isInTime =
                error == .deadlineExceeded || error?.serverError?.sqlState == .queryCancelled
            #expect(isInTime)
            // The server has ended it too.
            let isGone = try await eventually(on: database.loop) {
                let running = try await database.queryFirst(
                    """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE application_name = \(name) AND state = 'active'
                        AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()
                    """, deadline: .seconds(30)
                ) { row in try row.next(Int.self) }
                return running == 0
            }
            #expect(isGone)
        }
    }

    @Test func `what a call names goes before it`() async throws {
        try await withDatabase(migrated: false) { database in
            let one = try await bounded(.zero) {
                try await database.queryFirst("SELECT 1", deadline: .seconds(30)) { row in
                    try row.next(Int.self)
                }
            }
            #expect(one == 1)
        }
    }

    @Test func `the server ends a statement of a transaction soon after`() async throws {
        try await withDatabase(migrated: false) { database in
            let own = try await bounded(.seconds(20)) {
                try await database.transaction { try await Self.timeout($0) }
            }
            let usual = try await database.transaction { try await Self.timeout($0) }
            #expect((2_001...22_000).contains(own), "with the grace for COMMIT")
            #expect(usual == 60_000)
        }
    }

    private static func timeout(_ transaction: Transaction) async throws -> Int {
        try await transaction.first(
            "SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'"
        ) { row in try row.next(Int.self) } ?? 0
    }

    @Test func `nothing is begun when it has passed`() async throws {
        let (states, count) = try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint)")
            let past = MonotonicTime(nanoseconds: 1)
            let states = await CallerDeadline.$current.withValue(past) {
                [
                    await outcome(database, "SELECT 7"),
                    await outcome { "\(try await database.execute("INSERT INTO t VALUES (1)"))" },
                    await outcome { try await database.transaction { _ in "begun" } },
                ]
            }
            let count = try await database.readFirst("SELECT count(*) FROM t") { row in
                try row.next(Int.self)
            }
            return (states, count)
        }
        #expect(states == [String](repeating: "deadlineExceeded", count: 3))
        #expect(count == 0)
    }

    @Test func `waiting for a connection counts`() async throws {
        try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            try await database.transaction { transaction in
                try await transaction.execute("SELECT 1")
                await #expect(throws: PostgresError.deadlineExceeded) {
                    try await bounded(.milliseconds(50)) {
                        try await database.execute("SELECT 1")
                    }
                }
            }
        }
    }

    @Test func `reads that callers make together last as long as the most patient waits`()
        async throws
    {
        try await withDatabase(migrated: false) { database in
            let numbers = GatheredRead<Int64, Int64>(loop: database.loop) { keys in
                let found = try await database.read(
                    "SELECT k FROM unnest(\(keys)) AS k, pg_sleep(0.2)"
                ) { row in try row.next(Int64.self) }
                return Dictionary(uniqueKeysWithValues: found.map { ($0, $0) })
            }
            async let impatient = bounded(.milliseconds(20)) { try await numbers.value(for: 7) }
            async let patient = bounded(.seconds(600)) { try await numbers.value(for: 8) }
            let both = try await [impatient, patient]
            #expect(both == [7, 8])
            await #expect(throws: PostgresError.deadlineExceeded) {
                _ = try await bounded(.milliseconds(20)) { try await numbers.value(for: 7) }
            }
        }
    }
}

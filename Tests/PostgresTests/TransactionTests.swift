import Postgres
import Synchronization
import TestSupport
import Testing

private struct Refusal: Error {}

/// Makes the table `account` with the balances 100 and 100.
private func makeAccounts(_ database: Database) async throws {
    try await database.execute("CREATE TABLE account (id bigint PRIMARY KEY, balance bigint)")
    try await database.execute("INSERT INTO account VALUES (1, 100), (2, 100)")
}

private func total(_ database: Database) async throws -> Int? {
    try await database.readFirst("SELECT sum(balance)::int8 FROM account") { row in
        try row.next(Int.self)
    }
}

@Suite struct TransactionTests {
    @Test func `what a transaction wrote is there after it`() async throws {
        let sum = try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            try await database.transaction { transaction in
                try await transaction.execute("UPDATE account SET balance = 1 WHERE id = \(1)")
                try await transaction.execute("UPDATE account SET balance = 2 WHERE id = \(2)")
            }
            return try await total(database)
        }
        #expect(sum == 3)
    }

    @Test func `a row that somebody holds keeps no connection from the others for long`()
        async throws
    {
        try await withDatabase(
            migrated: false,
            settings: {
                $0.exclusiveConnectionsMax = 3
                $0.lockTimeout = .milliseconds(50)
            }
        ) { database in
            try await makeAccounts(database)
            try await database.transaction { holder in
                try await holder.execute("UPDATE account SET balance = 1 WHERE id = 1")
                // As many as there are connections, alone and in transactions.
                for _ in 0..<3 {
                    for isAlone in [true, false] {
                        let error = await #expect(throws: PostgresError.self) {
                            let change: SQL = "UPDATE account SET balance = 2 WHERE id = 1"
                            if isAlone {
                                try await database.execute(change)
                            } else {
                                try await database.transaction { transaction in
                                    try await transaction.execute(change)
                                }
                            }
                        }
                        #expect(error?.serverError?.sqlState == .lockNotAvailable)
                    }
                    try await database.execute(
                        "UPDATE account SET balance = balance + 1 WHERE id = 2")
                }
            }
            #expect(try await total(database) == 1 + 103)
        }
    }

    @Test func `an error of the closure undoes the transaction and is thrown on`() async throws {
        let sum = try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            await #expect(throws: Refusal.self) {
                try await database.transaction { transaction in
                    try await transaction.execute("UPDATE account SET balance = 0")
                    throw Refusal()
                }
            }
            return try await total(database)
        }
        #expect(sum == 200)
    }

    @Test func `a transaction in which a failure was swallowed does not pass for committed`()
        async throws
    {
        try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            await #expect(throws: PostgresError.transactionAborted) {
                try await database.transaction { transaction in
                    try await transaction.execute("UPDATE account SET balance = 0")
                    _ = try? await transaction.execute("INSERT INTO account VALUES (1, 5)")
                }
            }
            #expect(try await total(database) == 200)
        }
    }

    @Test func `a failure inside a savepoint leaves the rest of the transaction`() async throws {
        let sum = try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            try await database.transaction { transaction in
                try await transaction.execute("UPDATE account SET balance = 5")
                _ = try? await transaction.savepoint {
                    try await transaction.execute("INSERT INTO account VALUES (1, 5)")
                }
                try await transaction.execute("INSERT INTO account VALUES (3, 1)")
            }
            return try await total(database)
        }
        #expect(sum == 11)
    }

    @Test func `a deferred constraint fails the commit, and nothing is written`() async throws {
        try await withDatabase(migrated: false) { database in
            try await database.execute(
                "CREATE TABLE t (a bigint CONSTRAINT late UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            let error = await #expect(throws: PostgresError.self) {
                try await database.transaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1), (1)")
                }
            }
            #expect(error?.serverError?.constraint == "late")
            let rows = try await database.query("SELECT a FROM t") { row in try row.next(Int.self) }
            #expect(rows.isEmpty)
        }
    }

    @Test func `concurrent serializable increments are all counted`() async throws {
        let (balance, runs) = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 8 }
        ) { database in
            try await makeAccounts(database)
            let runs = Counter()
            let meeting = Meeting(2)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask(executorPreference: database.loop) {
                        try await database.transaction(
                            isolation: .serializable, retries: 1_000
                        ) { transaction in
                            runs.increment()
                            let balance = try await transaction.first(
                                "SELECT balance FROM account WHERE id = 1"
                            ) { row in try row.next(Int.self) }
                            // The first two have both read before one of them writes.
                            await meeting.meet()
                            try await transaction.execute(
                                "UPDATE account SET balance = \((balance ?? 0) + 1) WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let balance = try await database.readFirst(
                "SELECT balance FROM account WHERE id = 1"
            ) { row in try row.next(Int.self) }
            return (balance, runs.value)
        }
        #expect(balance == 120)
        #expect(runs > 20)
    }

    @Test func `a transaction that a deadlock has ended runs again`() async throws {
        let sum = try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            let meeting = Meeting(2)
            @Sendable func move(from first: Int, to second: Int) async throws {
                try await database.transaction { transaction in
                    try await transaction.execute(
                        "UPDATE account SET balance = balance - 10 WHERE id = \(first)")
                    await meeting.meet()
                    try await transaction.execute(
                        "UPDATE account SET balance = balance + 10 WHERE id = \(second)")
                }
            }
            async let there: Void = move(from: 1, to: 2)
            async let back: Void = move(from: 2, to: 1)
            _ = try await (there, back)
            return try await total(database)
        }
        #expect(sum == 200)
    }

    @Test func `retries end at their bound with the server's error`() async throws {
        let (state, runs) = try await withDatabase(migrated: false) { database in
            let runs = Counter()
            let state = await outcome {
                try await database.transaction(retries: 2) { transaction in
                    runs.increment()
                    try await transaction.execute(
                        "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                    return "committed"
                }
            }
            return (state, runs.value)
        }
        #expect(state == "40001")
        #expect(runs == 3)
    }

    @Test func `a read-only transaction is refused a write`() async throws {
        let state = try await withDatabase(migrated: false) { database in
            await outcome {
                try await database.transaction(isolation: .readOnly) { transaction in
                    try await transaction.execute("CREATE TABLE t (a bigint)")
                    return "committed"
                }
            }
        }
        #expect(state == "25006")
    }

    @Test func `a transaction past its deadline is undone`() async throws {
        try await withDatabase(migrated: false) { database in
            try await makeAccounts(database)
            let state = await outcome {
                try await database.transaction(deadline: .milliseconds(100)) { transaction in
                    try await transaction.execute("UPDATE account SET balance = 0")
                    _ = try await transaction.query("SELECT pg_sleep(30)") { _ in }
                    return "committed"
                }
            }
            #expect(state == "deadlineExceeded")
            #expect(try await total(database) == 200)
        }
    }
}

/// Counts on any thread.
private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func increment() { count.add(1, ordering: .relaxed) }
}

/// Lets tasks go on once a number of them have come; later ones go on at once.
private actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        missing = count
    }

    func meet() async {
        missing -= 1
        if missing > 0 { return await withCheckedContinuation { waiting.append($0) } }
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}

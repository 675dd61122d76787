import EventLoop
import Postgres
import TestSupport
import Testing

@Suite struct PoolTests {
    @Test func `callers beyond the connections wait and are served in order`() async throws {
        let order = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            try await database.execute("CREATE TABLE t (place serial, caller bigint)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask(executorPreference: database.loop) {
                        try await database.execute("INSERT INTO t (caller) VALUES (\(number))")
                    }
                }
                try await group.waitForAll()
            }
            return try await database.query("SELECT caller FROM t ORDER BY place") { row in
                try row.next(Int.self)
            }
        }
        #expect(order == Array(0..<10))
    }

    @Test func `whoever is important finds a connection though others take all they can`()
        async throws
    {
        try await withDatabase(migrated: false, settings: { $0.exclusiveConnectionsMax = 2 }) {
            database in
            let isHeld = Flag()
            let isDone = Flag()
            async let holder: Void = database.transaction { transaction in
                try await transaction.execute("SELECT 1")
                isHeld.set()
                while !isDone.isSet { try await transaction.execute("SELECT pg_sleep(0.001)") }
            }
            _ = try await eventually(on: database.loop) { isHeld.isSet }
            async let waiter: Int = database.execute("SELECT 1")
            _ = try await eventually(on: database.loop) { database.counts.waiting == 1 }
            // One after the other, while both of the others are still there.
            for _ in 0..<3 {
                try await Urgency.$current.withValue(.important) {
                    _ = try await database.execute("SELECT 1")
                }
            }
            #expect(!isDone.isSet)
            isDone.set()
            _ = try await (holder, waiter)
        }
    }

    @Test func `who waits for a connection in use hears at once that it was lost`() async throws {
        let waited = try await withProxiedDatabase(
            settings: {
                // Far beyond the deadline: nothing but the loss itself may wake who waits.
                $0.backoffMax = .seconds(600)
                $0.exclusiveConnectionsMax = 2
            }
        ) { database, proxy in
            let isHeld = Flag()
            async let holder = outcome {
                try await database.transaction { transaction in
                    try await transaction.execute("SELECT 1")
                    isHeld.set()
                    try await transaction.execute("SELECT pg_sleep(60)")
                }
                return "done"
            }
            _ = try await eventually(on: database.loop) { isHeld.isSet }
            proxy.set(.refuse)
            async let waiter = outcome {
                try await database.execute("SELECT 1", deadline: .seconds(20))
                return "done"
            }
            // Time for the attempt to connect, which is refused.
            try await database.loop.sleep(for: .milliseconds(200))
            proxy.cut()
            proxy.set(.pass)
            _ = await holder
            return await waiter
        }
        #expect(waited != "deadlineExceeded")
    }

    @Test func `callers beyond the queue are refused at once`() async throws {
        let outcomes = try await withDatabase(
            migrated: false,
            settings: {
                $0.exclusiveConnectionsMax = 1
                $0.queueMax = 2
            }
        ) { database in
            await withTaskGroup(of: String.self) { group in
                for _ in 0..<6 {
                    group.addTask(executorPreference: database.loop) {
                        await outcome {
                            try await database.execute("SELECT pg_sleep(0.01)")
                            return "done"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes.count { $0 == "done" } == 2)
        #expect(outcomes.count { $0 == "poolExhausted" } == 4)
    }

    @Test func `a caller whose deadline passes in the queue is told so`() async throws {
        let (inQueue, after) = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            try await database.transaction { transaction in
                try await transaction.execute("SELECT 1")
                let inQueue = await outcome {
                    try await database.execute("SELECT 1", deadline: .milliseconds(20))
                    return "done"
                }
                return (inQueue, try await transaction.execute("SELECT 1"))
            }
        }
        #expect(inQueue == "deadlineExceeded")
        #expect(after == 1)
    }

    @Test func `a caller that is cancelled in the queue leaves it`() async throws {
        let (cancelled, next) = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            let cancelled = try await database.transaction { transaction in
                try await transaction.execute("SELECT 1")
                let waiting = Task(executorPreference: database.loop) {
                    await outcome {
                        try await database.execute("SELECT 1")
                        return "done"
                    }
                }
                waiting.cancel()
                return await waiting.value
            }
            let next = await outcome {
                try await database.execute("SELECT 1")
                return "done"
            }
            return (cancelled, next)
        }
        #expect(cancelled == "cancelled")
        #expect(next == "done")
    }

    @Test func `a query that is cancelled stops on the server, and its connection serves on`()
        async throws
    {
        let (state, backends, isStopped) = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            let before = try await backend(database)
            let sleeping = Task(executorPreference: database.loop) {
                await outcome {
                    _ = try await database.query(
                        "SELECT pg_sleep(\(30.0))", deadline: .seconds(60)
                    ) { _ in 0 }
                    return "done"
                }
            }
            let isRunning = try await eventually(on: database.loop) {
                try await isSleeping(before, database)
            }
            sleeping.cancel()
            let state = await sleeping.value
            let after = try await backend(database)
            let isStopped = try await !isSleeping(before, database)
            return (state, [before, after], isRunning && isStopped)
        }
        #expect(state == "cancelled")
        #expect(backends[0] == backends[1])
        #expect(isStopped)
    }

    @Test func `a query past its deadline is stopped, and its connection serves on`() async throws {
        let (state, backends) = try await withDatabase(
            migrated: false, settings: { $0.exclusiveConnectionsMax = 1 }
        ) { database in
            let before = try await backend(database)
            let state = await outcome {
                _ = try await database.query(
                    "SELECT pg_sleep(30)", deadline: .milliseconds(50)
                ) { _ in 0 }
                return "done"
            }
            return (state, [before, try await backend(database)])
        }
        #expect(state == "deadlineExceeded")
        #expect(backends[0] == backends[1])
    }

    @Test func `work after the closing is refused`() async throws {
        let states = try await withDatabase(migrated: false) { database in
            await database.close()
            let read = await outcome(database, "SELECT 1")
            let write = await outcome {
                try await database.execute("SELECT 1")
                return "done"
            }
            return [read, write]
        }
        #expect(states == ["unavailable", "unavailable"])
    }

    @Test func `closing waits for a transaction that is under way`() async throws {
        let value = try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint)")
            let begun = AsyncStream<Void>.makeStream()
            let writing = Task(executorPreference: database.loop) {
                try await database.transaction { transaction in
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    begun.continuation.finish()
                    return try await transaction.first("SELECT a FROM t, pg_sleep(0.05)") { row in
                        try row.next(Int.self)
                    }
                }
            }
            for await _ in begun.stream {}
            await database.close()
            return try await writing.value
        }
        #expect(value == 1)
    }
}

/// The server's process of an exclusive connection, which a deadline of one's own asks for.
private func backend(_ database: Database) async throws -> Int? {
    try await database.queryFirst("SELECT pg_backend_pid()", deadline: .seconds(30)) { row in
        try row.next(Int.self)
    }
}

private func isSleeping(_ backend: Int?, _ database: Database) async throws -> Bool {
    try await database.readFirst(
        "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = \(backend)"
    ) { row in try row.next(Bool?.self) ?? false } ?? false
}

import EventLoop
import Postgres
import TestSupport
import Testing

/// Bounds that let a test of an outage end soon.
private func impatient(_ settings: inout PoolSettings) {
    settings.readDeadline = .milliseconds(300)
    settings.deadline = .milliseconds(300)
    settings.cancelGrace = .milliseconds(50)
    settings.backoffMin = .milliseconds(1)
    settings.backoffMax = .milliseconds(20)
}

private func write(_ database: Database, _ sql: SQL) async -> String {
    await outcome {
        try await database.execute(sql)
        return "done"
    }
}

@Suite struct OutageTests {
    @Test func `a server that is not there is a typed error at once`() async throws {
        let (states, isReachable) = try await withLoop { loop in
            let settings = PoolSettings(connectionString: "host=/nonexistent dbname=none")
            let database = Database(loop: loop, settings: settings, logger: quietLogger)
            let states = [
                await outcome(database, "SELECT 1"),
                await write(database, "SELECT 1"),
                await outcome {
                    try await database.transaction { try await $0.execute("SELECT 1") }
                    return "done"
                },
            ]
            let isReachable = database.isReachable
            await database.close()
            return (states, isReachable)
        }
        #expect(states == ["unavailable", "unavailable", "unavailable"])
        #expect(!isReachable)
    }

    @Test func `reads under way when the connection breaks are answered by another`() async throws {
        let states = try await withProxiedDatabase { database, proxy in
            _ = await outcome(database, "SELECT 1")
            return await withTaskGroup(of: String.self) { group in
                for number in 0..<20 {
                    group.addTask(executorPreference: database.loop) {
                        await outcome(database, "SELECT \(number) * 0 + 7 FROM pg_sleep(0.01)")
                    }
                }
                group.addTask(executorPreference: database.loop) {
                    proxy.cut()
                    return "7"
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(states == [String](repeating: "7", count: 21))
    }

    @Test func `an idle connection that has ended is not used`() async throws {
        let state = try await withProxiedDatabase { database, proxy in
            _ = await write(database, "SELECT 1")
            proxy.cut()
            return await write(database, "SELECT 1")
        }
        // Whether the end has arrived when the statement is sent is a matter of microseconds;
        // if it has not, the honest answer is that the fate is unknown.
        #expect(["done", "commitUnknown"].contains(state))
    }

    @Test func `while the server refuses, calls fail at once, and afterwards they succeed`()
        async throws
    {
        let (during, isHealed, isReachable) = try await withProxiedDatabase(
            settings: impatient
        ) { database, proxy in
            _ = await outcome(database, "SELECT 1")
            proxy.set(.refuse)
            proxy.cut()
            let isNoticed = try await eventually(on: database.loop) { !database.isReachable }
            let during = [
                await outcome(database, "SELECT 7"), await write(database, "SELECT 7"),
            ]
            proxy.set(.pass)
            let isHealed = try await eventually(on: database.loop) {
                await outcome(database, "SELECT 7") == "7"
            }
            return (during, isNoticed && isHealed, database.isReachable)
        }
        #expect(during == ["unavailable", "unavailable"])
        #expect(isHealed)
        #expect(isReachable)
    }

    @Test func `a server that falls silent costs the deadline, and is left for another`()
        async throws
    {
        let (during, isHealed) = try await withProxiedDatabase(settings: impatient) {
            database, proxy in
            _ = await outcome(database, "SELECT 1")
            _ = await write(database, "SELECT 1")
            proxy.set(.swallow)
            let read = await outcome(database, "SELECT 7")
            let written = await write(database, "SELECT 7")
            proxy.cut()
            proxy.set(.pass)
            let isHealed = try await eventually(on: database.loop) {
                let read = await outcome(database, "SELECT 7")
                let written = await write(database, "SELECT 7")
                return read == "7" && written == "done"
            }
            return ([read, written], isHealed)
        }
        #expect(during == ["deadlineExceeded", "deadlineExceeded"])
        #expect(isHealed)
    }

    @Test func `a slow network delays answers and breaks nothing`() async throws {
        let state = try await withProxiedDatabase { database, proxy in
            proxy.set(.delay(milliseconds: 5))
            return await outcome(database, "SELECT 7")
        }
        #expect(state == "7")
    }

    @Test func `a transaction whose connection breaks before its commit runs again`() async throws {
        let (runs, rows) = try await withProxiedDatabase { database, proxy in
            _ = await outcome(database, "SELECT 1")
            try await database.execute("CREATE TABLE t (a bigint)")
            var runs = 0
            try await database.transaction { transaction in
                runs += 1
                if runs == 1 { proxy.cut() }
                try await transaction.execute("INSERT INTO t VALUES (\(runs))")
            }
            let rows = try await database.query("SELECT a FROM t") { row in
                try row.next(Int.self)
            }
            return (runs, rows)
        }
        #expect(runs == 2)
        #expect(rows == [2])
    }

    @Test func `a commit whose answer is lost is of unknown fate, and is not run again`()
        async throws
    {
        let (state, runs) = try await withProxiedDatabase(settings: impatient) {
            database, proxy in
            try await database.execute("CREATE TABLE t (a bigint)")
            var runs = 0
            let state = await outcome {
                try await database.transaction { transaction in
                    runs += 1
                    try await transaction.execute("INSERT INTO t VALUES (1)")
                    proxy.set(.swallow)
                }
                return "committed"
            }
            return (state, runs)
        }
        #expect(state == "commitUnknown")
        #expect(runs == 1)
    }

    @Test func `several hosts are tried in turn until one is what was asked for`() async throws {
        let place = try TestDatabase(migrated: false)
        let rest = place.connectionString.drop { $0 != "'" }.dropFirst()
        let settings = PoolSettings(
            connectionString: "host='/nonexistent,\(rest) target_session_attrs=read-write"
                .replacing("port=5432", with: "port=5432,5432"))
        let state = try await withLoop { loop in
            let database = Database(loop: loop, settings: settings, logger: quietLogger)
            let state = await outcome(database, "SELECT 7")
            await database.close()
            return state
        }
        try place.drop()
        #expect(state == "7")
    }
}

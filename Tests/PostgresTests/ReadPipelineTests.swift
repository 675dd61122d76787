import EventLoop
import Postgres
import TestSupport
import Testing

@Suite struct ReadPipelineTests {
    @Test func `reads of one turn get each their own answer`() async throws {
        let answers = try await withDatabase(migrated: false) { database in
            try await withThrowingTaskGroup(of: (Int, Int?).self) { group in
                for number in 0..<500 {
                    group.addTask(executorPreference: database.loop) {
                        let answer = try await database.readFirst("SELECT \(number)") { row in
                            try row.next(Int.self)
                        }
                        return (number, answer)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(answers.count == 500)
        #expect(answers.allSatisfy { $0 == $1 })
    }

    @Test func `a read that fails does not fail its neighbours`() async throws {
        let outcomes = try await withDatabase(migrated: false) { database in
            await withTaskGroup(of: (Int, String).self) { group in
                for number in 0..<100 {
                    group.addTask(executorPreference: database.loop) {
                        (number, await divide(100, by: number % 10, database))
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        #expect(outcomes.count == 100)
        for (number, outcome) in outcomes {
            #expect(outcome == (number % 10 == 0 ? "22012" : "\(100 / (number % 10))"))
        }
    }

    @Test func `a statement that cannot be prepared does not fail its neighbours`() async throws {
        let outcomes = try await withDatabase(migrated: false) { database in
            await withTaskGroup(of: String.self) { group in
                for number in 0..<40 {
                    group.addTask(executorPreference: database.loop) {
                        number % 4 == 0
                            ? await outcome(database, "SELECT nothing FROM nowhere")
                            : await outcome(database, "SELECT \(number) * 0 + 7")
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes.count { $0 == "42P01" } == 10)
        #expect(outcomes.count { $0 == "7" } == 30)
    }

    @Test func `a read goes on after a change of the schema has outdated its plan`() async throws {
        let found = try await withDatabase(migrated: false) { database in
            try await database.execute("CREATE TABLE t (a bigint)")
            try await database.execute("INSERT INTO t VALUES (1)")
            func read() async throws -> Int? {
                try await database.readFirst("SELECT * FROM t") { row in try row.next(Int.self) }
            }
            let before = try await read()
            try await database.execute("ALTER TABLE t ADD COLUMN b bigint")
            return [before, try await read()]
        }
        #expect(found == [1, 1])
    }

    @Test func `a read past its deadline fails, and its neighbours are answered`() async throws {
        let (slow, quick) = try await withDatabase(migrated: false) { database in
            async let slow = outcome(
                database, "SELECT 1 FROM pg_sleep(30)", deadline: .milliseconds(50))
            async let quick = outcome(database, "SELECT 7")
            return (await slow, await quick)
        }
        #expect(slow == "deadlineExceeded")
        #expect(quick == "7")
    }

    @Test func `a read whose task is cancelled ends at once, and its neighbours are answered`()
        async throws
    {
        let (slow, quick) = try await withDatabase(migrated: false) { database in
            let slow = Task(executorPreference: database.loop) {
                await outcome(database, "SELECT 1 FROM pg_sleep(30)")
            }
            async let quick = outcome(database, "SELECT 7")
            slow.cancel()
            return (await slow.value, await quick)
        }
        #expect(slow == "cancelled")
        #expect(quick == "7")
    }

    @Test(arguments: [true, false])
    func `reads that nobody waits for any more do not keep those behind them`(isLeft: Bool)
        async throws
    {
        let (gone, next) = try await withDatabase(migrated: false) { database in
            // Three on each of the two connections, one behind the other.
            let gone = await withTaskGroup(of: String.self) { group in
                for _ in 0..<6 {
                    group.addTask(executorPreference: database.loop) {
                        let end = MonotonicTime.now + (isLeft ? .seconds(300) : .milliseconds(100))
                        return await CallerDeadline.$current.withValue(end) {
                            await outcome {
                                "\(try await database.query("SELECT pg_sleep(300)") { _ in 0 })"
                            }
                        }
                    }
                }
                if isLeft { group.cancelAll() }
                return await group.reduce(into: []) { $0.append($1) }
            }
            // Two, for either connection.
            async let first = seven(database)
            async let second = seven(database)
            return (gone, [await first, await second])
        }
        let end = isLeft ? "cancelled" : "deadlineExceeded"
        #expect(gone == [String](repeating: end, count: 6))
        #expect(next == ["7", "7"])
    }

    private func seven(_ database: Database) async -> String {
        await outcome {
            let found = try await database.queryFirst("SELECT 7") { try $0.next(Int.self) }
            return "\(found ?? 0)"
        }
    }

    @Test func `more reads than the bound are refused at once`() async throws {
        let outcomes = try await withDatabase(
            migrated: false, settings: { $0.readsMax = 10 }
        ) { database in
            await withTaskGroup(of: String.self) { group in
                for _ in 0..<30 {
                    group.addTask(executorPreference: database.loop) {
                        await outcome(database, "SELECT 7 FROM pg_sleep(0.01)")
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes.contains("poolExhausted"))
        #expect(outcomes.contains("7"))
        #expect(outcomes.allSatisfy { $0 == "poolExhausted" || $0 == "7" })
    }

    @Test func `a statement of too many binds is an error of its own`() async throws {
        let (many, next) = try await withDatabase(migrated: false) { database in
            let binds = [SQL](repeating: "\(1)", count: 65_536)
            async let many = outcome(database, "SELECT \(fragment: .joined(binds, by: "+"))")
            async let next = outcome(database, "SELECT 7")
            return (await many, await next)
        }
        #expect(many == "54023")
        #expect(next == "7")
    }

    @Test func `an answer of many megabytes arrives whole`() async throws {
        let sizes = try await withDatabase(migrated: false) { database in
            try await database.read(
                "SELECT repeat('x', 1000000) FROM generate_series(1, 20)"
            ) { row in try row.next(String.self).utf8.count }
        }
        #expect(sizes == [Int](repeating: 1_000_000, count: 20))
    }

    @Test func `a bind of many megabytes arrives whole`() async throws {
        let size = try await withDatabase(migrated: false) { database in
            let bytes = [UInt8](repeating: 7, count: 20_000_000)
            return try await database.readFirst("SELECT length(\(bytes))") { row in
                try row.next(Int.self)
            }
        }
        #expect(size == 20_000_000)
    }
}

private func divide(_ dividend: Int, by divisor: Int, _ database: Database) async -> String {
    await outcome(database, "SELECT \(dividend) / \(divisor)")
}

import EmbeddedPostgres
import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

/// What the callers under load have seen.
private final class Tally: Sendable {
    private let state = Mutex((right: 0, wrong: 0, errors: Set<String>()))
    var right: Int { state.withLock { $0.right } }
    var wrong: Int { state.withLock { $0.wrong } }
    var errors: Set<String> { state.withLock { $0.errors } }

    func note(_ outcome: String, expected: String) {
        state.withLock { state in
            if outcome == expected {
                state.right += 1
            } else if Int(outcome) != nil || outcome == "no row" {
                state.wrong += 1
            } else {
                state.errors.insert(outcome)
            }
        }
    }
}

/// Reads and writes in turns until the flag is set; notes each write that was confirmed.
private func work(
    _ database: Database, _ worker: Int, _ reads: Tally, _ confirmed: Notes,
    until isOver: Flag
) async {
    var number = 0
    while !isOver.isSet {
        number += 1
        let value = worker * 1_000_000 + number
        reads.note(await outcome(database, "SELECT \(value)"), expected: "\(value)")
        let written = await outcome {
            try await database.transaction { transaction in
                try await transaction.execute("INSERT INTO entry VALUES (\(value))")
            }
            return "done"
        }
        if written == "done" { confirmed.add(value) }
        // Refused at once, it would turn the loop for nothing.
        if written == "unavailable" { try? await database.loop.sleep(for: .milliseconds(1)) }
    }
}

private final class Notes: Sendable {
    private let values = Mutex<[Int]>([])
    var all: [Int] { values.withLock { $0 } }
    func add(_ value: Int) { values.withLock { $0.append(value) } }
}

private final class Flag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}

@Suite struct RestartTests {
    @Test func `a server killed and started under load heals with no wrong answer and no loss`()
        async throws
    {
        let parent = try TemporaryDirectory()
        // Durable: what the server has confirmed must be there after its crash.
        let server = EmbeddedPostgres(dataDirectory: "\(parent.path)/data", durable: true)
        let connectionString = try server.start()
        let reads = Tally()
        let confirmed = Notes()
        let stored = try await withLoop { loop in
            var settings = PoolSettings(connectionString: connectionString)
            settings.backoffMin = .milliseconds(1)
            settings.backoffMax = .milliseconds(50)
            let database = Database(loop: loop, settings: settings, logger: quietLogger)
            try await database.execute("CREATE TABLE entry (value bigint PRIMARY KEY)")
            let isOver = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 1...8 {
                    group.addTask(executorPreference: loop) {
                        await work(database, worker, reads, confirmed, until: isOver)
                    }
                }
                for _ in 0..<2 {
                    let before = confirmed.all.count
                    _ = try await eventually(on: loop) { confirmed.all.count > before + 50 }
                    try await restart(server)
                }
                let before = confirmed.all.count
                let isHealed = try await eventually(on: loop) {
                    confirmed.all.count > before + 50
                }
                isOver.set()
                try await group.waitForAll()
                #expect(isHealed)
            }
            let stored = try await database.query("SELECT value FROM entry") { row in
                try row.next(Int.self)
            }
            await database.close()
            return stored
        }
        server.stop()
        #expect(reads.right > 100)
        #expect(reads.wrong == 0)
        #expect(reads.errors.isSubset(of: ["unavailable", "deadlineExceeded", "poolExhausted"]))
        #expect(Set(confirmed.all).isSubset(of: stored))
    }
}

/// Kills the server and starts it.
private func restart(_ server: EmbeddedPostgres) async throws {
    try await onThread {
        server.kill()
        _ = try server.start()
    }
}

import EmbeddedPostgres
import EventLoop
import Postgres
import TestSupport
import Testing

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

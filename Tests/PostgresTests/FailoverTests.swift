import EmbeddedPostgres
import EventLoop
import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

/// A primary, and a standby that has all that the primary has confirmed.
private struct Pair {
    let primary: EmbeddedPostgres
    let standby: EmbeddedPostgres
    let standbyConnection: String
    /// Both hosts, the standby first.
    let connectionString: String

    private let parent: TemporaryDirectory

    init() throws {
        parent = try TemporaryDirectory()
        let settings = ["synchronous_commit=on"]
        primary = EmbeddedPostgres(
            dataDirectory: "\(parent.path)/primary", durable: false,
            settings: settings + ["synchronous_standby_names=*"])
        standby = EmbeddedPostgres(
            dataDirectory: "\(parent.path)/standby", durable: false, settings: settings)
        let primaryConnection = try primary.start()
        try Self.copy(primaryConnection, to: "\(parent.path)/standby", standby)
        standbyConnection = try standby.start()
        connectionString = """
            host='\(parent.path)/standby/socket,\(parent.path)/primary/socket' \
            port=5432,5432 dbname=vouch user=vouch target_session_attrs=read-write
            """
    }

    func stop() {
        primary.stop()
        standby.stop()
    }

    private static func copy(
        _ source: String, to directory: String, _ standby: EmbeddedPostgres
    ) throws {
        guard mkdir(directory, 0o711) == 0 else { throw TestFailure("mkdir: \(errno)") }
        try runProgram(
            "pg_basebackup",
            [
                "--dbname=\(source)", "--pgdata=\(directory)/cluster", "--write-recovery-conf",
                "--checkpoint=fast", "--no-sync",
            ])
        try standby.handOver("\(directory)/cluster")
    }
}

private func write(_ database: Database) async -> String {
    await outcome {
        try await database.execute("SELECT 7")
        return "done"
    }
}

@Suite struct FailoverTests {
    @Test(arguments: ["is stopped", "is killed"])
    func `when the primary ends, what is promoted takes over, and nothing confirmed is lost`(
        how: String
    ) async throws {
        let pair = try Pair()
        defer { pair.stop() }
        let reads = Tally()
        let confirmed = Notes()
        let restored = Mutex(0)
        let (headless, isHealed, stored) = try await withDatabase(
            on: pair.connectionString,
            settings: {
                $0.backoffMin = .milliseconds(1)
                $0.backoffMax = .milliseconds(50)
            },
            { database in
                try await database.execute("CREATE TABLE entry (value bigint PRIMARY KEY)")
                let subscription = database.listen(
                    to: ["vouch_test"], onNotification: { _ in },
                    onRestored: { restored.withLock { $0 += 1 } })
                let isOver = Flag()
                return try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 1...4 {
                        group.addTask(executorPreference: database.loop) {
                            await work(database, worker, reads, confirmed, until: isOver)
                        }
                    }
                    _ = try await eventually(on: database.loop) {
                        confirmed.all.count > 50 && restored.withLock { $0 } == 1
                    }
                    try await onThread {
                        if how == "is killed" { pair.primary.kill() } else { pair.primary.stop() }
                    }
                    _ = try await eventually(on: database.loop) { !database.isReachable }
                    let headless = [await outcome(database, "SELECT 7"), await write(database)]
                    try await onThread {
                        try Statement.run("SELECT pg_promote()", on: pair.standbyConnection)
                    }
                    let before = confirmed.all.count
                    let isHealed = try await eventually(on: database.loop) {
                        confirmed.all.count > before + 50 && restored.withLock { $0 } == 2
                    }
                    isOver.set()
                    try await group.waitForAll()
                    subscription.cancel()
                    let stored = try await database.query("SELECT value FROM entry") { row in
                        try row.next(Int.self)
                    }
                    return (headless, isHealed, stored)
                }
            })
        #expect(headless == ["unavailable", "unavailable"])
        #expect(isHealed)
        #expect(reads.wrong == 0)
        #expect(reads.errors.isSubset(of: ["unavailable", "deadlineExceeded", "poolExhausted"]))
        #expect(Set(confirmed.all).isSubset(of: stored))
    }
}

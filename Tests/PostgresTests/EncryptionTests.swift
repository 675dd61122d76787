import EmbeddedPostgres
import EventLoop
import Postgres
import Synchronization
import TestSupport
import Testing

/// Runs `body` with a pool on the encrypted server of this process; see `EncryptedCluster`.
private func withEncryptedDatabase<Value: Sendable>(
    settings change: @escaping @Sendable (inout PoolSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (Database) async throws -> Value
) async throws -> Value {
    try await withDatabase(
        on: EncryptedCluster.server().verified, settings: change, body)
}

/// What connecting with these words of a connection string comes to, in words.
private func refusal(_ words: String) async throws -> String {
    let server = try EncryptedCluster.server()
    return try await withDatabase(on: "\(server.connectionString) \(words)") { database in
        do {
            try await database.execute("SELECT 1")
            return "connected"
        } catch PostgresError.unavailable(let reason) {
            return reason
        }
    }
}

@Suite struct EncryptionTests {
    @Test(arguments: ["sslmode=require", "sslmode=prefer", ""])
    func `a connection by TCP is encrypted`(mode: String) async throws {
        let server = try EncryptedCluster.server()
        let versions = try await withDatabase(on: "\(server.connectionString) \(mode)") {
            try await $0.read(
                "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"
            ) { row in try row.next(String.self) }
        }
        #expect(versions == ["TLSv1.3"])
    }

    @Test func `reads of one turn get each their own answer`() async throws {
        let outcomes = try await withEncryptedDatabase { database in
            await withTaskGroup(of: (Int, String).self) { group in
                for number in 0..<500 {
                    group.addTask(executorPreference: database.loop) {
                        (number, await outcome(database, "SELECT 1000 / (\(number) % 50)"))
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        #expect(outcomes.count == 500)
        for (number, outcome) in outcomes {
            #expect(outcome == (number % 50 == 0 ? "22012" : "\(1_000 / (number % 50))"))
        }
    }

    /// Rows shorter and longer than a record of TLS (16 KiB) and the buffers on the way.
    @Test(arguments: [(300_000, 20), (20_000, 700), (1_500, 16_000), (3, 9_000_000)])
    func `an answer of many megabytes arrives whole`(rows: Int, bytes: Int) async throws {
        let sizes = try await withEncryptedDatabase { database in
            async let read = database.read(
                "SELECT repeat('x', \(bytes)::int) FROM generate_series(1, \(rows))",
                deadline: .seconds(60)
            ) { row in try row.next(String.self).utf8.count }
            async let query = database.query(
                "SELECT repeat('y', \(bytes)::int) FROM generate_series(1, \(rows))",
                deadline: .seconds(60)
            ) { row in try row.next(String.self).utf8.count }
            return try await [read, query]
        }
        for sizes in sizes {
            #expect(sizes.count == rows)
            #expect(sizes.allSatisfy { $0 == bytes })
        }
    }

    @Test func `large binds and large answers cross each other`() async throws {
        let outcomes = try await withEncryptedDatabase { database in
            let bytes = [UInt8](repeating: 7, count: 3_000_000)
            return await withTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask(executorPreference: database.loop) {
                        await outcome {
                            let echoed = try await database.readFirst(
                                "SELECT \(bytes) || \(bytes)", deadline: .seconds(60)
                            ) { row in try row.next([UInt8].self) }
                            return "\(echoed?.count ?? 0)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes == [String](repeating: "6000000", count: 8))
    }

    @Test func `a read past its deadline is cancelled, and its neighbours are answered`()
        async throws
    {
        let (slow, quick) = try await withEncryptedDatabase { database in
            async let slow = outcome(
                database, "SELECT 1 FROM pg_sleep(30)", deadline: .milliseconds(50))
            async let quick = outcome(database, "SELECT 7")
            return (await slow, await quick)
        }
        #expect(slow == "deadlineExceeded")
        #expect(quick == "7")
    }

    @Test func `a transaction commits, and one that fails leaves nothing`() async throws {
        let kept = try await withEncryptedDatabase { database in
            try await database.execute("CREATE TABLE kept (value bigint)")
            try await database.transaction { try await $0.execute("INSERT INTO kept VALUES (1)") }
            _ = await outcome {
                try await database.transaction { transaction in
                    try await transaction.execute("INSERT INTO kept VALUES (2)")
                    try await transaction.execute("SELECT 1 / 0")
                }
                return "done"
            }
            return try await database.query("SELECT value FROM kept") { row in
                try row.next(Int.self)
            }
        }
        #expect(kept == [1])
    }

    /// 300 kB at once: far more than one record, to a connection that waits for nothing else.
    @Test func `many long notifications of one commit arrive all`() async throws {
        let lengths = try await withEncryptedDatabase { database in
            let received = Mutex<[Int]>([])
            let isListening = Mutex(false)
            let subscription = database.listen(
                to: ["vouch_test"],
                onNotification: { told in received.withLock { $0.append(told.payload.count) } },
                onRestored: { isListening.withLock { $0 = true } })
            _ = try await eventually(on: database.loop) { isListening.withLock { $0 } }
            try await database.execute(
                """
                SELECT pg_notify('vouch_test', repeat('x', 7000 + number))
                FROM generate_series(1, 40) AS number
                """)
            _ = try await eventually(on: database.loop) { received.withLock { $0.count } == 40 }
            subscription.cancel()
            return received.withLock { $0 }
        }
        #expect(lengths == (1...40).map { 7_000 + $0 })
    }

    @Test func `a server that was killed is a typed error, and heals when it is back`()
        async throws
    {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        let server = try EncryptedServer(in: directory.path)
        defer { server.process.stop() }
        let (during, isHealed) = try await withDatabase(
            on: server.verified,
            settings: {
                $0.backoffMin = .milliseconds(1)
                $0.backoffMax = .milliseconds(20)
            },
            { database in
                _ = await outcome(database, "SELECT 1")
                async let broken = outcome(database, "SELECT 1 FROM pg_sleep(30)")
                try await onThread { server.process.kill() }
                let during = [
                    await broken, await outcome(database, "SELECT 7"),
                    await outcome {
                        try await database.transaction { try await $0.execute("SELECT 7") }
                        return "done"
                    },
                ]
                try await onThread { _ = try server.process.start() }
                let isHealed = try await eventually(on: database.loop) {
                    await outcome(database, "SELECT 7") == "7"
                }
                return (during, isHealed)
            })
        #expect(during == ["unavailable", "unavailable", "unavailable"])
        #expect(isHealed)
    }

    @Test func `a root certificate that did not sign the server's is refused in clear words`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let other = try TestCertificate(in: directory.path)
        let reason = try await refusal("sslmode=verify-full sslrootcert='\(other.path)'")
        #expect(reason.contains("certificate verify failed"))
    }

    @Test func `a server whose certificate is of another host is refused in clear words`()
        async throws
    {
        let server = try EncryptedCluster.server()
        let reason = try await refusal(
            "host=db.example sslmode=verify-full sslrootcert='\(server.certificate.path)'")
        #expect(reason.contains("does not match host name \"db.example\""))
    }

    @Test func `a root certificate that is not there is refused in clear words`() async throws {
        let reason = try await refusal("sslmode=verify-ca sslrootcert=/nonexistent/root.pem")
        #expect(reason.contains("/nonexistent/root.pem"))
        #expect(reason.contains("does not exist"))
    }

    @Test func `a server that wants TLS refuses a client without, in its own words`()
        async throws
    {
        let reason = try await refusal("sslmode=disable")
        #expect(reason.contains("no encryption"))
    }
}

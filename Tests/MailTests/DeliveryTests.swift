import Domain
import EventLoop
import Postgres
import Store
import TestSupport
import Testing

@testable import Mail

/// An outbox, a mail server and workers between them.
private struct PostRoom: Sendable {
    let database: Database
    let server: MailServer

    static let now = Instant(microseconds: 1_795_348_800_000_000)

    var store: Store { Store(database: database) }

    /// Accounts of one company with two people, an affiliate and an admin.
    func people() async throws {
        try await database.execute(
            """
            INSERT INTO company (slug, name, created_at, updated_at)
            VALUES ('atelier', 'Atelier', \(Self.now), \(Self.now))
            """)
        try await database.execute("INSERT INTO affiliate (created_at) VALUES (\(Self.now))")
        for (role, email) in [
            ("company", "one@example.com"), ("company", "two@example.com"),
            ("affiliate", "ana@example.com"), ("admin", "boss@example.com"),
        ] {
            try await database.execute(
                """
                INSERT INTO account (role, company_id, affiliate_id, email, email_key,
                    email_folded, name, password_hash, language, created_at)
                VALUES (\(role), CASE WHEN \(role) = 'company' THEN 1 END,
                    CASE WHEN \(role) = 'affiliate' THEN 1 END, \(email), \(email), \(email),
                    'Name', 'x', 'ro', \(Self.now))
                """)
        }
    }

    func readdress(_ role: String, _ email: String) async throws {
        try await database.execute(
            """
            UPDATE account SET email = \(email), email_key = \(email), email_folded = \(email)
            WHERE id = (SELECT min(id) FROM account WHERE role = \(role))
            """)
    }

    func put(_ number: Int, to recipient: String = "affiliate", _ topic: String = "commission.won")
        async throws
    {
        try await database.execute(
            """
            INSERT INTO outbox (topic, recipient, affiliate_id, company_id, payload, dedupe_key,
                created_at, available_at)
            VALUES (\(topic), \(recipient), CASE WHEN \(recipient) = 'affiliate' THEN 1 END,
                CASE WHEN \(recipient) = 'company' THEN 1 END,
                '{"job_title": "Zidar", "token": "secret", "none": null}', 'message-' || \(number), \(Self.now),
                \(Self.now))
            """)
    }

    func worker(concurrency: Int = 2, timeMax: Int = 3, lease: Int = 600) throws -> OutboxWorker {
        var settings = OutboxWorker.Settings(
            from: Sender(name: "Vouch", address: try EmailAddress("vouch@example.com")))
        settings.lease = lease
        settings.pollInterval = .milliseconds(200)
        settings.pauseMin = .milliseconds(50)
        settings.pauseMax = .milliseconds(200)
        let address = try #require(
            SMTPServer("smtp://127.0.0.1:\(server.port)", heloName: "test", encryption: .off))
        return OutboxWorker(
            database: database, loop: database.loop, settings: settings,
            transport: SMTPTransport(address, concurrency: concurrency, timeMax: timeMax),
            clock: { Self.now }, logger: quietLogger, write: Self.letter)
    }

    static func letter(_ claim: Outbox.Claim) -> Letter? {
        guard claim.topic != "nobody.knows" else { return nil }
        return Letter(
            language: claim.language, subject: "Message \(claim.id)",
            paragraphs: [claim.payload["job_title"] ?? "nothing"], footnote: "Test")
    }

    /// Lets workers deliver until the condition holds.
    func deliver(
        workers: Int = 1, until isDone: @escaping @Sendable () async throws -> Bool
    ) async throws {
        var tasks: [Task<Void, Never>] = []
        for _ in 0..<workers {
            let worker = try worker()
            tasks.append(Task(executorPreference: database.loop) { await worker.run() })
        }
        defer { for task in tasks { task.cancel() } }
        try await wait(until: isDone)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    func wait(until isDone: @escaping @Sendable () async throws -> Bool) async throws {
        for _ in 0..<1_200 {
            if try await isDone() { return }
            try await database.loop.sleep(for: .milliseconds(50))
        }
        throw TestFailure("nothing of the kind within a minute")
    }

    func count(_ condition: SQL) async throws -> Int {
        try await database.query("SELECT count(*) FROM outbox WHERE \(fragment: condition)") {
            row in
            Int(try row.next(Int64.self))
        }.first ?? 0
    }

    func text(_ query: SQL) async throws -> String? {
        try await database.query(query) { row in try row.next(String.self) }.first
    }
}

@Suite("Delivering the outbox", .timeLimit(.minutes(5)))
struct DeliveryTests {
    private func withPostRoom(_ body: @escaping @Sendable (PostRoom) async throws -> Void)
        async throws
    {
        try await withDatabase { database in
            let room = PostRoom(database: database, server: try MailServer())
            try await room.people()
            try await body(room)
        }
    }

    @Test("each message goes once to whom it is for, in the reader's language")
    func delivers() async throws {
        try await withPostRoom { room in
            try await room.put(1)
            try await room.put(2, to: "company")
            try await room.put(3, to: "admin")
            try await room.deliver(workers: 3) {
                try await room.count("delivered_at IS NOT NULL") == 3
            }
            let taken = try room.server.taken()
            #expect(taken.count == 3)
            let recipients = Set(taken.map(\.to))
            #expect(
                recipients == [
                    ["ana@example.com"], ["one@example.com", "two@example.com"],
                    ["boss@example.com"],
                ])
            #expect(Set(taken.compactMap { $0.field("Message-ID") }).count == 3)
            #expect(taken.allSatisfy { $0.field("Content-Language") == "ro" })
            #expect(taken.allSatisfy { $0.content.contains("Zidar") })
            #expect(taken.allSatisfy { $0.from == "vouch@example.com" })
            #expect(try await room.count("payload ? 'token'") == 0)
        }
    }

    @Test("a message wakes the worker at its commit")
    func wakes() async throws {
        try await withPostRoom { room in
            try await room.deliver {
                try await room.put(1)
                try await room.wait { try room.server.taken().count == 1 }
                return true
            }
        }
    }

    @Test("two hundred messages and three workers: each is taken once")
    func shares() async throws {
        try await withPostRoom { room in
            for number in 0..<200 { try await room.put(number) }
            try await room.deliver(workers: 3) {
                try await room.count("delivered_at IS NOT NULL") == 200
            }
            let ids = try room.server.taken().compactMap { $0.field("Message-ID") }
            #expect(ids.count == 200)
            #expect(Set(ids).count == 200)
        }
    }

    @Test("a server that is down costs no message a try, and all arrive when it is back")
    func down() async throws {
        try await withPostRoom { room in
            for number in 0..<20 { try await room.put(number) }
            room.server.stop()
            try await room.deliver {
                try await room.wait { try await room.count("last_error IS NOT NULL") > 0 }
                #expect(
                    try await room.count("delivered_at IS NOT NULL OR failed_at IS NOT NULL") == 0)
                let again = try MailServer(port: room.server.port)
                try await room.wait {
                    try await room.count("delivered_at IS NOT NULL AND attempts = 1") == 20
                }
                let taken = try again.taken()
                #expect(taken.count == 20)
                #expect(Set(taken.compactMap { $0.field("Message-ID") }).count == 20)
                return true
            }
        }
    }

    @Test(
        "a server that is busy, silent or closes in the middle of DATA is tried again later",
        arguments: [MailServer.Mode.busy, .silent, .cut])
    func deferred(mode: MailServer.Mode) async throws {
        try await withPostRoom { room in
            try room.server.behave(mode)
            try await room.put(1)
            try await room.deliver {
                try await room.count("attempts = 1 AND last_error IS NOT NULL") == 1
            }
            #expect(try await room.count("failed_at IS NULL AND delivered_at IS NULL") == 1)
            // Not before half of the first wait is over.
            let early = PostRoom.now.adding(seconds: 15)
            let late = PostRoom.now.adding(seconds: 30)
            #expect(try await room.count("available_at BETWEEN \(early) AND \(late)") == 1)
            #expect(try room.server.taken().isEmpty)
            try room.server.behave(.ok)
            try await room.database.execute("UPDATE outbox SET available_at = created_at")
            try await room.deliver { try await room.count("delivered_at IS NOT NULL") == 1 }
            let taken = try room.server.taken()
            #expect(taken.count == 1)
            #expect(taken.first?.field("Message-ID") == "<outbox-1.vouch@example.com>")
        }
    }

    @Test("a slow server gets everything all the same")
    func slow() async throws {
        try await withPostRoom { room in
            try room.server.behave(.slow)
            for number in 0..<6 { try await room.put(number) }
            try await room.deliver { try await room.count("delivered_at IS NOT NULL") == 6 }
            #expect(try room.server.taken().count == 6)
        }
    }

    @Test("an address that is gone gets nothing more, and its message is a dead letter")
    func gone() async throws {
        try await withPostRoom { room in
            try await room.readdress("affiliate", "gone@example.com")
            try await room.put(1)
            try await room.deliver { try await room.count("failed_at IS NOT NULL") == 1 }
            #expect(
                try await room.text("SELECT reason FROM mail_suppression WHERE outbox_id = 1")?
                    .contains("550 5.1.1 no such mailbox") == true)
            try await room.put(2)
            try await room.deliver { try await room.count("failed_at IS NOT NULL") == 2 }
            #expect(
                try await room.text("SELECT last_error FROM outbox WHERE id = 2")
                    == "there is no address that takes it")
        }
    }

    @Test("colleagues of an address that is gone get the message, once")
    func colleagues() async throws {
        try await withPostRoom { room in
            try await room.readdress("company", "gone@example.com")
            try await room.put(1, to: "company")
            try await room.deliver { try await room.count("delivered_at IS NOT NULL") == 1 }
            #expect(try room.server.taken().map(\.to) == [["two@example.com"]])
        }
    }

    @Test("being blocked suppresses no address, and a mailbox that is full is tried again")
    func blocked() async throws {
        try await withPostRoom { room in
            try await room.readdress("affiliate", "blocked@example.com")
            try await room.readdress("admin", "full@example.com")
            try await room.put(1)
            try await room.put(2, to: "admin")
            try await room.deliver {
                try await room.count("failed_at IS NOT NULL OR last_error LIKE '452 4.2.2%'") == 2
            }
            #expect(try await room.text("SELECT count(*)::text FROM mail_suppression") == "0")
        }
    }

    @Test("a mail that is refused, or that nobody can write, is a dead letter with its reason")
    func rejected() async throws {
        try await withPostRoom { room in
            try room.server.behave(.reject)
            try await room.put(1)
            try await room.put(2, "nobody.knows")
            try await room.deliver { try await room.count("failed_at IS NOT NULL") == 2 }
            #expect(
                try await room.text("SELECT last_error FROM outbox WHERE id = 1")?
                    .hasPrefix("554 5.6.0 not this mail") == true)
            #expect(try await room.text("SELECT count(*)::text FROM mail_suppression") == "0")
        }
    }

    @Test("after the last try it is a dead letter")
    func gaveUp() async throws {
        try await withPostRoom { room in
            try room.server.behave(.busy)
            try await room.put(1)
            let tries = Backoff.attemptsMax - 1
            try await room.database.execute("UPDATE outbox SET attempts = \(tries)")
            try await room.deliver { try await room.count("failed_at IS NOT NULL") == 1 }
        }
    }

    @Test("who opted out still hears of money, and of nothing else")
    func optedOut() async throws {
        try await withPostRoom { room in
            try await room.database.execute(
                "INSERT INTO mail_opt_out VALUES ('ana@example.com', \(PostRoom.now))")
            try await room.put(1)
            try await room.put(2, "introduction.moved")
            try await room.deliver {
                try await room.count("delivered_at IS NOT NULL OR failed_at IS NOT NULL") == 2
            }
            #expect(try room.server.taken().compactMap { $0.field("Subject") } == ["Message 1"])
        }
    }

    @Test("what a dead worker had claimed comes back after the lease, under the same Message-ID")
    func lease() async throws {
        try await withPostRoom { room in
            try await room.put(1)
            let claimed = try await room.store.outbox.claim(
                limit: 4, at: PostRoom.now, leaseSeconds: 60)
            #expect(claimed.map(\.payload) == [["job_title": "Zidar", "token": "secret"]])
            let other = try await room.store.outbox.claim(
                limit: 4, at: PostRoom.now.adding(seconds: 59), leaseSeconds: 60)
            #expect(other.isEmpty)
            let later = try await room.store.outbox.claim(
                limit: 4, at: PostRoom.now.adding(seconds: 60), leaseSeconds: 60)
            #expect(later.map(\.id) == claimed.map(\.id))
            #expect(later.map(\.attempts) == [2])
        }
    }

    @Test("it speaks TLS and signs in; a wrong password or certificate loses nothing")
    func encrypted() async throws {
        try await withDatabase { database in
            let folder = try TemporaryDirectory()
            let certificate = try TestCertificate(in: folder.path)
            let server = try MailServer(certificate: certificate, login: ("vouch", "se:cret@1"))
            let good = "smtp://vouch:se%3Acret%401@localhost:\(server.port)"
            let cases: [(String, SMTPServer.Encryption, String?, Bool)] = [
                (good, .required, certificate.path, true),
                (good, .required, nil, false),
                (good, .off, nil, false),
                ("smtp://vouch:wrong@localhost:\(server.port)", .required, certificate.path, false),
            ]
            for (url, encryption, certificates, isTaken) in cases {
                let address = try #require(
                    SMTPServer(
                        url, heloName: "test", encryption: encryption, certificates: certificates))
                let transport = SMTPTransport(address, concurrency: 1, timeMax: 10)
                let outcome = await transport.deliver(try MIMEMessageTests.mail())
                transport.stop()
                if isTaken {
                    #expect(outcome == .accepted)
                } else if case .unavailable = outcome {
                } else {
                    Issue.record("\(outcome)")
                }
            }
            let taken = try server.taken()
            #expect(taken.map(\.tls) == [true])
            #expect(taken.map(\.authenticated) == [true])
        }
    }
}

import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

/// The program, its PostgreSQL and the mail server are killed again and again while hires are
/// recorded: each is recorded once, and what it has to tell arrives.
@Suite(.serialized, .timeLimit(.minutes(10))) struct CrashTests {
    private static let hires = 96
    private static let token = "vouch_" + String(repeating: "c", count: 43)

    @Test func `no win and no mail is lost by kills, and none is told as another`() async throws {
        let folder = try makeFolder("vouch crashes")
        defer { try? FileManager.default.removeItem(at: folder) }
        let loaded = try await RunningVouch.command(["demo", "--jobs", "400"], data: folder)
        try #require(loaded.status == 0, "\(loaded.output)")
        let post = try PostOffice()
        let scene = try await Scene(folder: folder, post: post)
        let hires = try await scene.reportHires(Self.hires, token: Self.token)
        #expect(hires.count == Self.hires)

        try await withThrowingTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for (number, hire) in hires.enumerated() where number % 4 == writer {
                        try await record(hire, at: scene, token: Self.token)
                    }
                }
            }
            group.addTask { try await scene.killAll() }
            try await group.waitForAll()
        }
        try await scene.deliverEverything()
        try await check(scene, hires)
        scene.end()
        let books = try await RunningVouch.command(["books"], data: folder)
        #expect(books.status == 0, "\(books.output)")
    }

    private func check(_ scene: Scene, _ hires: [Int64]) async throws {
        let recorded = try await scene.number(
            "SELECT count(*) FROM hire WHERE id = ANY (\(hires)) AND state = 'recorded'")
        #expect(recorded == Int64(hires.count))
        let wins = try await scene.number(
            """
            SELECT count(*) FROM outbox WHERE topic = 'commission.won'
                AND (payload ->> 'hire')::bigint = ANY (\(hires))
            """)
        #expect(wins == Int64(hires.count))
        #expect(
            try await scene.number("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == 0)
        let told = try await scene.ids(
            """
            SELECT id FROM outbox WHERE delivered_at > created_at
                AND topic IN ('commission.won', 'hire.recorded')
            """)
        var contents: [String: Set<String>] = [:]
        for mail in try scene.post.taken() {
            contents[mail.field("Message-ID") ?? "", default: []].insert(mail.content)
        }
        for id in told {
            // A repeat after a crash is the same to the byte.
            let versions = contents["<outbox-\(id).vouch@example.com>"] ?? []
            #expect(versions.count == 1, "\(versions.joined(separator: "\n======\n"))")
        }
        #expect(told.count == 3 * hires.count)
    }
}

/// Records a hire until that is acknowledged, each time under the same key.
private func record(_ hire: Int64, at scene: Scene, token: String) async throws {
    let fields = [
        "Content-Type": "application/json", "Authorization": "Bearer \(token)",
        "Idempotency-Key": "crash-\(hire)",
    ]
    try await waitUntil("hire \(hire) is recorded") {
        let url = scene.address.appending(path: "api/v1/admin/hires/\(hire)/record")
        guard
            let answer = try? await PlainHTTP.request(
                "POST", url, fields: fields, body: Data("{}".utf8))
        else { return false }
        if answer.status == 503 { return false }
        guard (200...201).contains(answer.status) else {
            throw Missing(description: "\(hire): \(answer.status) \(answer.text)")
        }
        // Slowly enough that the kills fall between them.
        try await Task.sleep(for: .milliseconds(100))
        return true
    }
}

/// A mail server at one address, whichever process it is at the moment.
private final class PostOffice: Sendable {
    private struct State {
        var server: MailServer
        var earlier: [MailServer.Taken] = []
    }

    private let state: Mutex<State>
    let port: UInt16

    init() throws {
        let server = try MailServer()
        port = server.port
        state = Mutex(State(server: server))
    }

    /// Kills it and starts another.
    func restart() throws {
        try state.withLock { state in
            state.server.stop()
            state.earlier += try state.server.taken()
            state.server = try MailServer(port: port)
        }
    }

    func behave(_ mode: MailServer.Mode) throws {
        try state.withLock { try $0.server.behave(mode) }
    }

    func taken() throws -> [MailServer.Taken] {
        try state.withLock { try $0.earlier + $0.server.taken() }
    }
}

/// The program with its data, started anew whenever it was killed.
private final class Scene: Sendable {
    let post: PostOffice
    private let folder: URL
    private let vouch: Mutex<RunningVouch>

    init(folder: URL, post: PostOffice) async throws {
        self.folder = folder
        self.post = post
        vouch = Mutex(try await Self.start(folder, post))
    }

    private static func start(_ folder: URL, _ post: PostOffice) async throws -> RunningVouch {
        try await RunningVouch(
            dataFolder: folder,
            environment: [
                "VOUCH_SMTP_URL": "smtp://127.0.0.1:\(post.port)", "VOUCH_SMTP_TLS": "off",
                "VOUCH_MAIL_FROM": "vouch@example.com",
                // A repeat says the same, whatever is listened on by then.
                "VOUCH_PUBLIC_URL": "http://vouch.example",
            ])
    }

    var address: URL { vouch.withLock { $0.address } }

    func end() { vouch.withLock { _ = $0.stop() } }

    // MARK: Kills

    func killAll() async throws {
        for round in 0..<9 {
            try await Task.sleep(for: .milliseconds(700))
            switch round % 3 {
            case 0:
                vouch.withLock { $0.crash() }
                try await restart()
            case 1:
                try vouch.withLock { try $0.killDatabase() }
                try post.behave(round == 1 ? .cut : .busy)
            default:
                try await onThread { try self.post.restart() }
            }
        }
    }

    private func restart() async throws {
        let next = try await Self.start(folder, post)
        vouch.withLock { $0 = next }
    }

    /// Lets time pass for what was put off or claimed by the dead, and waits until nothing waits.
    func deliverEverything() async throws {
        try post.behave(.ok)
        vouch.withLock { _ = $0.stop() }
        try await restart()
        try await withStatements { database in
            _ = try await database.execute(
                "UPDATE outbox SET available_at = created_at WHERE delivered_at IS NULL")
        }
        try await waitUntil("all mails are delivered") {
            try await self.number(
                "SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND failed_at IS NULL") == 0
        }
    }

    // MARK: Statements

    private func withStatements<Value: Sendable>(
        _ body: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let socket = folder.appending(path: "socket").path
        return try await withDatabase(
            on: "host='\(socket)' port=5432 dbname=vouch user=vouch", body)
    }

    func number(_ query: SQL) async throws -> Int64 {
        try await ids(query).first ?? 0
    }

    func ids(_ query: SQL) async throws -> [Int64] {
        try await withStatements { database in
            try await database.query(query) { row in try row.next(Int64.self) }
        }
    }

    /// Lets companies report hires, and gives the admin a token; the hires.
    func reportHires(_ count: Int, token: String) async throws -> [Int64] {
        try await withStatements { database in
            try await database.execute(
                """
                INSERT INTO api_token (account_id, name, token_hash, created_at)
                SELECT min(id), 'crash', sha256(\(token)::bytea), now() FROM account
                WHERE role = 'admin'
                """)
            return try await database.executeReturning(
                """
                INSERT INTO hire (introduction_id, state, starts_on, reported_at, reported_by)
                SELECT i.id, 'reported', current_date, now(), (
                    SELECT min(a.id) FROM account a WHERE a.company_id = i.company_id)
                FROM introduction i
                WHERE i.stage IN ('submitted', 'shortlisted', 'interview', 'offer')
                    AND i.affiliate_id IS NOT NULL AND i.owns
                    AND NOT EXISTS (SELECT FROM hire h WHERE h.introduction_id = i.id)
                ORDER BY i.id LIMIT \(count) RETURNING id
                """
            ) { row in try row.next(Int64.self) }
        }
    }
}

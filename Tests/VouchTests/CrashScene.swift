import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport

/// A mail server at one address, whichever process it is at the moment.
final class PostOffice: Sendable {
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
final class CrashScene: Sendable {
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

    /// Kills the program, its PostgreSQL and the mail server in turn.
    func killAll(rounds: Int = 9) async throws {
        for round in 0..<rounds {
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

    func withStatements<Value: Sendable>(
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

    /// Gives the admin a token, and lets companies report hires; the hires.
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

import Domain
import EventLoop
import Glibc
import HTTP
import HTTPServer
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// A world behind a listening socket.
final class NewsWorld: @unchecked Sendable {
    let world: World
    let database: Database
    let address: ListenAddress
    private let applicationName: String
    /// Confined to the loop, on which the whole test runs.
    private(set) var isSlowWritten = false
    /// Open until the end of the test, whether it looks at them again or not.
    private var readers: [NewsReader] = []

    init(
        _ world: World, _ database: Database, _ address: ListenAddress, applicationName: String
    ) {
        self.world = world
        self.database = database
        self.address = address
        self.applicationName = applicationName
    }

    func wait(_ condition: () async throws -> Bool) async throws -> Bool {
        try await eventually(on: database.loop, condition)
    }

    /// Asks for the events of somebody with a session of their own.
    func ask(
        _ account: Account, query: String = "", fields: String = ""
    ) async throws -> NewsReader {
        let cookie = try await world.session(of: account).cookie ?? ""
        let desk = account.principal.role == .company ? "company" : "affiliate"
        return try ask("/\(desk)/events" + query, fields: "Cookie: \(cookie)\r\n" + fields)
    }

    /// Asks for anything.
    func ask(_ target: String, fields: String) throws -> NewsReader {
        let reader = try NewsReader(
            address, "GET \(target) HTTP/1.1\r\nHost: vouch.test\r\n\(fields)\r\n")
        readers.append(reader)
        return reader
    }

    /// Listens as a program, with a token of the account's.
    func listen(
        _ account: Account, lastEventID: String? = nil
    ) async throws -> (reader: NewsReader, token: APITokenID) {
        let token = try await WorldMaker(site: world.site).token(of: account)
        let newest = try await world.site.store.outbox.waiting().map(\.id.rawValue).max() ?? 0
        let reader = try ask(
            "/api/v1/events?after=\(lastEventID ?? "\(newest)")",
            fields: "Authorization: Bearer \(token.text)\r\n")
        guard try await wait({ reader.text.contains("retry: ") }) else {
            throw TestFailure("no stream: \(reader.text)")
        }
        return (reader, token.id)
    }

    /// Opens a page; of what happened before it, nothing is told.
    func open(
        _ account: Account, language: String = "en", lastEventID: String? = nil,
        query: String = ""
    ) async throws -> NewsReader {
        // All that a test does happens in one moment, so only a mark says what was before.
        let newest = try await world.site.store.outbox.waiting().map(\.id.rawValue).max() ?? 0
        let mark = lastEventID ?? (query.isEmpty ? "\(newest)" : nil)
        let field = mark.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        let reader = try await ask(
            account, query: query, fields: "Accept-Language: \(language)\r\n" + field)
        guard try await wait({ reader.text.contains("retry: ") }) else {
            throw TestFailure("no stream: \(reader.text)")
        }
        return reader
    }

    /// Lets an affiliate win by somebody new.
    func win(_ email: String, of account: Account? = nil) async throws -> CommissionID {
        let maker = WorldMaker(site: world.site)
        let code =
            if let account { try await maker.link(to: world.job, of: account) } else { world.code }
        let introduction = try await maker.apply(to: world.job, via: code, email).id
        return try await maker.record(introduction, by: world.admin)
    }

    /// Writes a message about a payout; its transaction commits when the gate is open.
    func pay(_ name: String, minorUnits: Int64, until gate: ThreadGate? = nil) async throws {
        try await database.transaction { transaction in
            try await insert(name, minorUnits, transaction)
            guard let gate else { return }
            isSlowWritten = true
            try await onThread { gate.wait() }
        }
    }

    /// Writes messages about payouts in one transaction, so that they are read together.
    func pay(together names: [String]) async throws {
        try await database.transaction { transaction in
            for name in names { try await insert(name, 5_00, transaction) }
        }
    }

    private func insert(
        _ name: String, _ minorUnits: Int64, _ transaction: Transaction
    ) async throws {
        let payload =
            "{\"payout\":\(minorUnits / 100),\"amount\":\(minorUnits),\"currency\":\"EUR\"}"
        try await transaction.execute(
            """
            INSERT INTO outbox (topic, recipient, affiliate_id, payload, dedupe_key, created_at,
                available_at)
            VALUES ('payout.paid', 'affiliate', \(world.affiliate.principal.affiliate),
                \(JSONText(payload)), \(name), \(TestSite.now), \(TestSite.now))
            """)
    }

    /// Connections that listen for this world.
    func listeners() async throws -> Int64 {
        try await database.queryFirst(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE application_name = \(applicationName) AND query LIKE 'LISTEN%'
            """
        ) { row in try row.next(Int64.self) } ?? 0
    }

    /// Ends the listening connection on the server, and writes a message before anything can have
    /// taken its place.
    func cutListener(andPay name: String) async throws {
        try await database.transaction { transaction in
            _ = try await transaction.query(
                """
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE application_name = \(applicationName) AND query LIKE 'LISTEN%'
                """
            ) { row in try row.next(Bool.self) }
            try await insert(name, 5_00, transaction)
        }
    }
}

/// A client of the test that keeps what it has received; never blocks but for connecting.
final class NewsReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var isOpen = true

    init(_ address: ListenAddress, _ request: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        target.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let text = Array(request.utf8)
        guard connected == 0,
            Glibc.send(descriptor, text, text.count, Int32(MSG_NOSIGNAL)) == text.count
        else { throw TestFailure("no connection") }
    }

    deinit { leave() }

    func leave() {
        if isOpen { close(descriptor) }
        isOpen = false
    }

    /// All that was received.
    var text: String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isOpen {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The events that are complete, read as a browser would (HTML standard 9.2.6).
    var events: [(id: String, data: String)] {
        var events: [(id: String, data: String)] = []
        var (id, data) = ("", [String]())
        // Each event is a chunk of its own; the sizes between them are no field.
        for line in text.replacing("\r\n", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("id: ") { id = String(line.dropFirst(4)) }
            if line.hasPrefix("data: ") { data.append(String(line.dropFirst(6))) }
            if line.isEmpty, !data.isEmpty {
                events.append((id, data.joined(separator: "\n")))
                data = []
            }
        }
        return events
    }
}

/// Runs a test with a world behind a socket, whose streams beat every 50 ms.
func withNews(
    streams: StreamBounds = StreamBounds(),
    _ body: @escaping @Sendable (NewsWorld) async throws -> Void
) async throws {
    let name = "news-\(UInt64.random(in: 0...UInt64.max))"
    try await withDatabase(settings: { $0.applicationName = name }) { database in
        let passwords = PasswordWorker(cost: .trivial)
        defer { passwords.stop() }
        let site = TestSite(database, passwords, streams: streams) {
            $0.heartbeatTime = .milliseconds(50)
        }
        let any = try #require(ListenAddress("127.0.0.1:0"))
        let server = try Server(
            settings: ServerSettings(), loops: [database.loop], plain: [any],
            handler: { _ in site.site })
        server.start()
        do {
            let world = try await World(site)
            try await body(
                NewsWorld(world, database, server.addresses[0], applicationName: name))
        } catch {
            await server.drain(within: .zero)
            await site.site.close()
            throw error
        }
        await server.drain(within: .zero)
        await site.site.close()
    }
}

import Admission
import Domain
import EventLoop
import HTTP
import HTTPServer
import Logging
import Postgres
import Spool
import Store
import Synchronization
import TestSupport

@testable import Site

/// The site over a database in a schema of its own, asked without sockets.
final class TestSite: Sendable {
    let site: Site
    let services: Services
    let loop: EventLoop

    /// The moment at which tests stand: noon of 2026-11-22.
    static let now = Instant(microseconds: 1_795_348_800_000_000)
    static let today = now.date
    static let origin = "http://vouch.test"

    init(
        _ database: Database, _ passwords: PasswordWorker, streams: StreamBounds = StreamBounds(),
        overload: Overload? = nil, brownout: LevelBox? = nil, spool: Spool? = nil,
        _ change: (inout SiteSettings) -> Void = { _ in }
    ) {
        var settings = SiteSettings(
            publicOrigin: Self.origin, keys: TestKeys.keys("the secret of the tests"))
        settings.payer = PaymentFile.Payer(
            name: AccountHolder(stored: "Vouch"), iban: IBAN(stored: "RO49AAAA1B31007593840000"))
        settings.hasMailbox = true
        change(&settings)
        var level: (@Sendable () -> BrownoutLevel)?
        if let brownout { level = { brownout.value } }
        services = Services(
            database: database, settings: settings, passwords: passwords, logger: quietLogger,
            streams: streams, overload: overload,
            brownout: level, spool: spool, clock: { Self.now })
        loop = database.loop
        site = Site(loop: database.loop, services: services)
    }

    var store: Store { services.store }

    /// The token of the newest message of a topic to an address.
    func mailed(_ topic: String, to address: String) async throws -> String {
        await site.close()
        let token = try await services.store.database.queryFirst(
            """
            SELECT payload ->> 'token' FROM outbox
            WHERE topic = \(topic) AND payload ->> 'address' = \(address) ORDER BY id DESC LIMIT 1
            """
        ) { row in try row.next(String.self) }
        guard let token else { throw TestFailure("no \(topic) to \(address)") }
        return token
    }

    /// How many messages of a topic there are to an address.
    func mailCount(_ topic: String, to address: String) async throws -> Int {
        await site.close()
        return try await services.store.database.queryFirst(
            """
            SELECT count(*) FROM outbox WHERE topic = \(topic) AND payload ->> 'address' = \(address)
            """
        ) { row in try row.next(Int.self) } ?? 0
    }

    /// Sends a request as the server would: head first, then the content, within its bound.
    func send(_ ask: Ask) async throws -> Answer {
        let head = try RequestHead.parsed(ask.headText)
        switch site.plan(head, peer: ask.peer, isSecure: false) {
        case .respond(let response): return Answer(response)
        case .handle(let bodyBytesMax, let handler):
            guard ask.body.count <= bodyBytesMax else {
                return Answer(
                    site.refusal(.contentTooLarge, reason: "", head: head, isSecure: false))
            }
            return Answer(
                await handler(Request(head: head, body: ask.body, peer: ask.peer, number: 77)))
        }
    }
}

/// A level of brownout that a test sets.
final class LevelBox: Sendable {
    private let level = Mutex(BrownoutLevel.none)

    var value: BrownoutLevel {
        get { level.withLock { $0 } }
        set { level.withLock { $0 = newValue } }
    }
}

/// A request of a test.
struct Ask: Sendable {
    var method = "GET"
    var target: String
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var peer = PeerAddress.v4(0x0102_0304)

    static func get(_ target: String) -> Ask { Ask(target: target) }

    /// A form, URL-encoded.
    static func form(_ target: String, _ fields: [(name: String, value: String)]) -> Ask {
        Ask(
            method: "POST", target: target,
            fields: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(QueryString.encoded(fields).utf8))
    }

    /// JSON for the API.
    static func json(_ method: String, _ target: String, _ text: String) -> Ask {
        Ask(
            method: method, target: target, fields: [("Content-Type", "application/json")],
            body: Array(text.utf8))
    }

    /// A form with a file.
    static func upload(
        _ target: String, _ fields: [(name: String, value: String)],
        file: (name: String, bytes: [UInt8])?, in field: String = "cv"
    ) -> Ask {
        var body: [UInt8] = []
        for field in fields {
            body += Array(
                "--XXX\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n\(field.value)\r\n"
                    .utf8)
        }
        if let file {
            body += Array(
                "--XXX\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(file.name)\"\r\nContent-Type: application/pdf\r\n\r\n"
                    .utf8)
            body += file.bytes + Array("\r\n".utf8)
        }
        body += Array("--XXX--\r\n".utf8)
        return Ask(
            method: "POST", target: target,
            fields: [("Content-Type", "multipart/form-data; boundary=XXX")], body: body)
    }

    func with(_ name: String, _ value: String) -> Ask {
        var ask = self
        ask.fields.append((name, value))
        return ask
    }

    var headText: String {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: vouch.test\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        return text + "\r\n"
    }
}

/// An answer as a test looks at it.
struct Answer: Sendable {
    let status: Int
    let fields: ResponseFields
    let body: [UInt8]

    init(_ response: Response) {
        switch response.body {
        case .prepared(let prepared):
            status = Int(prepared.status.code)
            var bytes: [UInt8] = []
            prepared.write(date: DateLine(secondsSinceEpoch: 0), to: &bytes)
            body = prepared.withContent { Array($0) }
            fields = Answer.fields(of: bytes.dropLast(body.count))
        case .bytes(let bytes):
            status = Int(response.status.code)
            fields = response.fields
            body = bytes
        case .none, .stream, .held:
            status = Int(response.status.code)
            fields = response.fields
            body = []
        }
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { fields.first(.location) }

    func json() throws -> JSONValue { try JSONValue(body) }

    /// What the cookie is set to; nil when it is not set.
    func cookie(_ name: String) -> String? {
        for line in String(decoding: fields.bytes, as: UTF8.self).split(separator: "\r\n")
        where line.hasPrefix("Set-Cookie: \(name)=") {
            return String(line.dropFirst("Set-Cookie: \(name)=".count).prefix { $0 != ";" })
        }
        return nil
    }

    /// The value of the first hidden field of this name in the page.
    func hidden(_ name: String) -> String? {
        guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    private static func fields(of head: some Sequence<UInt8>) -> ResponseFields {
        var fields = ResponseFields()
        let lines = String(decoding: Array(head), as: UTF8.self).split(separator: "\r\n")
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            let value = String(parts[1].drop { $0 == " " })
            switch parts[0] {
            case "ETag": fields.add(.etag, value)
            case "Content-Type": fields.add(.contentType, value)
            case "Cache-Control": fields.add(.cacheControl, value)
            case "Content-Security-Policy": fields.add(.contentSecurityPolicy, value)
            case "Content-Encoding": fields.add(.contentEncoding, value)
            case "Vary": fields.add(.vary, value)
            default: break
            }
        }
        return fields
    }
}

extension String {
    /// Where a text stands; the standard library has this only for characters.
    func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}

/// Runs a test with a site in a schema of its own.
func withSite(_ body: @escaping @Sendable (TestSite) async throws -> Void) async throws {
    try await withDatabase { database in
        let passwords = PasswordWorker(cost: .trivial)
        defer { passwords.stop() }
        let site = TestSite(database, passwords)
        try await body(site)
        await site.site.close()
    }
}

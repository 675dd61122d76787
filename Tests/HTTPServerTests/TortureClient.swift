import CLinux
import COpenSSL
import Glibc
import HTTPServer

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// A blocking connection of a test, plain or with TLS.
final class TestChannel {
    private let client: TestClient
    private let session: OpaquePointer?

    /// Fails where the TLS handshake does.
    init?(_ address: ListenAddress, isSecure: Bool, receiveBuffer: Int32?) throws {
        client = try TestClient(address, receiveBuffer: receiveBuffer)
        guard isSecure else {
            session = nil
            return
        }
        guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        defer { SSL_CTX_free(context) }
        session = SSL_new(context)
        guard SSL_set_fd(session, client.descriptor) == 1, SSL_connect(session) == 1 else {
            return nil
        }
    }

    deinit { SSL_free(session) }

    /// False where the server has gone.
    func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let session else { return client.sendAll(Array(bytes)) }
        return bytes.withUnsafeBytes {
            SSL_write(session, $0.baseAddress, Int32($0.count)) == Int32($0.count)
        }
    }

    /// Empty at the end.
    func receive(_ count: Int) -> [UInt8] {
        guard let session else { return client.receive(count) }
        var bytes = [UInt8](repeating: 0, count: count)
        let received = SSL_read(session, &bytes, Int32(count))
        return received > 0 ? Array(bytes[0..<Int(received)]) : []
    }

    /// Says that nothing more will be sent: the closing alert of TLS, and half a close.
    func finishSending() {
        if let session { _ = SSL_shutdown(session) }
        client.finishSending()
    }

    func resetAtEnd() { client.resetAtEnd() }
}

/// A request and the answer that is right for it.
struct Exchange {
    let request: [UInt8]
    let status: Int
    let body: [UInt8]
    let isHead: Bool

    /// A random request; `name` is in what it echoes, so that no other connection's answer fits.
    static func random(name: String, isLast: Bool, _ random: inout SeededGenerator) -> Exchange {
        let end = isLast ? "Connection: close\r\n\r\n" : "\r\n"
        func get(_ line: String, _ status: Int, _ body: String, isHead: Bool = false) -> Exchange {
            Exchange(
                request: Array("\(line) HTTP/1.1\r\nHost: a\r\n\(end)".utf8), status: status,
                body: Array(body.utf8), isHead: isHead)
        }
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return get("GET /", 200, "hello")
        case 1: return get("HEAD /", 200, "", isHead: true)
        case 2: return get("GET /page", 200, String(repeating: "p", count: 100_000) + "!")
        case 3: return get("GET /stream", 200, "one two three")
        case 4: return get("GET /late", 200, "late")
        case 5: return get("GET /absent", 404, "nothing here")
        case 6: return get("GET /nothing", 204, "", isHead: true)
        case 7: return echo(name, end, &random)
        default: return chunkedEcho(name, end, &random)
        }
    }

    private static func echo(
        _ name: String, _ end: String, _ random: inout SeededGenerator
    ) -> Exchange {
        let body = Array((name + padding(6_000, &random)).utf8)
        let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\(end)"
        return Exchange(request: Array(head.utf8) + body, status: 200, body: body, isHead: false)
    }

    private static func chunkedEcho(
        _ name: String, _ end: String, _ random: inout SeededGenerator
    ) -> Exchange {
        var text = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\(end)"
        var body = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let chunk = name + padding(1_000, &random)
            text += String(chunk.utf8.count, radix: 16) + "\r\n" + chunk + "\r\n"
            body += chunk
        }
        text += "0\r\nTrailer: dropped\r\n\r\n"
        return Exchange(
            request: Array(text.utf8), status: 200, body: Array(body.utf8), isHead: false)
    }

    private static func padding(_ countMax: Int, _ random: inout SeededGenerator) -> String {
        String(repeating: "z", count: Int.random(in: 0...countMax, using: &random))
    }
}

/// Reads answers out of a byte stream, strictly.
struct AnswerReader {
    private(set) var bytes: [UInt8] = []
    private var start = 0

    mutating func add(_ more: [UInt8]) { bytes += more }

    /// Bytes behind the last answer that was taken.
    var restCount: Int { bytes.count - start }

    /// The next answer that is here whole.
    mutating func next(isHead: Bool) -> (status: Int, body: [UInt8])? {
        let rest = bytes[start...]
        guard let headEnd = rest.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
            return nil
        }
        let lines = String(decoding: rest[..<headEnd], as: UTF8.self).components(
            separatedBy: "\r\n")
        let status = Int(lines[0].dropFirst(9).prefix(3)) ?? 0
        if isHead {
            start = headEnd
            return (status, [])
        }
        if lines.contains("Transfer-Encoding: chunked") { return chunked(status, from: headEnd) }
        let field = lines.first { $0.hasPrefix("Content-Length: ") }
        let length = field.flatMap { Int($0.dropFirst(16)) } ?? 0
        guard bytes.count - headEnd >= length else { return nil }
        start = headEnd + length
        return (status, Array(bytes[headEnd..<start]))
    }

    private mutating func chunked(_ status: Int, from headEnd: Int) -> (Int, [UInt8])? {
        var position = headEnd
        var body: [UInt8] = []
        while let line = bytes[position...].firstRange(of: Array("\r\n".utf8)) {
            let size = Int(
                String(decoding: bytes[position..<line.lowerBound], as: UTF8.self), radix: 16)
            guard let size, bytes.count - line.upperBound >= size + 2 else { return nil }
            body += bytes[line.upperBound..<(line.upperBound + size)]
            position = line.upperBound + size + 2
            if size == 0 {
                start = position
                return (status, body)
            }
        }
        return nil
    }
}

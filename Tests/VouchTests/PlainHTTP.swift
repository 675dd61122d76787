import Foundation
import Glibc

/// A small HTTP/1.1 client over blocking sockets, one connection per request.
///
/// FoundationNetworking refuses the header lines of `chromedriver`, and a client of its own lets a
/// test see the exact answer of the server.
enum PlainHTTP {
    struct Answer {
        let status: Int
        /// Names in lower case; of several lines with one name the last.
        let fields: [String: String]
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends one request to a host of this machine and reads its answer; waits a minute at most.
    static func request(
        _ method: String, _ url: URL, fields: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        let port = UInt16(url.port ?? 80)
        let target =
            (url.path(percentEncoded: true).isEmpty ? "/" : url.path(percentEncoded: true))
            + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body?.count ?? 0)\r\nConnection: close\r\n\r\n"
        let message = Data(head.utf8) + (body ?? Data())
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try exchange(message, port: port) })
            }
        }
    }

    private static func exchange(_ message: Data, port: UInt16) throws -> Answer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Missing(description: "a server on port \(port)") }
        let isSent = message.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let part = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
                if count <= 0 { return false }
                sent += count
            }
            return true
        }
        guard isSent else { throw Missing(description: "a server that takes the request") }
        return try read(descriptor)
    }

    private static func read(_ descriptor: Int32) throws -> Answer {
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let answer = parse(received, isAtEnd: false) { return answer }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { break }
            received.append(contentsOf: buffer[0..<count])
        }
        return try require(parse(received, isAtEnd: true), "a whole answer")
    }

    /// The answer, once it is whole: as long as announced, or all until the close.
    private static func parse(_ received: Data, isAtEnd: Bool) -> Answer? {
        guard let end = received.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] =
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let body = received[end.upperBound...]
        if let length = fields["content-length"].flatMap({ Int($0) }) {
            guard body.count >= length else { return nil }
            return Answer(status: status ?? 0, fields: fields, body: Data(body.prefix(length)))
        }
        return isAtEnd ? Answer(status: status ?? 0, fields: fields, body: Data(body)) : nil
    }
}

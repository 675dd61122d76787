import CLinux
import EventLoop
import Glibc
import TLS

/// One request on a connection of its own, before a run begins; blocks for 30 s at most.
enum BlockingClient {
    /// Asks for a path.
    ///
    /// - Throws: `DiscoveryProblem`.
    static func get(
        _ path: String, from target: Target, headers: [(name: String, value: String)]
    ) throws -> Answer {
        let descriptor = try ClientSocket.connect(to: target, source: nil)
        defer { closeDescriptor(descriptor) }
        let deadline = MonotonicTime.now + .seconds(30)
        try wait(for: descriptor, POLLOUT, until: deadline)
        if let code = ClientSocket.error(of: descriptor) {
            throw SystemError(call: "connect", errno: code)
        }
        let context =
            try target.isSecure
            ? TLSClientContext(serverName: target.serverName, resumes: false) : nil
        let tls = try context.map { try TLSStream(context: $0, descriptor: descriptor) }
        defer { withExtendedLifetime(context) {} }
        if let tls { try handshake(tls, descriptor, deadline) }
        var request = "GET \(path) HTTP/1.1\r\nHost: \(target.authority)\r\n"
        for header in headers { request += "\(header.name): \(header.value)\r\n" }
        request += "Connection: close\r\n\r\n"
        try send(Array(request.utf8), tls, descriptor, deadline)
        return try receive(tls, descriptor, deadline)
    }

    private static func handshake(
        _ tls: TLSStream, _ descriptor: Int32, _ deadline: MonotonicTime
    ) throws {
        while true {
            switch try tls.handshake() {
            case .done: return
            case .wantsRead: try wait(for: descriptor, POLLIN, until: deadline)
            case .wantsWrite: try wait(for: descriptor, POLLOUT, until: deadline)
            case .closed: throw DiscoveryProblem(reason: "the TLS handshake was ended")
            }
        }
    }

    private static func send(
        _ bytes: [UInt8], _ tls: TLSStream?, _ descriptor: Int32, _ deadline: MonotonicTime
    ) throws {
        var sent = 0
        while sent < bytes.count {
            let progress = try bytes[sent...].withUnsafeBytes { part -> TLSStream.Progress in
                if let tls { return try tls.write(part) }
                let count = try nonBlockingCall("send") {
                    Glibc.send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
                }
                return count.map { .done($0) } ?? .wantsWrite
            }
            switch progress {
            case .done(let count): sent += count
            case .wantsRead: try wait(for: descriptor, POLLIN, until: deadline)
            case .wantsWrite: try wait(for: descriptor, POLLOUT, until: deadline)
            case .closed: throw DiscoveryProblem(reason: "the connection was closed")
            }
        }
    }

    private static func receive(
        _ tls: TLSStream?, _ descriptor: Int32, _ deadline: MonotonicTime
    ) throws -> Answer {
        var parser = AnswerParser(keepsContent: true)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let progress = try buffer.withUnsafeMutableBytes { buffer -> TLSStream.Progress in
                if let tls { return try tls.read(into: buffer) }
                let count = try nonBlockingCall("recv") {
                    recv(descriptor, buffer.baseAddress, buffer.count, 0)
                }
                return count.map { $0 == 0 ? .closed : .done($0) } ?? .wantsRead
            }
            switch progress {
            case .done(let count):
                switch buffer.withUnsafeBufferPointer({
                    parser.feed(UnsafeBufferPointer(rebasing: $0[..<count]))
                }) {
                case .needsMore: break
                case .complete: return parser.answer
                case .malformed: throw DiscoveryProblem(reason: "the answer is not HTTP/1.1")
                }
            case .wantsRead: try wait(for: descriptor, POLLIN, until: deadline)
            case .wantsWrite: try wait(for: descriptor, POLLOUT, until: deadline)
            case .closed:
                if parser.end() { return parser.answer }
                throw DiscoveryProblem(reason: "the connection was closed before the answer")
            }
        }
    }

    private static func wait(
        for descriptor: Int32, _ events: Int32, until deadline: MonotonicTime
    ) throws {
        let left = (deadline - MonotonicTime.now).wholeNanoseconds / 1_000_000
        var wanted = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        let count = try systemCall("poll") { poll(&wanted, 1, Int32(clamping: max(0, left))) }
        if count == 0 { throw DiscoveryProblem(reason: "no answer within 30 s") }
    }
}

/// Why a list could not be fetched.
package struct DiscoveryProblem: Error, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}

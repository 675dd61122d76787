import CLinux
import EventLoop
import Glibc
import HTTPServer

/// A blocking socket of a test that sends exact bytes and reads what comes.
///
/// `@unchecked Sendable`: holds nothing but the descriptor, which threads may share.
final class TestClient: @unchecked Sendable {
    let descriptor: Int32

    /// Connects to a server on this machine.
    init(_ address: ListenAddress, receiveBuffer: Int32? = nil) throws {
        descriptor = try systemCall("socket") { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
        if var size = receiveBuffer {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        // A server that never answers must fail the test, not hang it.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = address.port.bigEndian
        target.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        try systemCall("connect") {
            withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    deinit { closeDescriptor(descriptor) }

    /// Whether bytes or an end have come.
    var hasInput: Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, 0) != 0
    }

    /// Sends all of the text; a peer that has closed is not an error here.
    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { _ = sendAll(bytes) }

    /// Sends all of the bytes; false where the peer has gone.
    func sendAll(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// Makes the end of this client a reset instead of an orderly close.
    func resetAtEnd() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Up to `count` bytes; empty at the end of the stream, or where the peer has reset it.
    func receive(_ count: Int = 65_536) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &bytes, count, 0)
        return received > 0 ? Array(bytes[0..<received]) : []
    }

    /// All until the peer closes.
    func receiveAll() -> String { receiveToEnd().text }

    /// All until the connection ends, and whether it ended in order: no reset, no time-out.
    func receiveToEnd() -> (text: String, isOrderly: Bool) {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return (String(decoding: all, as: UTF8.self), count == 0) }
            all += buffer[0..<count]
        }
    }

    /// Until `ending` has arrived (or the stream has ended).
    func receive(until ending: String) -> String {
        var all: [UInt8] = []
        let wanted = Array(ending.utf8)
        while !all.suffix(wanted.count).elementsEqual(wanted) {
            let part = receive()
            if part.isEmpty { break }
            all += part
        }
        return String(decoding: all, as: UTF8.self)
    }
}

/// Runs `body` on a thread of its own: the tests share a few threads that a blocking call would
/// take from each other. The gate opens at its end.
func inBackground(_ body: @escaping @Sendable () -> Void) -> ThreadGate {
    let gate = ThreadGate()
    startThread(name: "background") {
        body()
        gate.open()
    }
    return gate
}

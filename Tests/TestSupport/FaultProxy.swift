import EventLoop
import Glibc
import Synchronization

/// Stands between a client and PostgreSQL's socket, and can cut, refuse, delay and swallow.
///
/// Each connection has two threads that copy bytes; `stop()` ends them all.
package final class FaultProxy: Sendable {
    /// What the proxy does with connections and bytes from now on.
    package enum Mode: Sendable, Equatable {
        case pass
        /// New connections are closed at once.
        case refuse
        /// Bytes are kept back, and new connections get no answer; the ends stay open.
        case swallow
        /// Each portion of bytes comes so much later.
        case delay(milliseconds: UInt32)
    }

    /// A libpq connection string that leads through the proxy.
    package let connectionString: String
    /// The one that leads to the same place past the proxy.
    package let directConnectionString: String

    private struct State {
        var mode = Mode.pass
        var isStopped = false
        var pairs: [Int: (client: Int32, server: Int32)] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let directory: TemporaryDirectory
    private let listener: Int32
    private let target: String

    /// Leads to the server whose connection string this is; it must name a socket's directory.
    package init(to connectionString: String) throws {
        let parts = connectionString.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[0] == "host=" else {
            throw TestFailure("no socket in \(connectionString)")
        }
        directory = try TemporaryDirectory()
        directConnectionString = connectionString
        target = "\(parts[1])/.s.PGSQL.5432"
        let rest = parts[2...].joined(separator: "'")
        self.connectionString = "host='\(directory.path)'\(rest)"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address("\(directory.path)/.s.PGSQL.5432")
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 64) == 0 else { throw TestFailure("bind: \(errno)") }
        startThread(name: "fault-proxy") { self.accept() }
    }

    /// Changes what happens from now on.
    package func set(_ mode: Mode) {
        state.withLock { $0.mode = mode }
    }

    /// Ends all connections that are open.
    package func cut() {
        state.withLock { state in
            for pair in state.pairs.values {
                shutdown(pair.client, Int32(SHUT_RDWR))
                shutdown(pair.server, Int32(SHUT_RDWR))
            }
        }
    }

    /// How many connections have been made through the proxy.
    package var connectionsCount: Int { state.withLock { $0.count } }

    /// Ends the connections and takes no more.
    package func stop() {
        state.withLock { $0.isStopped = true }
        cut()
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            if client < 0 { break }
            if state.withLock({ $0.mode }) == .refuse {
                close(client)
                continue
            }
            let server = connectToTarget()
            guard server >= 0 else {
                close(client)
                continue
            }
            begin(client, server)
        }
        close(listener)
    }

    private func begin(_ client: Int32, _ server: Int32) {
        let number = state.withLock { state in
            state.count += 1
            state.pairs[state.count] = (client, server)
            return state.count
        }
        let ends = Ends(remaining: 2)
        let finish: @Sendable () -> Void = {
            guard ends.left() == 0 else { return }
            self.state.withLock { $0.pairs[number] = nil }
            close(client)
            close(server)
        }
        startThread(name: "fault-proxy") { self.copy(from: client, to: server, finish) }
        startThread(name: "fault-proxy") { self.copy(from: server, to: client, finish) }
    }

    private func copy(from source: Int32, to target: Int32, _ finish: () -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0, awaitPassage() else { break }
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes { bytes in
                    send(
                        target, bytes.baseAddress.map { $0 + sent }, count - sent,
                        Int32(MSG_NOSIGNAL))
                }
                if written <= 0 { break }
                sent += written
            }
            if sent < count { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
        finish()
    }

    /// Holds a portion back as the mode says; false where the proxy has been stopped.
    private func awaitPassage() -> Bool {
        if case .delay(let milliseconds) = state.withLock({ $0.mode }) {
            usleep(milliseconds * 1_000)
        }
        while true {
            let (mode, isStopped) = state.withLock { ($0.mode, $0.isStopped) }
            if isStopped { return false }
            if mode != .swallow { return true }
            usleep(1_000)
        }
    }

    private func connectToTarget() -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(target)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return -1
    }

    private static func address(_ path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: path.utf8.prefix(bytes.count - 1))
        }
        return address
    }
}

/// Counts the threads of a connection that are still copying.
private final class Ends: Sendable {
    private let remaining: Atomic<Int>

    init(remaining: Int) {
        self.remaining = Atomic(remaining)
    }

    func left() -> Int {
        remaining.subtract(1, ordering: .acquiringAndReleasing).newValue
    }
}

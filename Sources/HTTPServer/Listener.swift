import Admission
import CLinux
import EventLoop
import Glibc
import HTTP

/// A listening TCP socket, non-blocking.
///
/// `@unchecked Sendable`: after `init` confined to the loop that accepts from it.
final class Listener: @unchecked Sendable {
    let descriptor: Int32
    private var isClosed = false
    let address: ListenAddress

    /// Opens the socket. With `sharesPort` several listeners of this process get connections of
    /// one port; whether another process holds the port already is asked first, because the
    /// kernel would let two programs of one user share it without a word.
    ///
    /// - Parameter awaitsData: connections come with their first bytes, for protocols in which the
    ///   client speaks first.
    init(
        _ wanted: ListenAddress, backlog: Int, sharesPort: Bool, awaitsData: Bool = true
    ) throws(SystemError) {
        descriptor = try Self.bound(wanted, sharesPort: sharesPort, awaitsData: awaitsData)
        do throws(SystemError) {
            try systemCall("listen") { [descriptor] in listen(descriptor, Int32(backlog)) }
        } catch {
            closeDescriptor(descriptor)
            throw error
        }
        address = wanted.with(port: Self.port(of: descriptor))
    }

    deinit { close() }

    /// Ends listening: what waits in the kernel's queue is reset, later connections are refused.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        closeDescriptor(descriptor)
    }

    /// Throws `EADDRINUSE` where any process listens on the address.
    static func requireFree(_ address: ListenAddress) throws(SystemError) {
        closeDescriptor(try bound(address, sharesPort: false))
    }

    private static func bound(
        _ address: ListenAddress, sharesPort: Bool, awaitsData: Bool = true
    ) throws(SystemError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socketDescriptor = try systemCall("socket") {
            socket(address.family, kind | Int32(SOCK_CLOEXEC.rawValue), 0)
        }
        do throws(SystemError) {
            try set(socketDescriptor, SOL_SOCKET, SO_REUSEADDR, 1)
            if sharesPort { try set(socketDescriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
            // Accepted sockets inherit it: an answer is one write, so Nagle's wait never helps.
            try set(socketDescriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            // A connection comes with its first bytes, or without them after a second (tcp(7)): it
            // is read, answered and closed in one go, which takes a third off its cost.
            if awaitsData { try set(socketDescriptor, Int32(IPPROTO_TCP), TCP_DEFER_ACCEPT, 1) }
            if address.family == AF_INET6 {
                try set(
                    socketDescriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, address.host == "::" ? 0 : 1
                )
            }
            try systemCall("bind") {
                address.withSocketAddress { bind(socketDescriptor, $0, $1) }
            }
        } catch {
            closeDescriptor(socketDescriptor)
            throw error
        }
        return socketDescriptor
    }

    private static func set(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32
    ) throws(SystemError) {
        var value = value
        try systemCall("setsockopt") {
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = getsockname(descriptor, $0, &length)
            }
        }
        // The port stands at the same place in both families.
        return withUnsafeBytes(of: &storage) {
            UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    /// Makes the kernel's queue shorter or longer; what waits beyond a new length still waits.
    func setBacklog(_ count: Int) {
        guard !isClosed else { return }
        _ = listen(descriptor, Int32(count))
    }

    /// Lets attempts of the groups below `passing` (of 256) through and has the kernel drop others;
    /// false where it cannot.
    func sieve(multiplier: UInt32, passing: Int) -> Bool {
        guard !isClosed else { return false }
        return passing >= ConnectionSieve.groups
            ? vouch_sieve_detach(descriptor) == 0
            : vouch_sieve_attach(descriptor, multiplier, UInt32(passing)) == 0
    }

    /// Attempts that the kernel has dropped since the socket was opened.
    var drops: Int64 { isClosed ? 0 : max(0, vouch_socket_drops(descriptor)) }

    /// Takes one connection from the kernel's queue; nil where none waits or it went away.
    func accept() throws(SystemError) -> (descriptor: Int32, peer: PeerAddress)? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        while true {
            let result = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept4(
                        descriptor, $0, &length,
                        Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue))
                }
            }
            if result >= 0 { return (result, PeerAddress(&storage)) }
            switch Glibc.errno {
            case EAGAIN: return nil
            // accept(2): errors of the new connection itself, to be treated like EAGAIN.
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET,
                EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH, EPERM:
                continue
            default: throw SystemError(call: "accept4", errno: Glibc.errno)
            }
        }
    }
}

import CLinux
import EventLoop
import Glibc
import HTTP

/// An address to listen on: `127.0.0.1:8080`, `[::1]:8080`, `:8080` (all of IPv4 and IPv6),
/// `localhost:8080`; port 0 lets the system choose.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// A literal IPv4 or IPv6 address.
    package let host: String
    /// The TCP port.
    package let port: UInt16

    /// Reads the text form; nil where it is none.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]),
            text[text.index(after: colon)...].allSatisfy(\.isNumber)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host == "localhost" { host = "127.0.0.1" }
        if host.isEmpty || host == "*" { host = "::" }
        guard Self.family(of: host) != nil else { return nil }
        self.host = host
        self.port = port
    }

    private init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// The same host with the port that the system chose.
    func with(port: UInt16) -> ListenAddress { ListenAddress(host: host, port: port) }

    /// The text form, an IPv6 address in brackets.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// `AF_INET` or `AF_INET6`.
    var family: Int32 { Self.family(of: host) ?? AF_INET }

    private static func family(of host: String) -> Int32? {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, host, &v4) == 1 { return AF_INET }
        return inet_pton(AF_INET6, host, &v6) == 1 ? AF_INET6 : nil
    }

    /// Calls `body` with the socket address in the kernel's form.
    func withSocketAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        if family == AF_INET {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            inet_pton(AF_INET, host, &address.sin_addr)
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }
}

extension PeerAddress {
    /// Reads what `accept4` has filled; an IPv4 address inside IPv6 becomes IPv4.
    init(_ storage: inout sockaddr_storage) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: &storage) {
                $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
            }
            self = .v4(UInt32(bigEndian: address))
        case AF_INET6:
            let (high, low) = withUnsafeBytes(of: &storage) { bytes in
                (
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
                )
            }
            let isMapped = high == 0 && low >> 32 == 0xffff
            self = isMapped ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high, low)
        default:
            self = .unix
        }
    }
}

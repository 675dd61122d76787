import CLinux
import EventLoop
import Glibc

/// A server to be tested: where it is, and what it is called.
package struct Target: Sendable, Hashable {
    /// As in the field `Host`.
    package let authority: String
    package let host: String
    package let isSecure: Bool
    /// The socket address in the kernel's form, and its family.
    let address: [UInt8]
    let family: Int32

    /// Why a target cannot be tested.
    package enum Problem: Error, Hashable, CustomStringConvertible {
        case notAnOrigin(String)
        case unknownHost(String)
        case notOwn(String)

        /// A sentence for the person who named it.
        package var description: String {
            switch self {
            case .notAnOrigin(let text):
                "\(text) is not an address such as http://127.0.0.1:8080, without a path"
            case .unknownHost(let host): "\(host) has no address"
            case .notOwn(let host):
                "\(host) is neither this machine nor in a private network; "
                    + "--i-own-the-target says that it may be loaded all the same"
            }
        }
    }

    /// Looks up the address; blocks while the name is resolved.
    ///
    /// - Parameter isOwn: whether somebody vouches that a public address may be loaded.
    package init(_ origin: String, isOwn: Bool = false) throws(Problem) {
        let schemes = [("http://", false, "80"), ("https://", true, "443")]
        guard let (scheme, isSecure, usualPort) = schemes.first(where: { origin.hasPrefix($0.0) })
        else { throw .notAnOrigin(origin) }
        var rest = origin.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let allowed = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@".utf8.contains($0) }
        guard !rest.isEmpty, allowed else { throw .notAnOrigin(origin) }
        authority = String(rest)
        self.isSecure = isSecure
        var host = authority
        var port = usualPort
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            host = String(rest[..<colon])
            port = String(rest[rest.index(after: colon)...])
        }
        guard UInt16(port) != nil, !host.isEmpty else { throw .notAnOrigin(origin) }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.host = host
        guard let (address, family) = Self.resolve(host, port) else { throw .unknownHost(host) }
        self.address = address
        self.family = family
        guard isOwn || isPrivate else { throw .notOwn(host) }
    }

    /// The name that a TLS client asks for; none for an address (RFC 6066 3).
    var serverName: String? {
        host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." } ? nil : host
    }

    /// Whether the address is one of 127.0.0.0/8.
    var isLoopback4: Bool { family == AF_INET && address[4] == 127 }

    /// Whether the address is this machine's own or of a private network (RFC 1918, RFC 4193,
    /// link-local).
    var isPrivate: Bool {
        if family == AF_INET {
            let (first, second) = (address[4], address[5])
            return first == 127 || first == 10 || (first == 172 && (16...31).contains(second))
                || (first == 192 && second == 168) || (first == 169 && second == 254)
        }
        let bytes = address[8..<24]
        let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        let (first, second) = (address[8], address[9])
        return isLoopback || first & 0xFE == 0xFC || (first == 0xFE && second & 0xC0 == 0x80)
    }

    private static func resolve(_ host: String, _ port: String) -> ([UInt8], Int32)? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        guard let address = found.pointee.ai_addr else { return nil }
        let bytes = UnsafeRawBufferPointer(start: address, count: Int(found.pointee.ai_addrlen))
        return (Array(bytes), found.pointee.ai_family)
    }

    /// Calls `body` with the address in the kernel's form.
    func withSocketAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: address) }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(address.count))
            }
        }
    }
}

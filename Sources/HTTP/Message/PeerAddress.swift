/// Where a connection comes from.
package enum PeerAddress: Sendable, Hashable {
    /// An IPv4 address in host byte order.
    case v4(UInt32)
    /// The upper and the lower half of an IPv6 address in host byte order.
    case v6(UInt64, UInt64)
    /// A socket of the same machine.
    case unix

    /// The IPv4 address that an IPv4-mapped IPv6 address stands for (RFC 4291 2.5.5.2), or self.
    package var unmapped: PeerAddress {
        guard case .v6(0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    /// What limits count by: an IPv4 address, or the /64 that one IPv6 customer gets.
    package var prefix: PeerAddress {
        guard case .v6(let high, _) = unmapped else { return unmapped }
        return .v6(high, 0)
    }

    /// The address shortened to its /24 or /48, for logs.
    package var logged: String {
        switch unmapped {
        case .v4(let address):
            "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).0/24"
        case .v6(let high, _):
            [48, 32, 16].map { String(high >> UInt64($0) & 0xFFFF, radix: 16) }
                .joined(separator: ":") + "::/48"
        case .unix: "unix"
        }
    }
}

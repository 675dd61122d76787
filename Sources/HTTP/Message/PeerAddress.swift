import Glibc

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

    /// The whole address as it is written (RFC 5952), where it is kept on purpose.
    package var text: String {
        switch unmapped {
        case .v4(let address):
            [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
        case .v6(let high, let low):
            withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) {
                    let written = inet_ntop(
                        AF_INET6, bytes.baseAddress, $0.baseAddress, socklen_t($0.count))
                    return written.map { String(cString: $0) } ?? "unknown"
                }
            }
        case .unix: "unix"
        }
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

extension PeerAddress {
    /// The address that the text is, as X-Forwarded-For has it; nil for anything else.
    package init?(_ text: String) {
        // A NUL would end the text for inet_pton, and what follows it would be ignored.
        guard !text.utf8.contains(0) else { return nil }
        var bytes = (UInt64(0), UInt64(0))
        let isV4 = withUnsafeMutableBytes(of: &bytes) {
            inet_pton(AF_INET, text, $0.baseAddress) == 1
        }
        if isV4 {
            self = .v4(UInt32(truncatingIfNeeded: bytes.0.littleEndian).byteSwapped)
            return
        }
        let isV6 = withUnsafeMutableBytes(of: &bytes) {
            inet_pton(AF_INET6, text, $0.baseAddress) == 1
        }
        guard isV6 else { return nil }
        self = .v6(UInt64(bigEndian: bytes.0), UInt64(bigEndian: bytes.1))
    }
}

/// The rule of a valid host with an optional port (RFC 9110 7.2, RFC 3986 3.2.2).
///
/// Narrower than the grammar: sub-delims and escapes have no place in a name of DNS, and hosts end
/// up in links. Browsers send international names in their ASCII form.
enum Authority {
    /// Whether the bytes are `host` or `host:port`, without user information.
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let hostCount = hostCount(bytes)
        guard hostCount > 0, hostCount <= 255 + 2 else { return false }
        guard isPort(bytes.part(hostCount..<bytes.count)) else { return false }
        let host = bytes.part(0..<hostCount)
        if host[0] == UInt8(ascii: "[") { return isAddressLiteral(host) }
        return CharacterClass.unreserved.containsAll(host)
    }

    /// How many of the bytes are the host; the rest begins with ":".
    static func hostCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if bytes.first == UInt8(ascii: "[") {
            return (bytes.firstIndex(of: UInt8(ascii: "]"), from: 0) ?? bytes.count - 1) + 1
        }
        return bytes.firstIndex(of: Octet.colon, from: 0) ?? bytes.count
    }

    /// Whether the bytes are nothing, or ":" and a port; the port may be empty (RFC 3986 3.2.3).
    private static func isPort(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count > 1 else { return bytes.isEmpty || bytes[0] == Octet.colon }
        guard bytes[0] == Octet.colon, bytes.count <= 6 else { return false }
        guard let port = bytes.part(1..<bytes.count).decimalValue else { return false }
        return port <= 65_535
    }

    /// Whether the bytes are an IPv6 address in brackets, by its characters and at least one
    /// colon; that the groups add up is left to who resolves it.
    private static func isAddressLiteral(_ host: UnsafeBufferPointer<UInt8>) -> Bool {
        guard host.count >= 4, host.count <= 47, host[host.count - 1] == UInt8(ascii: "]") else {
            return false
        }
        var hasColon = false
        for byte in host.part(1..<(host.count - 1)) {
            if byte == Octet.colon {
                hasColon = true
            } else if byte.hexValue == nil && byte != Octet.dot {
                return false
            }
        }
        return hasColon
    }
}

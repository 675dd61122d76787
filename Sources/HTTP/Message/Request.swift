/// A request with its content, as a handler gets it.
package struct Request: Sendable {
    /// The head.
    package let head: RequestHead
    /// The whole content, decoded from its framing.
    package let body: [UInt8]
    /// The client's end of the connection.
    package let peer: PeerAddress
    /// Whether the request came through TLS.
    package let isSecure: Bool
    /// The number behind `id`, unique on this server while it runs.
    package let number: UInt64

    /// A request made of its parts.
    package init(
        head: RequestHead, body: [UInt8] = [], peer: PeerAddress = .unix, isSecure: Bool = false,
        number: UInt64 = 0
    ) {
        self.head = head
        self.body = body
        self.peer = peer
        self.isSecure = isSecure
        self.number = number
    }

    /// The name of this request in the log and on error pages: 16 hexadecimal digits.
    package var id: String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

import HTTP

/// Where a request comes from, with a proxy in front of the site or without.
struct ClientAddress {
    let address: PeerAddress

    /// - Parameter trustsForwardedFor: whether the peer is believed wherever it is.
    init(_ request: Request, trustsForwardedFor: Bool) {
        let peer = request.peer.unmapped
        guard trustsForwardedFor || Self.isThisMachine(peer),
            let last = request.head.fields.values(of: .xForwardedFor).last
        else {
            address = peer
            return
        }
        // The proxy adds the address that it saw at the end; what stands before it, anybody can say.
        let text = last.split(separator: ",").last.map { $0.filter { $0 != " " } } ?? ""
        address = PeerAddress(text) ?? peer
    }

    private static func isThisMachine(_ peer: PeerAddress) -> Bool {
        switch peer {
        case .unix: true
        case .v4(let address): address >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// The network that tries are counted by.
    var prefix: String {
        switch address.prefix {
        case .v4(let address): "4:" + String(address, radix: 16)
        case .v6(let high, _): "6:" + String(high, radix: 16)
        case .unix: "local"
        }
    }
}

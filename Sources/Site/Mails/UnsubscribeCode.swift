import Domain

/// What stands in the address that ends mails: a signed message of the outbox, whose recipient is
/// looked up when the address is used.
package struct UnsubscribeCode: Hashable, Sendable, PathParameter {
    package let segment: String

    /// The longest that a sealed number can be.
    private static let lengthMax = 80

    init(_ id: OutboxID, keys: SigningKeys) {
        segment = keys.seal(Array("\(id)".utf8), for: .unsubscribe)
    }

    package init?(segment: String) {
        let isBase64 = segment.utf8.allSatisfy { byte in
            byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isBase64, (1...Self.lengthMax).contains(segment.utf8.count) else { return nil }
        self.segment = segment
    }

    private init(sample: String) { segment = sample }

    package static var sample: Self { Self(sample: "AAAA") }
    package static var schema: Schema { .text(pattern: "^[A-Za-z0-9_-]+$", lengthMax: lengthMax) }

    /// The message; nil where the signature is not ours.
    func message(_ keys: SigningKeys) -> OutboxID? {
        keys.open(segment.utf8, for: .unsubscribe).flatMap {
            OutboxID(String(decoding: $0, as: UTF8.self))
        }
    }
}

import Domain
import HTTP
import Store

/// A personal token in the Authorization field (RFC 6750 2.1).
struct BearerToken: Sendable {
    /// Tells leaked tokens apart from other texts, for those who scan for them.
    private static let prefix = "vouch_"

    let text: String

    /// The token of a request; nil without one, or for what no token looks like.
    init?(_ head: RequestHead) {
        guard let value = head.fields[.authorization] else { return nil }
        let parts = value.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            parts[1].hasPrefix(Self.prefix), parts[1].utf8.count <= 80
        else { return nil }
        text = String(parts[1])
    }

    /// The token that a form of an account makes: the same one, however often it is sent.
    ///
    /// - Parameter key: the random key of the form, which is worth nothing without ours.
    init(_ keys: SigningKeys, account: AccountID, key: IdempotencyKey) {
        let form = Array("\(account) ".utf8) + Array(key.text.utf8)
        text = Self.prefix + Base64.urlEncoded(keys.signatures(form, for: .token)[0])
    }

    /// What is kept of it. One round of SHA-256 is enough for 256 random bits.
    var hash: [UInt8] { Digest.sha256(Array(text.utf8)) }

    /// Whoever the token belongs to; nil for one that is unknown or revoked.
    func person(_ visit: Visit) async throws -> Person? {
        guard let found = try await visit.store.tokens.find(hash: hash) else { return nil }
        if found.lastUsedOn != visit.today {
            try await visit.store.tokens.touch(found.token, on: visit.today)
        }
        return Person(
            principal: found.principal, session: nil, account: nil, hasSecondFactor: false,
            token: found.token)
    }
}

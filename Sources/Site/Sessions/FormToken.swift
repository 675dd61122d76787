import Domain
import HTTP

/// The token in every form, which another site cannot know: bound to the session, or for somebody
/// who is not signed in to a random number in a signed cookie.
struct FormToken: Sendable {
    /// What a token is bound to.
    enum Binding: Sendable, Hashable {
        case session(SessionID)
        case visitor([UInt8])
    }

    let keys: SigningKeys
    let isSecure: Bool

    /// Bytes of a token's mask, and of what it masks.
    static let byteCount = 16
    private var cookieName: StaticString { isSecure ? "__Host-vouch-form" : "vouch-form" }

    /// What the tokens of this request are bound to; nil for a visitor without a genuine cookie.
    func binding(of head: RequestHead, session: Session?) -> Binding? {
        if let session { return .session(session.id) }
        let nonce = Cookies(head).withValue(of: cookieName) { value in
            value.count <= 128 ? keys.open(value, for: .visitor) : nil
        }
        guard let nonce = nonce ?? nil, nonce.count == Self.byteCount else { return nil }
        return .visitor(nonce)
    }

    /// Gives a visitor something to bind tokens to, until the browser is closed.
    func newVisitor(_ random: RandomSource) -> (binding: Binding, cookie: SetCookie) {
        let nonce = random.bytes(Self.byteCount)
        let cookie = SetCookie(
            cookieName, keys.seal(nonce, for: .visitor), isSecure: isSecure)
        return (.visitor(nonce), cookie)
    }

    /// A token for a form.
    ///
    /// Each is masked by random bytes of its own, because a page that repeats a secret and is
    /// compressed with what a stranger chose would leak it (BREACH).
    func token(for binding: Binding, _ random: RandomSource) -> String {
        let mask = random.bytes(Self.byteCount)
        let signature = keys.signatures(Self.content(binding), for: .form)[0]
        return Base64.urlEncoded(mask + zip(mask, signature).map { $0 ^ $1 })
    }

    /// Whether a token was made for the binding.
    func accepts(_ token: String, for binding: Binding) -> Bool {
        guard token.utf8.count <= 64, let bytes = Base64.urlDecoded(token.utf8),
            bytes.count == 2 * Self.byteCount
        else { return false }
        let claimed = zip(bytes[..<Self.byteCount], bytes[Self.byteCount...]).map { $0 ^ $1 }
        return keys.signatures(Self.content(binding), for: .form).contains {
            Digest.isEqual($0.prefix(Self.byteCount), claimed)
        }
    }

    private static func content(_ binding: Binding) -> [UInt8] {
        switch binding {
        case .session(let id): [1] + id.rawValue.bigEndianBytes
        case .visitor(let nonce): [2] + nonce
        }
    }
}

import Domain
import HTTP

/// The signed cookie of somebody who is signed in: it says who without a query; that it was not
/// revoked, only the database can say.
struct SessionCookie: Sendable {
    let keys: SigningKeys
    /// Whether the site is reached through TLS, here or at the proxy in front of it.
    let isSecure: Bool

    /// A `__Host-` cookie can be set only by this host and through TLS (RFC 6265bis 4.1.3.2).
    private var name: StaticString { isSecure ? "__Host-vouch-session" : "vouch-session" }

    /// Sets the cookie of a new session.
    func set(_ session: Session, now: Instant) -> SetCookie {
        let seconds = Int(session.expiresAt.secondsSinceEpoch - now.secondsSinceEpoch)
        return SetCookie(
            name, keys.seal(Self.content(session), for: .session),
            secondsToLive: max(0, seconds), isSecure: isSecure)
    }

    /// Ends the session in the browser.
    var removed: SetCookie { .removing(name, isSecure: isSecure) }

    /// Whether the request claims a session at all; nothing is verified.
    func isPresent(in head: RequestHead) -> Bool {
        Cookies(head).withValue(of: name) { _ in true } ?? false
    }

    /// The session that a request brings; nil without one, or with one forged or expired.
    func session(in head: RequestHead, now: Instant) -> Session? {
        let content = Cookies(head).withValue(of: name) { value in
            // The content and the signature in base64; anything longer is not ours.
            value.count <= 128 ? keys.open(value, for: .session) : nil
        }
        guard let content = content ?? nil, let session = Self.session(content),
            session.expiresAt > now
        else { return nil }
        return session
    }

    private static func content(_ session: Session) -> [UInt8] {
        let role: UInt8
        let owned: Int64
        switch session.principal {
        case .company(_, let company): (role, owned) = (1, company.rawValue)
        case .affiliate(_, let affiliate): (role, owned) = (2, affiliate.rawValue)
        case .admin: (role, owned) = (3, 0)
        }
        let numbers = [
            session.principal.account.rawValue, owned, session.id.rawValue,
            session.expiresAt.microseconds,
        ]
        return [role] + numbers.flatMap(\.bigEndianBytes)
    }

    private static func session(_ content: [UInt8]) -> Session? {
        guard content.count == 33 else { return nil }
        let numbers = (0..<4).map { Int64(bigEndianBytes: content[(1 + $0 * 8)..<(9 + $0 * 8)]) }
        let account = AccountID(numbers[0])
        let principal: Principal
        switch content[0] {
        case 1: principal = .company(account, CompanyID(numbers[1]))
        case 2: principal = .affiliate(account, AffiliateID(numbers[1]))
        case 3: principal = .admin(account)
        default: return nil
        }
        return Session(
            id: SessionID(numbers[2]), principal: principal,
            expiresAt: Instant(microseconds: numbers[3]))
    }
}

extension Int64 {
    /// The eight bytes, highest first.
    var bigEndianBytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * Int64($0))) }
    }

    init(bigEndianBytes bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}

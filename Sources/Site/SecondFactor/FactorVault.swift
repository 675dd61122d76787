import Domain
import HTTP
import Store

/// Seals and opens what second factors are made of; the store sees it sealed only.
package struct FactorVault: Sendable {
    let keys: SigningKeys
    let random: RandomSource

    package init(keys: SigningKeys, random: RandomSource = .system) {
        self.keys = keys
        self.random = random
    }

    /// A secret that nobody has, of the system's generator.
    package static func randomSecret() -> FactorSecret { secret(of: .system) }

    /// A secret that nobody has.
    func newSecret() -> FactorSecret { Self.secret(of: random) }

    private static func secret(of random: RandomSource) -> FactorSecret {
        guard let secret = FactorSecret(bytes: random.bytes(FactorSecret.length)) else {
            preconditionFailure("a source of random bytes gave another number of them")
        }
        return secret
    }

    /// Recovery codes that nobody has.
    package func newCodes() -> [RecoveryCode] {
        (0..<RecoveryCode.count).map { _ in
            RecoveryCode(random: random.bytes(RecoveryCode.length))
        }
    }

    /// What is kept of a factor.
    ///
    /// - Parameter step: the last step that no code counts of any more.
    package func factor(
        _ secret: FactorSecret, of account: AccountID, step: Int64, codes: [RecoveryCode]
    ) -> SecondFactors.New {
        SecondFactors.New(
            sealedSecret: seal(secret, of: account), step: step,
            codeHashes: codes.map { $0.hash(of: account) })
    }

    /// The secret as it is kept: another account cannot be given it.
    func seal(_ secret: FactorSecret, of account: AccountID) -> [UInt8] {
        keys.encrypt(secret.bytes, about: Self.kept(account), random)
    }

    /// A kept secret, and whether the newest key has sealed it; nil where no key of ours has.
    func open(
        _ sealed: [UInt8], of account: AccountID
    ) -> (secret: FactorSecret, isNewest: Bool)? {
        guard let opened = keys.decrypt(sealed, about: Self.kept(account)),
            let secret = FactorSecret(bytes: opened.content)
        else { return nil }
        return (secret, opened.isNewest)
    }

    /// Whether a kept secret is this one.
    package func holds(
        _ secret: FactorSecret, in sealed: [UInt8], of account: AccountID
    ) -> Bool {
        open(sealed, of: account)?.secret == secret
    }

    // MARK: - Between the page with a new secret and its first code

    /// A new secret as a hidden field of the page that shows it: so nothing is kept before the first
    /// code is there.
    func offer(_ secret: FactorSecret, to account: AccountID, at now: Instant) -> String {
        let end = now.adding(seconds: FactorPolicy.setUpSeconds).microseconds.bigEndianBytes
        return Base64.urlEncoded(
            keys.encrypt(end + secret.bytes, about: Self.offered(account), random))
    }

    /// The secret of a hidden field; nil for one that is forged, too old or somebody else's.
    func offered(_ text: String, to account: AccountID, at now: Instant) -> FactorSecret? {
        guard text.utf8.count <= 128, let sealed = Base64.urlDecoded(text.utf8),
            let opened = keys.decrypt(sealed, about: Self.offered(account)),
            Instant(microseconds: Int64(bigEndianBytes: opened.content.prefix(8))) > now
        else { return nil }
        return FactorSecret(bytes: opened.content.dropFirst(8))
    }

    private static func kept(_ account: AccountID) -> [UInt8] {
        Array("kept".utf8) + account.rawValue.bigEndianBytes
    }

    private static func offered(_ account: AccountID) -> [UInt8] {
        Array("offered".utf8) + account.rawValue.bigEndianBytes
    }
}

extension FactorSecret {
    /// HMAC-SHA-1 by the secret.
    func mac(_ message: [UInt8]) -> [UInt8] { Digest.hmacSHA1(key: bytes, message) }

    /// The code that an app shows at a moment.
    package func code(at now: Instant) -> OneTimeCode {
        OneTimeCode(mac: mac(OneTimeCode.message(of: OneTimeCode.step(at: now))))
    }
}

extension RecoveryCode {
    /// What is kept of the code. One round of SHA-256 is enough for 80 random bits.
    func hash(of account: AccountID) -> [UInt8] {
        Digest.sha256(account.rawValue.bigEndianBytes + Array(text.utf8))
    }
}

/// The cookie of somebody who has shown a password and owes a code: no session, and good for five
/// minutes.
struct FactorCookie: Sendable {
    let keys: SigningKeys
    let isSecure: Bool

    private var name: StaticString { isSecure ? "__Host-vouch-factor" : "vouch-factor" }

    func set(_ account: AccountID, now: Instant) -> SetCookie {
        let end = now.adding(seconds: FactorPolicy.secondsBetween)
        let content = account.rawValue.bigEndianBytes + end.microseconds.bigEndianBytes
        return SetCookie(
            name, keys.seal(content, for: .factor), secondsToLive: FactorPolicy.secondsBetween,
            isSecure: isSecure)
    }

    var removed: SetCookie { .removing(name, isSecure: isSecure) }

    /// Whose password was shown; nil without a genuine cookie, or with one that is too old.
    func account(in head: RequestHead, now: Instant) -> AccountID? {
        let content = Cookies(head).withValue(of: name) { value in
            value.count <= 128 ? keys.open(value, for: .factor) : nil
        }
        guard let content = content ?? nil, content.count == 16,
            Instant(microseconds: Int64(bigEndianBytes: content.suffix(8))) > now
        else { return nil }
        return AccountID(Int64(bigEndianBytes: content.prefix(8)))
    }
}

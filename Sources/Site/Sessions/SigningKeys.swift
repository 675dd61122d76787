/// The secrets that cookies and form tokens are signed with: the newest signs, all of them verify.
package struct SigningKeys: Sendable {
    /// What a signature is for; a signature for one purpose is worthless for the others.
    enum Purpose: String, CaseIterable {
        case session, visitor, form, unsubscribe, factor
        /// What stands for people who were erased.
        case pseudonym
        /// What a personal token is made of.
        case token
    }

    private struct Key: Sendable {
        let id: UInt8
        /// In the order of `Purpose.allCases`.
        let derived: [[UInt8]]
        /// Encrypts what is kept in the database.
        let sealing: [UInt8]
    }

    private let keys: [Key]

    /// Fewer bytes could be guessed.
    package static let secretBytesMin = 16

    /// - Parameter secrets: newest first, each of at least `secretBytesMin` bytes; nil otherwise.
    package init?(_ secrets: [[UInt8]]) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.secretBytesMin }) else {
            return nil
        }
        keys = secrets.map { secret in
            Key(
                // Follows from the secret, so that adding and removing others changes nothing.
                id: Digest.sha256(Array("vouch key".utf8) + secret)[0],
                derived: Purpose.allCases.map {
                    Digest.hmac(key: secret, Array("vouch \($0.rawValue)".utf8))
                },
                sealing: Digest.derivedKey(
                    from: secret, salt: Array("vouch".utf8), info: Array("sealing".utf8)))
        }
    }

    /// The key's id, the content, and the signature over both, as text for a cookie.
    func seal(_ content: [UInt8], for purpose: Purpose) -> String {
        let key = keys[0]
        let signed = [key.id] + content
        return Base64.urlEncoded(signed + Digest.hmac(key: derived(key, purpose), signed))
    }

    /// The content of a sealed text; nil if no key of ours has signed it.
    func open(_ text: some Collection<UInt8>, for purpose: Purpose) -> [UInt8]? {
        guard let bytes = Base64.urlDecoded(text), bytes.count > Digest.byteCount else {
            return nil
        }
        let signed = Array(bytes.dropLast(Digest.byteCount))
        let signature = bytes.suffix(Digest.byteCount)
        let isOurs = keys.contains { key in
            key.id == signed[0]
                && Digest.isEqual(Digest.hmac(key: derived(key, purpose), signed), signature)
        }
        return isOurs ? Array(signed.dropFirst()) : nil
    }

    /// The signatures of some bytes by all keys, newest first.
    func signatures(_ bytes: [UInt8], for purpose: Purpose) -> [[UInt8]] {
        keys.map { Digest.hmac(key: derived($0, purpose), bytes) }
    }

    /// By which visitors are put into groups, the same in all instances; it changes with the newest
    /// key.
    package var cohortKey: (UInt64, UInt64) {
        let bytes = Digest.hmac(
            key: derived(keys[0], .visitor), Array("vouch cohort".utf8))
        return (
            UInt64(bitPattern: Int64(bigEndianBytes: bytes.prefix(8))),
            UInt64(bitPattern: Int64(bigEndianBytes: bytes.dropFirst(8).prefix(8)))
        )
    }

    private func derived(_ key: Key, _ purpose: Purpose) -> [UInt8] {
        switch purpose {
        case .session: key.derived[0]
        case .visitor: key.derived[1]
        case .form: key.derived[2]
        case .unsubscribe: key.derived[3]
        case .factor: key.derived[4]
        case .pseudonym: key.derived[5]
        case .token: key.derived[6]
        }
    }
}

// MARK: - Encryption

extension SigningKeys {
    /// The key's id, a nonce, and the content with its tag (AES-256-GCM).
    ///
    /// - Parameter about: what the content belongs to; it opens for the same only.
    func encrypt(_ content: [UInt8], about: [UInt8], _ random: RandomSource) -> [UInt8] {
        let nonce = random.bytes(AuthenticatedCipher.nonceBytes)
        return [keys[0].id] + nonce
            + AuthenticatedCipher.seal(content, key: keys[0].sealing, nonce: nonce, about: about)
    }

    /// What was encrypted, and whether by the newest key; nil if no key of ours has done it.
    func decrypt(
        _ sealed: [UInt8], about: [UInt8]
    ) -> (content: [UInt8], isNewest: Bool)? {
        let start = 1 + AuthenticatedCipher.nonceBytes
        guard sealed.count >= start + AuthenticatedCipher.tagBytes else { return nil }
        let nonce = Array(sealed[1..<start])
        for (position, key) in keys.enumerated() where key.id == sealed[0] {
            let content = AuthenticatedCipher.open(
                Array(sealed[start...]), key: key.sealing, nonce: nonce, about: about)
            if let content { return (content, position == 0) }
        }
        return nil
    }
}

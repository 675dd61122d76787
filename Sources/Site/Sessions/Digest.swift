import COpenSSL

/// SHA-256 and what is made of it, by OpenSSL.
enum Digest {
    static let byteCount = 32

    /// SHA-256 of the bytes.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        SHA256(bytes, bytes.count, &digest)
        return digest
    }

    /// HMAC with SHA-256 (RFC 2104).
    static func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        var count = UInt32(byteCount)
        let result = HMAC(
            EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &digest, &count)
        // Only an allocation can fail here, and nothing may be signed with zeros then.
        precondition(result != nil, "HMAC failed")
        return digest
    }

    /// HMAC with SHA-1, which RFC 6238 prescribes: as a MAC it is not broken.
    static func hmacSHA1(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        var count = UInt32(digest.count)
        let result = HMAC(
            EVP_sha1(), key, Int32(key.count), bytes, bytes.count, &digest, &count)
        precondition(result != nil, "HMAC failed")
        return digest
    }

    /// A key of 32 bytes for one purpose (HKDF with SHA-256, RFC 5869: extract, and one block of
    /// expand).
    static func derivedKey(from secret: [UInt8], salt: [UInt8], info: [UInt8]) -> [UInt8] {
        hmac(key: hmac(key: salt, secret), info + [1])
    }

    /// Whether two secrets are the same, in time that does not tell where they differ.
    static func isEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        let left = Array(left)
        let right = Array(right)
        return left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}

/// Where random bytes come from; a test passes its own.
package struct RandomSource: Sendable {
    private let make: @Sendable (Int) -> [UInt8]

    package init(_ make: @escaping @Sendable (Int) -> [UInt8]) { self.make = make }

    /// OpenSSL's generator, fit for secrets.
    package static let system = RandomSource { count in
        var bytes = [UInt8](repeating: 0, count: count)
        let result = RAND_bytes(&bytes, Int32(count))
        // Without randomness every secret would be the same one.
        precondition(result == 1, "the system gives no random bytes")
        return bytes
    }

    /// So many random bytes.
    package func bytes(_ count: Int) -> [UInt8] { make(count) }
}

/// One of 128 groups of visitors that are let in or refused together.
///
/// Refusing by group, and not by request, makes whole visits succeed: a page, its form and what
/// the form leads to belong to one visitor and so to one cohort (user priority of DAGOR,
/// SoCC'18, 4.2.3: independent random refusals would leave p^n of visits with n requests).
package struct Cohort: Hashable, Sendable {
    /// How many there are; a cut moves in steps of 0.8 % of the visitors.
    package static let count = 128

    /// From 0; the lower ones are let in first.
    package let number: UInt8

    /// The cohort with this number, modulo 128.
    package init(_ number: UInt8) {
        self.number = number & UInt8(Cohort.count - 1)
    }
}

/// Finds the cohort of a session or an address: a keyed hash that changes hourly.
///
/// Keyed, so that nobody can choose an address or a session that is always let in; hourly, so
/// that nobody is shut out for long. The hour of each visitor begins at a second of its own:
/// nobody changes more than once an hour, and not all at once, which would throw out everybody
/// who is in (DAGOR changes the hash of all on the hour).
///
/// SipHash-1-3 (Aumasson and Bernstein, 2012); instances that share the key agree.
package struct CohortHash: Sendable {
    private let key: (UInt64, UInt64)

    /// - Parameter key: 128 bits, secret, the same in all instances of a site.
    package init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// The cohort of an identity of 16 bytes: an address prefix, or a session's id.
    package func cohort(of identity: (UInt64, UInt64), secondsSinceEpoch: Int64) -> Cohort {
        cohort(secondsSinceEpoch) { hash in
            hash.absorb(identity.0)
            hash.absorb(identity.1)
        }
    }

    /// The cohort of an identity of any bytes.
    package func cohort(of identity: UnsafeRawBufferPointer, secondsSinceEpoch: Int64) -> Cohort {
        cohort(secondsSinceEpoch) { hash in
            var offset = 0
            while offset < identity.count {
                var word: UInt64 = 0
                for index in 0..<min(8, identity.count - offset) {
                    word |= UInt64(identity[offset + index]) << UInt64(8 * index)
                }
                hash.absorb(word)
                offset += 8
            }
            // Trailing zeros are part of the identity.
            hash.absorb(UInt64(identity.count))
        }
    }

    @inline(__always)
    private func cohort(_ seconds: Int64, _ absorb: (inout SipHash) -> Void) -> Cohort {
        var hash = SipHash(key)
        absorb(&hash)
        var own = hash
        let offset = Int64(own.finish() % 3_600)
        hash.absorb(UInt64(bitPattern: (seconds &+ offset) / 3_600))
        return Cohort(UInt8(truncatingIfNeeded: hash.finish()))
    }
}

/// SipHash-1-3 over whole words; the length needs no word of its own where it is fixed.
private struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    init(_ key: (UInt64, UInt64)) {
        v0 = key.0 ^ 0x736f_6d65_7073_6575
        v1 = key.1 ^ 0x646f_7261_6e64_6f6d
        v2 = key.0 ^ 0x6c79_6765_6e65_7261
        v3 = key.1 ^ 0x7465_6462_7974_6573
    }

    mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
    }

    mutating func finish() -> UInt64 {
        v2 ^= 0xff
        round()
        round()
        round()
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func round() {
        v0 &+= v1
        v1 = rotated(v1, 13) ^ v0
        v0 = rotated(v0, 32)
        v2 &+= v3
        v3 = rotated(v3, 16) ^ v2
        v0 &+= v3
        v3 = rotated(v3, 21) ^ v0
        v2 &+= v1
        v1 = rotated(v1, 17) ^ v2
        v2 = rotated(v2, 32)
    }

    private func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }
}

/// A short name of some facts: a deed carries that of its preview, and is refused where the facts have
/// changed in between.
///
/// FNV-1a with 128 bits (draft-eastlake-fnv): it guards against haste, not against an adversary, for
/// whoever sends a fingerprint may do the deed anyway.
package struct Fingerprint: Hashable, Sendable {
    /// 32 hexadecimal digits.
    package let text: String

    package init(of facts: String) {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in facts.utf8 {
            hash ^= UInt128(byte)
            hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
        }
        let digits = String(hash, radix: 16)
        text = String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ input: String) {
        let isHex = input.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
        guard input.utf8.count == 32, isHex else { return nil }
        text = input
    }

    /// Refuses a deed that was decided upon other facts.
    package func check(against decided: Fingerprint) throws(DomainError) {
        guard self == decided else { throw .conflict(.changedMeanwhile) }
    }
}

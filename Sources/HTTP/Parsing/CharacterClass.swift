/// A set of ASCII characters as 128 bits, so that membership is a shift and no memory access.
struct CharacterClass {
    private let low: UInt64
    private let high: UInt64

    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Whether the byte is in the set; bytes from 0x80 up never are.
    ///
    /// Without a branch: "-" between letters would mislead the predictor in every field name.
    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte & 64 == 0 ? low : high
        return (word &>> UInt64(byte & 63)) & UInt64(truncatingIfNeeded: ~byte &>> 7) == 1
    }

    /// Whether every byte is in the set; true for no bytes.
    @inline(__always)
    func containsAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            if !contains(bytes[index]) { return false }
            index &+= 1
        }
        return true
    }
}

// The words below are spelled out, not computed, so that the compiler keeps them in registers;
// the tests derive each of them again from the grammar it stands for.
extension CharacterClass {
    /// tchar of RFC 9110 5.6.2: field names, methods, parameter names.
    @inline(__always)
    static var token: CharacterClass {
        CharacterClass(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    }

    /// A path as browsers send it: pchar and "/" of RFC 3986 3.3, and `[ ] |`, which the WHATWG
    /// URL standard leaves alone in a path. "%" is in it, its digits are checked on decoding.
    @inline(__always)
    static var path: CharacterClass {
        CharacterClass(low: 0x2FFF_FFF2_0000_0000, high: 0x57FF_FFFE_AFFF_FFFF)
    }

    /// A query as browsers send it: every visible ASCII character but `" # < >`.
    @inline(__always)
    static var query: CharacterClass {
        CharacterClass(low: 0xAFFF_FFF2_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)
    }

    /// unreserved of RFC 3986 2.3.
    @inline(__always)
    static var unreserved: CharacterClass {
        CharacterClass(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
    }

    /// cookie-octet of RFC 6265 4.1.1.
    @inline(__always)
    static var cookieOctet: CharacterClass {
        CharacterClass(low: 0xF7FF_EFFA_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF)
    }

    /// etagc of RFC 9110 8.8.3 without obs-text.
    @inline(__always)
    static var entityTag: CharacterClass {
        CharacterClass(low: 0xFFFF_FFFA_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)
    }
}

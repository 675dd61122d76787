extension ByteBuffer {
    /// Appends text so that no byte of it can end a text node or a quoted attribute value.
    ///
    /// `& < > " '` become character references and NUL, which HTML does not allow, becomes U+FFFD.
    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { source in
            guard let base = source.baseAddress else { return }
            append(escaping: base, count: source.count)
        }
    }

    mutating func append(escaping text: Substring) {
        var text = text
        text.withUTF8 { source in
            guard let base = source.baseAddress else { return }
            append(escaping: base, count: source.count)
        }
    }

    private mutating func append(escaping source: UnsafePointer<UInt8>, count: Int) {
        var clean = 0
        var next = 0
        while next < count {
            if count - next >= 8, !Escaping.needed(inEightBytesAt: source + next) {
                next += 8
                continue
            }
            let blockEnd = min(next + 8, count)
            while next < blockEnd {
                if let reference = Escaping.reference(of: source[next]) {
                    append(source + clean, count: next - clean)
                    append(reference)
                    clean = next + 1
                }
                next += 1
            }
        }
        append(source + clean, count: count - clean)
    }
}

private enum Escaping {
    /// Whether one of eight bytes needs a reference, eight at a time (the zero-byte test of "Hacker's
    /// Delight" 6-1): `&` and `'` differ in bit 0 only, `<` and `>` in bit 1 only.
    @inline(__always)
    static func needed(inEightBytesAt source: UnsafePointer<UInt8>) -> Bool {
        let block = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        return hasZero(block)
            || hasZero(block ^ (ones &* 0x22))
            || hasZero((block & ~ones) ^ (ones &* 0x26))
            || hasZero((block & ~(ones &* 2)) ^ (ones &* 0x3C))
    }

    @inline(__always)
    private static func hasZero(_ block: UInt64) -> Bool {
        (block &- 0x0101_0101_0101_0101) & ~block & 0x8080_8080_8080_8080 != 0
    }

    @inline(__always)
    static func reference(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0: "\u{FFFD}"
        default: nil
        }
    }
}

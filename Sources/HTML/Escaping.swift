extension ByteBuffer {
    /// Appends text so that no byte of it can end a text node or a quoted attribute value.
    ///
    /// `& < > " '` become character references and NUL, which HTML does not allow, becomes U+FFFD.
    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { source in append(escaping: source) }
    }

    mutating func append(escaping text: Substring) {
        var text = text
        text.withUTF8 { source in append(escaping: source) }
    }

    mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        let count = bytes.count
        if Escaping.isNeeded(in: source, count: count) {
            appendReplacing(source, count: count)
        } else {
            append(source, count: count)
        }
    }

    private mutating func appendReplacing(_ source: UnsafePointer<UInt8>, count: Int) {
        var clean = 0
        for position in 0..<count {
            guard let reference = Escaping.reference(of: source[position]) else { continue }
            append(source + clean, count: position - clean)
            append(reference)
            clean = position + 1
        }
        append(source + clean, count: count - clean)
    }
}

private enum Escaping {
    /// Whether a text has a byte that needs a reference; most have none and are copied at once.
    ///
    /// The last block overlaps the one before it, so that no tail is left to look at byte by byte.
    static func isNeeded(in source: UnsafePointer<UInt8>, count: Int) -> Bool {
        let start = UnsafeRawPointer(source)
        guard count >= 8 else { return isNeeded(inFewerThanEightBytesAt: start, count: count) }
        var next = 0
        while next + 8 < count {
            if isNeeded(in: start.loadUnaligned(fromByteOffset: next, as: UInt64.self)) {
                return true
            }
            next += 8
        }
        return isNeeded(in: start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    }

    @inline(__always)
    private static func isNeeded(
        inFewerThanEightBytesAt start: UnsafeRawPointer, count: Int
    ) -> Bool {
        // The other bytes of a block are letters, which need nothing.
        var block: UInt64 = 0x6161_6161_6161_6161
        if count >= 4 {
            let head = UInt64(start.loadUnaligned(as: UInt32.self))
            let tail = UInt64(start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            block = head | tail << 32
        } else {
            for position in 0..<count {
                block = block << 8 | UInt64(start.load(fromByteOffset: position, as: UInt8.self))
            }
        }
        return isNeeded(in: block)
    }

    /// Whether one of eight bytes needs a reference, eight at a time (the zero-byte test of "Hacker's
    /// Delight" 6-1): `&` and `'` differ in bit 0 only, `<` and `>` in bit 1 only.
    @inline(__always)
    private static func isNeeded(in block: UInt64) -> Bool {
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

/// Percent-encoding (RFC 3986 2.1) in its strict reading.
package enum PercentCoding {
    /// The path with its escapes decoded, or nil if it is refused: a malformed escape, an escaped
    /// "/" or "\" (it would move the border between segments), a control character, text that is
    /// not UTF-8, or a segment "." or "..", escaped or not.
    static func decodedPath(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let path = decoded(raw, refusingSeparators: true) else { return nil }
        guard path.withUnsafeBufferPointer({ !hasDotSegment($0) }) else { return nil }
        return path
    }

    /// The text that the escapes stand for, or nil if an escape is malformed, stands for a
    /// control character, or the text is not UTF-8.
    package static func decoded(_ text: String) -> String? {
        var text = text
        guard let bytes = text.withUTF8({ decoded($0, refusingSeparators: false) }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text with every byte escaped that is not unreserved: fit for one path segment or one
    /// value in a query.
    package static func encoded(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 { append(escaping: byte, to: &result) }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a segment of the path is "." or "..".
    static func hasDotSegment(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        while start <= path.count {
            let end = path.firstIndex(of: Octet.slash, from: start) ?? path.count
            switch end - start {
            case 1: if path[start] == Octet.dot { return true }
            case 2: if path[start] == Octet.dot && path[start + 1] == Octet.dot { return true }
            default: break
            }
            start = end + 1
        }
        return false
    }

    static func append(escaping byte: UInt8, to result: inout [UInt8]) {
        if CharacterClass.unreserved.contains(byte) { return result.append(byte) }
        result.append(Octet.percent)
        result.append(hexDigit(byte >> 4))
        result.append(hexDigit(byte & 15))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x41 + value - 10
    }

    private static func decoded(
        _ raw: UnsafeBufferPointer<UInt8>, refusingSeparators: Bool
    ) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            var byte = raw[index]
            if byte == Octet.percent {
                guard let escaped = escapedByte(raw, at: index) else { return nil }
                let separates = escaped == Octet.slash || escaped == Octet.backslash
                if refusingSeparators && separates { return nil }
                byte = escaped
                index += 2
            }
            if byte < 0x20 || byte == Octet.delete { return nil }
            result.append(byte)
            index += 1
        }
        return result.withUnsafeBufferPointer { $0.validatedString } == nil ? nil : result
    }

    /// The byte that the escape at the index stands for, or nil if it is malformed.
    static func escapedByte(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < raw.count else { return nil }
        guard let high = raw[index + 1].hexValue, let low = raw[index + 2].hexValue else {
            return nil
        }
        return high << 4 | low
    }
}

extension PercentCoding {
    /// The URI reference with every byte escaped that a URI cannot contain; "%" is left alone.
    package static func encodedReference(_ reference: String) -> String {
        if reference.utf8.allSatisfy({ isReference($0) }) { return reference }
        var result: [UInt8] = []
        for byte in reference.utf8 {
            if isReference(byte) {
                result.append(byte)
            } else {
                append(escaping: byte, to: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isReference(_ byte: UInt8) -> Bool {
        byte != Octet.backslash && (CharacterClass.query.contains(byte) || byte == Octet.hash)
    }
}

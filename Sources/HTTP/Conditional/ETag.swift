/// An entity tag (RFC 9110 8.8.3).
package struct ETag: Sendable, Hashable {
    /// Whether it only promises the same meaning, not the same bytes.
    package let isWeak: Bool
    /// The opaque tag with its quotes.
    let quoted: [UInt8]

    /// Reads a tag as it stands in a field; nil if it is malformed.
    package init?(_ text: String) {
        var text = text
        let tag = text.withUTF8 { bytes in
            var index = 0
            let tag = ETag(bytes, at: &index)
            return index == bytes.count ? tag : nil
        }
        guard let tag else { return nil }
        self = tag
    }

    /// A tag of 16 hexadecimal digits, for a hash or a version of the content.
    package init(_ number: UInt64, isWeak: Bool = false) {
        self.isWeak = isWeak
        let digits = String(number, radix: 16)
        let zeros = String(repeating: "0", count: 16 - digits.utf8.count)
        quoted = Array("\"\(zeros)\(digits)\"".utf8)
    }

    /// Reads a tag that begins at the index, and moves the index behind it.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) {
        var start = index
        let prefix: StaticString = "W/"
        isWeak = start + 2 <= bytes.count && prefix.equals(bytes.part(start..<(start + 2)))
        if isWeak { start += 2 }
        guard start < bytes.count, bytes[start] == Octet.quote,
            let end = bytes.firstIndex(of: Octet.quote, from: start + 1)
        else { return nil }
        let inner = bytes.part((start + 1)..<end)
        guard inner.allSatisfy({ CharacterClass.entityTag.contains($0) || $0 >= 0x80 }) else {
            return nil
        }
        quoted = Array(bytes.part(start..<(end + 1)))
        index = end + 1
    }

    /// The tag as it is written in a field.
    package var text: String { (isWeak ? "W/" : "") + String(decoding: quoted, as: UTF8.self) }

    /// The strong comparison: both are strong and the same (RFC 9110 8.8.3.2).
    package func isStronglyEqual(to other: ETag) -> Bool {
        !isWeak && !other.isWeak && quoted == other.quoted
    }

    /// The weak comparison: the same but for weakness.
    package func isWeaklyEqual(to other: ETag) -> Bool { quoted == other.quoted }

    /// Whether a list of tags (as in If-None-Match) has one for which the closure holds, or is
    /// "*". What follows a malformed element is not read.
    static func list(
        _ bytes: UnsafeBufferPointer<UInt8>, contains isMatch: (ETag) -> Bool
    ) -> Bool {
        if bytes.count == 1 && bytes[0] == Octet.asterisk { return true }
        var index = 0
        while index < bytes.count {
            if bytes[index] == Octet.comma || bytes[index].isWhitespace {
                index += 1
                continue
            }
            guard let tag = ETag(bytes, at: &index) else { return false }
            if isMatch(tag) { return true }
            while index < bytes.count, bytes[index].isWhitespace { index += 1 }
            guard index == bytes.count || bytes[index] == Octet.comma else { return false }
        }
        return false
    }
}

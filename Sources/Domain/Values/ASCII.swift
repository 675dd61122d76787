extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLowercaseLetter: Bool { (0x61...0x7A).contains(self) }
    var isUppercaseLetter: Bool { (0x41...0x5A).contains(self) }
    package var isLetterOrDigit: Bool { isDigit || isLowercaseLetter || isUppercaseLetter }
}

extension String {
    /// Without white space at both ends.
    func trimmingSpaces() -> String {
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[start...end])
    }
}

/// The alphabet of codes people read aloud: Crockford's base 32, without i, l, o and u.
enum CodeAlphabet {
    static let bytes = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// One letter for each byte, five bits of it: 32 letters divide 256, so none is likelier.
    static func text(of random: some Sequence<UInt8>) -> String {
        String(decoding: random.map { bytes[Int($0 & 31)] }, as: UTF8.self)
    }

    static func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }
}

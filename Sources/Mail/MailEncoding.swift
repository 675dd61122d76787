import Domain

/// The quoted-printable encoding of RFC 2045 6.7.
enum QuotedPrintable {
    /// The longest line, without its CR LF.
    private static let lineMax = 76

    /// Text in UTF-8 with LF at the ends of lines, as lines with CR LF of 76 bytes at most.
    static func encoded(_ text: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8)
        var column = 0
        for (position, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\n") {
                result += [13, 10]
                column = 0
                continue
            }
            let isLast = position + 1 == text.count || text[position + 1] == UInt8(ascii: "\n")
            let piece = piece(byte, isLastOfLine: isLast)
            // A soft break takes one byte of the line, unless the line ends here.
            if column + piece.count > lineMax - (isLast ? 0 : 1) {
                result += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            result += piece
            column += piece.count
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func piece(_ byte: UInt8, isLastOfLine: Bool) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "="): return escaped(byte)
        // Spaces at the end of a line are lost on the way.
        case UInt8(ascii: " "): return isLastOfLine ? escaped(byte) : [byte]
        case 33...126: return [byte]
        default: return escaped(byte)
        }
    }

    static func escaped(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}

/// Texts in fields of the head: RFC 2047 where they are more than ASCII.
enum EncodedWord {
    /// The longest encoded word is 75 characters, 12 of them its frame (RFC 2047 2).
    private static let contentMax = 63
    /// A plain text that fits beside any name of a field into the 78 characters of RFC 5322 2.1.1.
    private static let plainMax = 64

    /// A text such as a subject; what could end the field becomes a space.
    static func unstructured(_ text: String) -> String {
        let clean = cleaned(text)
        let isPlain =
            clean.utf8.count <= plainMax && clean.utf8.allSatisfy { (32...126).contains($0) }
        return isPlain && !clean.contains("=?") ? clean : words(clean)
    }

    /// A name before an address (RFC 5322 3.2.5).
    static func phrase(_ text: String) -> String {
        let clean = cleaned(text)
        let isPlain =
            clean.utf8.count <= plainMax
            && clean.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: " ") }
        return isPlain ? clean : words(clean)
    }

    private static func cleaned(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(scalar.value < 32 || scalar.value == 127 ? " " : scalar)
        }
        return result
    }

    /// The Q encoding of RFC 2047 4.2; no word ends inside a character.
    private static func words(_ text: String) -> String {
        var words: [String] = []
        var content: [UInt8] = []
        for scalar in text.unicodeScalars {
            let piece = scalar.utf8.flatMap { byte -> [UInt8] in
                if byte == UInt8(ascii: " ") { return [UInt8(ascii: "_")] }
                return byte.isLetterOrDigit ? [byte] : QuotedPrintable.escaped(byte)
            }
            if content.count + piece.count > contentMax {
                words.append(String(decoding: content, as: UTF8.self))
                content = []
            }
            content += piece
        }
        words.append(String(decoding: content, as: UTF8.self))
        return words.map { "=?utf-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }
}

extension Unicode.Scalar {
    fileprivate var utf8: [UInt8] { Array(String(Character(self)).utf8) }
}

/// The date-time of RFC 5322 3.3, in UTC.
enum MailDate {
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ instant: Instant) -> String {
        let (year, month, day) = instant.date.civil
        let (hour, minute, second) = instant.timeOfDay
        let time = [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }
            .joined(separator: ":")
        let weekday = weekdays[instant.date.weekday - 1]
        return "\(weekday), \(day) \(months[month - 1]) \(year) \(time) +0000"
    }
}

/// What an admin looks for, taken apart: everything that one line can be.
package struct SearchQuestion: Hashable, Sendable {
    /// Most Unicode scalars that are looked at.
    package static let lengthMax = 200

    /// As it was typed, trimmed.
    package let text: String
    /// For `to_tsquery`: the beginnings of words.
    package let words: String?
    /// For `LIKE`, escaped: the beginning of an e-mail address in small letters.
    package let emailPrefix: String?
    /// The number of a row.
    package let number: Int64?
    /// For `LIKE`: the end of an account number, read backwards.
    package let ibanTail: String?
    /// The number of an invoice, or its reference.
    package let reference: String?
    /// The number of a payout, as its transfer says it.
    package let payout: Int64?

    /// Takes what was typed; nil for nothing and for a text with control characters.
    ///
    /// - Throws: `tooLong`.
    package init?(_ input: String) throws(ValidationError) {
        guard input.unicodeScalars.count <= Self.lengthMax else {
            throw ValidationError(.search, .tooLong(max: Self.lengthMax))
        }
        guard !input.unicodeScalars.contains(where: \.isControl) else {
            throw ValidationError(.search, .malformed)
        }
        text = Self.trimmed(input)
        guard !text.isEmpty else { return nil }
        words = SearchText.prefixQuery(text)
        let compact = text.filter { !$0.isWhitespace }.uppercased()
        let isPlain = compact.utf8.allSatisfy { $0.isDigit || $0.isUppercaseLetter }
        number = Int64(text.first == "#" ? text.dropFirst() : text[...]).flatMap {
            $0 > 0 ? $0 : nil
        }
        ibanTail =
            isPlain && (4...34).contains(compact.utf8.count)
            ? String(compact.reversed()) + "%" : nil
        reference = isPlain && (4...25).contains(compact.utf8.count) ? compact : nil
        let transfer = "VOUCH-P"
        payout =
            compact.hasPrefix(transfer)
            ? PayoutID(String(compact.dropFirst(transfer.count)))?.rawValue : nil
        emailPrefix = Self.emailPrefix(text.lowercased())
    }

    /// A bare word may begin an address too, but one or two letters begin too many.
    private static func emailPrefix(_ text: String) -> String? {
        guard text.utf8.count >= 3, !text.contains(where: \.isWhitespace) else { return nil }
        var pattern = ""
        for character in text {
            if "\\%_".contains(character) { pattern += "\\" }
            pattern.append(character)
        }
        return pattern + "%"
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// A telephone number as its owner writes it.
package struct PhoneNumber: Hashable, Sendable {
    package let text: String

    private static let lengthMax = 32
    /// E.164 6.2: at most 15 digits; fewer than 7 is nobody's full number.
    private static let digits = 7...15

    /// Takes digits with the usual spaces, dots, dashes, slashes, brackets and a leading plus.
    package init(
        _ input: String, field: ValidationError.Field = .phone
    ) throws(ValidationError) {
        let trimmed = input.trimmingSpaces()
        guard !trimmed.isEmpty else { throw ValidationError(field, .missing) }
        guard trimmed.utf8.count <= Self.lengthMax else {
            throw ValidationError(field, .tooLong(max: Self.lengthMax))
        }
        let body = trimmed.hasPrefix("+") ? trimmed.dropFirst() : trimmed[...]
        guard body.utf8.allSatisfy({ $0.isDigit || " .-/()".utf8.contains($0) }),
            Self.digits.contains(body.utf8.count(where: \.isDigit)),
            Self.digits.contains(Self.fold(trimmed).utf8.count(where: \.isDigit))
        else { throw ValidationError(field, .malformed) }
        text = trimmed
    }

    /// Takes a number that passed these checks before it was stored.
    package init(stored text: String) {
        self.text = text
    }

    /// The form in which two spellings of one number are equal: digits with the country's code.
    ///
    /// A national number of ten digits with a leading zero is Romanian, the platform's home, and so
    /// is one of eleven that begins with its code, 40, and what its numbers begin with: 2, 3 or 7.
    package var folded: String { Self.fold(text) }

    private static func fold(_ text: String) -> String {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        if text.hasPrefix("+") { return "+" + digits.replacingTrunkZero() }
        if digits.hasPrefix("00") { return "+" + String(digits.dropFirst(2)).replacingTrunkZero() }
        if digits.hasPrefix("0"), digits.count == 10 { return "+40" + digits.dropFirst() }
        let areRomanian = ["402", "403", "407"].contains { digits.hasPrefix($0) }
        return areRomanian && digits.count == 11 ? "+" + digits : digits
    }
}

extension String {
    /// `+40 (0)722…` names the trunk zero that is not dialled from abroad.
    fileprivate func replacingTrunkZero() -> String {
        hasPrefix("400") ? "40" + dropFirst(3) : self
    }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}

/// An amount of one currency in whole minor units; arithmetic that would lie throws.
package struct Money: Hashable, Sendable {
    package let minorUnits: Int64
    package let currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Nothing, in a currency.
    package static func zero(_ currency: Currency) -> Money {
        Money(minorUnits: 0, currency: currency)
    }

    /// Whole units, as in `.euros(500)`; for literals in tests and demo data.
    package static func euros(_ units: Int32) -> Money {
        Money(minorUnits: Int64(units) * 100, currency: .eur)
    }

    /// Whole units of the Romanian leu; for literals in tests and demo data.
    package static func lei(_ units: Int32) -> Money {
        Money(minorUnits: Int64(units) * 100, currency: .ron)
    }

    package var isPositive: Bool { minorUnits > 0 }
    package var isZero: Bool { minorUnits == 0 }

    package func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let sum = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !sum.overflow else { throw .overflow }
        return Money(minorUnits: sum.partialValue, currency: currency)
    }

    package func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try adding(other.negated())
    }

    package func negated() throws(MoneyError) -> Money {
        guard minorUnits != .min else { throw .overflow }
        return Money(minorUnits: -minorUnits, currency: currency)
    }

    /// That many hundredths of the amount, rounded toward zero.
    package func share(_ percent: Percent) -> Money {
        // A share of at most 100 % is never larger than the amount, so 128 bits lose nothing.
        let product = Int128(minorUnits) * Int128(percent.value)
        return Money(minorUnits: Int64(product / 100), currency: currency)
    }

    /// The amount as plain decimal digits with a point, as in `500.00`: for JSON and files.
    package var decimal: String {
        let perUnit = currency.minorUnitsPerUnit.magnitude
        let (units, minor) = minorUnits.magnitude.quotientAndRemainder(dividingBy: perUnit)
        let sign = minorUnits < 0 ? "-" : ""
        return "\(sign)\(units).\(padded(Int(minor), currency.minorDigits))"
    }
}

/// Why amounts cannot be put together.
package enum MoneyError: Error, Hashable, Sendable {
    case currencyMismatch
    case overflow
}

extension Money {
    /// Ten million units: no commission or salary is larger, and a sum of a billion of them fits.
    package static let inputMax: Int64 = 1_000_000_000

    /// Reads a positive amount a person typed: digits, with `.` or `,` before at most two decimals.
    ///
    /// Groups of three may be divided by spaces, or by the sign that does not divide the decimals.
    package init(
        decimal input: String, currency: Currency, field: ValidationError.Field
    ) throws(ValidationError) {
        let text = input.filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
        guard !text.isEmpty else { throw ValidationError(field, .missing) }
        guard text.utf8.count <= 20 else { throw ValidationError(field, .malformed) }
        let (whole, decimals) = try Self.parts(of: text, currency: currency, field: field)
        let padding = String(repeating: "0", count: currency.minorDigits - decimals.utf8.count)
        guard let value = Int64(whole + decimals + padding) else {
            throw ValidationError(field, .malformed)
        }
        guard value > 0 else { throw ValidationError(field, .notPositive) }
        guard value <= Self.inputMax else {
            let unitsMax = Int(Self.inputMax / currency.minorUnitsPerUnit)
            throw ValidationError(field, .outOfRange(min: 1, max: unitsMax))
        }
        self.init(minorUnits: value, currency: currency)
    }

    private static func parts(
        of text: String, currency: Currency, field: ValidationError.Field
    ) throws(ValidationError) -> (whole: String, decimals: String) {
        let marks = text.filter { $0 == "." || $0 == "," }
        guard text.allSatisfy({ ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "," }) else {
            throw ValidationError(field, .malformed)
        }
        guard let mark = marks.last, let position = text.lastIndex(of: mark) else {
            return (text, "")
        }
        let tail = String(text[text.index(after: position)...])
        let head = text[..<position]
        let headMarks = head.filter { $0 == "." || $0 == "," }
        // `1.500` and `1,500,000` are groups; `1.500,50` has groups and decimals.
        // `0.500` and `4500.001` have no groups: there are too many decimals.
        let first = head.prefix { $0 != mark }
        let isGroup =
            tail.utf8.count == 3 && headMarks.allSatisfy { $0 == mark }
            && (1...3).contains(first.utf8.count) && first.first != "0"
        if isGroup {
            return (try ungrouped(text, mark: mark, field: field), "")
        }
        guard !headMarks.contains(mark) else { throw ValidationError(field, .malformed) }
        guard tail.utf8.count <= currency.minorDigits else {
            throw ValidationError(field, .tooManyDecimals(max: currency.minorDigits))
        }
        let groupMark: Character = mark == "." ? "," : "."
        return (try ungrouped(String(head), mark: groupMark, field: field), tail)
    }

    private static func ungrouped(
        _ text: String, mark: Character, field: ValidationError.Field
    ) throws(ValidationError) -> String {
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        let areGroups = groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
        guard let first = groups.first, !first.isEmpty, areGroups,
            groups.count == 1 || first.utf8.count <= 3
        else { throw ValidationError(field, .malformed) }
        return groups.joined()
    }
}

/// Whole hundredths, 0 to 100.
package struct Percent: Hashable, Sendable {
    package let value: Int

    /// Everything.
    package static let all = Percent(unchecked: 100)

    /// Nil outside 0 to 100.
    package init?(_ value: Int) {
        guard (0...100).contains(value) else { return nil }
        self.value = value
    }

    private init(unchecked value: Int) {
        self.value = value
    }
}

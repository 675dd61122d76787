/// The money the platform keeps; the raw value is the ISO 4217 code.
package enum Currency: String, Hashable, Sendable, CaseIterable {
    case eur = "EUR"
    case ron = "RON"

    /// Decimal digits of the smaller unit: cents and bani.
    package var minorDigits: Int { 2 }

    /// Smaller units in one of the larger.
    package var minorUnitsPerUnit: Int64 { 100 }
}

extension Currency: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

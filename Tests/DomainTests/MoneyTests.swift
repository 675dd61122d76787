import Testing

@testable import Domain

@Suite struct `Money in minor units` {
    @Test(arguments: [
        ("500", 50_000), ("500.5", 50_050), ("500,50", 50_050), ("1.500", 150_000),
        ("1,500.25", 150_025), ("1.500,25", 150_025), ("1 500", 150_000),
        ("1\u{A0}500,00", 150_000), ("1,500,000", 150_000_000), ("0.01", 1),
    ])
    func `an amount is read as people type it`(input: String, minorUnits: Int64) throws {
        let money = try Money(decimal: input, currency: .eur, field: .commission)
        #expect(money == Money(minorUnits: minorUnits, currency: .eur))
    }

    @Test(arguments: [
        ("", ValidationError.Reason.missing), ("abc", .malformed), ("-5", .malformed),
        ("1e3", .malformed), ("1.2.3", .malformed), ("0", .notPositive),
        ("1.2345", .tooManyDecimals(max: 2)), ("12345678901234567890123", .malformed),
        ("10000001", .outOfRange(min: 1, max: 10_000_000)), ("1.50.000", .malformed),
        ("٥", .malformed), ("0.001", .tooManyDecimals(max: 2)),
        ("4500.001", .tooManyDecimals(max: 2)), (".500", .tooManyDecimals(max: 2)),
    ])
    func `what is no amount is refused with its reason`(
        input: String, reason: ValidationError.Reason
    ) {
        #expect(throws: ValidationError(.salary, reason)) {
            try Money(decimal: input, currency: .eur, field: .salary)
        }
    }

    @Test func `two currencies cannot be added`() {
        #expect(throws: MoneyError.currencyMismatch) { try Money.euros(1).adding(.lei(1)) }
    }

    @Test func `a sum that does not fit is refused, never wrapped`() {
        let most = Money(minorUnits: .max, currency: .eur)
        let least = Money(minorUnits: .min, currency: .eur)
        #expect(throws: MoneyError.overflow) { try most.adding(.euros(1)) }
        #expect(throws: MoneyError.overflow) { try least.negated() }
        #expect(most.share(.all) == most)
    }

    @Test(arguments: [(50_000, "500.00"), (-5, "-0.05"), (0, "0.00"), (123_456, "1234.56")])
    func `an amount is written with a point`(minorUnits: Int64, text: String) {
        #expect(Money(minorUnits: minorUnits, currency: .ron).decimal == text)
    }
}

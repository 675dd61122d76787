import Domain

/// Numbers as the readers of a language write them.
struct NumberFormat {
    private let group: UInt8
    private let decimal: UInt8

    init(_ language: Language) {
        group = UInt8(ascii: language == .romanian ? "." : ",")
        decimal = UInt8(ascii: language == .romanian ? "," : ".")
    }

    /// `1,234` or `1.234`.
    func integer(_ number: Int) -> String {
        var digits: [UInt8] = []
        append(number.magnitude, negative: number < 0, to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    /// `1,234.50 EUR` or `1.234,50 EUR`; whole amounts have no decimals.
    ///
    /// The currency is its code in both languages: contracts and bank statements say it so.
    func money(_ money: Money) -> String {
        amount(money) + " " + money.currency.rawValue
    }

    /// The digits of an amount without its currency.
    func amount(_ money: Money) -> String {
        let perUnit = money.currency.minorUnitsPerUnit.magnitude
        let (units, minor) = money.minorUnits.magnitude.quotientAndRemainder(dividingBy: perUnit)
        var digits: [UInt8] = []
        append(UInt(units), negative: money.minorUnits < 0, to: &digits)
        if minor > 0 {
            digits.append(decimal)
            digits.append(UInt8(ascii: "0") + UInt8(minor / 10))
            digits.append(UInt8(ascii: "0") + UInt8(minor % 10))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private func append(_ magnitude: UInt, negative: Bool, to digits: inout [UInt8]) {
        if negative { digits.append(contentsOf: "−".utf8) }
        let plain = Array(String(magnitude).utf8)
        for (position, digit) in plain.enumerated() {
            let left = plain.count - position
            if position > 0, left.isMultiple(of: 3) { digits.append(group) }
            digits.append(digit)
        }
    }
}

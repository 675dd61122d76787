import Domain
import HTML

/// Numbers as the readers of a language write them.
struct NumberFormat {
    private let group: UInt8
    private let decimal: UInt8

    init(_ language: Language) {
        switch language {
        case .english: (group, decimal) = (UInt8(ascii: ","), UInt8(ascii: "."))
        case .romanian: (group, decimal) = (UInt8(ascii: "."), UInt8(ascii: ","))
        }
    }

    /// `1,234` or `1.234`.
    func integer(_ number: Int) -> String {
        written { text in text.append(number.magnitude, isNegative: number < 0, group: group) }
    }

    /// `1,234.50 EUR` or `1.234,50 EUR`; whole amounts have no decimals.
    ///
    /// The currency is its code in both languages: contracts and bank statements say it so.
    func money(_ money: Money) -> String {
        written { text in append(money, to: &text) }
    }

    /// `1,234–2,500 EUR`, or one amount when both ends are the same.
    func span(_ range: SalaryRange) -> String {
        written { text in append(range, to: &text) }
    }

    /// Writes what `span` says straight into a page.
    func write(_ range: SalaryRange, to html: inout HTMLPrinter) {
        withMemory { memory in
            var text = DigitBuffer(memory: memory)
            append(range, to: &text)
            html.text(text.written)
        }
    }

    /// Writes what `money` says straight into a page.
    func write(_ money: Money, to html: inout HTMLPrinter) {
        withMemory { memory in
            var text = DigitBuffer(memory: memory)
            append(money, to: &text)
            html.text(text.written)
        }
    }

    private func append(_ range: SalaryRange, to text: inout DigitBuffer) {
        if range.min != range.max {
            appendAmount(range.min, to: &text)
            text.append("–")
        }
        append(range.max, to: &text)
    }

    private func append(_ money: Money, to text: inout DigitBuffer) {
        appendAmount(money, to: &text)
        text.append(UInt8(ascii: " "))
        text.append(money.currency == .eur ? "EUR" : "RON")
    }

    private func appendAmount(_ money: Money, to text: inout DigitBuffer) {
        let perUnit = money.currency.minorUnitsPerUnit.magnitude
        let (units, minor) = money.minorUnits.magnitude.quotientAndRemainder(dividingBy: perUnit)
        text.append(UInt(units), isNegative: money.minorUnits < 0, group: group)
        guard minor > 0 else { return }
        text.append(decimal)
        text.append(UInt8(ascii: "0") + UInt8(minor / 10))
        text.append(UInt8(ascii: "0") + UInt8(minor % 10))
    }

    /// `2026-11-30`, the date of RFC 3339.
    func machineDate(_ date: CalendarDate) -> String {
        let (year, month, day) = date.civil
        return written { text in
            text.append(twoDigits: year / 100)
            text.append(twoDigits: year % 100)
            text.append(UInt8(ascii: "-"))
            text.append(twoDigits: month)
            text.append(UInt8(ascii: "-"))
            text.append(twoDigits: day)
        }
    }

    /// Written on the stack, because what has at most 15 bytes then needs no memory of its own.
    private func written(_ write: (inout DigitBuffer) -> Void) -> String {
        withMemory { memory in
            var text = DigitBuffer(memory: memory)
            write(&text)
            return String(decoding: text.written, as: UTF8.self)
        }
    }

    /// Two grouped 64-bit numbers with sign, decimals and currency have at most 70 bytes.
    private func withMemory<Result>(
        _ body: (UnsafeMutableBufferPointer<UInt8>) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 80, body)
    }
}

/// The bytes of a short text in the making.
private struct DigitBuffer {
    let memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    mutating func append(_ byte: UInt8) {
        memory[count] = byte
        count += 1
    }

    mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes in
            for byte in bytes { append(byte) }
        }
    }

    mutating func append(_ magnitude: UInt, isNegative: Bool, group: UInt8) {
        if isNegative { append("−") }
        var rest = magnitude
        let start = count
        var digits = 0
        repeat {
            if digits > 0, digits.isMultiple(of: 3) { append(group) }
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            digits += 1
        } while rest > 0
        memory[start..<count].reverse()
    }
}

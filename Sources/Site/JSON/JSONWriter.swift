import Domain
import HTML

/// Writes JSON straight into bytes; the caller opens and closes, the writer puts the commas.
package struct JSONWriter: ~Copyable {
    private var output: ByteBuffer
    private var needsComma = false

    package init(capacity: Int = 1_024) {
        output = ByteBuffer(capacity: capacity)
    }

    /// What was written.
    package consuming func finish() -> [UInt8] { output.bytes }

    /// `{ … }`.
    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        separate()
        output.append(UInt8(ascii: "{"))
        members(&self)
        output.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// `[ … ]`.
    package mutating func list<Element>(
        _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        separate()
        output.append(UInt8(ascii: "["))
        for element in elements { write(&self, element) }
        output.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// The name of a member; its value is what is written next. Names are literals of plain
    /// letters, so they need no escaping.
    package mutating func name(_ name: StaticString) {
        separate()
        output.append(UInt8(ascii: "\""))
        output.append(name)
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
    }

    /// The name of a member that is no literal.
    mutating func name(text name: String) {
        separate()
        append(quoting: name)
        output.append(UInt8(ascii: ":"))
    }

    package mutating func text(_ text: String) {
        separate()
        append(quoting: text)
        needsComma = true
    }

    package mutating func number(_ number: Int64) {
        separate()
        output.append(decimal: Int(number))
        needsComma = true
    }

    package mutating func flag(_ flag: Bool) {
        separate()
        output.append(flag ? "true" : "false")
        needsComma = true
    }

    package mutating func null() {
        separate()
        output.append("null")
        needsComma = true
    }

    /// A day as the full-date of RFC 3339.
    package mutating func date(_ date: CalendarDate) {
        separate()
        output.append(UInt8(ascii: "\""))
        append(date)
        output.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A moment as the date-time of RFC 3339, in whole seconds.
    package mutating func moment(_ instant: Instant) {
        separate()
        output.append(UInt8(ascii: "\""))
        append(instant.date)
        let (hour, minute, second) = instant.timeOfDay
        output.append(UInt8(ascii: "T"))
        append(twoDigits: hour)
        output.append(UInt8(ascii: ":"))
        append(twoDigits: minute)
        output.append(UInt8(ascii: ":"))
        append(twoDigits: second)
        output.append("Z\"")
        needsComma = true
    }

    private mutating func append(_ date: CalendarDate) {
        let (year, month, day) = date.civil
        append(twoDigits: year / 100)
        append(twoDigits: year % 100)
        output.append(UInt8(ascii: "-"))
        append(twoDigits: month)
        output.append(UInt8(ascii: "-"))
        append(twoDigits: day)
    }

    private mutating func append(twoDigits number: Int) {
        output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private mutating func separate() {
        if needsComma { output.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func append(quoting text: String) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return }
            // Whole runs that need no escaping are copied at once.
            var start = 0
            while let index = Self.firstEscape(in: bytes, from: start) {
                output.append(base + start, count: index - start)
                append(escaping: bytes[index])
                start = index + 1
            }
            output.append(base + start, count: bytes.count - start)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// The first byte that is a control character, a quote or a backslash: found 32 at a time, then
    /// told apart.
    private static func firstEscape(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 32 <= bytes.count {
            let found =
                escapes(raw, index) | escapes(raw, index + 8) | escapes(raw, index + 16)
                | escapes(raw, index + 24)
            if found != 0 { break }
            index += 32
        }
        return bytes[index...].firstIndex { byte in
            byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }
    }

    /// Not zero where one of eight bytes needs escaping (Hacker's Delight 6-1: the high bit of each
    /// byte that is zero, or less than 32).
    @inline(__always)
    private static func escapes(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let found =
            ((word &- ones &* 0x20) & ~word) | ((quote &- ones) & ~quote)
            | ((backslash &- ones) & ~backslash)
        return found & 0x8080_8080_8080_8080
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): output.append("\\\"")
        case UInt8(ascii: "\\"): output.append("\\\\")
        case UInt8(ascii: "\n"): output.append("\\n")
        case UInt8(ascii: "\r"): output.append("\\r")
        case UInt8(ascii: "\t"): output.append("\\t")
        default:
            output.append("\\u00")
            let digits: StaticString = "0123456789abcdef"
            output.append(digits.utf8Start[Int(byte >> 4)])
            output.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}

extension JSONWriter {
    /// A member with a text, or null.
    package mutating func member(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { self.text(text) } else { null() }
    }

    /// A member with a whole number.
    package mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        self.number(Int64(number))
    }

    /// A member with true or false.
    package mutating func member(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        self.flag(flag)
    }

    /// A member with the number of a row.
    package mutating func member<Tag>(_ name: StaticString, _ id: ID<Tag>) {
        self.name(name)
        number(id.rawValue)
    }

    /// A member with a moment, or null.
    package mutating func member(_ name: StaticString, _ instant: Instant?) {
        self.name(name)
        if let instant { moment(instant) } else { null() }
    }

    /// A member with a day, or null.
    package mutating func member(_ name: StaticString, _ date: CalendarDate?) {
        self.name(name)
        if let date { self.date(date) } else { null() }
    }

    /// A member with another described value, or null.
    package mutating func member(_ name: StaticString, _ value: (some JSONWritable)?) {
        self.name(name)
        if let value { value.write(to: &self) } else { null() }
    }

    /// A member with a list of described values.
    package mutating func member(_ name: StaticString, _ values: [some JSONWritable]) {
        self.name(name)
        list(values) { json, value in value.write(to: &json) }
    }
}

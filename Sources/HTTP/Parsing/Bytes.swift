import Glibc

/// The bytes that the grammar of HTTP names.
enum Octet {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let hash: UInt8 = 0x23
    static let percent: UInt8 = 0x25
    static let ampersand: UInt8 = 0x26
    static let asterisk: UInt8 = 0x2A
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let hyphen: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let question: UInt8 = 0x3F
    static let backslash: UInt8 = 0x5C
    static let delete: UInt8 = 0x7F
}

extension UInt8 {
    /// Whether the byte is a decimal digit.
    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether the byte is optional white space (RFC 9110 5.6.3).
    @inline(__always)
    var isWhitespace: Bool { self == Octet.space || self == Octet.tab }

    /// The byte with A to Z in lower case.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = lowercased &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Part of the buffer, as a buffer whose first index is 0.
    @inline(__always)
    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[range])
    }

    /// The buffer without white space at its ends.
    @inline(__always)
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start].isWhitespace { start &+= 1 }
        while end > start, self[end &- 1].isWhitespace { end &-= 1 }
        return part(start..<end)
    }

    /// The index of the first such byte at or after `start`.
    @inline(__always)
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard let baseAddress, start < count else { return nil }
        guard let found = memchr(baseAddress + start, Int32(byte), count &- start) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(baseAddress)
    }

    /// Whether both hold the same bytes.
    func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let baseAddress, let otherAddress = other.baseAddress else { return true }
        return memcmp(baseAddress, otherAddress, count) == 0
    }

    /// Whether both hold the same bytes but for the case of ASCII letters.
    func equalsFolded(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index].lowercased != other[index].lowercased {
            return false
        }
        return true
    }

    /// The bytes as text, if they are valid UTF-8.
    var validatedString: String? { String(validating: self, as: UTF8.self) }

    /// A number of decimal digits only, or nil; nil too if it does not fit.
    var decimalValue: Int? {
        guard !isEmpty else { return nil }
        var value = 0
        for byte in self {
            guard byte.isDigit else { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(Int(byte &- 0x30))
            guard !tooLarge, !carries else { return nil }
            value = sum
        }
        return value
    }
}

extension StaticString {
    /// The text's bytes, which live as long as the program.
    @inline(__always)
    var utf8: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }

    /// Whether the buffer holds exactly this text.
    func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { utf8.equals(bytes) }

    /// Whether the buffer holds this text but for the case of ASCII letters.
    func equalsFolded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { utf8.equalsFolded(bytes) }
}

extension [UInt8] {
    /// Appends a literal.
    @inline(__always)
    mutating func append(_ text: StaticString) { append(contentsOf: text.utf8) }

    /// Appends a number that is not negative, in decimal.
    mutating func append(decimal number: Int) {
        guard number >= 10 else { return append(0x30 &+ UInt8(truncatingIfNeeded: number)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = 20
            var rest = UInt64(number)
            while rest > 0 {
                start &-= 1
                digits[start] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            append(contentsOf: digits[start..<20])
        }
    }
}

extension FieldEntry {
    /// Reads a field line (RFC 9112 5) that stands in `line` without its CRLF.
    @inline(__always)
    init(_ line: Range<Int>, of input: UnsafeBufferPointer<UInt8>) throws(ParseError) {
        var colon = line.lowerBound
        while colon < line.upperBound, CharacterClass.token.contains(input[colon]) {
            colon &+= 1
        }
        let nameCount = colon &- line.lowerBound
        guard colon < line.upperBound, input[colon] == Octet.colon, nameCount > 0 else {
            throw input[line.lowerBound].isWhitespace ? .lineFolding : .fieldName
        }
        guard nameCount <= UInt8.max else { throw .fieldNameTooLong }
        var start = colon &+ 1
        var end = line.upperBound
        while start < end, input[start].isWhitespace { start &+= 1 }
        while end > start, input[end &- 1].isWhitespace { end &-= 1 }
        guard Self.isFieldContent(input, start, end) else { throw .fieldValue }
        nameStart = UInt16(truncatingIfNeeded: line.lowerBound)
        valueStart = UInt16(truncatingIfNeeded: start)
        valueCount = UInt16(truncatingIfNeeded: end &- start)
        self.nameCount = UInt8(truncatingIfNeeded: nameCount)
        known = KnownField(input.part(line.lowerBound..<colon))
    }

    /// Whether the bytes are free of control characters but tabs (RFC 9110 5.5), eight at a time.
    @inline(__always)
    static func isFieldContent(
        _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Bool {
        guard let base = input.baseAddress else { return true }
        var index = start
        while index &+ 8 <= end {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            if mayHaveControl(word), !isFieldContentByByte(input, index, index &+ 8) {
                return false
            }
            index &+= 8
        }
        return isFieldContentByByte(input, index, end)
    }

    /// Whether one of eight bytes is below 0x20 or is 0x7F; the classic borrow trick, exact for
    /// "any" though not for "which".
    @inline(__always)
    private static func mayHaveControl(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let delete = word ^ (ones &* 0x7F)
        let low = (word &- ones &* 0x20) & ~word
        return (low | ((delete &- ones) & ~delete)) & (ones &* 0x80) != 0
    }

    private static func isFieldContentByByte(
        _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Bool {
        var index = start
        while index < end {
            let byte = input[index]
            if (byte < 0x20 && byte != Octet.tab) || byte == Octet.delete { return false }
            index &+= 1
        }
        return true
    }
}

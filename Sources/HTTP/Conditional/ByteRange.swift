/// The part of a representation that a Range field asks for (RFC 9110 14).
package enum ByteRange: Sendable, Hashable {
    /// Answer 200 with everything: there is no Range, it is malformed, of another unit, or of
    /// several parts, all of which a server may ignore.
    case whole
    /// Answer 206 with these bytes, at least one.
    case part(Range<Int>)
    /// Answer 416 with `Content-Range: bytes */length`.
    case unsatisfiable

    /// Reads the Range field of a GET request for a representation of this length.
    package init(_ head: RequestHead, length: Int) {
        guard head.method == .get else {
            self = .whole
            return
        }
        self = head.fields.withValue(of: .range) { ByteRange($0, length: length) } ?? .whole
    }

    /// Reads the value of a Range field for a representation of this length.
    package init(_ value: UnsafeBufferPointer<UInt8>, length: Int) {
        self = .whole
        let unit: StaticString = "bytes="
        let unitCount = unit.utf8.count
        guard value.count > unitCount, unit.equalsFolded(value.part(0..<unitCount)) else { return }
        let set = value.part(unitCount..<value.count).trimmed
        guard let hyphen = set.firstIndex(of: Octet.hyphen, from: 0) else { return }
        let first = set.part(0..<hyphen)
        let last = set.part((hyphen + 1)..<set.count)
        guard first.allSatisfy(\.isDigit), last.allSatisfy(\.isDigit) else { return }
        guard !first.isEmpty || !last.isEmpty else { return }
        if first.isEmpty {
            self = Self.suffix(Self.clamped(last), length: length)
        } else {
            self = Self.span(
                Self.clamped(first), last.isEmpty ? nil : Self.clamped(last), length: length)
        }
    }

    /// The value of Content-Range for these bytes.
    package static func contentRange(_ part: Range<Int>, length: Int) -> String {
        "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)"
    }

    /// The value of Content-Range for 416.
    package static func unsatisfiedContentRange(length: Int) -> String { "bytes */\(length)" }

    /// The number of decimal digits; one that does not fit is larger than any length.
    private static func clamped(_ digits: UnsafeBufferPointer<UInt8>) -> Int {
        digits.decimalValue ?? Int.max
    }

    private static func suffix(_ count: Int, length: Int) -> ByteRange {
        if count == 0 || length == 0 { return .unsatisfiable }
        return .part(max(0, length - count)..<length)
    }

    private static func span(_ first: Int, _ last: Int?, length: Int) -> ByteRange {
        if let last, last < first { return .whole }
        if first >= length { return .unsatisfiable }
        return .part(first..<min(length, (last ?? length - 1).addingWithoutOverflow(1)))
    }
}

extension Int {
    fileprivate func addingWithoutOverflow(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

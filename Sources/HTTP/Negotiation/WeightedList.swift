/// A list whose elements carry weights, `a;q=0.8, b` (RFC 9110 12.4.2).
struct WeightedList {
    /// An element without its parameters, and its weight in thousandths.
    struct Element {
        let value: String
        let weight: Int
        /// Whether it has parameters of its own in front of the weight.
        let isSpecific: Bool
    }

    /// The elements by falling weight, those of equal weight in their order.
    private(set) var elements: [Element] = []
    /// Elements read; the rest is ignored.
    private static let elementsMax = 64

    /// Reads all lines of a field; a malformed weight makes its element disappear.
    init(_ fields: RequestFields, _ name: FieldName) {
        fields.forEachValue(of: name) { line in
            line.forEachListElement { element in
                if elements.count < Self.elementsMax, let element = Element(element) {
                    elements.append(element)
                }
            }
        }
        let ranked = elements.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }
        elements = ranked.map(\.element)
    }

    /// The weight of the element with this value in any case.
    func weight(of value: String) -> Int? {
        elements.first { $0.value == value }?.weight
    }
}

extension WeightedList.Element {
    fileprivate init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var parts: [UnsafeBufferPointer<UInt8>] = []
        bytes.forEachElement(separatedBy: Octet.semicolon) { parts.append($0) }
        guard let first = parts.first else { return nil }
        value = String(decoding: first.lazy.map(\.lowercased), as: UTF8.self)
        guard let last = parts.dropFirst().last, last.count >= 2, last[0].lowercased == 0x71,
            last[1] == Octet.equals
        else {
            weight = 1_000
            isSpecific = parts.count > 1
            return
        }
        guard let weight = Self.weight(last.part(2..<last.count)) else { return nil }
        self.weight = weight
        isSpecific = parts.count > 2
    }

    /// `0`, `0.1` to `0.999`, `1`, `1.0` to `1.000`, in thousandths.
    private static func weight(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...5).contains(bytes.count), bytes[0] == 0x30 || bytes[0] == 0x31 else {
            return nil
        }
        guard bytes.count > 1 else { return Int(bytes[0] - 0x30) * 1_000 }
        var weight = Int(bytes[0] - 0x30)
        for index in 2..<5 {
            var digit = 0
            if index < bytes.count {
                guard bytes[index].isDigit else { return nil }
                digit = Int(bytes[index] - 0x30)
            }
            weight = weight * 10 + digit
        }
        guard bytes[1] == Octet.dot, weight <= 1_000 else { return nil }
        return weight
    }
}

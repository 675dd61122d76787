/// An element of a list with weights, `a;q=0.8, b` (RFC 9110 12.4.2).
struct WeightedElement {
    /// The element without its parameters.
    let value: UnsafeBufferPointer<UInt8>
    /// In thousandths; 1000 if none is given.
    let weight: Int
    /// Whether it has parameters of its own in front of the weight.
    let isSpecific: Bool

    /// Reads an element; nil if its weight is malformed.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var partsCount = 0
        var value = bytes
        var last = bytes
        bytes.forEachElement(separatedBy: Octet.semicolon) { part in
            if partsCount == 0 { value = part }
            last = part
            partsCount += 1
        }
        self.value = value
        guard partsCount > 1, last.count >= 2, last[0].lowercased == UInt8(ascii: "q"),
            last[1] == Octet.equals
        else {
            weight = 1_000
            isSpecific = partsCount > 1
            return
        }
        guard let weight = Self.weight(last.part(2..<last.count)) else { return nil }
        self.weight = weight
        isSpecific = partsCount > 2
    }

    /// Whether the value is this text, which is given in lower case.
    func matches(_ text: some Collection<UInt8>) -> Bool {
        value.lazy.map(\.lowercased).elementsEqual(text)
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

extension RequestFields {
    /// Calls the closure with the elements of all lines of a field; one with a malformed weight
    /// is left out.
    func forEachWeightedElement(of name: FieldName, _ body: (WeightedElement) -> Void) {
        forEachValue(of: name) { line in
            line.forEachListElement { bytes in
                if let element = WeightedElement(bytes) { body(element) }
            }
        }
    }
}

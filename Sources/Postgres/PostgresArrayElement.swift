/// A value of which arrays can be bound and decoded.
package protocol PostgresArrayElement: Sendable {
    /// The type of the array.
    static var arrayType: PostgresType { get }
    /// The type of the element, as the array's binary form names it.
    static var elementType: PostgresType { get }
    /// Appends the element's length (32 bits, -1 for NULL) and its binary form.
    func encodeElement(into bytes: inout [UInt8])
    /// Appends the array's binary form.
    static func encode(_ array: [Self], into bytes: inout [UInt8])
}

extension PostgresArrayElement {
    /// The form that `array_recv` reads: dimensions, flag of NULLs, element type, then length
    /// and lower bound of the one dimension, then the elements.
    package static func encode(_ array: [Self], into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(1))
        bytes.appendBigEndian(elementType.oid)
        if array.isEmpty { return }
        bytes.appendBigEndian(Int32(array.count))
        bytes.appendBigEndian(Int32(1))
        for element in array { element.encodeElement(into: &bytes) }
    }
}

extension [UInt8] {
    @inline(__always)
    fileprivate mutating func appendElement<Value: FixedWidthInteger>(_ value: Value) {
        appendBigEndian(Int32(MemoryLayout<Value>.size))
        appendBigEndian(value)
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
    package static var arrayType: PostgresType { Wrapped.arrayType }
    package static var elementType: PostgresType { Wrapped.elementType }

    package func encodeElement(into bytes: inout [UInt8]) {
        guard let value = self else { return bytes.appendBigEndian(Int32(-1)) }
        value.encodeElement(into: &bytes)
    }
}

extension Int: PostgresArrayElement {
    package static var arrayType: PostgresType { .int8Array }
    package static var elementType: PostgresType { .int8 }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(Int64(self)) }
}

extension Int64: PostgresArrayElement {
    package static var arrayType: PostgresType { .int8Array }
    package static var elementType: PostgresType { .int8 }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(self) }
}

extension Int32: PostgresArrayElement {
    package static var arrayType: PostgresType { .int4Array }
    package static var elementType: PostgresType { .int4 }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(self) }
}

extension Int16: PostgresArrayElement {
    package static var arrayType: PostgresType { .int2Array }
    package static var elementType: PostgresType { .int2 }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(self) }
}

extension Bool: PostgresArrayElement {
    package static var arrayType: PostgresType { .boolArray }
    package static var elementType: PostgresType { .bool }
    package func encodeElement(into bytes: inout [UInt8]) {
        bytes.appendElement(UInt8(self ? 1 : 0))
    }
}

extension Double: PostgresArrayElement {
    package static var arrayType: PostgresType { .float8Array }
    package static var elementType: PostgresType { .float8 }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(bitPattern) }
}

extension String: PostgresArrayElement {
    package static var arrayType: PostgresType { .textArray }
    package static var elementType: PostgresType { .text }

    package func encodeElement(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(utf8.count))
        bytes.append(contentsOf: utf8)
    }
}

/// Conforms only so that `[UInt8]` can be a `bytea`; there is no SQL array of it.
extension UInt8: PostgresArrayElement {
    package static var arrayType: PostgresType { .bytea }
    package static var elementType: PostgresType { .bytea }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.append(self) }
    package static func encode(_ array: [UInt8], into bytes: inout [UInt8]) { bytes += array }
}

extension PostgresTimestamp: PostgresArrayElement {
    package static var arrayType: PostgresType { .timestamptzArray }
    package static var elementType: PostgresType { .timestamptz }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(wireValue) }
}

extension PostgresDate: PostgresArrayElement {
    package static var arrayType: PostgresType { .dateArray }
    package static var elementType: PostgresType { .date }
    package func encodeElement(into bytes: inout [UInt8]) { bytes.appendElement(wireValue) }
}

extension PostgresUUID: PostgresArrayElement {
    package static var arrayType: PostgresType { .uuidArray }
    package static var elementType: PostgresType { .uuid }

    package func encodeElement(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(16))
        bytes.appendBigEndian(high)
        bytes.appendBigEndian(low)
    }
}

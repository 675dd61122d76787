import CLibpq

/// The values of a statement's parameters, encoded one after the other in one buffer.
package struct Binds: Sendable {
    private struct Parameter {
        var offset: Int32
        /// -1 is NULL.
        var length: Int32
        var type: PostgresType
        var isBinary: Bool
    }

    private var bytes: [UInt8] = []
    private var parameters: [Parameter] = []

    /// How many parameters there are; the protocol allows 65,535.
    var count: Int { parameters.count }

    /// The type of the parameter that was bound last.
    var lastType: PostgresType { parameters.last?.type ?? .inferred }

    mutating func reserveCapacity(_ count: Int) {
        parameters.reserveCapacity(count)
        bytes.reserveCapacity(count * 16)
    }

    /// Adds a NULL.
    package mutating func appendNull(_ type: PostgresType) {
        parameters.append(
            Parameter(offset: Int32(bytes.count), length: -1, type: type, isBinary: true))
    }

    /// Adds a value whose binary form is one integer in network byte order.
    @inline(__always)
    package mutating func append<Value: FixedWidthInteger>(
        _ type: PostgresType, integer value: Value
    ) {
        append(type) { $0.appendBigEndian(value) }
    }

    /// Adds a value in the binary form of `type`, which `write` appends to the buffer.
    @inline(__always)
    package mutating func append(_ type: PostgresType, _ write: (inout [UInt8]) -> Void) {
        let offset = bytes.count
        write(&bytes)
        parameters.append(
            Parameter(
                offset: Int32(offset), length: Int32(bytes.count - offset), type: type,
                isBinary: true))
    }

    /// Adds text in the text format, whose type the server infers: it fits text, enums, JSON,
    /// addresses and whatever else has a text form, and what does not fit is an error.
    mutating func append(text: String) {
        let offset = bytes.count
        bytes.append(contentsOf: text.utf8)
        let length = bytes.count - offset
        // libpq reads text up to a zero byte. A zero inside, which PostgreSQL refuses anyway,
        // must not cut the value short: it goes in the binary format, and the server says no.
        let hasZero = bytes[offset...].contains(0)
        bytes.append(0)
        parameters.append(
            Parameter(
                offset: Int32(offset), length: Int32(length), type: .inferred,
                isBinary: hasZero))
    }

    mutating func append(_ other: Binds) {
        let base = Int32(bytes.count)
        bytes += other.bytes
        for var parameter in other.parameters {
            parameter.offset += base
            parameters.append(parameter)
        }
    }

    /// Lends the arrays that libpq's send functions take: addresses, lengths and formats.
    func withArrays<Result>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let count = parameters.count
        if count == 0 { return body(nil, nil, nil) }
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) {
                values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { numbers in
                    for index in 0..<count {
                        let parameter = parameters[index]
                        let address =
                            parameter.length < 0
                            ? nil : Self.address(in: bytes, at: Int(parameter.offset))
                        values.initializeElement(at: index, to: address)
                        numbers.initializeElement(at: index, to: max(0, parameter.length))
                        numbers.initializeElement(
                            at: count + index, to: parameter.isBinary ? 1 : 0)
                    }
                    let lengths = UnsafePointer(numbers.baseAddress)
                    return body(
                        UnsafePointer(values.baseAddress), lengths, lengths.map { $0 + count })
                }
            }
        }
    }

    /// A value of no bytes still needs an address, because none at all means NULL.
    private static func address(
        in bytes: UnsafeRawBufferPointer, at offset: Int
    ) -> UnsafePointer<CChar>? {
        guard let base = bytes.baseAddress else { return emptyValue }
        return (base + offset).assumingMemoryBound(to: CChar.self)
    }

    private nonisolated(unsafe) static let emptyValue: UnsafePointer<CChar>? = {
        // Never written after this and never freed, so any thread may read it.
        let zero = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        zero.initialize(to: 0)
        return UnsafePointer(zero)
    }()
}

extension [UInt8] {
    /// Appends the integer's bytes in network byte order.
    @inline(__always)
    package mutating func appendBigEndian<Value: FixedWidthInteger>(_ value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { self.append(contentsOf: $0) }
    }
}

/// A value that can be read from a column.
@usableFromInline package protocol PostgresDecodable {
    /// - Throws: `PostgresError.decoding` where the column's type or NULL does not fit.
    static func decode(_ cell: Cell) throws(PostgresError) -> Self
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Self {
        guard let value = Self(rawValue: try RawValue.decode(cell)) else {
            throw cell.failure(expected: "\(Self.self)")
        }
        return value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Wrapped? {
        if cell.bytes == nil { return nil }
        return try Wrapped.decode(cell)
    }
}

extension Int: PostgresDecodable {
    /// Takes `bigint`, `integer` and `smallint`; a sum of `bigint` is `numeric` and needs a cast.
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Int {
        Int(try Int64.decode(cell))
    }
}

extension Int64: PostgresDecodable {
    /// Takes `bigint`, `integer` and `smallint`.
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Int64 {
        guard let bytes = cell.bytes else { throw cell.failure(expected: "bigint") }
        switch (cell.type, bytes.count) {
        case (.int8, 8): return Cell.load(bytes, as: Int64.self)
        case (.int4, 4): return Int64(Cell.load(bytes, as: Int32.self))
        case (.int2, 2): return Int64(Cell.load(bytes, as: Int16.self))
        default: throw cell.failure(expected: "bigint")
        }
    }
}

extension Int32: PostgresDecodable {
    /// Takes `integer` and `smallint`.
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Int32 {
        guard let bytes = cell.bytes else { throw cell.failure(expected: "integer") }
        switch (cell.type, bytes.count) {
        case (.int4, 4): return Cell.load(bytes, as: Int32.self)
        case (.int2, 2): return Int32(Cell.load(bytes, as: Int16.self))
        default: throw cell.failure(expected: "integer")
        }
    }
}

extension Int16: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Int16 {
        guard let bytes = cell.bytes, cell.type == .int2, bytes.count == 2 else {
            throw cell.failure(expected: "smallint")
        }
        return Cell.load(bytes, as: Int16.self)
    }
}

extension Bool: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Bool {
        guard let bytes = cell.bytes, cell.type == .bool, bytes.count == 1 else {
            throw cell.failure(expected: "boolean")
        }
        return bytes[0] != 0
    }
}

extension Double: PostgresDecodable {
    /// Takes `double precision` and `real`.
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> Double {
        guard let bytes = cell.bytes else { throw cell.failure(expected: "double precision") }
        switch (cell.type, bytes.count) {
        case (.float8, 8): return Double(bitPattern: Cell.load(bytes, as: UInt64.self))
        case (.float4, 4): return Double(Float(bitPattern: Cell.load(bytes, as: UInt32.self)))
        default: throw cell.failure(expected: "double precision")
        }
    }
}

extension String: PostgresDecodable {
    /// Takes the text types, JSON, and user-defined types (enums and `citext` are sent as text).
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> String {
        guard var bytes = cell.bytes else { throw cell.failure(expected: "text") }
        switch cell.type {
        case .text, .varchar, .bpchar, .name, .json, .unknown, .char: break
        case .jsonb:
            guard bytes.first == 1 else { throw cell.failure(expected: "jsonb, version 1") }
            bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        case let type where type.oid >= PostgresType.firstUserDefined: break
        default: throw cell.failure(expected: "text")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension PostgresTimestamp: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> PostgresTimestamp {
        guard let bytes = cell.bytes, cell.type == .timestamptz, bytes.count == 8 else {
            throw cell.failure(expected: "timestamptz")
        }
        return PostgresTimestamp(wireValue: Cell.load(bytes, as: Int64.self))
    }
}

extension PostgresDate: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> PostgresDate {
        guard let bytes = cell.bytes, cell.type == .date, bytes.count == 4 else {
            throw cell.failure(expected: "date")
        }
        return PostgresDate(wireValue: Cell.load(bytes, as: Int32.self))
    }
}

extension PostgresUUID: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> PostgresUUID {
        guard let bytes = cell.bytes, cell.type == .uuid, bytes.count == 16 else {
            throw cell.failure(expected: "uuid")
        }
        return PostgresUUID(
            high: Cell.load(bytes, as: UInt64.self), low: Cell.load(bytes, at: 8, as: UInt64.self))
    }
}

extension JSONText: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> JSONText {
        guard cell.type == .json || cell.type == .jsonb else {
            throw cell.failure(expected: "json")
        }
        return JSONText(try String.decode(cell))
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable & PostgresArrayElement {
    /// Takes one-dimensional arrays; `[UInt8]` is a `bytea`.
    @usableFromInline
    package static func decode(_ cell: Cell) throws(PostgresError) -> [Element] {
        guard let bytes = cell.bytes else { throw cell.failure(expected: "an array") }
        if Element.self == UInt8.self { return try decodeBytea(bytes, cell) }
        guard bytes.count >= 12 else { throw cell.failure(expected: "an array") }
        let dimensions = Cell.load(bytes, as: Int32.self)
        if dimensions == 0 { return [] }
        let type = PostgresType(oid: Cell.load(bytes, at: 8, as: UInt32.self))
        guard dimensions == 1, bytes.count >= 20, type.oid != 0 else {
            throw cell.failure(expected: "an array of one dimension")
        }
        return try decodeElements(bytes, type, cell)
    }

    private static func decodeElements(
        _ bytes: UnsafeRawBufferPointer, _ type: PostgresType, _ cell: Cell
    ) throws(PostgresError) -> [Element] {
        var elements: [Element] = []
        let count = Int(Cell.load(bytes, at: 12, as: Int32.self))
        var offset = 20
        // The smallest element, a NULL, takes four bytes: a wrong count cannot reserve more.
        elements.reserveCapacity(Swift.max(0, Swift.min(count, bytes.count / 4)))
        for _ in 0..<Swift.max(0, count) {
            guard offset + 4 <= bytes.count else { throw cell.failure(expected: "an array") }
            let length = Int(Cell.load(bytes, at: offset, as: Int32.self))
            offset += 4
            guard length <= bytes.count - offset else { throw cell.failure(expected: "an array") }
            let part =
                length < 0
                ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
            elements.append(try Element.decode(Cell(element: part, type: type, of: cell)))
            offset += Swift.max(0, length)
        }
        return elements
    }

    private static func decodeBytea(
        _ bytes: UnsafeRawBufferPointer, _ cell: Cell
    ) throws(PostgresError) -> [Element] {
        guard cell.type == .bytea, let array = [UInt8](bytes) as? [Element] else {
            throw cell.failure(expected: "bytea")
        }
        return array
    }
}

/// Conforms only so that `[UInt8]` can be read from a `bytea`.
extension UInt8: PostgresDecodable {
    @inlinable
    package static func decode(_ cell: Cell) throws(PostgresError) -> UInt8 {
        throw cell.failure(expected: "bytea")
    }
}

import CLibpq

/// One row of an answer, read column by column from the left.
///
/// It points into the server's answer, which is freed after the decoding closure: it cannot be
/// copied, and nothing but decoded values leaves the closure.
@usableFromInline package struct Row: ~Copyable {
    @usableFromInline let result: OpaquePointer
    @usableFromInline let row: Int32
    @usableFromInline let count: Int32
    @usableFromInline var column: Int32 = 0

    @inline(__always)
    init(_ result: OpaquePointer, row: Int32, columns: Int32) {
        self.result = result
        self.row = row
        count = columns
    }

    /// Decodes the next column.
    @inlinable
    package mutating func next<Value: PostgresDecodable>(
        _: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard column < count else { throw tooFewColumns(Value.self) }
        let cell = Cell(result, row: row, column: column)
        column += 1
        return try Value.decode(cell)
    }

    /// Passes over the next column.
    package mutating func skip() {
        column += 1
    }

    @inline(never) @usableFromInline
    func tooFewColumns<Value>(_: Value.Type) -> PostgresError {
        .decoding(
            DecodingFailure(
                column: "column \(column + 1)", expected: "\(Value.self)",
                found: "an answer of \(count) columns"))
    }
}

/// One value of an answer in its binary form.
@usableFromInline package struct Cell {
    /// Nil is NULL.
    @usableFromInline package let bytes: UnsafeRawBufferPointer?
    /// The column's type.
    @usableFromInline package let type: PostgresType
    @usableFromInline let result: OpaquePointer?
    @usableFromInline let column: Int32

    @inlinable @inline(__always)
    init(_ result: OpaquePointer, row: Int32, column: Int32) {
        self.result = result
        self.column = column
        type = PostgresType(oid: PQftype(result, column))
        let length = PQgetlength(result, row, column)
        // A NULL has no length, so the second call is needed for few values only.
        if length == 0, PQgetisnull(result, row, column) == 1 {
            bytes = nil
        } else {
            bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result, row, column), count: Int(length))
        }
    }

    /// An element of an array's binary form.
    @inlinable
    init(element bytes: UnsafeRawBufferPointer?, type: PostgresType, of array: Cell) {
        self.bytes = bytes
        self.type = type
        result = array.result
        column = array.column
    }

    /// The error for a value that is not what `expected` names.
    @inline(never) @usableFromInline
    package func failure(expected: String) -> PostgresError {
        let found =
            bytes == nil ? "NULL" : "type \(type.oid), \(bytes?.count ?? 0) bytes"
        let name = result.flatMap { PQfname($0, column) }.map { String(cString: $0) }
        return .decoding(
            DecodingFailure(column: name ?? "?", expected: expected, found: found))
    }

    /// The big-endian integer at `offset`; the caller has checked the length.
    @inlinable @inline(__always)
    static func load<Value: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, at offset: Int = 0, as: Value.Type = Value.self
    ) -> Value {
        Value(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

import CLibpq

/// The rows of a statement's result, which somebody else clears.
struct Answer {
    private let result: OpaquePointer

    @inline(__always)
    init(_ result: OpaquePointer) {
        self.result = result
    }

    @inline(__always)
    func all<Value>(_ decode: (inout Row) throws -> Value) throws -> [Value] {
        let count = PQntuples(result)
        let columns = PQnfields(result)
        var values: [Value] = []
        values.reserveCapacity(Int(count))
        for index in 0..<count {
            var row = Row(result, row: index, columns: columns)
            values.append(try decode(&row))
        }
        return values
    }

    @inline(__always)
    func first<Value>(_ decode: (inout Row) throws -> Value) throws -> Value? {
        guard PQntuples(result) > 0 else { return nil }
        var row = Row(result, row: 0, columns: PQnfields(result))
        return try decode(&row)
    }
}

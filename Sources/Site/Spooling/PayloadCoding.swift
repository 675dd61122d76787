/// Writes what a spooled record holds: a version, then fields in a fixed order, each with its length.
struct PayloadWriter {
    private(set) var bytes: [UInt8]

    init(version: UInt8, capacity: Int = 0) {
        bytes = [version]
        bytes.reserveCapacity(capacity + 256)
    }

    mutating func add(_ field: [UInt8]) {
        withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes += field
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    mutating func add(_ number: Int64) {
        add(withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }
}

/// Reads what `PayloadWriter` has written; anything else is `Malformed`.
struct PayloadReader {
    private var rest: ArraySlice<UInt8>

    /// The bytes are none that this program knows how to read.
    struct Malformed: Error {}

    init(_ bytes: [UInt8], version: UInt8) throws(Malformed) {
        guard bytes.first == version else { throw Malformed() }
        rest = bytes.dropFirst()
    }

    mutating func bytes() throws(Malformed) -> [UInt8] {
        guard rest.count >= 4 else { throw Malformed() }
        let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard count <= rest.count - 4 else { throw Malformed() }
        defer { rest = rest.dropFirst(4 + count) }
        return Array(rest.dropFirst(4).prefix(count))
    }

    mutating func text() throws(Malformed) -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else {
            throw Malformed()
        }
        return text
    }

    mutating func number() throws(Malformed) -> Int64 {
        let bytes = try bytes()
        guard bytes.count == 8 else { throw Malformed() }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    /// Nothing may be left.
    func finish() throws(Malformed) {
        guard rest.isEmpty else { throw Malformed() }
    }
}

/// A JSON text that was read (RFC 8259), strictly: one value, no duplicate names, bounded depth.
enum JSONValue: Hashable, Sendable {
    case object([String: JSONValue])
    case list([JSONValue])
    case text(String)
    case integer(Int64)
    /// A number with a fraction or an exponent, as it was written: nothing here computes with it.
    case decimal(String)
    case flag(Bool)
    case null

    /// Why a text is no JSON that this program takes.
    enum Malformation: Error, Hashable {
        case syntax(at: Int)
        case duplicateName(String)
        case tooDeep
    }

    /// Values inside values; no request of the API has more than three.
    static let depthMax = 16

    /// Reads the bytes, all of them.
    init(_ bytes: [UInt8]) throws(Malformation) {
        var reader = JSONReader(bytes)
        self = try reader.readDocument()
    }

    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var list: [JSONValue]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}

/// Reads JSON by recursive descent; the depth bounds the recursion.
private struct JSONReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func readDocument() throws(JSONValue.Malformation) -> JSONValue {
        let value = try readValue(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw .syntax(at: index) }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONValue.Malformation) -> JSONValue {
        guard depth <= JSONValue.depthMax else { throw .tooDeep }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readList(depth: depth)
        case UInt8(ascii: "\""): return .text(try readText())
        case UInt8(ascii: "t"): return try read("true", .flag(true))
        case UInt8(ascii: "f"): return try read("false", .flag(false))
        case UInt8(ascii: "n"): return try read("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject(depth: Int) throws(JSONValue.Malformation) -> JSONValue {
        var members: [String: JSONValue] = [:]
        index += 1
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .syntax(at: index) }
            let name = try readText()
            skipSpace()
            guard take(":") else { throw .syntax(at: index) }
            let value = try readValue(depth: depth + 1)
            guard members.updateValue(value, forKey: name) == nil else {
                throw .duplicateName(name)
            }
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw .syntax(at: index) }
        }
    }

    private mutating func readList(depth: Int) throws(JSONValue.Malformation) -> JSONValue {
        var values: [JSONValue] = []
        index += 1
        skipSpace()
        if take("]") { return .list(values) }
        while true {
            values.append(try readValue(depth: depth + 1))
            skipSpace()
            if take("]") { return .list(values) }
            guard take(",") else { throw .syntax(at: index) }
        }
    }

    private mutating func readText() throws(JSONValue.Malformation) -> String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while let byte = peek, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw .syntax(at: index) }
            index += 1
            if byte == UInt8(ascii: "\\") {
                try readEscape(into: &text)
            } else {
                text.append(byte)
            }
        }
        guard take("\"") else { throw .syntax(at: index) }
        // No text of the database can hold a NUL.
        guard !text.contains(0), let string = String(validating: text, as: UTF8.self) else {
            throw .syntax(at: start)
        }
        return string
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(JSONValue.Malformation) {
        guard let letter = peek else { throw .syntax(at: index) }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"):
            let scalar = try readScalar()
            text.append(contentsOf: String(scalar).utf8)
        default: throw .syntax(at: index - 1)
        }
    }

    /// Reads the digits behind `\u`, and the second half of a pair of surrogates.
    private mutating func readScalar() throws(JSONValue.Malformation) -> Unicode.Scalar {
        let start = index
        let unit = try readUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800..<0xDC00).contains(unit), take("\\"), take("u") else {
            throw .syntax(at: start)
        }
        let low = try readUnit()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw .syntax(at: start) }
        return scalar
    }

    private mutating func readUnit() throws(JSONValue.Malformation) -> UInt32 {
        guard index + 4 <= bytes.count else { throw .syntax(at: index) }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw .syntax(at: index)
            }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    private mutating func readNumber() throws(JSONValue.Malformation) -> JSONValue {
        let start = index
        _ = take("-")
        let whole = digits()
        // No leading zeros (RFC 8259 6).
        guard whole == 1 || (whole > 1 && bytes[index - whole] != UInt8(ascii: "0")) else {
            throw .syntax(at: start)
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            guard digits() > 0 else { throw .syntax(at: index) }
        }
        if take("e") || take("E") {
            isInteger = false
            _ = take("+") || take("-")
            guard digits() > 0 else { throw .syntax(at: index) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let number = Int64(text) { return .integer(number) }
        return .decimal(text)
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            index += 1
        }
        return index - start
    }

    private mutating func read(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONValue.Malformation) -> JSONValue {
        let count = word.utf8CodeUnitCount
        let isThere =
            index + count <= bytes.count
            && word.withUTF8Buffer { bytes[index..<(index + count)].elementsEqual($0) }
        guard isThere else { throw .syntax(at: index) }
        index += count
        return value
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
    }
}

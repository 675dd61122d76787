/// The head of a part of a form (RFC 7578 4).
struct PartHead {
    private(set) var name = ""
    private(set) var filename: String?
    private(set) var contentType = "text/plain"

    /// Reads a head that begins at the index, and moves the index behind its empty line.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int, bytesMax: Int
    ) throws(FormError) {
        let start = index
        var hasDisposition = false
        while true {
            guard let end = bytes.firstIndex(of: Octet.lineFeed, from: index) else {
                throw bytes.count - start > bytesMax ? .tooLarge : .structure
            }
            guard end - start <= bytesMax else { throw .tooLarge }
            guard end > index, bytes[end - 1] == Octet.carriageReturn else { throw .structure }
            let line = index..<(end - 1)
            index = end + 1
            if line.isEmpty { break }
            if try takeField(line, of: bytes) {
                guard !hasDisposition else { throw .structure }
                hasDisposition = true
            }
        }
        guard hasDisposition else { throw .structure }
        // A file whose type is not told is any bytes (RFC 7578 4.4).
        if filename != nil && contentType.isEmpty { contentType = "application/octet-stream" }
    }

    /// Reads a field line; returns whether it is Content-Disposition. Other fields than the two
    /// below are ignored, but for a transfer encoding that would have to be undone.
    private mutating func takeField(
        _ line: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) throws(FormError) -> Bool {
        // The positions of an entry have 16 bits, so it is read from the line's own start.
        let line = bytes.part(line)
        guard line.count <= UInt16.max else { throw .tooLarge }
        let field: FieldEntry
        do throws(ParseError) {
            field = try FieldEntry(0..<line.count, of: line)
        } catch {
            throw .structure
        }
        let name = line.part(0..<Int(field.nameCount))
        let value = line.part(
            Int(field.valueStart)..<(Int(field.valueStart) + Int(field.valueCount)))
        if FieldName.contentDisposition.matches(name) {
            try takeDisposition(value)
            return true
        }
        if field.known == .contentType {
            contentType = ContentType(String(decoding: value, as: UTF8.self))?.essence ?? ""
        } else if ("Content-Transfer-Encoding" as StaticString).equalsFolded(name) {
            let plain: [StaticString] = ["7bit", "8bit", "binary"]
            guard plain.contains(where: { $0.equalsFolded(value) }) else { throw .structure }
        }
        return false
    }

    private mutating func takeDisposition(
        _ value: UnsafeBufferPointer<UInt8>
    ) throws(FormError) {
        let end = value.firstIndex(of: Octet.semicolon, from: 0) ?? value.count
        guard ("form-data" as StaticString).equalsFolded(value.part(0..<end).trimmed),
            let parameters = Parameters(value.part(end..<value.count)),
            let name = parameters["name"]
        else { throw .structure }
        self.name = Self.unescaped(name)
        filename = parameters["filename"].map { Self.lastComponent(Self.unescaped($0)) }
        if filename != nil { contentType = "" }
    }

    /// Undoes what browsers do to quotes and line breaks in names (WHATWG HTML, multipart
    /// form data).
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(Octet.percent) else { return text }
        var result = text[...]
        var unescaped = ""
        while let percent = result.firstIndex(of: "%") {
            unescaped += result[..<percent]
            let escape = result[percent...].prefix(3)
            result = result[percent...].dropFirst(escape.count)
            switch escape.uppercased() {
            case "%22": unescaped += "\""
            case "%0D": unescaped += "\r"
            case "%0A": unescaped += "\n"
            default:
                unescaped += "%"
                result = text[text.index(after: percent)...]
            }
        }
        return unescaped + result
    }

    /// The part of a file's name behind the last slash or backslash, without control characters.
    private static func lastComponent(_ filename: String) -> String {
        let separators: Set<Character> = ["/", "\\"]
        let last = filename.split(omittingEmptySubsequences: false) { separators.contains($0) }.last
        let scalars = (last ?? "").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// Goes through the parts of multipart content.
struct MultipartReader {
    private(set) var texts: [FormData.Field] = []
    private(set) var files: [MultipartForm.File] = []
    /// CRLF, two hyphens, boundary.
    private let delimiter: [UInt8]
    private let limits: MultipartForm.Limits

    init(boundary: String, limits: MultipartForm.Limits) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
    }

    /// Reads the whole content: parts from the first byte on, the closing delimiter, and behind
    /// it at most a CRLF.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormError) {
        var index = delimiter.count - 2
        guard bytes.count >= index, isDelimiter(bytes.part(0..<index), dropping: 2) else {
            throw .structure
        }
        while try !isLast(bytes, behindDelimiter: &index) {
            guard texts.count + files.count < limits.partsMax else { throw .tooManyFields }
            let head = try PartHead(bytes, at: &index, bytesMax: limits.partHeadBytesMax)
            guard let end = nextDelimiter(bytes, from: index) else { throw .structure }
            try take(head, index..<end, of: bytes)
            index = end + delimiter.count
        }
    }

    private mutating func take(
        _ head: PartHead, _ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) throws(FormError) {
        guard let filename = head.filename else {
            guard range.count <= limits.textBytesMax else { throw .tooLarge }
            let value = try FormData.text(of: bytes.part(range).span)
            texts.append(FormData.Field(name: head.name, value: value))
            return
        }
        // What browsers send for a control where no file was chosen.
        if filename.isEmpty && range.isEmpty { return }
        guard range.count <= limits.fileBytesMax else { throw .tooLarge }
        files.append(
            MultipartForm.File(
                name: head.name, filename: filename, contentType: head.contentType, range: range))
    }

    /// Reads what follows a delimiter: "--" ends the content, CRLF begins a part.
    private func isLast(
        _ bytes: UnsafeBufferPointer<UInt8>, behindDelimiter index: inout Int
    ) throws(FormError) -> Bool {
        let crlf: StaticString = "\r\n"
        let rest = bytes.part(index..<bytes.count)
        if rest.count >= 2, rest[0] == Octet.hyphen, rest[1] == Octet.hyphen {
            guard rest.count == 2 || crlf.equals(rest.part(2..<rest.count)) else {
                throw .structure
            }
            return true
        }
        guard rest.count >= 2, crlf.equals(rest.part(0..<2)) else { throw .structure }
        index += 2
        return false
    }

    /// The next place from `start` where the delimiter stands.
    private func nextDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        while let found = bytes.firstIndex(of: Octet.carriageReturn, from: index),
            found + delimiter.count <= bytes.count
        {
            if isDelimiter(bytes.part(found..<(found + delimiter.count)), dropping: 0) {
                return found
            }
            index = found + 1
        }
        return nil
    }

    private func isDelimiter(_ bytes: UnsafeBufferPointer<UInt8>, dropping count: Int) -> Bool {
        delimiter.withUnsafeBufferPointer { $0.part(count..<$0.count).equals(bytes) }
    }
}

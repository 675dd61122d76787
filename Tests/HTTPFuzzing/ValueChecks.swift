import HTTP

/// What must hold for any bytes at the place of a field value.
enum ValueChecks {
    private static let names = [
        "Cookie", "If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since",
        "If-Range", "Range", "Accept-Language", "Accept-Encoding", "Accept", "Content-Type",
    ]

    static func check(_ input: [UInt8]) throws(Fuzzer.Failure) {
        let text = String(decoding: input, as: UTF8.self)
        if let date = HTTPDate(text) {
            try expect(HTTPDate(date.description) == date, "a date is written as read", input)
        }
        if let tag = ETag(text) { try expect(ETag(tag.text) == tag, "a tag as well", input) }
        try expect(
            PercentCoding.decoded(PercentCoding.encoded(text)) == text
                || text.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "text survives escaping", input)
        _ = PercentCoding.decoded(text)
        _ = PeerAddress(text)?.logged
        let location = PercentCoding.encodedReference(text)
        try expect(
            location.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a reference is ASCII", input)
        if let head = head(with: input) { try check(head, input) }
    }

    /// A request that has the value in all fields with a syntax of their own.
    private static func head(with value: [UInt8]) -> RequestHead? {
        var bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)
        for name in names { bytes += Array("\(name): ".utf8) + value + Array("\r\n".utf8) }
        bytes += Array("\r\n".utf8)
        var parser = RequestParser()
        guard case .head(let head, _) = bytes.withUnsafeBufferPointer({ parser.parse($0) }) else {
            return nil
        }
        return head
    }

    private static func check(
        _ head: RequestHead, _ input: [UInt8]
    ) throws(Fuzzer.Failure) {
        for length in [0, 1, 10, .max] {
            if case .part(let part) = ByteRange(head, length: length) {
                try expect(
                    part.lowerBound >= 0 && !part.isEmpty && part.upperBound <= length,
                    "a range is inside", input)
            }
        }
        if let value = Cookies(head)["a"] {
            try expect(
                value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") },
                "a cookie is made of its octets", input)
        }
        let date = HTTPDate(secondsSinceEpoch: 784_111_777)
        _ = Preconditions.evaluate(head, etag: ETag(1), lastModified: date)
        _ = Preconditions.allowsRange(head, etag: ETag(1), lastModified: date)
        let languages = ["en", "ro"]
        if let language = AcceptLanguage(head.fields).best(of: languages) {
            try expect(languages.contains(language), "an offered language", input)
        }
        _ = AcceptEncoding.allowsGzip(head.fields)
        _ = AcceptTypes(head.fields).best(of: ["text/html", "application/json"])
        _ = ContentType(head.fields)?.parameter("boundary")
        _ = head.fields.has(.accept, token: "x")
    }
}

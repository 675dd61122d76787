import Testing

@testable import HTTP

private let browserHead = """
    GET /jobs/ios-developer-cluj?page=2&q=swift HTTP/1.1\r
    Host: vouch.example:8080\r
    Connection: keep-alive\r
    Accept-Language: ro,en;q=0.8\r
    Cookie: session=abc; language=ro\r
    If-None-Match: "17"\r
    X-Custom-Thing:  with spaces inside \t\r
    \r

    """

@Suite struct RequestParserTests {
    @Test func `a browser's request is read in all its parts`() throws {
        let head = try head(browserHead)

        #expect(head.method == .get)
        #expect(head.target.form == .origin)
        #expect(head.path == "/jobs/ios-developer-cluj")
        #expect(head.target.query == "page=2&q=swift")
        #expect(head.version == .http11)
        #expect(head.host == "vouch.example")
        #expect(head.authority == "vouch.example:8080")
        #expect(head.framing == .none)
        #expect(head.keepAlive)
        #expect(!head.expectsContinue)
        #expect(head.fields.count == 6)
        #expect(head.fields[.acceptLanguage] == "ro,en;q=0.8")
        #expect(head.fields["x-CUSTOM-thing"] == "with spaces inside")
        #expect(head.fields["X-Absent"] == nil)
    }

    @Test func `the result does not depend on how the bytes arrive`() {
        let outcome = parseEveryWay(browserHead)

        guard case .head(_, let consumed) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(consumed == browserHead.utf8.count)
    }

    @Test func `what follows a head is left for the next one`() {
        let first = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"

        let outcome = parse(Array((first + "abcGET /b").utf8), cuts: [])

        guard case .head(_, let consumed) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(consumed == first.utf8.count)
    }

    @Test func `one parser reads request after request`() throws {
        var parser = RequestParser()
        for path in ["/one", "/two%20words", "/three"] {
            let bytes = Array("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
            let outcome = bytes.withUnsafeBufferPointer { parser.parse($0) }
            guard case .head(let head, _) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(head.target.rawPath == path)
            #expect(head.fields.count == 1)
        }
    }

    @Test func `one empty line before the request is ignored, a second is not`() {
        #expect(parseEveryWay("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").error == nil)
        #expect(
            parseEveryWay("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").error == .requestLine)
    }

    @Test(arguments: [
        ("GET", Method.get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("PATCH", .patch),
        ("DELETE", .delete), ("OPTIONS", .options), ("TRACE", .trace), ("get", .other),
        ("BREW", .other), ("PROPFIND", .other), ("G", .other), ("POSS", .other),
    ])
    func `a method is recognised by its exact name`(name: String, method: Method) throws {
        let head = try head(fields: [], method: name)

        #expect(head.method == method)
        #expect(head.methodName == name)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1", ParseError?.none),
        ("GET / HTTP/1.0", nil),
        ("GET / HTTP/2.0", .versionNotSupported),
        ("PRI * HTTP/2.0", .versionNotSupported),
        ("GET / HTTP/1.2", .versionNotSupported),
        ("GET / HTTP/0.9", .versionNotSupported),
        ("GET / http/1.1", .versionSyntax),
        ("GET / HTTP/1.x", .versionSyntax),
        ("GET / HTTP/1,1", .versionSyntax),
        ("GET / HTTPS/1.1", .requestLine),
        ("GET / HTTP/1.1 ", .requestLine),
        ("GET / HTTP/11", .requestLine),
        ("GET /", .requestLine),
        ("GET", .requestLine),
        ("", .requestLine),
        (" ", .method),
        ("GET  / HTTP/1.1", .target),
        ("GET /  HTTP/1.1", .target),
        ("GET\t/ HTTP/1.1", .requestLine),
        (" GET / HTTP/1.1", .method),
        ("G(T / HTTP/1.1", .requestLine),
        ("GET / HTTP/1.1\r", .requestLine),
        ("GET / a HTTP/1.1", .target),
        ("GET  HTTP/1.1", .requestLine),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", .requestLine),
    ])
    func `a request line is read to the letter`(line: String, error: ParseError?) {
        let start = line.isEmpty ? "\r\n" : ""
        #expect(parseEveryWay("\(start)\(line)\r\nHost: a\r\n\r\n").error == error)
    }

    @Test(arguments: [
        ("Host: a", ParseError?.none),
        ("Host:a", nil),
        ("Host: a\r\nX:", nil),
        ("Host: a\r\nX: \t ", nil),
        ("Host: a\r\nX: caf\u{E9} \u{1F600}", nil),
        ("Host: a\r\nX: a\tb", nil),
        ("Host : a", .fieldName),
        ("Host\t: a", .fieldName),
        ("Host: a\r\nX Y: 1", .fieldName),
        ("Host: a\r\n: 1", .fieldName),
        ("Host: a\r\nX", .fieldName),
        ("Host: a\r\nX\u{E9}: 1", .fieldName),
        ("Host: a\r\nX@: 1", .fieldName),
        ("Host: a\r\n folded", .lineFolding),
        ("Host: a\r\n\tfolded", .lineFolding),
        (" Host: a", .lineFolding),
        ("Host: a\r\nX: 1\r2", .fieldValue),
        ("Host: a\r\nX: 1\r", .fieldValue),
        ("Host: a\r\nX: 1\u{0}2", .fieldValue),
        ("Host: a\r\nX: 123456789\u{7F}", .fieldValue),
        ("Host: a\r\nX: 12345678\u{1}0123456789", .fieldValue),
        ("Host: a\nX: 1", .bareLineFeed),
        ("Host: a\r\nX: 1\n", .bareLineFeed),
        ("\nHost: a", .bareLineFeed),
        ("Host: a\r\n" + String(repeating: "n", count: 255) + ": 1", nil),
        ("Host: a\r\n" + String(repeating: "n", count: 256) + ": 1", .fieldNameTooLong),
    ])
    func `a field line is read to the letter`(lines: String, error: ParseError?) {
        #expect(parseEveryWay("GET / HTTP/1.1\r\n\(lines)\r\n\r\n").error == error)
    }

    @Test func `every control character in a value but tab is refused at every place`() {
        for byte in UInt8.min...UInt8.max where byte != Octet.lineFeed {
            for place in 0..<18 {
                var value = [UInt8](repeating: 0x61, count: 18)
                value[place] = byte
                let bytes =
                    Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + value + Array("\r\n\r\n".utf8)
                let isRefused = (byte < 0x20 && byte != 9) || byte == 0x7F
                #expect((parse(bytes, cuts: []).error != nil) == isRefused, "\(byte) at \(place)")
            }
        }
    }

    @Test func `line feeds alone do not end a head`() {
        #expect(parseEveryWay("GET / HTTP/1.1\nHost: a\n\n").error == .bareLineFeed)
        #expect(parseEveryWay("GET / HTTP/1.1\r\nHost: a\r\n\n").error == .bareLineFeed)
        #expect(parseEveryWay("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").error == .bareLineFeed)
    }
}

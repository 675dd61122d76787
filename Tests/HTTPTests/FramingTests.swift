import Testing

@testable import HTTP

@Suite struct FramingTests {
    @Test(arguments: [
        ([], BodyFraming.none),
        (["Content-Length: 0"], .length(0)),
        (["Content-Length: 12"], .length(12)),
        (["content-LENGTH:007"], .length(7)),
        (["Content-Length: 9223372036854775807"], .length(.max)),
        (["Transfer-Encoding: chunked"], .chunked),
        (["transfer-encoding: CHUNKED"], .chunked),
    ])
    func `the framing follows from the fields`(fields: [String], framing: BodyFraming) throws {
        #expect(try head(fields: fields, method: "POST").framing == framing)
    }

    @Test(arguments: [
        (["Content-Length: +5"], ParseError.contentLength),
        (["Content-Length: -5"], .contentLength),
        (["Content-Length: 5, 5"], .contentLength),
        (["Content-Length: 5 5"], .contentLength),
        (["Content-Length: 0x5"], .contentLength),
        (["Content-Length: 5.0"], .contentLength),
        (["Content-Length:"], .contentLength),
        (["Content-Length: 9223372036854775808"], .contentLengthTooLarge),
        (["Content-Length: 5", "Content-Length: 5"], .contentLengthRepeated),
        (["Content-Length: 5", "Content-Length: 6"], .contentLengthRepeated),
        (["Content-Length: 5", "Transfer-Encoding: chunked"], .lengthWithChunked),
        (["Transfer-Encoding: chunked", "Content-Length: 5"], .lengthWithChunked),
        (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], .transferCodingRepeated),
        (["Transfer-Encoding: gzip"], .transferCoding),
        (["Transfer-Encoding: gzip, chunked"], .transferCoding),
        (["Transfer-Encoding: chunked, chunked"], .transferCoding),
        (["Transfer-Encoding: identity"], .transferCoding),
        (["Transfer-Encoding: xchunked"], .transferCoding),
        (["Transfer-Encoding: \"chunked\""], .transferCoding),
        (["Transfer-Encoding:"], .transferCoding),
        (["Transfer-Encoding: chunked", "Transfer-Encoding: gzip"], .transferCodingRepeated),
    ])
    func `ambiguous framing is refused`(fields: [String], error: ParseError) {
        let lines = fields.map { $0 + "\r\n" }.joined()

        #expect(parseEveryWay("POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n").error == error)
    }

    @Test func `a transfer coding is 501, in version 1.0 it is 400`() {
        #expect(ParseError.transferCoding.status == .notImplemented)
        #expect(
            parseEveryWay("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").error
                == .transferCodingInHTTP10)
    }

    @Test(arguments: [
        ("HTTP/1.1", [], true),
        ("HTTP/1.1", ["Connection: close"], false),
        ("HTTP/1.1", ["Connection: Close"], false),
        ("HTTP/1.1", ["Connection: keep-alive, close"], false),
        ("HTTP/1.1", ["Connection: keep-alive", "Connection: upgrade , close"], false),
        ("HTTP/1.1", ["Connection: closed"], true),
        ("HTTP/1.0", [], false),
        ("HTTP/1.0", ["Connection: Keep-Alive"], true),
        ("HTTP/1.0", ["Connection: keep-alive, close"], false),
    ])
    func `persistence follows version and Connection`(
        version: String, fields: [String], keepsAlive: Bool
    ) throws {
        let lines = fields.map { $0 + "\r\n" }.joined()
        let head = try head("GET / \(version)\r\nHost: a\r\n\(lines)\r\n")

        #expect(head.keepAlive == keepsAlive)
    }

    @Test func `only 100-continue is an expectation that can be met`() throws {
        let expecting = ["Content-Length: 1", "Expect: 100-Continue"]

        #expect(try head(fields: expecting, method: "POST").expectsContinue)
        #expect(try !head(fields: ["Expect: 100-continue"]).expectsContinue)
        #expect(
            parseEveryWay("GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n").error
                == .expectation)
        #expect(ParseError.expectation.status == .expectationFailed)
    }

    @Test func `version 1.0 is not asked to wait for 100`() throws {
        let head = try head(
            "POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")

        #expect(!head.expectsContinue)
    }

    @Test(arguments: [
        (["Host: a"], ParseError?.none),
        (["Host: a.example:8080"], nil),
        (["Host: a.example:"], nil),
        (["Host: 127.0.0.1:80"], nil),
        (["Host: [::1]:80"], nil),
        (["Host: [::1]"], nil),
        (["Host: a_b~c-d"], nil),
        ([], .hostMissing),
        (["Host: a", "Host: a"], .hostRepeated),
        (["Host:"], .host),
        (["Host: :80"], .host),
        (["Host: a b"], .host),
        (["Host: a,b"], .host),
        (["Host: a/b"], .host),
        (["Host: user@a"], .host),
        (["Host: a:80:80"], .host),
        (["Host: a:+80"], .host),
        (["Host: a:65536"], .host),
        (["Host: a:8x"], .host),
        (["Host: [::1"], .host),
        (["Host: []"], .host),
        (["Host: [::1]x"], .host),
        (["Host: [v1.x:y]"], .host),
        (["Host: caf\u{E9}.example"], .host),
        (["Host: a<script>"], .host),
    ])
    func `version 1.1 has exactly one valid Host`(fields: [String], error: ParseError?) {
        let lines = fields.map { $0 + "\r\n" }.joined()

        #expect(parseEveryWay("GET / HTTP/1.1\r\n\(lines)\r\n").error == error)
    }

    @Test func `version 1.0 may have no Host but not two`() throws {
        #expect(try head("GET / HTTP/1.0\r\n\r\n").host == "")
        #expect(
            parseEveryWay("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n").error == .hostRepeated)
    }
}

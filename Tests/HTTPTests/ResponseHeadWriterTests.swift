import Testing

@testable import HTTP

private let date = DateLine(secondsSinceEpoch: 784_111_777)

private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
}

@Suite struct ResponseHeadWriterTests {
    @Test func `a head has status line, date, fields and framing`() {
        var fields = ResponseFields()
        fields.add(.contentType, "text/plain")

        let head = text {
            ResponseHeadWriter.write(
                .ok, fields, framing: .length(1_234_567), persistence: .keepAlive, date: date,
                to: &$0)
        }

        #expect(
            head == "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 1234567\r\n\r\n")
    }

    @Test func `the connection's end is announced`() {
        for (persistence, line) in [
            (ResponseHeadWriter.Persistence.close, "Connection: close\r\n"),
            (.keepAliveStated, "Connection: keep-alive\r\n"), (.keepAlive, ""),
        ] {
            let head = text {
                ResponseHeadWriter.write(
                    .notFound, ResponseFields(), framing: .chunked, persistence: persistence,
                    date: date, to: &$0)
            }
            #expect(head.hasSuffix("Transfer-Encoding: chunked\r\n\(line)\r\n"))
        }
    }

    @Test func `a status without a phrase still has its space`() {
        #expect(
            text { ResponseHeadWriter.writeStatusLine(Status(299), to: &$0) }
                == "HTTP/1.1 299 \r\n")
    }

    @Test func `every known status line carries its code and phrase`() {
        for code in UInt16(100)...999 {
            let status = Status(code)
            guard let line = status.statusLine else { continue }
            #expect(line.description == "HTTP/1.1 \(code) \(status.reasonPhrase)\r\n")
        }
        #expect(Status.ok.reasonPhrase == "OK")
        #expect(Status(299).reasonPhrase == "")
    }

    @Test func `framing follows status, length and version`() {
        typealias Writer = ResponseHeadWriter
        #expect(Writer.framing(.noContent, length: 0, version: .http11) == .none)
        #expect(Writer.framing(.notModified, length: 9, version: .http11) == .none)
        #expect(Writer.framing(.ok, length: 0, version: .http11) == .length(0))
        #expect(Writer.framing(.ok, length: nil, version: .http11) == .chunked)
        #expect(Writer.framing(.ok, length: nil, version: .http10) == .none)
    }

    @Test func `a chunk has its size in front, and no chunk is empty`() {
        let piece = [UInt8](repeating: 0x61, count: 26)

        #expect(
            text { ResponseHeadWriter.writeChunk(piece, to: &$0) }
                == "1a\r\n" + String(repeating: "a", count: 26) + "\r\n")
        #expect(text { ResponseHeadWriter.writeChunk([], to: &$0) } == "")
    }
}

@Suite struct ResponseFieldsTests {
    @Test func `lines are added, found, replaced and removed`() {
        var fields = ResponseFields()
        fields.add(.contentType, "text/html")
        fields.add(.setCookie, String("a=1"))
        fields.add(.setCookie, Array("b=2".utf8))
        fields.add("X-Count", 42)
        fields.set(.contentType, "text/plain")
        fields.remove(.setCookie)

        #expect(fields.first(.contentType) == "text/plain")
        #expect(fields.first("x-count") == "42")
        #expect(!fields.contains(.setCookie))
        #expect(
            String(decoding: fields.bytes, as: UTF8.self)
                == "X-Count: 42\r\nContent-Type: text/plain\r\n")
    }

    @Test func `a redirect's location is a valid URI reference`() {
        let response = Response.redirect(to: "/jobs/caf\u{E9} 1?a=%20#x\r\nX: 1")

        #expect(response.status == .seeOther)
        #expect(response.fields.first(.location) == "/jobs/caf%C3%A9%201?a=%20#x%0D%0AX:%201")
    }
}

@Suite struct PreparedResponseTests {
    private let page: PreparedResponse = {
        var fields = ResponseFields()
        fields.add(.contentType, "text/html")
        fields.add(.etag, "\"17\"")
        fields.add(.lastModified, "Sun, 06 Nov 1994 08:49:37 GMT")
        fields.add(.cacheControl, "max-age=60")
        return PreparedResponse(.ok, fields: fields, content: Array("<p>".utf8))
    }()

    private let head = """
        HTTP/1.1 200 OK\r
        Date: Sun, 06 Nov 1994 08:49:37 GMT\r
        Content-Type: text/html\r
        ETag: "17"\r
        Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r
        Cache-Control: max-age=60\r
        Content-Length: 3\r

        """

    @Test func `it is written with the date of now`() {
        #expect(text { page.write(date: date, to: &$0) } == head + "\r\n<p>")
    }

    @Test func `it is written behind other bytes`() {
        var bytes = Array("before".utf8)
        page.write(date: date, to: &bytes)

        #expect(String(decoding: bytes, as: UTF8.self) == "before" + head + "\r\n<p>")
    }

    @Test func `fields of the connection are put before the empty line`() {
        var fields = ResponseFields()
        fields.add("X-Added", "1")

        let written = text {
            page.write(date: date, persistence: .close, adding: fields, to: &$0)
        }

        #expect(written == head + "X-Added: 1\r\nConnection: close\r\n\r\n<p>")
    }

    @Test func `HEAD gets the same head without the content`() {
        #expect(text { page.writeHead(date: date, to: &$0) } == head + "\r\n")
        #expect(page.withContent { Array($0) } == Array("<p>".utf8))
    }

    @Test func `a client that has the content gets a 304 with its validators`() throws {
        let request = try HTTPTests.head(fields: ["If-None-Match: \"17\""])

        let response = page.response(to: request)

        guard case .prepared(let prepared) = response.body else {
            Issue.record("\(response.body)")
            return
        }
        #expect(
            text { prepared.write(date: date, to: &$0) } == """
                HTTP/1.1 304 Not Modified\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                ETag: "17"\r
                Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r
                Cache-Control: max-age=60\r
                \r

                """)
    }

    @Test func `another version gets the content`() throws {
        let request = try HTTPTests.head(fields: ["If-None-Match: \"18\""])

        #expect(page.response(to: request).status == .ok)
    }
}

@Suite struct ResponseTests {
    @Test func `a file's name is told twice and cannot leave its quotes`() {
        #expect(
            ContentDisposition.attachment("CV \u{218}tefan\"\r\n.pdf")
                == "attachment; filename=\"CV _tefan___.pdf\"; "
                + "filename*=UTF-8''CV%20%C8%98tefan%22%0D%0A.pdf")
    }

    @Test func `the conveniences set type and length`() {
        let response = Response.text("caf\u{E9}", status: .created)

        #expect(response.status == .created)
        #expect(response.fields.first(.contentType) == "text/plain; charset=utf-8")
        #expect(response.body.length == 5)
    }

    @Test func `a failed condition is 412`() throws {
        var fields = ResponseFields()
        fields.add(.etag, "\"17\"")
        let page = PreparedResponse(.ok, fields: fields, content: [])

        let response = page.response(to: try HTTPTests.head(fields: ["If-Match: \"18\""]))

        #expect(response.status == .preconditionFailed)
    }

    @Test func `what is not 200 has no conditions`() throws {
        var fields = ResponseFields()
        fields.add(.etag, "\"17\"")
        let page = PreparedResponse(.gone, fields: fields, content: [])

        let response = page.response(to: try HTTPTests.head(fields: ["If-None-Match: *"]))

        #expect(response.status == .gone)
        #expect(page.notModified == nil)
    }
}

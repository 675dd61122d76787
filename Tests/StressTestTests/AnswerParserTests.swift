import StressTest
import Testing

@Suite struct AnswerParserTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var status = 200
        var content = ""
        var keeps = true
        var isHead = false
        var isWholeAtEnd = false
    }

    private static let samples = [
        Sample(
            testDescription: "counted",
            text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", content: "hello"),
        Sample(
            testDescription: "nothing",
            text: "HTTP/1.1 200 OK\r\ncontent-length:0\r\nConnection: Close\r\n\r\n", keeps: false),
        Sample(
            testDescription: "chunked",
            text:
                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
            content: "hello world"),
        Sample(
            testDescription: "trailer",
            text:
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n",
            content: "a"),
        Sample(
            testDescription: "no content", text: "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
            status: 204),
        Sample(
            testDescription: "not modified",
            text: "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", status: 304),
        Sample(
            testDescription: "head", text: "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
            isHead: true),
        Sample(
            testDescription: "continue first",
            text: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\n!",
            status: 201, content: "!"),
        Sample(
            testDescription: "until the close", text: "HTTP/1.1 200 OK\r\n\r\nall of it",
            content: "all of it", keeps: false, isWholeAtEnd: true),
        Sample(
            testDescription: "HTTP/1.0", text: "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
            content: "ok", keeps: false),
    ]

    private func feed(_ parser: inout AnswerParser, _ bytes: ArraySlice<UInt8>)
        -> AnswerParser.Progress
    {
        bytes.withUnsafeBufferPointer { parser.feed($0) }
    }

    private func expect(_ sample: Sample, _ parser: AnswerParser) {
        #expect(parser.answer.status == sample.status)
        #expect(String(decoding: parser.answer.content, as: UTF8.self) == sample.content)
        #expect(parser.answer.keepsConnection == sample.keeps)
    }

    @Test(arguments: samples)
    func `an answer is read whole and split at every byte`(sample: Sample) {
        let bytes = Array(sample.text.utf8)
        for split in 0...bytes.count {
            var parser = AnswerParser(isHead: sample.isHead, keepsContent: true)
            let first = feed(&parser, bytes[..<split])
            let last = split == bytes.count ? first : feed(&parser, bytes[split...])
            if sample.isWholeAtEnd {
                #expect(last == .needsMore)
                let isWhole = parser.end()
                #expect(isWhole)
            } else {
                #expect(last == .complete(unread: 0))
            }
            expect(sample, parser)
        }
    }

    @Test(arguments: samples)
    func `an answer is read byte by byte, and what is torn is never whole`(sample: Sample) {
        var parser = AnswerParser(isHead: sample.isHead, keepsContent: true)
        let bytes = Array(sample.text.utf8)
        for index in bytes.indices {
            if !sample.isWholeAtEnd {
                let torn = parser
                let isWhole = torn.end()
                #expect(!isWhole)
            }
            let progress = feed(&parser, bytes[index...index])
            let isLast = index == bytes.count - 1
            #expect((progress == .complete(unread: 0)) == (isLast && !sample.isWholeAtEnd))
            #expect(progress != .malformed)
        }
        expect(sample, parser)
    }

    @Test(arguments: [
        "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "\r\n\r\n",
        "HTTP/1.1 099 No\r\n\r\n", "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n\r\n", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n",
    ])
    func `what is no answer is malformed, in one piece and byte by byte`(text: String) {
        var whole = AnswerParser()
        let progress = feed(&whole, Array(text.utf8)[...])
        #expect(progress == .malformed)
        var parser = AnswerParser()
        let isRefused = text.utf8.contains { feed(&parser, [$0]) == .malformed }
        #expect(isRefused)
    }

    @Test func `a head without end is malformed, and bytes behind an answer are told`() {
        var endless = AnswerParser()
        _ = feed(&endless, Array("HTTP/1.1 200 OK\r\nX: ".utf8)[...])
        let filler = [UInt8](repeating: 0x61, count: 70_000)
        let progress = feed(&endless, filler[...])
        #expect(progress == .malformed)
        var parser = AnswerParser()
        let two = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP"
        let last = feed(&parser, Array(two.utf8)[...])
        #expect(last == .complete(unread: 4))
    }

    @Test func `cookies, location and Retry-After are kept`() {
        var parser = AnswerParser()
        let text = """
            HTTP/1.1 303 See Other\r
            Set-Cookie: a=b=c; Path=/; HttpOnly\r
            SET-COOKIE: d=\r
            Location: https://jobs.example/applications/x?new=1\r
            retry-after:  3 \r
            Content-Length: 0\r
            \r

            """
        let progress = feed(&parser, Array(text.utf8)[...])
        #expect(progress == .complete(unread: 0))
        #expect(parser.answer.location == "/applications/x?new=1")
        #expect(parser.answer.hasRetryAfter)
        #expect(
            parser.answer.cookies == [
                Answer.Cookie(name: "a", value: "b=c"), Answer.Cookie(name: "d", value: ""),
            ])
    }
}

import Testing

@testable import HTTP

private struct Decoded: Equatable {
    var content: String
    var consumed: Int
    var outcome: ChunkedDecoder.Outcome
}

private func decode(_ bytes: [UInt8], cuts: [Int], limit: Int) -> Decoded {
    var decoder = ChunkedDecoder()
    var content: [UInt8] = []
    var consumed = 0
    var outcome = ChunkedDecoder.Outcome.needsMore
    for end in cuts + [bytes.count] where outcome == .needsMore {
        let result = bytes.withUnsafeBufferPointer {
            decoder.decode($0.part(consumed..<end), into: &content, limit: limit)
        }
        consumed += result.consumed
        outcome = result.outcome
    }
    return Decoded(
        content: String(decoding: content, as: UTF8.self), consumed: consumed, outcome: outcome)
}

private func decodeEveryWay(
    _ text: String, limit: Int = 100, sourceLocation: SourceLocation = #_sourceLocation
) -> Decoded {
    let bytes = Array(text.utf8)
    let whole = decode(bytes, cuts: [], limit: limit)
    #expect(
        decode(bytes, cuts: Array(0..<bytes.count), limit: limit) == whole,
        sourceLocation: sourceLocation)
    for cut in bytes.indices where decode(bytes, cuts: [cut], limit: limit) != whole {
        Issue.record("cut at \(cut) differs", sourceLocation: sourceLocation)
    }
    return whole
}

@Suite struct ChunkedDecoderTests {
    @Test(arguments: [
        ("0\r\n\r\n", ""),
        ("3\r\nabc\r\n0\r\n\r\n", "abc"),
        ("3\r\nabc\r\n00A\r\n0123456789\r\n0\r\n\r\n", "abc0123456789"),
        ("2;name=value;q=\"a b\"\r\n\r\n\r\n0;x\r\n\r\n", "\r\n"),
        ("2 ; name\r\nab\r\n0\r\n\r\n", "ab"),
        ("1\r\na\r\n0\r\nX-Trailer: 1\r\nHost: evil\r\n\r\n", "a"),
    ])
    func `content is decoded`(text: String, content: String) {
        let decoded = decodeEveryWay(text + "GET /")

        #expect(
            decoded == Decoded(content: content, consumed: text.utf8.count, outcome: .complete))
    }

    @Test(arguments: [
        "\r\n", "g\r\n", "-1\r\n", "+1\r\n", " 1\r\na", "0x1\r\na", ";a\r\n", "1\na\n0\n\n",
        "1\r\nab\r\n", "1\r\na\n", "1\r\na0\r\n\r\n", "1 1\r\n", "1\r\r\n", "1;a\u{1}\r\n", "1;a\n",
        "0\r\n\n", "0\r\n\ra", "0\r\nX\r\n", "0\r\n X: 1\r\n", "0\r\n: 1\r\n", "0\r\nX : 1\r\n",
        "0\r\nX: 1\n", "0\r\nX: \u{0}\r\n", "0\r\nX: 1\rY", "1000000000000000\r\n",
        "0000000000000001\r\na",
        "FFFFFFFFFFFFFFFFF\r\n",
    ])
    func `what is not chunked coding is refused`(text: String) {
        #expect(decodeEveryWay(text).outcome == .malformed)
    }

    @Test func `content up to the limit is accepted, one more byte is too large`() {
        #expect(decodeEveryWay("5\r\nabcde\r\n0\r\n\r\n", limit: 5).outcome == .complete)
        #expect(decodeEveryWay("6\r\nabcdef\r\n0\r\n\r\n", limit: 5).outcome == .tooLarge)
        #expect(decodeEveryWay("3\r\nabc\r\n3\r\ndef\r\n", limit: 5).outcome == .tooLarge)
        #expect(decodeEveryWay("FFFFFFFFFFFFFFF\r\n", limit: 5).outcome == .tooLarge)
    }

    @Test func `extensions are bounded over all chunks together`() {
        let chunk = "1;" + String(repeating: "x", count: 999) + "\r\na\r\n"

        #expect(
            decode(Array(String(repeating: chunk, count: 4).utf8), cuts: [], limit: 99).outcome
                == .needsMore)
        #expect(
            decode(Array(String(repeating: chunk, count: 5).utf8), cuts: [], limit: 99).outcome
                == .malformed)
    }

    @Test func `trailers are bounded in bytes and in number`() {
        let long = "0\r\nX: " + String(repeating: "x", count: 8_192)
        let many = "0\r\n" + String(repeating: "X: 1\r\n", count: 65)

        #expect(decode(Array(long.utf8), cuts: [], limit: 1).outcome == .malformed)
        #expect(decode(Array(many.utf8), cuts: [], limit: 1).outcome == .malformed)
    }
}

import Testing

@testable import HTTP

@Suite struct RequestLimitsTests {
    private let limits = RequestLimits(headBytesMax: 200, fieldsMax: 3, targetBytesMax: 20)

    /// A head of exactly this many bytes.
    private func request(bytes: Int) -> String {
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let filler = String(repeating: "x", count: bytes - start.utf8.count - 4)
        return start + filler + "\r\n\r\n"
    }

    @Test func `a head of the most bytes allowed is accepted, one more is 431`() {
        #expect(parseEveryWay(request(bytes: 200), limits: limits).error == nil)
        #expect(parseEveryWay(request(bytes: 201), limits: limits).error == .headTooLarge)
        #expect(ParseError.headTooLarge.status == .requestHeaderFieldsTooLarge)
    }

    @Test func `a head that cannot fit any more is refused before its end`() {
        let bytes = Array(request(bytes: 300).utf8)

        #expect(parseEveryWay(Array(bytes[..<200]), limits: limits).error == .headTooLarge)
        #expect(parseEveryWay(Array(bytes[..<199]), limits: limits) == .incomplete)
    }

    @Test func `more fields than allowed are 431`() {
        let three = "GET / HTTP/1.1\r\nHost: a\r\nB: 1\r\nC: 1\r\n"

        #expect(parseEveryWay(three + "\r\n", limits: limits).error == nil)
        #expect(parseEveryWay(three + "D: 1\r\n\r\n", limits: limits).error == .tooManyFields)
        #expect(ParseError.tooManyFields.status.code == 431)
    }

    @Test func `a target of the most bytes allowed is accepted, one more is 414`() {
        let path = "/" + String(repeating: "p", count: 19)

        #expect(
            parseEveryWay("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits).error == nil)
        #expect(
            parseEveryWay("GET \(path)x HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits).error
                == .targetTooLong)
        #expect(ParseError.targetTooLong.status.code == 414)
    }

    @Test func `a target without end is 414 before its line ends`() {
        let endless = "GET /" + String(repeating: "p", count: 100)

        #expect(parseEveryWay(endless, limits: limits).error == .targetTooLong)
    }

    @Test func `limits never go beyond what positions can hold`() {
        #expect(RequestLimits(headBytesMax: 1_000_000).headBytesMax == 32_767)
    }
}

import Testing

@testable import HTTP

@Suite struct EventStreamTests {
    private func event(_ data: String, id: String = "7") -> String {
        var bytes: [UInt8] = []
        EventStream.write(event: "news", id: id, data: Array(data.utf8), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an event has name, id, data and an empty line`() {
        #expect(event("<p>ș</p>") == "event: news\nid: 7\ndata: <p>ș</p>\n\n")
    }

    @Test(arguments: ["a\nid: 9", "a\rid: 9", "a\r\nid: 9"])
    func `a line end in the data begins no field`(data: String) {
        #expect(event(data) == "event: news\nid: 7\ndata: a\ndata: id: 9\n\n")
    }

    @Test func `empty lines in the data do not end the event`() {
        #expect(event("\n\r\r\na") == "event: news\nid: 7\ndata: \ndata: \ndata: \ndata: a\n\n")
    }

    @Test func `an id cannot begin a field either`() {
        #expect(event("", id: "1\n2\r\0") == "event: news\nid: 12\ndata: \n\n")
    }

    @Test func `the time to come back is a number of milliseconds`() {
        var bytes: [UInt8] = []
        EventStream.write(retryMilliseconds: 2_500, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "retry: 2500\n\n")
    }
}

import EventLoop
import HTTPServer
import Testing

/// Whoever leaves before the answer.
@Suite(.serialized) struct LeavingTests {
    /// Asks until a count is what it should be; nil where it does not become so.
    private func count(at path: String, is wanted: String, from address: ListenAddress) throws
        -> Bool
    {
        let other = try TestClient(address)
        for _ in 0..<20_000 {
            other.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            if other.receive(until: ">").hasSuffix("<\(wanted)>") { return true }
        }
        return false
    }

    @Test(arguments: ["GET", "HEAD"], ["close", "half", "kept"])
    func `the work for who leaves ends`(method: String, manner: String) async throws {
        try await withServer {
            $0.halfCloseTimeMax = .zero
        } _: { address, _ in
            var leaving: TestClient? = try TestClient(address)
            if manner == "kept" {
                leaving?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(leaving?.receive(until: "hello").hasSuffix("hello") == true)
            }
            leaving?.send("\(method) /working HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try count(at: "/begun", is: "1", from: address))
            if manner == "half" { leaving?.finishSending() } else { leaving = nil }
            #expect(try count(at: "/cancelled", is: "1", from: address))
        }
    }

    @Test func `what changes something goes on, and is answered to who has only sent its last`()
        async throws
    {
        try await withServer {
            $0.halfCloseTimeMax = .zero
        } _: { address, _ in
            let client = try TestClient(address)
            client.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
            client.finishSending()
            #expect(client.receiveAll().hasSuffix("late"))
        }
    }

    @Test func `who has sent the last with the request gets what needs no work`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            #expect(client.receiveAll().hasSuffix("hello"))
        }
    }
}

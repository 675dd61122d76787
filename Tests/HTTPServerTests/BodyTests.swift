import EventLoop
import Glibc
import HTTPServer
import Testing

@Suite(.serialized) struct BodyTests {
    @Test(arguments: [
        ("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", "HTTP/1.1 200 "),
        ("a\r\nhelloworld\r\n0\r\nX: y\r\n\r\n", "HTTP/1.1 200 "),
        ("5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n", "HTTP/1.1 413 "),
        ("b\r\nhelloworld!\r\n0\r\n\r\n", "HTTP/1.1 413 "),
        ("fffffffffffffff\r\nhello", "HTTP/1.1 413 "),
    ])
    func `chunks may come up to the bound exactly`(
        chunks: String, expected: String
    ) async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(
                "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                    + "Connection: close\r\n\r\n" + chunks)
            let (answer, isOrderly) = client.receiveToEnd()
            #expect(answer.hasPrefix(expected))
            #expect(isOrderly)
        }
    }

    @Test(arguments: [
        ("POST /echo HTTP/1.1", "2", "hi", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "),
        ("POST /echo HTTP/1.0", "2", "hi", "HTTP/1.1 200 "),
        ("POST /echo HTTP/1.1", "0", "", "HTTP/1.1 200 "),
        ("POST /small HTTP/1.1", "11", "", "HTTP/1.1 413 "),
        ("POST / HTTP/1.1", "2", "", "HTTP/1.1 200 "),
        ("POST / HTTP/1.1", "0", "", "HTTP/1.1 200 "),
    ])
    func `Expect is answered as the body and the version allow`(
        line: String, length: String, body: String, expected: String
    ) async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(
                "\(line)\r\nHost: a\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n"
                    + "Connection: close\r\n\r\n" + body)
            #expect(client.receiveAll().hasPrefix(expected))
        }
    }

    @Test func `a body that is dropped too slowly gets no second answer`() async throws {
        try await withServer {
            $0.bodyRateMin = 1 << 20
            $0.rateGrace = .milliseconds(10)
        } _: { address, _ in
            let client = try TestClient(address)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
            let answer = client.receiveAll()
            #expect(answer.hasSuffix("hello"))
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
        }
    }

    @Test func `a body that is only announced takes no room from others`() async throws {
        try await withServer {
            $0.bodyBytesHeldMax = 1_000
        } _: { address, _ in
            let idler = try TestClient(address)
            idler.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n"
                    + "Expect: 100-continue\r\n\r\n")
            #expect(idler.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            let body = String(repeating: "x", count: 899) + "!"
            let other = try TestClient(address)
            for _ in 0..<3 {
                other.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n" + body)
                #expect(other.receive(until: "!").hasPrefix("HTTP/1.1 200 "))
            }
            idler.send(body)
            #expect(idler.receive(until: "!").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `bodies that arrive together beyond the bound of all end with 503`() async throws {
        try await withServer {
            $0.bodyBytesHeldMax = 1_000
        } _: { address, _ in
            let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n"
            let part = String(repeating: "x", count: 600)
            let first = try TestClient(address)
            first.send(head + part)
            let second = try TestClient(address)
            second.send(head + part)
            // One of the two is refused; the other has all the room.
            first.send(String(repeating: "x", count: 300))
            second.send(String(repeating: "x", count: 300))
            first.finishSending()
            second.finishSending()
            let answers = [first.receiveAll(), second.receiveAll()]
            #expect(answers.contains { $0.hasPrefix("HTTP/1.1 200 ") })
            let third = try TestClient(address)
            third.send(head + part + String(repeating: "x", count: 299) + "!")
            #expect(third.receive(until: "!").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `a refused sender that never stops is cut, and others are served`() async throws {
        try await withServer {
            $0.lingerTimeMax = .milliseconds(10)
        } _: { address, server in
            let endless = try TestClient(address)
            endless.send("nonsense\r\n\r\n")
            let sender = inBackground {
                let block = [UInt8](repeating: 0, count: 1 << 20)
                while endless.sendAll(block) {}
            }
            let other = try TestClient(address)
            for _ in 0..<20 {
                other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(other.receive(until: "hello").hasSuffix("hello"))
            }
            sender.wait()
            while server.connectionCount > 1 { await Task.yield() }
        }
    }
}

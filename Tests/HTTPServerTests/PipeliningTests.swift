import EventLoop
import Glibc
import HTTPServer
import Testing

@Suite(.serialized) struct PipeliningTests {
    private let hello = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    private let last = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test func `one large answer after another leaves on a kept connection`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            for _ in 0..<3 {
                client.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")
                let count = client.receive(until: "p!").utf8.count
                #expect(count > 100_000)
            }
        }
    }

    @Test func `large answers are made when their reader has taken those before`() async throws {
        try await withServer { address, _ in
            let greedy = try TestClient(address, receiveBuffer: 4_096)
            greedy.send(String(repeating: "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", count: 30))
            let other = try TestClient(address)
            var planned = "<0>"
            while planned == "<0>" {
                other.send("GET /planned HTTP/1.1\r\nHost: a\r\n\r\n")
                planned = String(other.receive(until: ">").suffix(3))
            }
            #expect(planned == "<1>")
        }
    }

    @Test func `pipelined requests before the end of sending are all answered`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n" + hello + hello)
            client.finishSending()
            let answer = client.receiveAll()
            #expect(answer.components(separatedBy: "late").count == 2)
            #expect(answer.components(separatedBy: "hello").count == 3)
        }
    }

    @Test func `pipelined requests behind a stream wait for its end`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            let stream = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"
            client.send(stream + hello + stream + last)
            let answers = client.receiveAll().components(separatedBy: "HTTP/1.1 200 OK\r\n")
            #expect(answers.count == 5)
            #expect(answers[1].hasSuffix("three\r\n0\r\n\r\n"))
            #expect(answers[2].hasSuffix("hello"))
            #expect(answers[3].hasSuffix("three\r\n0\r\n\r\n"))
            #expect(answers[4].hasSuffix("hello"))
        }
    }

    @Test func `a request and the end of sending in one packet end a kept connection`()
        async throws
    {
        try await withServer { address, _ in
            for _ in 0..<20 {
                let client = try TestClient(address)
                client.send(hello)
                #expect(client.receive(until: "hello").hasSuffix("hello"))
                client.send(hello)
                client.finishSending()
                let (text, isOrderly) = client.receiveToEnd()
                #expect(text.hasSuffix("hello"))
                #expect(isOrderly)
            }
        }
    }

    @Test(arguments: ["/", "/last"])
    func `an answer that ends the connection is not lost to requests behind it`(
        path: String
    ) async throws {
        try await withServer {
            if path == "/" { $0.requestsPerConnectionMax = 1 }
        } _: { address, _ in
            for _ in 0..<20 {
                let client = try TestClient(address)
                client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                client.send([UInt8](repeating: UInt8(ascii: "x"), count: 200_000))
                let (text, isOrderly) = client.receiveToEnd()
                #expect(text.contains("Connection: close\r\n"))
                #expect(isOrderly)
            }
        }
    }

    @Test func `HTTP/1.0 keeps a connection that asks for it, and says so`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            for _ in 0..<2 {
                client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let answer = client.receive(until: "hello")
                #expect(answer.contains("\r\nConnection: keep-alive\r\n"))
            }
            client.send("GET / HTTP/1.0\r\n\r\n")
            let (answer, isOrderly) = client.receiveToEnd()
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(isOrderly)
        }
    }

    @Test func `answers of many pipelined requests come in order and whole`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            var requests = ""
            for number in 0..<3_000 {
                let body = "(\(number))"
                requests +=
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body
            }
            let sender = inBackground { [requests] in client.send(requests + self.last) }
            let answer = client.receiveAll()
            sender.wait()
            let bodies = answer.components(separatedBy: "\r\n\r\n").dropFirst().map {
                $0.components(separatedBy: "HTTP/1.1")[0]
            }
            #expect(bodies == (0..<3_000).map { "(\($0))" } + ["hello"])
        }
    }
}

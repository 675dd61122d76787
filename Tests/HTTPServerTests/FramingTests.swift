import HTTPServer
import Testing

@Suite struct FramingTests {
    @Test func `a kept connection answers one request after another`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            for _ in 0..<3 {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = client.receive(until: "hello")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.contains("\r\nDate: "))
            }
        }
    }

    @Test func `pipelined requests are answered in order`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(
                "GET /late HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = client.receiveAll()
            let bodies = answer.components(separatedBy: "HTTP/1.1 200 OK")
            #expect(bodies.count == 4)
            #expect(bodies[1].hasSuffix("\r\n\r\nlate"))
            #expect(bodies[2].hasSuffix("\r\n\r\nabc"))
            #expect(bodies[3].hasSuffix("\r\n\r\nhello"))
        }
    }

    @Test func `a request that arrives byte by byte is read whole`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            let request =
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nwiki\r\n5;x=y\r\npedia\r\n0\r\nTrailer: t\r\n\r\n"
            for byte in request.utf8 { client.send([byte]) }
            #expect(client.receive(until: "wikipedia").hasSuffix("\r\n\r\nwikipedia"))
        }
    }

    @Test func `HEAD gets the head alone, with the length of GET`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = client.receiveAll()
            #expect(answer.contains("Content-Length: 5\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `Expect gets a 100 before the body is sent`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
            )
            #expect(client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("hi")
            #expect(client.receive(until: "hi").hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `a stream is chunked, and goes on to the next request`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.receive(until: "0\r\n\r\n")
            #expect(answer.contains("Transfer-Encoding: chunked\r\n"))
            #expect(answer.hasSuffix("4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n"))
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.receive(until: "hello").hasSuffix("hello"))
        }
    }

    @Test func `a stream to HTTP/1.0 ends with the connection`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /stream HTTP/1.0\r\n\r\n")
            let answer = client.receiveAll()
            #expect(answer.hasSuffix("\r\n\r\none two three"))
            #expect(!answer.contains("chunked"))
        }
    }

    @Test func `a client that has finished sending still gets its answer`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            #expect(client.receiveAll().hasSuffix("late"))
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: a\n\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
        ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na", 400),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
        ),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400
        ),
        ("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: cake\r\n\r\n", 417),
        ("GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n", 431),
    ])
    func `a malformed request is answered and the connection closed`(
        request: String, status: Int
    ) async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(request + "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n")
            let answer = client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(80))")
            #expect(answer.contains("Connection: close\r\n"))
            #expect(!answer.contains("hello"))
        }
    }

    @Test func `a body over the route's bound is refused with 413`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world")
            #expect(client.receive(until: "large").hasPrefix("HTTP/1.1 413 "))
            client.send(
                "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "6\r\nhello \r\n6\r\nworld!\r\n0\r\n\r\n")
            #expect(client.receiveAll().hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func `a refused huge body does not turn the answer into a reset`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n")
            client.send([UInt8](repeating: 0, count: 300_000))
            #expect(client.receiveAll().hasPrefix("HTTP/1.1 413 "))
        }
    }
}

extension String {
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

import EventLoop
import HTTPServer
import Testing

@testable import HTTPServer

/// Answers whose content stays open.
@Suite(.serialized) struct HeldTests {
    private static let ask = "GET /held HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Asks until so many are held; false where it never comes to that.
    private func waitForCount(
        _ count: Int, at address: ListenAddress, by path: String = "/held/tell"
    ) throws -> Bool {
        let other = try TestClient(address)
        for _ in 0..<100_000 {
            other.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            if other.receive(until: ">").hasSuffix("<\(count)>") { return true }
        }
        return false
    }

    @Test func `what is said later arrives, however many requests and however long it takes`()
        async throws
    {
        try await withServer {
            $0.requestsPerConnectionMax = 1
            $0.idleTimeMax = .milliseconds(10)
        } _: { address, _ in
            let held = try TestClient(address)
            held.send(Self.ask)
            #expect(held.receive(until: "opened\r\n").contains("Transfer-Encoding: chunked"))
            // Younger than the held one, and idle all the while until it is closed for that.
            let idle = try TestClient(address)
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(idle.receiveAll().hasSuffix("hello"))
            #expect(try waitForCount(1, at: address))
            #expect(held.receive(until: "told\r\n").hasSuffix("4\r\ntold\r\n"))
        }
    }

    @Test func `HTTP/1.0 gets it without chunks, and HEAD gets none`() async throws {
        try await withServer { address, _ in
            let old = try TestClient(address)
            old.send("GET /held HTTP/1.0\r\n\r\n")
            #expect(old.receive(until: "opened").hasSuffix("\r\n\r\nopened"))
            let head = try TestClient(address)
            head.send("HEAD /held HTTP/1.1\r\nHost: a\r\n\r\n")
            head.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(head.receive(until: "hello").hasSuffix("\r\n\r\nhello"))
            #expect(try waitForCount(1, at: address))
            #expect(old.receive(until: "told").hasSuffix("told"))
        }
    }

    @Test(arguments: ["close", "reset", "half"])
    func `a reader who leaves is noticed`(manner: String) async throws {
        try await withServer { address, server in
            var reader: TestClient? = try TestClient(address)
            reader?.send(Self.ask)
            #expect(reader?.receive(until: "opened\r\n").hasSuffix("opened\r\n") == true)
            switch manner {
            case "half": reader?.finishSending()
            case "reset":
                reader?.resetAtEnd()
                reader = nil
            default: reader = nil
            }
            #expect(try waitForCount(0, at: address))
        }
    }

    @Test func `a reader who left with the request is not kept`() async throws {
        try await withServer { address, _ in
            let reader = try TestClient(address)
            reader.send(Self.ask)
            reader.finishSending()
            _ = reader.receiveAll()
            #expect(try waitForCount(0, at: address))
        }
    }

    @Test func `a reader who never reads is cut, and the others go on`() async throws {
        try await withServer {
            // By what waits for them, not by how long it does.
            $0.rateGrace = .seconds(3_600)
        } _: { address, _ in
            let deaf = try TestClient(address, receiveBuffer: 4_096)
            deaf.send(Self.ask)
            let quick = try TestClient(address)
            quick.send(Self.ask)
            let reader = inBackground { while !quick.receive().isEmpty {} }
            #expect(try waitForCount(2, at: address))
            #expect(try waitForCount(1, at: address, by: "/held/flood"))
            quick.finishSending()
            reader.wait()
            #expect(try waitForCount(0, at: address))
        }
    }

    @Test func `draining ends it at once and in order`() async throws {
        try await withServer { address, server in
            let reader = try TestClient(address)
            reader.send(Self.ask)
            #expect(reader.receive(until: "opened\r\n").hasSuffix("opened\r\n"))
            await server.drain(within: .seconds(3_600))
            let rest = reader.receiveToEnd()
            #expect(rest.text == "0\r\n\r\n")
            #expect(rest.isOrderly)
        }
    }

    @Test func `the next request on the connection waits for its end`() async throws {
        try await withServer { address, server in
            let reader = try TestClient(address)
            reader.send(Self.ask + "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(reader.receive(until: "opened\r\n").hasSuffix("opened\r\n"))
            #expect(try waitForCount(1, at: address))
            #expect(reader.receive(until: "told\r\n").hasSuffix("4\r\ntold\r\n"))
            #expect(server.connectionCount >= 1)
        }
    }
}

import EventLoop
import Glibc
import HTTPServer
import Testing

@testable import HTTPServer

@Suite(.serialized) struct StreamTests {
    @Test(arguments: ["GET /nothing", "HEAD /stream", "HEAD /nothing"])
    func `a stream where no content is allowed sends none`(request: String) async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send(
                "\(request) HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answers = client.receiveAll().components(separatedBy: "\r\n\r\n")
            #expect(answers.count == 3)
            #expect(answers[1].hasPrefix("HTTP/1.1 200 OK"))
            #expect(answers.last == "hello")
        }
    }

    @Test func `a stream that fails is cut before its end`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /failing HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = client.receiveAll()
            #expect(answer.hasSuffix("three\r\n"))
        }
    }

    @Test func `a stream to HTTP/1.0 that fails does not look complete`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address)
            client.send("GET /failing HTTP/1.0\r\n\r\n")
            #expect(!client.receiveToEnd().isOrderly)
        }
    }

    @Test func `the producer of a stream is cancelled when its reader is gone`() async throws {
        try await withServer { address, _ in
            let gone = try TestClient(address)
            gone.resetAtEnd()
            gone.send("GET /waiting HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(gone.receive(until: "three\r\n").hasSuffix("three\r\n"))
            _ = consume gone
            let other = try TestClient(address)
            var cancelled = ""
            for _ in 0..<20_000 where cancelled != "<1>" {
                other.send("GET /cancelled HTTP/1.1\r\nHost: a\r\n\r\n")
                cancelled = String(other.receive(until: ">").suffix(3))
            }
            #expect(cancelled == "<1>")
        }
    }

    @Test func `a stream whose reader is quick leaves the loop to others`() async throws {
        try await withServer { address, server in
            let quick = try TestClient(address)
            quick.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            let reader = inBackground { while !quick.receive().isEmpty {} }
            let other = try TestClient(address)
            for _ in 0..<20 {
                other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(other.receive(until: "hello").hasSuffix("hello"))
            }
            await server.drain(within: .zero)
            reader.wait()
        }
    }

    @Test func `a queue that never runs empty keeps nothing that was sent`() {
        var queue = OutputQueue()
        queue.append([1, 2, 3])
        for _ in 0..<10_000 {
            queue.append([4, 5, 6])
            queue.drop(3)
        }
        #expect(queue.byteCount == 3)
        #expect(queue.segmentCount < 100)
    }

    @Test func `a reader that took much and then stands still is too slow`() {
        var meter = RateMeter()
        let start = MonotonicTime(nanoseconds: 1_000)
        let grace = Duration.seconds(5)
        meter.restart(start)
        meter.bytes = 1 << 30
        var now = start
        var cutAfter: Int?
        for second in 1...3_600 where cutAfter == nil {
            now = start + .seconds(second)
            if meter.isBelow(1_024, grace: grace, now: now) { cutAfter = second }
        }
        #expect(cutAfter.map { $0 < 60 } == true)
    }
}

import CLinux
import EventLoop
import Glibc
import HTTPServer
import Testing

@Suite(.serialized) struct BoundsTests {
    @Test func `a head that does not come is cut`() async throws {
        try await withServer {
            $0.headTimeMax = .milliseconds(10)
        } _: { address, _ in
            let silent = try TestClient(address)
            let slow = try TestClient(address)
            slow.send("GET / HT")
            #expect(silent.receiveAll() == "")
            #expect(slow.receiveAll().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func `a kept connection that stays idle is closed`() async throws {
        try await withServer {
            $0.idleTimeMax = .milliseconds(10)
        } _: { address, _ in
            let client = try TestClient(address)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.receiveAll().hasSuffix("hello"))
        }
    }

    @Test func `a body slower than the bound is answered with 408`() async throws {
        try await withServer {
            $0.bodyRateMin = 1 << 20
            $0.rateGrace = .milliseconds(10)
        } _: { address, _ in
            let client = try TestClient(address)
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nabc")
            #expect(client.receiveAll().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func `a reader that does not read is cut, and others are served`() async throws {
        try await withServer {
            $0.sendRateMin = 1 << 30
            $0.rateGrace = .milliseconds(10)
        } _: { address, server in
            let slow = try TestClient(address, receiveBuffer: 4_096)
            slow.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            let endless = try TestClient(address, receiveBuffer: 4_096)
            endless.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            let other = try TestClient(address)
            other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(other.receive(until: "hello").hasSuffix("hello"))
            while server.connectionCount > 1 { await Task.yield() }
        }
    }

    @Test func `a big answer reaches a reader whole`() async throws {
        try await withServer { address, _ in
            let client = try TestClient(address, receiveBuffer: 65_536)
            client.send("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = client.receiveAll()
            let body = answer.components(separatedBy: "\r\n\r\n")[1]
            #expect(body.utf8.count == 8 << 20)
        }
    }

    @Test func `more connections of one address than allowed are closed`() async throws {
        try await withServer {
            $0.connectionsPerAddressMax = 2
        } _: { address, _ in
            let kept = try [TestClient(address), TestClient(address)]
            for client in kept {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.receive(until: "hello").hasSuffix("hello"))
            }
            let third = try TestClient(address)
            #expect(third.receiveAll() == "")
        }
    }

    @Test func `idle connections make room when all are in use`() async throws {
        try await withServer {
            $0.connectionsMax = 2
        } _: { address, _ in
            let idle = try [TestClient(address), TestClient(address)]
            for client in idle {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.receive(until: "hello").hasSuffix("hello"))
            }
            let third = try TestClient(address)
            third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(third.receive(until: "hello").hasSuffix("hello"))
        }
    }

    @Test(arguments: IntakeKind.allCases)
    func `idle connections of another loop make room too`(kind: IntakeKind) async throws {
        try await withServer(loops: 2) {
            $0.connectionsMax = 1
            $0.intake = kind
        } _: { address, _ in
            var clients: [TestClient] = []
            for _ in 0..<10 {
                let client = try TestClient(address)
                clients.append(client)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.receive(until: "hello").hasSuffix("hello"))
            }
        }
    }

    @Test func `a connection ends after its last allowed request`() async throws {
        try await withServer {
            $0.requestsPerConnectionMax = 2
        } _: { address, _ in
            let client = try TestClient(address)
            client.send(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 3))
            let answer = client.receiveAll()
            #expect(answer.components(separatedBy: "hello").count == 3)
            #expect(answer.components(separatedBy: "Connection: close").count == 2)
        }
    }

    @Test func `bodies beyond the bound of all are refused with 503`() async throws {
        try await withServer {
            $0.bodyBytesHeldMax = 1_000
        } _: { address, _ in
            let client = try TestClient(address)
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n")
            #expect(client.receiveAll().hasPrefix("HTTP/1.1 503 "))
            let other = try TestClient(address)
            other.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok")
            #expect(other.receive(until: "ok").hasSuffix("ok"))
        }
    }

    @Test(arguments: IntakeKind.allCases)
    func `each way of accepting serves many connections on two loops`(
        kind: IntakeKind
    ) async throws {
        try await withServer(loops: 2) {
            $0.intake = kind
        } _: { address, _ in
            for _ in 0..<200 {
                let client = try TestClient(address)
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                #expect(client.receiveAll().hasSuffix("hello"))
            }
        }
    }

    @Test func `a port that is taken is an error, not a shared port`() async throws {
        try await withServer { address, _ in
            let loop = try EventLoop(name: "second")
            #expect {
                try Server(
                    settings: ServerSettings(), loops: [loop], plain: [address],
                    handler: TestHandler.init)
            } throws: { ($0 as? SystemError)?.errno == EADDRINUSE }
        }
    }

    @Test func `draining answers what has begun and then refuses connections`() async throws {
        try await withServer { address, server in
            let client = try TestClient(address)
            client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            while server.connectionCount == 0 { await Task.yield() }
            await server.drain(within: .seconds(5))
            #expect(client.receiveAll().hasSuffix("late"))
            #expect(throws: SystemError.self) { try TestClient(address) }
        }
    }
}

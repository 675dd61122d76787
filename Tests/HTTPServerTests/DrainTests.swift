import EventLoop
import Glibc
import HTTPServer
import Testing

@Suite(.serialized) struct DrainTests {
    @Test(arguments: IntakeKind.allCases)
    func `draining closes connections that have not asked for anything`(
        kind: IntakeKind
    ) async throws {
        try await withServer(loops: 2) {
            $0.intake = kind
            $0.headTimeMax = .seconds(3_600)
            $0.idleTimeMax = .seconds(3_600)
        } _: { address, server in
            let fresh = try TestClient(address)
            let kept = try TestClient(address)
            kept.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(kept.receive(until: "hello").hasSuffix("hello"))
            while server.connectionCount < 2 { await Task.yield() }
            await server.drain(within: .seconds(3_600))
            #expect(fresh.receiveToEnd() == ("", true))
            #expect(kept.receiveToEnd() == ("", true))
            #expect(throws: SystemError.self) { try TestClient(address) }
        }
    }

    @Test func `draining twice at once ends both times`() async throws {
        try await withServer { address, server in
            let client = try TestClient(address)
            client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            while server.connectionCount == 0 { await Task.yield() }
            async let first: Void = server.drain(within: .seconds(5))
            async let second: Void = server.drain(within: .seconds(5))
            #expect(client.receiveAll().hasSuffix("late"))
            _ = await (first, second)
        }
    }

    @Test(arguments: IntakeKind.allCases)
    func `draining a server again leaves its successor alone`(kind: IntakeKind) async throws {
        let loop = try EventLoop(name: "shared")
        loop.start()
        var settings = ServerSettings()
        settings.intake = kind
        let any = try #require(ListenAddress("127.0.0.1:0"))
        let first = try Server(
            settings: settings, loops: [loop], plain: [any], handler: TestHandler.init)
        first.start()
        await first.drain(within: .zero)
        let second = try Server(
            settings: settings, loops: [loop], plain: [any], handler: TestHandler.init)
        second.start()
        await first.drain(within: .zero)
        let client = try TestClient(second.addresses[0])
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.receive(until: "hello").hasSuffix("hello"))
        await second.drain(within: .zero)
        loop.stop()
        loop.join()
    }

    @Test(arguments: IntakeKind.allCases)
    func `a server that is dropped stops listening`(kind: IntakeKind) async throws {
        let loop = try EventLoop(name: "shared")
        loop.start()
        var settings = ServerSettings()
        settings.intake = kind
        let any = try #require(ListenAddress("127.0.0.1:0"))
        var server: Server? = try Server(
            settings: settings, loops: [loop], plain: [any], handler: TestHandler.init)
        server?.start()
        let address = try #require(server?.addresses[0])
        server = nil
        var isRefused = false
        for _ in 0..<20_000 where !isRefused {
            do {
                let client = try TestClient(address)
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                _ = client.receiveAll()
            } catch {
                isRefused = true
            }
        }
        #expect(isRefused)
        loop.stop()
        loop.join()
    }

    @Test func `a loop that has ended makes draining end`() async throws {
        let loop = try EventLoop(name: "ended")
        loop.start()
        let any = try #require(ListenAddress("127.0.0.1:0"))
        let server = try Server(
            settings: ServerSettings(), loops: [loop], plain: [any], handler: TestHandler.init)
        server.start()
        loop.stop()
        loop.join()
        await server.drain(within: .zero)
        #expect(server.connectionCount == 0)
    }
}

import EventLoop
import StressTest
import Synchronization
import TestSupport
import Testing

/// What the generator says of servers that behave in all sorts of ways. The servers wait for events,
/// not for times, and patience is long wherever its end is not the point.
@Suite(.timeLimit(.minutes(5))) struct OutcomeTests {
    private func page(_ more: String = "") -> String {
        """
        {"name": "page", "share": 1, "patience": "30s", "steps": [{"get": "/"}]\(more)}
        """
    }

    /// Plays one class at 50 visitors a second for 200 ms.
    private func report(
        _ traffic: String? = nil, _ change: (inout RunPlan.Options) -> Void = { _ in },
        _ script: @escaping @Sendable (ScriptedConnection) -> Void
    ) async throws -> (Figures, RunReport, ScriptedServer.Counts) {
        let server = try ScriptedServer(script)
        let report = try await play(
            try profile(rate: 50, phases: "200ms@1", traffic ?? page()), against: server.origin,
            change)
        let counts = try await server.stop()
        return (report.all, report, counts)
    }

    private let expected = arrivals(rate: 50, phases: "200ms@1").count

    @Test func `answers of 2xx and 3xx are good or late`() async throws {
        let (all, report, counts) = try await report { connection in
            while connection.request() != nil { connection.answer(status: "302 Found") }
        }
        #expect(all.requests == expected)
        #expect(all.good + all.late == expected)
        #expect(all.visitsCompleted == expected)
        #expect(counts.requests == expected)
        #expect(report.generator.visitsUnfinished == 0)
    }

    @Test func `an answer after a second is late`() async throws {
        // The wish is a second old before the server sees it.
        let (all, _, _) = try await report { connection in
            guard connection.request() != nil else { return }
            let seen = MonotonicTime.now
            while MonotonicTime.now - seen < .milliseconds(1_010) { giveWay() }
            connection.answer()
        }
        #expect(all.late == expected)
        #expect(all.p50 > 1_000)
    }

    @Test func `503 and 429 are refusals, and unkind ones are counted`() async throws {
        let (all, _, _) = try await report { connection in
            while let request = connection.request() {
                _ = request
                connection.answer(status: "503 Service Unavailable", fields: "Retry-After: 2\r\n")
            }
        }
        #expect(all.refused == expected)
        #expect(all.refusalsWithoutRetryAfter == 0)
        #expect(all.refusalsThatClosed == 0)
        let (unkind, _, _) = try await report { connection in
            if connection.request() != nil {
                connection.answer(status: "429 Too Many Requests", fields: "Connection: close\r\n")
            }
        }
        #expect(unkind.refused == expected)
        #expect(unkind.refusalsWithoutRetryAfter == expected)
        #expect(unkind.refusalsThatClosed == expected)
    }

    @Test func `other answers fail, and say by which status`() async throws {
        let traffic = """
            {"name": "page", "share": 1, "patience": "30s",
             "steps": [{"get": "/", "expect": [200]}, {"get": "/never"}]}
            """
        let (all, _, counts) = try await report(traffic) { connection in
            while connection.request() != nil { connection.answer(status: "303 See Other") }
        }
        #expect(all.failed == expected)
        #expect(all.failures == ["status": expected])
        #expect(all.statuses == ["303": expected])
        #expect(all.visitsCompleted == 0)
        #expect(counts.requests == expected)
    }

    @Test func `a torn answer, a cut and nonsense fail by their names`() async throws {
        let (torn, _, _) = try await report { connection in
            if connection.request() != nil {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            }
        }
        #expect(torn.failures == ["torn": expected])
        let (cut, _, _) = try await report { _ = $0.request() }
        #expect(cut.failures == ["cut": expected])
        let (nonsense, _, _) = try await report { connection in
            if connection.request() != nil { connection.send("220 smtp.example ESMTP\r\n\r\n") }
        }
        #expect(nonsense.failures == ["malformed": expected])
    }

    @Test func `nobody at home is a failure to connect`() async throws {
        let origin = "http://127.0.0.1:\(try freePort())"
        let report = try await play(
            try profile(rate: 50, phases: "200ms@1", page()), against: origin)
        #expect(report.all.failures == ["connect": expected])
    }

    @Test func `visitors whose answer never comes give up and close`() async throws {
        let impatient = """
            {"name": "page", "share": 1, "patience": "150ms", "steps": [{"get": "/"}]}
            """
        let (all, report, counts) = try await report(impatient) { connection in
            if connection.request() != nil { connection.waitForEnd() }
        }
        #expect(all.gaveUp + all.unsent == expected)
        #expect(counts.abandoned == counts.requests)
        #expect(all.gaveUp == 0 || all.p50 >= 150)
        #expect(report.generator.visitsUnfinished == 0)
    }

    @Test func `what there is no descriptor for is unsent, not failed`() async throws {
        let isOver = ThreadGate()
        let server = try ScriptedServer { connection in
            if connection.request() != nil {
                isOver.wait()
                connection.answer()
            }
        }
        let expected = expected
        try #require(expected > 1)
        let report = try await play(
            try profile(rate: 50, phases: "200ms@1", page()), against: server.origin
        ) {
            $0.connectionsMax = 1
        } while: { _ in
            // The one that was sent is answered when the others have had their time.
            startThread(name: "opener") {
                while server.seen.requests == 0 { giveWay() }
                let seen = MonotonicTime.now
                while MonotonicTime.now - seen < .milliseconds(400) { giveWay() }
                isOver.open()
            }
        }
        _ = try await server.stop()
        #expect(report.all.unsent + report.all.good + report.all.late == expected)
        #expect(report.all.unsent >= 1)
        #expect(report.warnings.contains { $0.contains("descriptors") })
    }

    @Test func `kept connections serve many visitors, others one visit or one request`()
        async throws
    {
        let script: @Sendable (ScriptedConnection) -> Void = { connection in
            while let request = connection.request() {
                connection.answer()
                if request.contains("Connection: close") { return }
            }
        }
        func connections(_ mode: String) async throws -> (connections: Int, requests: Int) {
            let traffic = """
                {"name": "page", "share": 1, "patience": "30s", "connections": "\(mode)",
                 "steps": [{"get": "/a"}, {"get": "/b"}]}
                """
            let (all, _, counts) = try await report(traffic, { _ in }, script)
            #expect(all.good + all.late == 2 * expected)
            return (counts.accepted, counts.requests)
        }
        let kept = try await connections("kept")
        #expect(kept.requests == 2 * expected)
        #expect(kept.connections <= expected)
        #expect(try await connections("visit").connections == expected)
        #expect(try await connections("new").connections == 2 * expected)
    }

    @Test func `a kept connection that the server has closed costs nobody an answer`() async throws
    {
        let traffic = """
            {"name": "page", "share": 1, "patience": "30s", "connections": "kept",
             "steps": [{"get": "/a"}, {"get": "/b"}, {"get": "/c"}]}
            """
        let (all, _, _) = try await report(traffic) { connection in
            // Without a word about it.
            if connection.request() != nil { connection.answer() }
        }
        #expect(all.good + all.late == 3 * expected)
    }

    @Test func `a run that is stopped early reports what it has`() async throws {
        let server = try ScriptedServer { connection in
            if connection.request() != nil { connection.waitForEnd() }
        }
        let long = try profile(rate: 50, phases: "3000s@1", page())
        let report = try await play(long, against: server.origin) { _ in
        } while: { run in
            while server.seen.requests < 5 { giveWay() }
            run.stop()
        }
        let counts = try await server.stop()
        #expect(report.generator.visitsUnfinished >= 5)
        #expect(report.isCutShort)
        #expect(report.phases[0].seconds < 2_000)
        #expect(report.all.requests == 0)
        #expect(counts.abandoned == counts.requests)
    }
}

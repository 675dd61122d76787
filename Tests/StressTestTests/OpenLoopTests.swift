import EventLoop
import StressTest
import TestSupport
import Testing

/// The generator asks when its schedule says so, whatever the server does.
@Suite(.timeLimit(.minutes(5))) struct OpenLoopTests {
    private static let page = """
        {"name": "page", "share": 1, "patience": "60s", "connections": "CONNECTIONS",
         "steps": [{"get": "/"}]}
        """

    @Test(arguments: ConnectionMode.allCases)
    func `a server that stands still makes all arrivals of that time wait, and none fewer`(
        connections: ConnectionMode
    ) async throws {
        let phases = "1s@1"
        let expected = arrivals(rate: 60, phases: phases)
        let goesOn = ThreadGate()
        let server = try ScriptedServer { connection in
            while connection.request() != nil {
                goesOn.wait()
                connection.answer()
            }
        }
        let traffic = Self.page.replacing("CONNECTIONS", with: connections.rawValue)
        let stalled = StallTimes()
        let report = try await play(
            try profile(rate: 60, phases: phases, traffic), against: server.origin
        ) { _ in
        } while: { _ in
            stalled.began()
            startThread(name: "opener") {
                // Who waited for answers would never send the last of these.
                while server.seen.requests < expected.count { giveWay() }
                stalled.ended()
                goesOn.open()
            }
        }
        _ = try await server.stop()
        #expect(report.all.requests == expected.count)
        #expect(report.all.good + report.all.late == expected.count)
        // The run's zero is at most 20 ms after `began`, so every slot has at least this latency.
        let stall = stalled.length.inMilliseconds - 20
        let slots = try #require(report.timeline.classes["page"])
        for (index, slot) in slots.enumerated() where slot.prefix(6).contains(where: { $0 > 0 }) {
            let least = stall - Double(index + 1) * 100
            // The sixth and seventh are the median and p99.
            #expect(slot[6] >= least)
            #expect(slot[7] >= slot[6])
        }
    }

    @Test func `steps are applied at their times, and probes are not multiplied`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil { connection.answer() }
        }
        let phases = "300ms@1,300ms@8,200ms@0,200ms@1"
        let probes = """
            {"name": "probe", "rate": 30, "patience": "60s", "connections": "kept",
             "steps": [{"get": "/"}]}
            """
        let traffic = Self.page.replacing("CONNECTIONS", with: "kept")
        let report = try await play(
            try profile(rate: 30, phases: phases, "\(traffic), \(probes)"), against: server.origin)
        _ = try await server.stop()
        let planned = arrivals(rate: 30, phases: phases)
        var slots = [Double](repeating: 0, count: 10)
        for arrival in planned { slots[Int(arrival.inSeconds * 10)] += 1 }
        let found = try #require(report.timeline.classes["page"])
        for (index, wanted) in slots.enumerated() {
            let counted = index < found.count ? found[index].prefix(6).reduce(0, +) : 0
            #expect(counted == wanted)
        }
        #expect(report.phases.map(\.factor) == [1, 8, 0, 1])
        for (phase, range) in zip(report.phases, [0..<3, 3..<6, 6..<8, 8..<10]) {
            #expect(Double(phase.classes[0].requests) == slots[range].reduce(0, +))
        }
        let probed = report.phases.map { Double($0.classes[1].requests) / $0.seconds }
        #expect(report.classes[1].requests > 10)
        #expect(probed[1] < 30 * 3)
    }

    @Test func `what is asked for during the warm-up is in the timeline only`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil { connection.answer() }
        }
        let traffic = Self.page.replacing("CONNECTIONS", with: "kept")
        let report = try await play(
            try profile(rate: 60, phases: "600ms@1", traffic), against: server.origin
        ) { $0.warmUp = .milliseconds(300) }
        _ = try await server.stop()
        let planned = arrivals(rate: 60, phases: "600ms@1")
        let counted = planned.filter { $0 >= .milliseconds(300) }.count
        #expect(report.all.requests == counted)
        #expect(report.phases[0].seconds == 0.3)
        let slots = try #require(report.timeline.classes["page"])
        #expect(Int(slots.flatMap { $0.prefix(6) }.reduce(0, +)) == planned.count)
    }

    @Test func `threads share the rate`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil { connection.answer() }
        }
        let traffic = Self.page.replacing("CONNECTIONS", with: "kept")
        let report = try await play(
            try profile(rate: 300, phases: "1s@1", traffic), against: server.origin
        ) {
            $0.threads = 3
            $0.sources = 20
        }
        let counts = try await server.stop()
        // 300 with a deviation of 17.
        #expect(abs(report.all.requests - 300) < 90)
        #expect(counts.requests == report.all.requests)
        #expect(report.generator.threads == 3)
    }

    /// People who have work to do come as often as always, whatever the crowd does.
    @Test func `a steady class has its share of the rate in each phase`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil { connection.answer() }
        }
        let crowd = Self.page.replacing("CONNECTIONS", with: "kept")
        let steady = crowd.replacing("\"name\"", with: "\"steady\": true, \"name\"")
            .replacing("\"page\"", with: "\"desk\"")
        let report = try await play(
            try profile(rate: 200, phases: "1s@1,1s@4", "\(crowd), \(steady)"),
            against: server.origin)
        _ = try await server.stop()
        let rows = report.phases.map { phase in phase.classes.map(\.requests) }
        // 100 each with a deviation of 10; then 400 with one of 20.
        #expect(abs(rows[0][0] - 100) < 50 && abs(rows[0][1] - 100) < 50)
        #expect(abs(rows[1][0] - 400) < 100 && abs(rows[1][1] - 100) < 50)
    }
}

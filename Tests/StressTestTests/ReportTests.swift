import Foundation
import StressTest
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ReportTests {
    /// Two classes: one that is answered, one that is refused.
    private func report() async throws -> RunReport {
        let server = try ScriptedServer { connection in
            while let request = connection.request() {
                if request.hasPrefix("GET /no") {
                    connection.answer(status: "503 Service Unavailable")
                } else {
                    connection.answer()
                }
            }
        }
        let classes = """
            {"name": "member", "share": 1, "patience": "60s", "steps": [{"get": "/"}]},
            {"name": "crowd", "share": 3, "patience": "60s", "steps": [{"get": "/no"}]}
            """
        let report = try await play(
            try profile(rate: 100, phases: "200ms@1,200ms@2", classes), against: server.origin)
        _ = try await server.stop()
        return report
    }

    @Test func `assertions hold or say what is the case`() async throws {
        let report = try await report()
        let holding = [
            "member.refused==0", "crowd.refused>=1", "crowd.good==0", "all.requests>10",
            "member.p99<=60s", "member.requests@1>0", "crowd.unkind>=1", "lag.p99<100s",
            "all.unsent<=0", "member.whole>=0.999", "all.max<=100s", "crowd.visits@2>0",
            "scaled.requests@1>0", "crowd.settled@2<=0us",
        ]
        for text in holding {
            let assertion = try #require(Assertion(text))
            #expect(assertion.complaint(about: report) == nil)
        }
        let failing = [
            "member.refused>0", "crowd.refused<1", "member.p99<0us", "member.goodput>1000000",
            "nobody.good>=0", "member.good@3>=0", "crowd.visits@1==0",
        ]
        for text in failing {
            let complaint = try #require(Assertion(text)?.complaint(about: report))
            #expect(complaint.hasPrefix(text))
        }
    }

    @Test(arguments: [
        "", "good>=1", "member.good", "member.good>=", "member.good>=x", "member.p99<=50",
        "member.good>=50ms", "member.nice>=1", ".good>=1", "member.good@0>=1", "a.b.good>=1",
        "member.good@x>=1", "lag.good>=1", "lag.p99@1<=5ms", "all.settled<=1s",
    ])
    func `what is no assertion is refused`(text: String) {
        #expect(Assertion(text) == nil)
    }

    @Test func `the report is JSON whose numbers add up`() async throws {
        let report = try await report()
        let document = try ProfileValue(json: try report.json())
        let names = ["good", "late", "refused", "failed", "gaveUp", "unsent"]
        let all = try #require(document["all"])
        let sum = names.reduce(0) { $0 + (all[$1]?.number ?? 0) }
        #expect(sum == all["requests"]?.number)
        #expect(document.value(at: "timeline.columns")?.list?.prefix(6).map(\.text) == names)
        let classes = try #require(document["timeline"]?["classes"])
        let slots = ["member", "crowd"].flatMap { classes[$0]?.list ?? [] }
        let inSlots = slots.flatMap { $0.list?.prefix(6).compactMap(\.number) ?? [] }.reduce(0, +)
        #expect(inSlots == sum)
        let phases = try #require(document["phases"]?.list)
        let inPhases = phases.reduce(0) { $0 + ($1.value(at: "all.requests")?.number ?? 0) }
        #expect(inPhases == sum)
    }

    @Test func `the table names every class, and what was wrong with the refusals`() async throws {
        let text = "\(ReportTable(try await report()))"
        #expect(text.contains("phase 2: 2x"))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("member ") }.count == 2)
        #expect(text.contains("crowd refused: "))
        #expect(text.contains("without Retry-After"))
        #expect(text.contains("generator: lag"))
    }

    // MARK: The search for the capacity

    private func search(
        _ capacity: Double, start: Double = 10, precision: Double = 0.05
    ) -> (found: Double?, trials: [Double]) {
        var search = CapacitySearch(start: start, precision: precision, rateMax: 10_000)
        var trials: [Double] = []
        while let rate = search.next, trials.count < 100 {
            trials.append(rate)
            search.note(holds: rate <= capacity)
        }
        return (search.capacity, trials)
    }

    @Test(arguments: [1.0, 10, 11, 137, 640, 9_999, 10_000])
    func `the search ends within its precision below the capacity`(capacity: Double) throws {
        let (found, trials) = search(capacity)
        let rate = try #require(found)
        #expect(rate <= capacity)
        #expect(rate >= capacity / 1.05)
        #expect(trials.count < 25)
    }

    @Test func `a rate that fails once is tried again, and one that fails twice is not`() {
        var search = CapacitySearch(start: 100, precision: 0.4, triesMax: 2, rateMax: 10_000)
        var trials: [Double] = []
        for holds in [false, true, false, false, true] {
            trials.append(search.next ?? 0)
            search.note(holds: holds)
        }
        #expect(trials == [100, 100, 200, 200, 150])
        #expect(search.capacity == 150)
        #expect(search.next == nil)
    }

    @Test func `the search gives up below its least rate and stops at its highest`() {
        #expect(search(0.1).found == nil)
        #expect(search(0.1).trials.count < 10)
        #expect(search(1e9).found == 10_000)
        #expect(search(1e9).trials.last == 10_000)
    }
}

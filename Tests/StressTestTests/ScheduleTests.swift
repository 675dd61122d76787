import StressTest
import Testing

@Suite struct ScheduleTests {
    private func counts(_ arrivals: [Duration], seconds: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: seconds)
        for arrival in arrivals { counts[Int(arrival.inSeconds)] += 1 }
        return counts
    }

    @Test func `arrivals of a second have the mean and the variance of Poisson's law`() {
        let counts = counts(arrivals(rate: 200, phases: "1000s@1"), seconds: 1_000)
        let mean = counts.reduce(0, +) / 1_000
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 999
        // The mean of 1000 seconds deviates by 0.45, its variance over the mean by 0.045.
        #expect(abs(mean - 200) < 2)
        #expect(abs(variance / mean - 1) < 0.15)
    }

    @Test func `gaps have no memory`() {
        let all = arrivals(rate: 100, phases: "1000s@1")
        let gaps = zip(all.dropFirst(), all).map { ($0 - $1).inSeconds }
        let long = gaps.filter { $0 > 0.01 }
        let longer = gaps.filter { $0 > 0.02 }
        let expected = 0.367_879
        #expect(abs(Double(long.count) / Double(gaps.count) - expected) < 0.01)
        #expect(abs(Double(longer.count) / Double(long.count) - expected) < 0.015)
    }

    @Test func `the rate follows the phases, and silence is silent`() {
        let all = arrivals(rate: 100, phases: "10s@1,10s@10,10s@0,10s@0.5")
        let counts = counts(all, seconds: 40)
        let tens = stride(from: 0, to: 40, by: 10).map { counts[$0..<($0 + 10)].reduce(0, +) }
        #expect(abs(tens[0] - 1_000) < 160)
        #expect(abs(tens[1] - 10_000) < 500)
        #expect(tens[2] == 0)
        #expect(abs(tens[3] - 500) < 110)
        #expect(all == all.sorted())
    }

    @Test func `a seed repeats the arrivals, and streams are independent`() {
        let first = arrivals(rate: 50, phases: "10s@1", seed: 7)
        #expect(first == arrivals(rate: 50, phases: "10s@1", seed: 7))
        #expect(first != arrivals(rate: 50, phases: "10s@1", seed: 8))
        var one = SeededRandom(seed: 7, stream: 1)
        var two = SeededRandom(seed: 7, stream: 2)
        let numbers = Set((0..<1_000).flatMap { _ in [one.next(), two.next()] })
        #expect(numbers.count == 2_000)
    }

    @Test(arguments: [
        "", "10s", "10s@", "@1", "10@1", "10s@x", "0s@1", "10s@-1", "10s@1,", "3601s@1",
        "10s@2000", "10s@nan", "-1s@1", "1800s@1,1801s@1",
    ])
    func `phases that are none are refused`(text: String) {
        #expect(Phases(text) == nil)
    }

    @Test func `a moment belongs to the phase that it lies in, the end to the last`() throws {
        let phases = try #require(Phases("500ms@1,2s@10,1m@1"))
        #expect(phases.length == .seconds(62.5))
        let moments: [(Duration, Int)] = [
            (.zero, 0), (.milliseconds(499), 0), (.milliseconds(500), 1), (.seconds(2.4), 1),
            (.seconds(2.5), 2), (.seconds(999), 2),
        ]
        for (moment, index) in moments { #expect(phases.index(at: moment) == index) }
        #expect((0..<3).map { phases.start(of: $0) } == [.zero, .seconds(0.5), .seconds(2.5)])
    }
}

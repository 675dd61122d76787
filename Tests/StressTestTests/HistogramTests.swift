import StressTest
import Testing

@Suite struct HistogramTests {
    @Test(arguments: [LatencyHistogram.Precision.fine, .coarse])
    func `every latency from 1 us to 100 s is kept to its precision`(
        precision: LatencyHistogram.Precision
    ) {
        let share = precision == .fine ? 0.01 : 0.07
        var value = 1.0
        while value <= 1e8 {
            var histogram = LatencyHistogram(precision)
            histogram.record(.microseconds(Int64(value)))
            // A longer one, so that the bucket's end shows and not the longest value.
            histogram.record(.seconds(100))
            let shown = histogram.value(at: 0.5).inSeconds * 1e6
            #expect(shown >= value.rounded(.down) - 0.001)
            #expect(shown <= value * (1 + share))
            value *= 1.013
        }
    }

    @Test func `quantiles are those of the sorted values, to a percent`() {
        var random = SeededRandom(seed: 3)
        let values = (0..<20_000).map { _ in random.exponential() * 30_000 + 1 }.sorted()
        var histogram = LatencyHistogram()
        for value in values { histogram.record(.microseconds(Int64(value))) }
        for quantile in [0.01, 0.5, 0.9, 0.99, 0.999, 0.9999] {
            let exact = values[Int((quantile * 20_000).rounded(.up)) - 1]
            let shown = histogram.value(at: quantile).inSeconds * 1e6
            #expect(abs(shown - exact) <= exact * 0.01 + 1)
        }
        #expect(histogram.value(at: 1) == .microseconds(Int64(values[19_999])))
        #expect(histogram.longest == histogram.value(at: 1))
    }

    @Test func `merged histograms are as one`() {
        var random = SeededRandom(seed: 4)
        var parts = [LatencyHistogram(), LatencyHistogram(), LatencyHistogram()]
        var whole = LatencyHistogram()
        for index in 0..<3_000 {
            let latency = Duration.microseconds(Int64(random.exponential() * 5_000))
            // The third stays empty.
            parts[index % 2].record(latency)
            whole.record(latency)
        }
        var merged = LatencyHistogram()
        for part in parts { merged.merge(part) }
        #expect(merged.count == 3_000)
        #expect(merged.longest == whole.longest)
        for quantile in stride(from: 0, through: 1, by: 0.01) {
            #expect(merged.value(at: quantile) == whole.value(at: quantile))
        }
    }

    @Test func `what is out of range counts at the range's ends`() {
        var histogram = LatencyHistogram()
        histogram.record(.nanoseconds(-5))
        histogram.record(.nanoseconds(999))
        histogram.record(.seconds(5_000))
        #expect(histogram.value(at: 0.5) == .zero)
        #expect(histogram.longest == .seconds(100))
        #expect(LatencyHistogram().value(at: 0.99) == .zero)
    }

    @Test func `a timeline says from when on it was quick`() {
        var timeline = Timeline()
        func count(_ slot: Int, _ milliseconds: Int) {
            timeline.count(
                .good, latency: .milliseconds(milliseconds), at: .milliseconds(slot * 100 + 50))
        }
        for slot in 0..<30 { count(slot, (10..<14).contains(slot) ? 900 : 5) }
        count(29, 900)
        let bound = Duration.milliseconds(250)
        let settled = { timeline.settled(from: .seconds($0), to: .seconds($1), within: bound) }
        #expect(settled(0, 1) == .zero)
        #expect(settled(1, 2) == .milliseconds(400))
        #expect(settled(0, 2.9) == .milliseconds(1_400))
        #expect(settled(2, 3) == nil)
        #expect(settled(1, 1.4) == nil)
        #expect(settled(5, 9) == .zero)
    }

    @Test(arguments: [
        (200, 0, [], Outcome.good), (302, 1_000, [], .good), (200, 1_001, [], .late),
        (302, 0, [200], .failed), (302, 0, [200, 302], .good), (404, 0, [], .failed),
        (500, 0, [], .failed), (503, 0, [], .refused), (429, 5_000, [], .refused),
        (100, 0, [], .failed),
    ])
    func `answers are judged by status and time`(
        status: Int, milliseconds: Int, expected: [Int], outcome: Outcome
    ) {
        let judged = Outcome(
            status: status, latency: .milliseconds(milliseconds), expected: expected)
        #expect(judged == outcome)
    }
}

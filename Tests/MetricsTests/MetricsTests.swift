import Testing

@testable import Metrics

@Suite struct MetricsTests {
    @Test func `a histogram puts each duration below its bound`() {
        let cases = [
            (0, 128), (-5, 128), (127, 128), (128, 128), (129, 256), (256, 256), (257, 512),
            (1 << 20, 1 << 20), ((1 << 20) + 1, 1 << 21), (1 << 25, 1 << 25),
        ]
        for (microseconds, bound) in cases {
            let histogram = DurationHistogram()
            histogram.record(microseconds: microseconds)
            let first = histogram.cumulative.first { $0.count == 1 }
            #expect(first?.bound == bound, "\(microseconds)")
        }
        let histogram = DurationHistogram()
        histogram.record(microseconds: (1 << 25) + 1)
        histogram.record(microseconds: 300)
        #expect(histogram.cumulative.last?.bound == nil)
        #expect(histogram.cumulative.last?.count == 2)
        #expect(histogram.cumulative.dropLast().last?.count == 1)
        #expect(histogram.sum == (1 << 25) + 301)
    }

    @Test func `what is written is what Prometheus reads`() {
        var text = MetricsText()
        text.single("vouch_up", .gauge, "Whether it runs.", 1)
        text.family("vouch_requests_total", .counter, "Answers.")
        text.sample("vouch_requests_total", [("route", "a\"b\\c\nd"), ("status", "200")], 2.5)
        let lines = String(decoding: text.bytes, as: UTF8.self)
        #expect(
            lines == """
                # HELP vouch_up Whether it runs.
                # TYPE vouch_up gauge
                vouch_up 1
                # HELP vouch_requests_total Answers.
                # TYPE vouch_requests_total counter
                vouch_requests_total{route="a\\"b\\\\c\\nd",status="200"} 2.5

                """)
    }

    @Test func `a histogram's buckets add up`() {
        let histogram = DurationHistogram()
        for microseconds in [100, 200, 40_000_000] { histogram.record(microseconds: microseconds) }
        var text = MetricsText()
        text.histogram("wait_seconds", [("class", "member")], histogram)
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "wait_seconds_bucket{class=\"member\",le=\"0.000128\"} 1")
        #expect(lines.contains("wait_seconds_bucket{class=\"member\",le=\"0.000256\"} 2"))
        #expect(lines.contains("wait_seconds_bucket{class=\"member\",le=\"+Inf\"} 3"))
        #expect(lines.contains("wait_seconds_sum{class=\"member\"} 40.0003"))
        #expect(lines.last == "wait_seconds_count{class=\"member\"} 3")
    }

    @Test func `counters of many threads lose nothing`() async {
        let counter = Counter()
        let gauge = Gauge()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.add()
                        gauge.add(1)
                        gauge.add(-1)
                    }
                }
            }
        }
        #expect(counter.value == 80_000)
        #expect(gauge.value == 0)
    }
}

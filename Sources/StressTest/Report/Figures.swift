/// The figures of one class, or of all, in one phase or in a whole run.
package struct Figures: Sendable, Encodable {
    package let name: String
    /// All that were meant to be sent; the next six add up to it.
    package let requests: Int
    package let good: Int
    package let late: Int
    package let refused: Int
    package let failed: Int
    package let gaveUp: Int
    package let unsent: Int
    /// Good answers, as a share of all requests.
    package let goodShare: Double
    /// Good answers within 250 ms, as a share of all requests.
    package let promptShare: Double
    /// Good answers a second.
    package let goodput: Double
    /// Milliseconds, of good and late answers and of visitors who gave up.
    package let p50: Double
    package let p90: Double
    package let p99: Double
    package let p999: Double
    package let longest: Double
    /// Milliseconds until a refusal.
    package let refusalP99: Double
    package let refusalsWithoutRetryAfter: Int
    package let refusalsThatClosed: Int
    package let visits: Int
    package let visitsCompleted: Int
    /// Milliseconds after the phase's beginning until 99 of 100 in every 100 ms waited at most 250 ms;
    /// nil where that never came, and for whole runs.
    package let settledAfter: Double?
    /// Failures by reason, as in `Failure.name`.
    package let failures: [String: Int]
    /// Failed answers by status.
    package let statuses: [String: Int]

    /// - Parameters:
    ///   - seconds: the length of the time that the tally is of.
    ///   - settledAfter: see the property.
    init(_ name: String, _ tally: Tally, seconds: Double, settledAfter: Duration? = nil) {
        self.name = name
        requests = tally.requests
        good = tally[.good]
        late = tally[.late]
        refused = tally[.refused]
        failed = tally[.failed]
        gaveUp = tally[.gaveUp]
        unsent = tally[.unsent]
        let all = Double(max(1, tally.requests))
        goodShare = Double(tally[.good]) / all
        promptShare = Double(tally.prompt) / all
        goodput = seconds > 0 ? Double(tally[.good]) / seconds : 0
        p50 = tally.latency.value(at: 0.5).inMilliseconds
        p90 = tally.latency.value(at: 0.9).inMilliseconds
        p99 = tally.latency.value(at: 0.99).inMilliseconds
        p999 = tally.latency.value(at: 0.999).inMilliseconds
        longest = tally.latency.longest.inMilliseconds
        refusalP99 = tally.refusalLatency.value(at: 0.99).inMilliseconds
        refusalsWithoutRetryAfter = tally.refusalsWithoutRetryAfter
        refusalsThatClosed = tally.refusalsThatClosed
        visits = tally.visits
        self.settledAfter = settledAfter?.inMilliseconds
        visitsCompleted = tally.visitsCompleted
        failures = Dictionary(
            uniqueKeysWithValues: Failure.allCases.filter { tally[$0] > 0 }.map {
                ($0.name, tally[$0])
            })
        statuses = Dictionary(
            uniqueKeysWithValues: tally.statuses.map { ("\($0.key)", $0.value) })
    }
}

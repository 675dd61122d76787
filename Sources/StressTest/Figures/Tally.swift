/// What one class of traffic came to in one stretch of a run.
package struct Tally: Sendable {
    /// Requests by what became of them; indexed by `Outcome.rawValue`.
    private var outcomes = [Int](repeating: 0, count: Outcome.allCases.count)
    private var failures = [Int](repeating: 0, count: Failure.allCases.count)
    /// Failed answers by status.
    package private(set) var statuses: [Int: Int] = [:]

    /// Good answers within 250 ms.
    package private(set) var prompt = 0
    /// From the intended moment to the answer, of good and late answers; and to the moment of giving
    /// up, because leaving those out would make a server look the faster the more people leave.
    package private(set) var latency = LatencyHistogram()
    /// From the intended moment to a refusal.
    package private(set) var refusalLatency = LatencyHistogram()
    /// Refusals that did not say when to come again.
    package internal(set) var refusalsWithoutRetryAfter = 0
    /// Refusals that closed a connection on which the visitor wanted to stay.
    package internal(set) var refusalsThatClosed = 0

    /// Visitors that arrived, and those of them that got through all their steps.
    package internal(set) var visits = 0
    package internal(set) var visitsCompleted = 0

    package init() {}

    /// All requests that were meant to be sent.
    package var requests: Int { outcomes.reduce(0, +) }

    package subscript(_ outcome: Outcome) -> Int { outcomes[outcome.rawValue] }
    package subscript(_ failure: Failure) -> Int { failures[failure.rawValue] }

    /// Counts a request.
    package mutating func count(_ outcome: Outcome, latency: Duration) {
        outcomes[outcome.rawValue] += 1
        switch outcome {
        case .good, .late, .gaveUp: self.latency.record(latency)
        case .refused: refusalLatency.record(latency)
        case .failed, .unsent: break
        }
        if outcome == .good, latency <= Outcome.promptWithin { prompt += 1 }
    }

    /// Says why a request, which is counted already, failed.
    package mutating func count(_ failure: Failure, status: Int?) {
        failures[failure.rawValue] += 1
        if let status { statuses[status, default: 0] += 1 }
    }

    /// Adds another tally.
    package mutating func merge(_ other: Tally) {
        for index in outcomes.indices { outcomes[index] += other.outcomes[index] }
        for index in failures.indices { failures[index] += other.failures[index] }
        statuses.merge(other.statuses, uniquingKeysWith: +)
        prompt += other.prompt
        latency.merge(other.latency)
        refusalLatency.merge(other.refusalLatency)
        refusalsWithoutRetryAfter += other.refusalsWithoutRetryAfter
        refusalsThatClosed += other.refusalsThatClosed
        visits += other.visits
        visitsCompleted += other.visitsCompleted
    }
}

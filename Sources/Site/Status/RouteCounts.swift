import Metrics

/// How often each route was answered, and how long each class took: counted by one loop, read by
/// any thread.
package final class RouteCounts: Sendable {
    package static let names = Route.table.map(\.name) + ["none"]
    private static let numbers = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    private static let classes: [OverloadClass] =
        Route.table.map { $0.sample.row.overload } + [.visitor]

    /// Five for each route: the hundreds of the status.
    private let answers: [Counter]
    private let times: [OverloadClass: DurationHistogram]

    init() {
        answers = (0..<(5 * Self.names.count)).map { _ in Counter() }
        times = Dictionary(
            uniqueKeysWithValues: OverloadClass.allCases.map { ($0, DurationHistogram()) })
    }

    /// The number of a route, to be asked once.
    static func number(of name: String) -> Int { numbers[name] ?? names.count - 1 }

    func answered(_ route: Int, status: Int) {
        answers[5 * route + min(max(status / 100, 1), 5) - 1].add()
    }

    /// The time from a whole request to its answer, for requests that needed a handler.
    func took(_ overload: OverloadClass, microseconds: Int) {
        times[overload]?.record(microseconds: microseconds)
    }

    /// One loop's numbers after the other: what Prometheus adds up itself is the label `loop`.
    package static func write(_ all: [RouteCounts], to text: inout MetricsText) {
        text.family("vouch_requests_total", .counter, "Answers by route, class and status.")
        for (route, name) in names.enumerated() {
            for hundred in 1...5 {
                let count = all.reduce(0) { $0 + $1.answers[5 * route + hundred - 1].value }
                guard count > 0 else { continue }
                text.sample(
                    "vouch_requests_total",
                    [
                        ("route", name), ("class", classes[route].rawValue),
                        ("status", "\(hundred)xx"),
                    ], Double(count))
            }
        }
        text.family(
            "vouch_response_seconds", .histogram,
            "From a whole request to its answer, by class, where a handler ran.")
        for (loop, counts) in all.enumerated() {
            for overload in OverloadClass.allCases {
                guard let histogram = counts.times[overload], histogram.cumulative.last?.count != 0
                else { continue }
                text.histogram(
                    "vouch_response_seconds",
                    [("class", overload.rawValue), ("loop", "\(loop)")], histogram)
            }
        }
    }
}

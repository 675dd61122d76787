import Admission

/// What a decision costs: `admit` and `finish`, as a loop calls them, with a tick every 100 ms.
package enum DecisionBench {
    /// Nanoseconds per request: in calm times, with a full queue, and while most are cut.
    package static func run() -> [(name: String, nanoseconds: Double)] {
        [
            ("admitted at once", measure(held: 0, lag: .zero)),
            ("queued, granted by a finish", measure(held: 5, lag: .zero)),
            ("under overload, most cut", measure(held: 2, lag: .milliseconds(50))),
        ]
    }

    private static let rounds = 2_000_000

    private static func measure(held: Int, lag: Duration) -> Double {
        var settings = AdmissionSettings()
        settings.slots = 5
        var now: UInt64 = 1_000_000_000
        let control = AdmissionControl(
            settings: settings, lanes: 2, now: Moment(nanoseconds: now))
        let lane = AdmissionLane(control, number: 0, seed: 1)
        var tickets = Fifo<Ticket>()
        var token: UInt64 = 0
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            for round in 0..<rounds {
                now += 20_000
                let moment = Moment(nanoseconds: now)
                if round % 5_000 == 0 { lane.tick(now: moment, lag: lag) }
                token += 1
                let requestClass: RequestClass = round % 50 == 0 ? .member : .visitor
                let cohort = Cohort(UInt8(truncatingIfNeeded: round))
                let answer = lane.admit(requestClass, cohort, token: token, now: moment)
                if case .admitted(let ticket) = answer { tickets.append(ticket) }
                if tickets.count >= max(1, held), let ticket = tickets.popFirst() {
                    lane.finish(ticket, now: moment)
                }
                while let action = lane.nextAction() {
                    if case .grant(_, let ticket) = action { tickets.append(ticket) }
                }
            }
        }
        let (seconds, attoseconds) = elapsed.components
        return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(rounds)
    }
}

import Domain

/// An introduction as it is invented: to which job, by whom, how far it came, and when.
struct Sketch: Sendable {
    /// The position of the job among those that were loaded.
    let job: Int
    let origin: Origin
    let outcome: Outcome
    /// When it began, and when each further step of its path was taken.
    let times: [Instant]
    /// The stages from first to last.
    let path: [Stage]
    /// When the company reported the hire, and when an admin recorded it.
    let reportedAt: Instant?
    let recordedAt: Instant?
    let seed: UInt64
    /// The candidate has the affiliate's own address.
    var isSelf = false

    var createdAt: Instant { times.first ?? Instant(microseconds: 0) }

    /// Who brought it; positions among the affiliates.
    enum Origin: Hashable, Sendable {
        case link(affiliate: Int, channel: String)
        case recommendation(affiliate: Int)
        case direct

        var affiliate: Int? {
            switch self {
            case .link(let affiliate, _), .recommendation(let affiliate): affiliate
            case .direct: nil
            }
        }
    }

    /// How far it came in the end.
    enum Outcome: Hashable, Sendable {
        case at(Stage)
        /// The company has reported the hire, and an admin has yet to record it.
        case reported
        case hired
        case rejected(RejectionReason?)
        case withdrawn
    }
}

/// The time in which an introduction happens.
struct Window: Sendable {
    let start: Instant
    let end: Instant
}

extension Sketch {
    /// Spreads the steps of an outcome over a window.
    init(
        job: Int, origin: Origin, outcome: Outcome, window: Window, calendar: DemoCalendar,
        _ random: inout DemoRandom
    ) {
        let path = Self.path(to: outcome, origin, &random)
        let extra = outcome == .hired ? 2 : outcome == .reported ? 1 : 0
        let latest = Swift.max(
            window.start.adding(seconds: 60), window.end.adding(seconds: -3600))
        let begin = calendar.moments(2, from: window.start, to: latest, &random)[
            outcome.needsTime ? 0 : random.below(2)]
        // A step takes some days, and what has not ended by now ends by now.
        let days = (path.count + extra) * random.number(in: 3...7)
        let end = min(window.end, begin.adding(days: days))
        let times = calendar.moments(path.count + extra - 1, from: begin, to: end, &random)
        self.job = job
        self.origin = origin
        self.outcome = outcome
        self.path = path
        self.times = [begin] + times.prefix(path.count - 1)
        reportedAt = extra > 0 ? times[path.count - 1] : nil
        recordedAt = extra > 1 ? times[path.count] : nil
        seed = random.next()
    }

    private static func path(
        to outcome: Outcome, _ origin: Origin, _ random: inout DemoRandom
    ) -> [Stage] {
        let way: [Stage] = [.submitted, .shortlisted, .interview, .offer]
        var path: [Stage] = []
        if case .recommendation = origin { path.append(.unconfirmed) }
        switch outcome {
        case .at(.unconfirmed): return [.unconfirmed]
        case .at(let stage):
            for step in way {
                path.append(step)
                if step == stage { break }
            }
        case .reported, .hired: path += way
        case .rejected: path += way.prefix(random.number(in: 1...3)) + [.rejected]
        case .withdrawn: path += way.prefix(random.number(in: 1...3)) + [.withdrawn]
        }
        return path
    }
}

extension Sketch.Outcome {
    /// Whether the steps to it fill weeks.
    fileprivate var needsTime: Bool {
        switch self {
        case .at(.unconfirmed), .at(.submitted), .at(.shortlisted): false
        case .at, .reported, .hired, .rejected, .withdrawn: true
        }
    }
}

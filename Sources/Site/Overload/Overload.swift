import Admission
import Domain
import EventLoop
import HTTP
import Metrics
import Synchronization

/// The overload control of this process: one decision for all loops, a gate on each.
package final class Overload: Sendable {
    package let control: AdmissionControl
    let cohorts: CohortHash
    private let gates = Mutex<[RequestGate?]>([])
    private let knowsAddresses: Bool

    /// Requests that work at the same time on one loop. More than PostgreSQL does at once, because
    /// short reads of many requests travel in one pipeline and cost a third of single ones there.
    private static let slotsPerLoop = 32

    /// - Parameters:
    ///   - loops: how many loops have a gate each.
    ///   - cohortKey: secret, and the same in all instances of a site.
    ///   - knowsAddresses: whether visitors connect themselves; behind a proxy the address of a
    ///     connection says nothing.
    package init(
        loops: Int, mode: AdmissionMode, cohortKey: (UInt64, UInt64), knowsAddresses: Bool = true,
        _ change: (inout AdmissionSettings) -> Void = { _ in }
    ) {
        var settings = AdmissionSettings()
        settings.slots = Self.slotsPerLoop * max(1, loops)
        change(&settings)
        control = AdmissionControl(
            settings: settings, lanes: loops, mode: mode, now: Moment(MonotonicTime.now))
        cohorts = CohortHash(key: cohortKey)
        self.knowsAddresses = knowsAddresses
    }

    /// The cohort of whoever connects from an address; nil behind a proxy.
    func cohort(of peer: PeerAddress, at now: Instant) -> Cohort? {
        guard knowsAddresses else { return nil }
        return cohorts.cohort(
            of: RequestStanding.identity(of: peer), secondsSinceEpoch: now.secondsSinceEpoch)
    }

    /// Adds the gate of a loop; as many as there are lanes.
    func add(_ make: (Int) -> RequestGate) -> RequestGate {
        gates.withLock { gates in
            let gate = make(gates.count)
            gates.append(gate)
            return gate
        }
    }

    /// Lets another loop look at who waits there; a slot is free.
    func wake(_ number: Int) {
        let gate = gates.withLock { $0.indices.contains(number) ? $0[number] : nil }
        gate?.wake()
    }

    /// How plain pages are to be.
    var level: BrownoutLevel { control.level }

    /// What the status page says.
    package var load: StatusFacts.Load {
        let decided = control.acting(Moment(MonotonicTime.now))
        if decided.isCutting { return .overloaded }
        return decided.level > .none || decided.isLimiting ? .busy : .calm
    }

    /// Writes down what the gates have counted.
    package func write(to text: inout MetricsText) {
        let gates = gates.withLock { $0.compactMap { $0 } }
        text.family(
            "vouch_admissions_total", .counter,
            "Requests that need the database, by class and what was decided.")
        for requestClass in RequestClass.allCases {
            for outcome in GateCounts.Outcome.allCases {
                let sum = gates.reduce(0) { $0 + $1.counts[requestClass, outcome].value }
                guard sum > 0 else { continue }
                text.sample(
                    "vouch_admissions_total",
                    [("class", requestClass.name), ("outcome", outcome.rawValue)], Double(sum))
            }
        }
        text.family(
            "vouch_queue_delay_seconds", .histogram, "How long admitted requests waited, by class.")
        for requestClass in RequestClass.allCases {
            for (loop, gate) in gates.enumerated()
            where gate.counts.delay(of: requestClass).cumulative.last?.count != 0 {
                text.histogram(
                    "vouch_queue_delay_seconds",
                    [("class", requestClass.name), ("loop", "\(loop)")],
                    gate.counts.delay(of: requestClass))
            }
        }
        text.single(
            "vouch_requests_in_flight", .gauge,
            "Requests that have been admitted and not answered.",
            Double(control.inFlight))
        text.single(
            "vouch_brownout_level", .gauge, "How plain pages are: 0 is everything.",
            Double(control.level.rawValue))
        text.single(
            "vouch_overload_mode", .gauge, "0 off, 1 observe, 2 on.", Double(control.mode.rawValue))
    }
}

/// What the gate of one loop has decided, counted by it and read by anybody.
final class GateCounts: Sendable {
    enum Outcome: String, CaseIterable { case admitted, cut, full, late, displaced, left }

    private let counters: [Counter]
    private let delays: [DurationHistogram]

    init() {
        counters = (0..<(RequestClass.allCases.count * Outcome.allCases.count)).map { _ in Counter()
        }
        delays = RequestClass.allCases.map { _ in DurationHistogram() }
    }

    subscript(requestClass: RequestClass, outcome: Outcome) -> Counter {
        let place = Outcome.allCases.firstIndex(of: outcome) ?? 0
        return counters[Int(requestClass.rawValue) * Outcome.allCases.count + place]
    }

    func delay(of requestClass: RequestClass) -> DurationHistogram {
        delays[Int(requestClass.rawValue)]
    }
}

extension GateCounts.Outcome {
    init(_ reason: Refusal.Reason) {
        self =
            switch reason {
            case .cut: .cut
            case .queueFull: .full
            case .deadline: .late
            case .displaced: .displaced
            }
    }
}

extension RequestClass {
    /// As metrics and logs name it.
    var name: String {
        switch self {
        case .admin: "admin"
        case .member: "member"
        case .conversion: "conversion"
        case .visitor: "visitor"
        case .background: "background"
        }
    }
}

extension Moment {
    /// The control's clock is that of the loops.
    init(_ time: MonotonicTime) { self.init(nanoseconds: time.nanoseconds) }
}

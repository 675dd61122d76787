import Admission

/// An overload control in the simulator, and the simplest: none. Everything is accepted and read
/// as it comes, and waits in one queue for the database.
package class Policy {
    /// What happens to a request whose head was read.
    enum Decision {
        case run, queue, refuse
    }

    /// What is known of a kept connection before its request is read.
    struct Known {
        let wasImportant: Bool
        let cohort: Cohort
        let wasServed: Bool?
    }

    package let name: String
    let slots: Int
    /// The listening socket's backlog.
    var backlog: Int { 1_024 }
    /// Queries under way.
    final var running = 0
    private var line = Fifo<(request: Int, since: Double)>()
    private var readable = Fifo<Int>()
    /// Requests of the queue that may run now, and that are refused now; taken by the simulator.
    final var started: [Int] = []
    final var dropped: [Int] = []
    /// Admitted and not answered.
    final var admitted = 0

    init(_ name: String, slots: Int) {
        self.name = name
        self.slots = slots
    }

    /// No control at all.
    package static func none(_ scenario: Scenario) -> Policy {
        Policy("none", slots: scenario.slots)
    }

    /// The classical refusal at the end of the head.
    package static func classical(_ scenario: Scenario) -> Policy {
        BoundedQueuePolicy(slots: scenario.slots)
    }

    var waiting: Int { line.count }

    // MARK: What other controls decide differently

    /// Connections to accept in this turn; `isImportant` for the members' own listener.
    func accepts(_ unanswered: Int, isImportant: Bool, _ now: Double) -> Int { backlog }
    func accepted(_ count: Int, isImportant: Bool) {}
    /// Whether the kernel's filter lets a connection attempt through.
    func passes(_ cohort: Cohort) -> Bool { true }
    /// The kernel has dropped an attempt at the listener for all.
    final var dropsInTick = 0
    /// Whoever waits unread has gone.
    func hasGone(_ request: Int) {}

    /// True for a control that has a listener for members.
    var hasImportantListener: Bool { false }

    func becameReadable(_ request: Int, _ known: Known, _ now: Double) {
        readable.append(request)
    }

    func nextRead(_ now: Double) -> Int? { readable.popFirst() }

    /// Requests read in one turn at most.
    var readsPerTurn: Int { 512 }

    func decide(
        _ request: Int, _ requestClass: RequestClass, _ cohort: Cohort, _ now: Double
    ) -> Decision {
        guard mayEnter(now) else { return .refuse }
        admitted += 1
        if running < slots, line.isEmpty {
            running += 1
            return .run
        }
        line.append((request, now))
        return .queue
    }

    func mayEnter(_ now: Double) -> Bool { true }

    /// Whether one that waited so long is dropped when its turn comes.
    func isDropped(waited: Double, _ now: Double) -> Bool { false }

    func queryEnded(_ request: Int, _ now: Double) {
        running -= 1
        while running < slots, let next = line.popFirst() {
            if isDropped(waited: now - next.since, now) {
                admitted -= 1
                dropped.append(next.request)
            } else {
                running += 1
                started.append(next.request)
            }
        }
    }

    /// An answer was written, so long after its head was read.
    func answered(_ request: Int, after latency: Double, _ now: Double) { admitted -= 1 }

    /// A refusal was written that took so many microseconds of CPU in all.
    func refused(_ cost: Double, onNew: Bool, _ now: Double) {}

    func turnBegan(_ now: Double) {}
    func turnEnded(_ now: Double) {}
    func tick(_ now: Double) {}
    /// Wakes the control apart from ticks: deadlines that have come.
    func lookAgain(_ now: Double) {}
}

/// The classical 503: a queue of fixed length, beyond it refusal at the end of the head.
final class BoundedQueuePolicy: Policy {
    init(slots: Int) { super.init("classical 503", slots: slots) }

    override func mayEnter(_ now: Double) -> Bool { running < slots || waiting < 3 * slots }
}

/// CoDel as in Facebook's folly: while the least wait of 100 ms stays beyond 5 ms, who waited
/// twice that is dropped; otherwise who waited 100 ms.
final class CoDelPolicy: Policy {
    private var intervalEnd = 0.0
    private var least = 0.0
    private var isOverloaded = false

    private static let target = 0.005
    private static let interval = 0.1

    init(slots: Int) { super.init("CoDel (folly)", slots: slots) }

    override func isDropped(waited: Double, _ now: Double) -> Bool {
        if now > intervalEnd {
            isOverloaded = least > Self.target
            intervalEnd = now + Self.interval
            least = waited
        }
        least = min(least, waited)
        return waited > (isOverloaded ? 2 * Self.target : Self.interval)
    }
}

/// A limit on what is admitted and not answered, found by its subclasses.
class LimitPolicy: Policy {
    final var limit: Double

    init(_ name: String, slots: Int, limit: Double) {
        self.limit = limit
        super.init(name, slots: slots)
    }

    override func mayEnter(_ now: Double) -> Bool { Double(admitted) < limit }

    override func answered(_ request: Int, after latency: Double, _ now: Double) {
        let inFlight = admitted
        super.answered(request, after: latency, now)
        learn(latency, inFlight: inFlight)
        limit = min(max(limit, 1), 1_000)
    }

    func learn(_ latency: Double, inFlight: Int) {}
}

/// Netflix's `AIMDLimit`: one more for each answer in time, a tenth less for each that is late.
final class AIMDPolicy: LimitPolicy {
    private static let late = 0.25

    init(slots: Int) { super.init("AIMD", slots: slots, limit: 20) }

    override func learn(_ latency: Double, inFlight: Int) {
        if latency > Self.late {
            limit *= 0.9
        } else if Double(inFlight) * 2 >= limit {
            limit += 1 / limit
        }
    }
}

/// Netflix's `Gradient2Limit`: the limit follows the ratio of the long to the present latency.
final class GradientPolicy: LimitPolicy {
    private var long = 0.0
    private var count = 0

    init(slots: Int) { super.init("gradient2 (Netflix)", slots: slots, limit: 20) }

    override func learn(_ latency: Double, inFlight: Int) {
        count += 1
        // An exponential average over 600 samples, warmed up by the mean of the first ten.
        if count <= 10 {
            long += (latency - long) / Double(count)
        } else {
            long += (latency - long) * 2 / 601
        }
        if long / latency > 2 { long *= 0.95 }
        guard Double(inFlight) >= limit / 2 else { return }
        let gradient = max(0.5, min(1, 1.5 * long / latency))
        let wanted = limit * gradient + 4
        limit = 0.8 * limit + 0.2 * wanted
    }
}

/// TCP Vegas as in Netflix's `VegasLimit`: few are to wait beyond the least latency seen.
final class VegasPolicy: LimitPolicy {
    private var least = Double.infinity
    private var count = 0

    init(slots: Int) { super.init("Vegas (Netflix)", slots: slots, limit: 20) }

    override func learn(_ latency: Double, inFlight: Int) {
        count += 1
        // Probes anew now and then.
        if Double(count) > 30 * limit {
            count = 0
            least = latency
        }
        least = min(least, latency)
        guard Double(inFlight) * 2 >= limit else { return }
        let queued = (limit * (1 - least / latency)).rounded(.up)
        let scale = max(1, Double(String(Int(limit)).count - 1))
        if queued <= scale {
            limit += 6 * scale
        } else if queued < 3 * scale {
            limit += scale
        } else if queued > 6 * scale {
            limit -= scale
        }
    }
}

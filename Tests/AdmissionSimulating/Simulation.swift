import Admission
import Glibc

/// A server, its kernel and its visitors, in simulated time: the same traffic for every control.
///
/// Requests come by a Poisson process, three of each visitor, half a second apart or more, whether
/// or not the last was answered (open loop). They give up after two seconds; a connection attempt
/// that finds the backlog full is repeated after one.
package struct Simulation {
    private enum Event {
        /// The next request is sent.
        case send
        /// Another attempt to connect.
        case attempt(Int)
        /// A query has come back from elsewhere.
        case queryBack(Int)
        /// Its visitor has given up.
        case gone(Int)
        case tick
        case deadlines
    }

    /// A visitor between two requests.
    private struct Visit {
        let number: Int32
        let requestClass: RequestClass
        let cohort: Cohort
        var left = 3
        var nextAt = 0.0
    }

    /// A piece of work of the server's loop.
    private enum Work {
        case accept(Int)
        case read(Int)
        case refuse(Int)
        case render(Int)
    }

    let scenario: Scenario
    private let policy: Policy
    private var core = SharedCore()
    private var events = EventHeap<Event>()
    private var chance: Chance
    private(set) var requests: [SimulatedRequest] = []
    private var visits = Fifo<Visit>()
    private var visitCount: Int32 = 0
    private var readAt: [Int: Double] = [:]
    /// How the last request of a visit ended.
    private var wasServed: [Int32: Bool] = [:]

    private var backlog = Fifo<Int>()
    private var membersBacklog = Fifo<Int>()
    private var unanswered = 0
    private var membersUnanswered = 0
    private var rendered = Fifo<Int>()
    private var turn = Fifo<Work>()
    private var urgent: [Work] = []
    private var present: Work?
    private var isInTurn = false
    private var readsLeft = 0
    /// During the overload: CPU seconds spent on refusing, and without work.
    private var refusing = 0.0
    private var idleMarks: [Double] = []

    private static let tick = 0.1
    private static let thinking = 0.5
    private static let deadlineStep = 0.005

    package init(_ scenario: Scenario, _ policy: Policy) {
        self.scenario = scenario
        self.policy = policy
        chance = Chance(seed: scenario.seed)
        requests.reserveCapacity(
            Int(scenario.capacity * scenario.factor * (scenario.during + 3)))
    }

    private var end: Double { scenario.before + scenario.during + scenario.after }

    /// Runs it and measures.
    package mutating func run() -> Measures {
        events.add(.send, at: 0)
        events.add(.tick, at: Self.tick)
        events.add(.deadlines, at: Self.deadlineStep)
        while true {
            let workEnd = core.nextEnd
            let eventTime = events.nextTime
            // Two seconds more, for those who still wait.
            if min(workEnd, eventTime) > end + Scenario.patience { break }
            if workEnd <= eventTime {
                core.advance(to: workEnd)
                switch core.takeEnd() {
                case .server: serverEnded()
                case .query(let request): queryEnded(request)
                }
            } else {
                core.advance(to: eventTime)
                if let event = events.pop() { handle(event) }
            }
            if !core.isServerBusy { startNextWork() }
        }
        let idle = (idleMarks.last ?? 0) - (idleMarks.first ?? 0)
        return Measures(
            requests, scenario, refusingShare: refusing / scenario.during,
            idleShare: idle / scenario.during)
    }

    // MARK: Visitors

    private func rate(_ time: Double) -> Double {
        if time < scenario.before { return scenario.capacity }
        if time < scenario.before + scenario.during {
            return scenario.capacity * scenario.factor
        }
        return scenario.capacity * 0.7
    }

    private mutating func handle(_ event: Event) {
        let now = core.now
        switch event {
        case .send: sendNext(now)
        case .attempt(let request): arrive(request, now)
        case .queryBack(let request): backFromDatabase(request)
        case .gone(let request): policy.hasGone(request)
        case .tick:
            if isOverload(now) { idleMarks.append(core.idle) }
            policy.tick(now)
            takeDecisions()
            events.add(.tick, at: now + Self.tick)
        case .deadlines:
            policy.lookAgain(now)
            takeDecisions()
            events.add(.deadlines, at: now + Self.deadlineStep)
        }
    }

    private func isOverload(_ time: Double) -> Bool {
        time >= scenario.before && time < scenario.before + scenario.during
    }

    /// One request: the next of a visit, where one is due, or the first of a new visit. So the
    /// rate is exact at each moment, and a step is a step.
    private mutating func sendNext(_ now: Double) {
        if now > end { return }
        var visit: Visit
        if let due = visits.first, due.nextAt <= now, chance.unit() < 2.0 / 3.0 {
            visit = due
            _ = visits.popFirst()
        } else {
            visit = newVisit()
        }
        requests.append(
            SimulatedRequest(
                visit: visit.number, requestClass: visit.requestClass, cohort: visit.cohort,
                intended: now, weight: 0.5 + chance.unit()))
        visit.left -= 1
        visit.nextAt = now + Self.thinking
        if visit.left > 0 { visits.append(visit) }
        events.add(.send, at: now - log(1 - chance.unit()) / rate(now))
        arrive(requests.count - 1, now)
    }

    private mutating func newVisit() -> Visit {
        visitCount += 1
        var kind = Int(chance.word() % 1_000)
        var requestClass = RequestClass.visitor
        for (candidate, part) in Scenario.mix {
            requestClass = candidate
            kind -= part
            if kind < 0 { break }
        }
        return Visit(
            number: visitCount, requestClass: requestClass,
            cohort: Cohort(UInt8(chance.word() % 128)))
    }

    private mutating func arrive(_ request: Int, _ now: Double) {
        guard now < requests[request].hasGivenUpAt else { return }
        let requestClass = requests[request].requestClass
        guard scenario.opensConnections else {
            let known = Policy.Known(
                wasImportant: requestClass.isImportant, cohort: requests[request].cohort,
                wasServed: wasServed[requests[request].visit])
            events.add(.gone(request), at: requests[request].hasGivenUpAt)
            return policy.becameReadable(request, known, now)
        }
        if policy.hasImportantListener, requestClass.isImportant {
            if membersBacklog.count < policy.backlog { return membersBacklog.append(request) }
        } else {
            if policy.passes(requests[request].cohort), backlog.count < policy.backlog {
                return backlog.append(request)
            }
            policy.dropsInTick += 1
        }
        core.interrupt(scenario.costs.droppedAttempt)
        // RFC 6298: after one second, then after two more.
        requests[request].attempts += 1
        let pause = requests[request].attempts == 1 ? 1.0 : 2.0
        events.add(.attempt(request), at: now + pause)
    }

    // MARK: The loop

    private mutating func startNextWork() {
        while true {
            if let work = urgent.popLast() ?? turn.popFirst() { return start(work) }
            if readsLeft > 0, let request = policy.nextRead(core.now) {
                readsLeft -= 1
                return start(.read(request))
            }
            if isInTurn {
                policy.turnEnded(core.now)
                isInTurn = false
            }
            guard beginTurn() else { return }
        }
    }

    /// Collects what is ready, as `epoll_wait` does; false where nothing is.
    private mutating func beginTurn() -> Bool {
        while let request = rendered.popFirst() { turn.append(.render(request)) }
        collectConnections(important: true)
        collectConnections(important: false)
        readsLeft = policy.readsPerTurn
        if turn.isEmpty {
            guard let request = policy.nextRead(core.now) else { return false }
            readsLeft -= 1
            turn.append(.read(request))
        }
        policy.turnBegan(core.now)
        isInTurn = true
        return true
    }

    private mutating func collectConnections(important: Bool) {
        let waiting = important ? membersBacklog.count : backlog.count
        guard scenario.opensConnections else { return }
        let unanswered = important ? membersUnanswered : unanswered
        let count = policy.accepts(unanswered, isImportant: important, core.now)
        policy.accepted(min(waiting, count), isImportant: important)
        for _ in 0..<min(waiting, count) {
            if let request = important ? membersBacklog.popFirst() : backlog.popFirst() {
                turn.append(.accept(request))
            }
        }
    }

    private mutating func start(_ work: Work) {
        let costs = scenario.costs
        present = work
        switch work {
        case .accept: core.startServer(costs.accept)
        case .read: core.startServer(costs.read)
        case .refuse:
            core.startServer(costs.refusal + (scenario.opensConnections ? costs.close : 0))
        case .render(let request):
            core.startServer(
                costs.render * requests[request].weight
                    + (scenario.opensConnections ? costs.close : 0))
        }
    }

    private mutating func serverEnded() {
        guard let work = present else { return }
        present = nil
        switch work {
        case .accept(let request):
            count(request, 1)
            // Its request has come with it: it is read at once.
            urgent.append(.read(request))
        case .read(let request): decide(request)
        case .refuse(let request): refused(request)
        case .render(let request): answered(request)
        }
    }

    private mutating func count(_ request: Int, _ change: Int) {
        guard scenario.opensConnections else { return }
        if policy.hasImportantListener, requests[request].requestClass.isImportant {
            membersUnanswered += change
        } else {
            unanswered += change
        }
    }

    private mutating func decide(_ request: Int) {
        let now = core.now
        readAt[request] = now
        let decision = policy.decide(
            request, requests[request].requestClass, requests[request].cohort, now)
        switch decision {
        case .run: startQuery(request)
        case .queue: break
        case .refuse: urgent.append(.refuse(request))
        }
        takeDecisions()
    }

    private mutating func takeDecisions() {
        while let request = policy.started.popLast() { startQuery(request) }
        while let request = policy.dropped.popLast() { turn.append(.refuse(request)) }
    }

    private mutating func startQuery(_ request: Int) {
        core.startQuery(request, scenario.costs.database * requests[request].weight)
    }

    private mutating func queryEnded(_ request: Int) {
        let elsewhere = scenario.costs.databaseElsewhere
        if elsewhere == 0 { return backFromDatabase(request) }
        events.add(
            .queryBack(request),
            at: core.now + elsewhere / 1e6 * slowness * requests[request].weight)
    }

    private var slowness: Double {
        let middle = scenario.before + scenario.during / 2
        return core.now >= middle && isOverload(core.now) ? scenario.slowdown : 1
    }

    private mutating func backFromDatabase(_ request: Int) {
        rendered.append(request)
        policy.queryEnded(request, core.now)
        takeDecisions()
    }

    private mutating func answered(_ request: Int) {
        let now = core.now
        count(request, -1)
        if now < requests[request].hasGivenUpAt {
            requests[request].answeredAt = now
            requests[request].isGood = now - requests[request].intended <= Scenario.goodWithin
        }
        wasServed[requests[request].visit] = true
        policy.answered(request, after: now - (readAt.removeValue(forKey: request) ?? now), now)
        takeDecisions()
    }

    private mutating func refused(_ request: Int) {
        let costs = scenario.costs
        let now = core.now
        count(request, -1)
        readAt[request] = nil
        requests[request].answeredAt = now
        requests[request].isRefused = true
        wasServed[requests[request].visit] = false
        let isNew = scenario.opensConnections
        let cost = costs.read + costs.refusal + (isNew ? costs.accept + costs.close : 0)
        if isOverload(now) { refusing += cost / 1e6 }
        policy.refused(cost, onNew: isNew, now)
        takeDecisions()
    }
}

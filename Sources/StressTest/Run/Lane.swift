import EventLoop
import Glibc

/// One thread of the generator: begins visits when their time has come, whatever became of the
/// earlier ones, and plays them.
///
/// `@unchecked Sendable`: everything belongs to the loop's thread until `finished` is open.
final class Lane: @unchecked Sendable {
    let loop: EventLoop
    let plan: RunPlan
    /// Open when nothing more will be counted.
    let finished = ThreadGate()
    var recorder: Recorder
    let receiveBuffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 65_536)

    private let index: Int
    private let receipts: ReceiptLog?
    private var random: SeededRandom
    private var start = MonotonicTime(nanoseconds: 0)
    private var clock: ArrivalClock?
    private var schedules: [ArrivalSchedule]
    private var next: [Duration?]
    private var visitCount = 0
    private var activeCount = 0
    private var isOver = false
    private var pools: [ConnectionPool]
    private var open: [Int32: ClientConnection] = [:]

    /// Visits that are begun in one turn, before the sockets have theirs.
    private static let arrivalsPerTurn = 128

    init(index: Int, plan: RunPlan, receipts: ReceiptLog?) throws(SystemError) {
        self.index = index
        self.plan = plan
        self.receipts = receipts
        loop = try EventLoop(name: "stress-\(index)")
        recorder = Recorder(
            classCount: plan.classes.count, phases: plan.phases, warmUp: plan.options.warmUp)
        random = SeededRandom(
            seed: plan.options.seed, stream: UInt64(index) << 32 | 0xffff_ffff)
        schedules = plan.classes.indices.map { plan.schedule(of: $0, lane: index) }
        next = []
        pools = plan.classes.map { _ in ConnectionPool() }
    }

    deinit { receiveBuffer.deallocate() }

    /// Begins; offsets of the schedule count from `start`. On the loop.
    func begin(at start: MonotonicTime) {
        self.start = start
        next = schedules.indices.map { schedules[$0].next() }
        do {
            let clock = try ArrivalClock(loop: loop) { [unowned self] in arrivalsAreDue() }
            try clock.start()
            self.clock = clock
        } catch {
            // Without its clock there is nothing to measure: the report is empty.
            return finish()
        }
        loop.schedule(after: (start + plan.phases.length + longestVisit) - MonotonicTime.now) {
            [unowned self] in finish()
        }
        arrivalsAreDue()
    }

    /// Ends before the schedule does. On the loop.
    func finish() {
        if isOver { return }
        isOver = true
        recorder.unfinished = activeCount
        recorder.length = MonotonicTime.now - start
        clock?.stop()
        clock = nil
        for connection in Array(open.values) { connection.close() }
        finished.open()
    }

    /// How long the last visitors may take: all steps with all patience and all pauses.
    private var longestVisit: Duration {
        let all = plan.classes.map { traffic in
            traffic.steps.reduce(Duration.seconds(1)) { $0 + $1.pause + traffic.patience }
        }
        return min(all.max() ?? .zero, .seconds(120))
    }

    // MARK: Arrivals

    private func arrivalsAreDue() {
        if isOver { return }
        let now = MonotonicTime.now
        for _ in 0..<Self.arrivalsPerTurn {
            guard let (moment, classIndex) = nextArrival else { break }
            if start + moment > now { break }
            next[classIndex] = schedules[classIndex].next()
            arrive(classIndex, at: start + moment)
        }
        if let (moment, _) = nextArrival {
            clock?.set(start + moment)
        } else if activeCount == 0 {
            finish()
        }
    }

    private var nextArrival: (Duration, Int)? {
        var found: (Duration, Int)?
        for (index, moment) in next.enumerated() {
            guard let moment else { continue }
            if let earlier = found, earlier.0 <= moment { continue }
            found = (moment, index)
        }
        return found
    }

    private func arrive(_ classIndex: Int, at moment: MonotonicTime) {
        let traffic = plan.classes[classIndex]
        visitCount += 1
        activeCount += 1
        recorder.change(classIndex, at: moment - start) { $0.visits += 1 }
        var values = [[UInt8]](repeating: [], count: traffic.slotCount)
        values[ClassPlan.uniqueSlot] = Array("\(plan.options.tag)-\(index)-\(visitCount)".utf8)
        for choice in traffic.choices {
            values[choice.slot] = choice.values[random.index(below: choice.values.count)]
        }
        let visit = Visit(
            classIndex: classIndex, values: values, intended: moment,
            source: source(of: traffic))
        ask(visit)
    }

    /// A visitor keeps an address, so that all of one visit comes from the same place.
    private func source(of traffic: ClassPlan) -> UInt16? {
        guard plan.options.sources > 1, traffic.target.isLoopback4 else { return nil }
        return UInt16(1 + random.index(below: plan.options.sources))
    }

    // MARK: Requests

    /// Sends the request of the visit's present step.
    private func ask(_ visit: Visit) {
        if isOver { return }
        let traffic = plan.classes[visit.classIndex]
        let now = MonotonicTime.now
        recorder.lag.record(now - visit.intended)
        let patience = (visit.intended + traffic.patience) - now
        // A generator that is later than anybody's patience has asked nothing.
        guard patience > .zero else {
            recorder.overslept += 1
            return neverSent(visit)
        }
        visit.timer = loop.schedule(after: patience) { [unowned self] in gaveUp(visit) }
        send(visit)
    }

    private func send(_ visit: Visit) {
        let traffic = plan.classes[visit.classIndex]
        let step = traffic.steps[visit.stepIndex]
        let connection: ClientConnection
        switch acquire(for: visit) {
        case .found(let found): connection = found
        case .shortage: return neverSent(visit)
        case .refused: return failed(visit, .connect, mayRetry: false)
        }
        visit.connection = connection
        var request: [UInt8] = []
        request.reserveCapacity(512)
        step.write(
            to: &request, visit.values, cookies: visit.cookies,
            closes: traffic.connections == .new)
        connection.send(
            request, for: visit,
            AnswerParser(isHead: step.isHead, keepsContent: !step.captures.isEmpty))
    }

    private enum Acquired { case found(ClientConnection), shortage, refused }

    private func acquire(for visit: Visit) -> Acquired {
        if let connection = visit.connection, !connection.isClosed { return .found(connection) }
        // Whose kept connection was dead gets a new one: the next could be dead as well.
        if plan.classes[visit.classIndex].connections == .kept, !visit.hasRetried,
            let connection = pools[visit.classIndex].pop()
        {
            return .found(connection)
        }
        let most = max(1, plan.options.connectionsMax / plan.options.threads)
        if open.count >= most, !closeIdle() { return .shortage }
        do {
            let connection = try ClientConnection(
                lane: self, classIndex: visit.classIndex, source: visit.source)
            open[connection.descriptor] = connection
            recorder.connections.opened += 1
            recorder.connections.openMax = max(recorder.connections.openMax, open.count)
            return .found(connection)
        } catch let error as SystemError where error.isGeneratorShortage {
            return .shortage
        } catch {
            return .refused
        }
    }

    /// Makes room by closing a connection that nobody uses.
    private func closeIdle() -> Bool {
        guard let index = pools.indices.max(by: { pools[$0].count < pools[$1].count }),
            let idle = pools[index].pop()
        else { return false }
        idle.close()
        return true
    }

    // MARK: What becomes of them

    func answered(_ visit: Visit, _ answer: Answer, on connection: ClientConnection, isUsable: Bool)
    {
        let now = MonotonicTime.now
        let traffic = plan.classes[visit.classIndex]
        let step = traffic.steps[visit.stepIndex]
        visit.timer?.cancel()
        let isSuccess = (200..<400).contains(answer.status)
        let hasCaptures = !isSuccess || visit.take(answer, for: step)
        var outcome = Outcome(
            status: answer.status, latency: now - visit.intended, expected: step.expected)
        var failure: Failure? = outcome == .failed ? .status : nil
        if !hasCaptures, outcome == .good || outcome == .late {
            (outcome, failure) = (.failed, .capture)
        }
        count(outcome, visit, at: now, failure, status: answer.status)
        if outcome == .refused {
            recorder.change(visit.classIndex, at: visit.intended - start) { tally in
                if !answer.hasRetryAfter { tally.refusalsWithoutRetryAfter += 1 }
                let stays = answer.keepsConnection || traffic.connections == .new
                if !stays { tally.refusalsThatClosed += 1 }
            }
        }
        note(visit, isAcknowledged: isSuccess, status: answer.status)
        let keeps = isUsable && answer.keepsConnection && traffic.connections != .new
        release(connection, of: visit, keeps: keeps)
        outcome == .good || outcome == .late ? goOn(visit, at: now) : leave(visit)
    }

    /// A request got no answer.
    ///
    /// - Parameter mayRetry: the server closed a kept connection before it can have seen the request;
    ///   browsers send a safe one again without telling anybody (RFC 9112 9.5).
    func failed(_ visit: Visit, _ failure: Failure, mayRetry: Bool) {
        visit.connection = nil
        let step = plan.classes[visit.classIndex].steps[visit.stepIndex]
        if mayRetry, step.isSafe, !visit.hasRetried {
            visit.hasRetried = true
            recorder.connections.retried += 1
            return send(visit)
        }
        visit.timer?.cancel()
        count(.failed, visit, at: MonotonicTime.now, failure)
        note(visit, isAcknowledged: false, status: nil)
        leave(visit)
    }

    private func gaveUp(_ visit: Visit) {
        if isOver { return }
        count(.gaveUp, visit, at: MonotonicTime.now)
        note(visit, isAcknowledged: false, status: nil)
        leave(visit)
    }

    private func neverSent(_ visit: Visit) {
        visit.timer?.cancel()
        count(.unsent, visit, at: MonotonicTime.now)
        leave(visit)
    }

    private func count(
        _ outcome: Outcome, _ visit: Visit, at now: MonotonicTime, _ failure: Failure? = nil,
        status: Int? = nil
    ) {
        recorder.count(
            outcome, class: visit.classIndex, at: visit.intended - start,
            latency: now - visit.intended, failure: failure, status: status)
    }

    private func note(_ visit: Visit, isAcknowledged: Bool, status: Int?) {
        guard let receipts else { return }
        let traffic = plan.classes[visit.classIndex]
        guard let wanted = traffic.steps[visit.stepIndex].receipt else { return }
        receipts.note(
            className: traffic.name, key: wanted.key.text(visit.values),
            url: isAcknowledged ? wanted.url.text(visit.values) : "",
            isAcknowledged: isAcknowledged, status: status)
    }

    // MARK: The visit's end or its next step

    private func goOn(_ visit: Visit, at now: MonotonicTime) {
        let steps = plan.classes[visit.classIndex].steps
        visit.stepIndex += 1
        visit.hasRetried = false
        guard visit.stepIndex < steps.count else {
            recorder.change(visit.classIndex, at: visit.arrived - start) {
                $0.visitsCompleted += 1
            }
            return leave(visit)
        }
        let pause = steps[visit.stepIndex].pause
        visit.intended = now + pause
        if pause == .zero { return ask(visit) }
        visit.timer = loop.schedule(after: pause) { [unowned self] in ask(visit) }
    }

    private func leave(_ visit: Visit) {
        visit.connection?.close()
        visit.connection = nil
        activeCount -= 1
        if activeCount == 0, nextArrival == nil { finish() }
    }

    private func release(_ connection: ClientConnection, of visit: Visit, keeps: Bool) {
        if keeps, plan.classes[visit.classIndex].connections == .visit { return }
        visit.connection = nil
        if keeps { pools[visit.classIndex].push(connection) } else { connection.close() }
    }

    /// A connection has closed itself, or was closed.
    func closed(_ connection: ClientConnection) {
        open[connection.descriptor] = nil
        pools[connection.classIndex].remove(connection)
    }
}

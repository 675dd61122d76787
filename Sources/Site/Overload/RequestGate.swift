import Admission
import CLinux
import Domain
import EventLoop
import HTTP
import HTTPServer
import Metrics
import Synchronization

/// Where requests that need the database wait for their turn on one loop, or are refused.
///
/// `@unchecked Sendable`: confined to its loop, but for `counts` and the part of a core.
final class RequestGate: Doorkeeper, @unchecked Sendable {
    let counts = GateCounts()
    /// In thousandths.
    private let availableShare = Atomic<Int>(1_000)
    private let doorIsFull = Atomic<Bool>(false)
    private var hadMoreToRead = false
    private var hadReadAll = false
    private let loop: EventLoop
    private let overload: Overload
    private let clock: @Sendable () -> Instant
    private let lane: AdmissionLane
    private var waiting: [UInt64: Waiter] = [:]
    private var nextToken: UInt64 = 0
    private var deadlineTimer: LoopTimer?
    private var tickTimer: LoopTimer?
    private var lag = LagMeter(now: Moment(nanoseconds: 0))
    private var processorTime: UInt64 = 0

    private struct Waiter {
        let continuation: CheckedContinuation<Outcome, Never>
        let requestClass: RequestClass
        let since: MonotonicTime
    }

    private enum Outcome: Sendable {
        case granted(Ticket)
        case refused(Refusal)
        case left
    }

    /// - Parameter clock: the time of day; cohorts change with the hour.
    init(
        loop: EventLoop, overload: Overload, number: Int, clock: @escaping @Sendable () -> Instant
    ) {
        self.clock = clock
        self.loop = loop
        self.overload = overload
        lane = AdmissionLane(
            overload.control, number: number, seed: UInt64.random(in: 0...UInt64.max))
    }

    /// Begins to measure; from any thread.
    func start() {
        loop.execute { [self] in
            guard tickTimer == nil else { return }
            lag = LagMeter(now: Moment(MonotonicTime.now))
            processorTime = vouch_thread_cpu_nanoseconds()
            loop.observeTurns { [weak self] began, ended in
                self?.lag.turnBegan(Moment(began))
                self?.lag.turnEnded(Moment(ended))
            }
            tick()
        }
    }

    /// From any thread.
    func stop() {
        loop.execute { [self] in
            loop.observeTurns(nil)
            tickTimer?.cancel()
            tickTimer = nil
            deadlineTimer?.cancel()
            deadlineTimer = nil
        }
    }

    // MARK: - Before a request is read

    var guidance: Guidance { overload.control.acting(Moment(MonotonicTime.now)) }

    var availability: Double { Double(availableShare.load(ordering: .relaxed)) / 1_000 }

    var room: LaneRoom { lane.room }

    func readingEnded(withMoreToRead hasMore: Bool) {
        if hasMore { hadMoreToRead = true } else { hadReadAll = true }
    }

    func doorWasFull(_ wasFull: Bool) { doorIsFull.store(wasFull, ordering: .relaxed) }

    func cohort(of peer: PeerAddress) -> Cohort? { overload.cohort(of: peer, at: clock()) }

    // MARK: - Requests

    /// Waits for a request's turn.
    ///
    /// Whoever is cancelled meanwhile has left, and the place is somebody else's.
    ///
    /// - Returns: the right to go on, to be given to `leave` once.
    /// - Throws: `Overloaded`.
    func enter(_ requestClass: RequestClass, _ cohort: Cohort) async throws(Overloaded) -> Ticket {
        nextToken &+= 1
        let token = nextToken
        let begin = MonotonicTime.now
        let answer = lane.admit(requestClass, cohort, token: token, now: Moment(begin))
        switch answer {
        case .admitted(let ticket):
            act()
            return admitted(ticket, requestClass, waited: .zero)
        case .refused(let refusal):
            act()
            throw refused(refusal, requestClass)
        case .queued(let place, _):
            let outcome = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    waiting[token] = Waiter(
                        continuation: continuation, requestClass: requestClass, since: begin)
                    act()
                    watchDeadline()
                }
            } onCancel: {
                // Later, on the loop: by then the waiter is there, or has its answer.
                loop.execute { self.abandon(place, of: token) }
            }
            switch outcome {
            case .granted(let ticket):
                return admitted(ticket, requestClass, waited: MonotonicTime.now - begin)
            case .refused(let refusal): throw refused(refusal, requestClass)
            case .left:
                counts[requestClass, .left].add()
                throw Overloaded(retryAfterSeconds: 1)
            }
        }
    }

    private func abandon(_ place: WaitingPlace, of token: UInt64) {
        guard let waiter = waiting.removeValue(forKey: token) else { return }
        lane.cancel(place, now: Moment(MonotonicTime.now))
        act()
        waiter.continuation.resume(returning: .left)
    }

    private func admitted(
        _ ticket: Ticket, _ requestClass: RequestClass, waited: Duration
    ) -> Ticket {
        counts[requestClass, .admitted].add()
        counts.delay(of: requestClass).record(microseconds: Int(waited.wholeNanoseconds / 1_000))
        return ticket
    }

    private func refused(_ refusal: Refusal, _ requestClass: RequestClass) -> Overloaded {
        counts[requestClass, GateCounts.Outcome(refusal.reason)].add()
        return Overloaded(retryAfterSeconds: refusal.retryAfter)
    }

    /// Gives the right back.
    ///
    /// - Parameter hasFailed: whether the database did not do its part; then the answer says nothing
    ///   about how many there could be.
    func leave(_ ticket: Ticket, hasFailed: Bool) {
        lane.finish(ticket, hasFailed ? .failed : .completed, now: Moment(MonotonicTime.now))
        act()
    }

    /// A slot is free for who waits here; from any thread.
    func wake() {
        loop.execute { [self] in
            lane.lookAgain(Moment(MonotonicTime.now))
            act()
        }
    }

    // MARK: - What follows from a call

    private func act() {
        while let action = lane.nextAction() {
            switch action {
            case .grant(let token, let ticket):
                guard let waiter = waiting.removeValue(forKey: token) else {
                    lane.finish(ticket, .failed, now: Moment(MonotonicTime.now))
                    continue
                }
                waiter.continuation.resume(returning: .granted(ticket))
            case .refuse(let token, let refusal):
                waiting.removeValue(forKey: token)?.continuation.resume(
                    returning: .refused(refusal))
            case .wake(let lane): overload.wake(lane)
            }
        }
    }

    private func watchDeadline() {
        guard deadlineTimer == nil, let next = lane.nextDeadline else { return }
        let delay = MonotonicTime(nanoseconds: next.nanoseconds) - MonotonicTime.now
        deadlineTimer = loop.schedule(after: max(.zero, delay)) { [weak self] in
            guard let self else { return }
            deadlineTimer = nil
            lane.lookAgain(Moment(MonotonicTime.now))
            act()
            watchDeadline()
        }
    }

    private func tick() {
        let now = MonotonicTime.now
        measureProcessor()
        lane.tick(now: Moment(now), lag: wait(now))
        act()
        tickTimer = loop.schedule(after: AdmissionSettings.tick) { [weak self] in self?.tick() }
    }

    /// How long an event waited for its turn, because of what this loop does itself: a turn that is
    /// long because others had the processor does not become shorter by doing less.
    ///
    /// Turns are bounded, so a loop that cannot keep up has short ones too. It is known by its line: for
    /// a whole tick there was always somebody left to read, or more came to the door than went in.
    private func wait(_ now: MonotonicTime) -> Duration {
        let own = lag.take(Moment(now)) * availability
        let isBehind = hadMoreToRead && !hadReadAll || doorIsFull.load(ordering: .relaxed)
        hadMoreToRead = false
        hadReadAll = false
        return isBehind ? max(own, Self.waitBehind) : own
    }

    /// Twice the bound from which on it is overload.
    private static let waitBehind = AdmissionSettings().lagMax * 2

    /// What part of the time in which the loop had work it got the processor for.
    private func measureProcessor() {
        let total = vouch_thread_cpu_nanoseconds()
        let used = Double(total &- processorTime)
        processorTime = total
        let wanted = lag.busyNanoseconds
        // With little to do there is nothing to be learnt.
        let share = wanted < Self.busyLeast ? 1 : min(1, max(0.01, used / wanted))
        let known = Double(availableShare.load(ordering: .relaxed)) / 1_000
        let smoothed = known + (share - known) / 2
        availableShare.store(Int(smoothed * 1_000), ordering: .relaxed)
    }

    private static let busyLeast = 5e6
}

/// There is more to do than can be done: come again.
struct Overloaded: Error {
    let retryAfterSeconds: Int
}

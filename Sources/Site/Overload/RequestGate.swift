import Admission
import EventLoop
import Metrics

/// Where requests that need the database wait for their turn on one loop, or are refused.
///
/// `@unchecked Sendable`: confined to its loop, but for `counts`.
final class RequestGate: @unchecked Sendable {
    let counts = GateCounts()
    private let loop: EventLoop
    private let overload: Overload
    private let lane: AdmissionLane
    private var waiting: [UInt64: Waiter] = [:]
    private var nextToken: UInt64 = 0
    private var deadlineTimer: LoopTimer?
    private var tickTimer: LoopTimer?
    private var expectedTick = MonotonicTime(nanoseconds: 0)

    private struct Waiter {
        let continuation: CheckedContinuation<Outcome, Never>
        let requestClass: RequestClass
        let since: MonotonicTime
    }

    private enum Outcome: Sendable {
        case granted(Ticket)
        case refused(Refusal)
    }

    init(loop: EventLoop, overload: Overload, number: Int) {
        self.loop = loop
        self.overload = overload
        lane = AdmissionLane(
            overload.control, number: number, seed: UInt64.random(in: 0...UInt64.max))
    }

    /// Begins to measure; from any thread.
    func start() {
        loop.execute { [self] in
            guard tickTimer == nil else { return }
            expectedTick = loop.now
            tick()
        }
    }

    /// From any thread.
    func stop() {
        loop.execute { [self] in
            tickTimer?.cancel()
            tickTimer = nil
            deadlineTimer?.cancel()
            deadlineTimer = nil
        }
    }

    // MARK: - Requests

    /// Waits for a request's turn.
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
        case .queued:
            let outcome = await withCheckedContinuation { continuation in
                waiting[token] = Waiter(
                    continuation: continuation, requestClass: requestClass, since: begin)
                act()
                watchDeadline()
            }
            switch outcome {
            case .granted(let ticket):
                return admitted(ticket, requestClass, waited: MonotonicTime.now - begin)
            case .refused(let refusal): throw refused(refusal, requestClass)
            }
        }
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
        // How late the timer is, is how late everything on this loop is.
        lane.tick(now: Moment(now), lag: max(.zero, now - expectedTick))
        act()
        expectedTick = now + AdmissionSettings.tick
        tickTimer = loop.schedule(after: AdmissionSettings.tick) { [weak self] in self?.tick() }
    }
}

/// There is more to do than can be done: come again.
struct Overloaded: Error {
    let retryAfterSeconds: Int
}

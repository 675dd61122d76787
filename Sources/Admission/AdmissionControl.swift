import Synchronization

/// The overload control of a process: what its lanes share.
///
/// A loop decides by its own lane, without a lock; lanes share the slots (one atomic word), what
/// was decided in the last tick (another), and a sign each. Only ticks and the status page take
/// the lock.
package final class AdmissionControl: Sendable {
    /// The bounds, each in its range.
    package let settings: AdmissionSettings
    /// How many loops there are.
    package let laneCount: Int

    let bank: SlotBank
    let signs: [LaneSign]
    private let guidanceWord = Atomic<UInt64>(Guidance.open.word)
    private let modeValue = Atomic<UInt8>(AdmissionMode.on.rawValue)
    private let steppedAt = Atomic<UInt64>(0)
    private let state: Mutex<State>
    private let staleSpan: Int64

    private struct State {
        var controller: OverloadController
        var report = TickReport()
        var lastStep: Moment?
        var waiting: [Int]
        var ring: AdmissionRing
    }

    /// A little less than a tick: a lane's timer may fire early by the loop's precision.
    private static let stepSpan = AdmissionSettings.tick.nanosecondCount * 9 / 10

    /// - Parameters:
    ///   - lanes: the number of loops.
    ///   - now: the present moment of the clock that all calls will pass.
    package init(
        settings: AdmissionSettings = AdmissionSettings(), lanes: Int, mode: AdmissionMode = .on,
        now: Moment
    ) {
        let settings = settings.checked
        let lanes = max(1, lanes)
        self.settings = settings
        laneCount = lanes
        bank = SlotBank(slots: settings.slots, reserve: settings.reserve)
        signs = (0..<lanes).map { _ in LaneSign() }
        staleSpan = settings.staleSpan.nanosecondCount
        state = Mutex(
            State(
                controller: OverloadController(settings),
                waiting: [Int](repeating: 0, count: lanes), ring: AdmissionRing()))
        self.mode = mode
        steppedAt.store(now.nanoseconds, ordering: .relaxed)
    }

    /// Whether the control acts; may change while it runs, from any thread.
    package var mode: AdmissionMode {
        get { AdmissionMode(rawValue: modeValue.load(ordering: .relaxed)) ?? .off }
        set { modeValue.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// How plain the site is to be now; from any thread, one atomic load.
    @inline(__always)
    package var level: BrownoutLevel { mode == .on ? decided.level : .none }

    /// What was decided in the last tick, whatever the mode; from any thread.
    package var decided: Guidance { Guidance(word: guidanceWord.load(ordering: .relaxed)) }

    /// What doors and unread lines are to act by: the last decision, or open where the control
    /// does not act or its ticks have stopped; from any thread.
    package func acting(_ now: Moment) -> Guidance {
        let mode = mode
        return mode == .on ? Guidance(word: effectiveWord(now, mode)) : .open
    }

    /// Requests that use the database now.
    package var inFlight: Int { bank.inUse }

    /// What a lane acts by: the last decision, or open where the control does not act, or where
    /// the ticks have stopped (fail open).
    @inline(__always)
    func effectiveWord(_ now: Moment, _ mode: AdmissionMode) -> UInt64 {
        if mode == .off { return Guidance.open.word }
        let last = Moment(nanoseconds: steppedAt.load(ordering: .relaxed))
        if now.nanoseconds(since: last) > staleSpan { return Guidance.open.word }
        return guidanceWord.load(ordering: .relaxed)
    }

    /// Takes a lane's report, and decides anew where a tick has passed.
    func hand(over report: borrowing TickReport, waiting: Int, lane: Int, now: Moment) {
        let mode = mode
        let inFlight = bank.inUse
        let word: UInt64? = state.withLock { state in
            state.report.add(copy report)
            state.waiting[lane] = waiting
            // Backwards too: a clock that jumped back must not stop the ticks.
            if let last = state.lastStep, now >= last,
                now.nanoseconds(since: last) < Self.stepSpan
            {
                return nil
            }
            state.lastStep = now
            state.report.waiting = state.waiting.reduce(0, +)
            let guidance = state.controller.take(state.report, now: now)
            state.ring.append(
                AdmissionSample(
                    now: now, report: state.report, controller: state.controller, mode: mode,
                    inFlight: inFlight))
            state.report.reset()
            return guidance.word
        }
        if let word {
            guidanceWord.store(word, ordering: .relaxed)
            steppedAt.store(now.nanoseconds, ordering: .relaxed)
        }
    }

    // MARK: Status

    /// The samples since a number that `samples` gave before (0 for the oldest), in order, at
    /// most `limit`; and the number to go on with. From any thread but best not from a loop: the
    /// lock is held while they are copied, so ask for some hundred at a time.
    package func samples(
        from number: Int = 0, limit: Int = 600
    ) -> (samples: [AdmissionSample], next: Int) {
        state.withLock { $0.ring.samples(from: number, limit: limit) }
    }

    /// The last hour by ten seconds, oldest first; the last one goes on.
    package var summaries: [AdmissionSummary] { state.withLock { $0.ring.summaries } }

    /// The latest sample; nil before the first tick.
    package var latest: AdmissionSample? {
        state.withLock { $0.ring.latest }
    }
}

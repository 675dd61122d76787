import Domain
import EventLoop

/// Applies what waits in the spool, slowly, on a loop of the caller's choice.
///
/// Exactly once is the work of two: this brings every record at least once, and `apply` writes the
/// record's key in the transaction that applies it, so that the second time finds it there and
/// says `applied` again.
///
/// `@unchecked Sendable`: confined to its loop.
package final class Replayer: @unchecked Sendable {
    private let spool: Spool
    private let loop: EventLoop
    private let apply: @Sendable (SpoolRecord) async throws -> ReplayVerdict
    private let random: @Sendable () -> Double
    private var plan: ReplayPlan
    private var entities: [UInt64: SpoolEntity] = [:]
    /// Records that are being applied, or whose outcome is being written down.
    private var inFlight = 0
    private var sleeper: CheckedContinuation<Void, Never>?
    private var timer: LoopTimer?
    /// Something has happened since the last look.
    private var isRung = false
    private var isStopping = false

    /// - Parameters:
    ///   - apply: brings a record into the database. What it throws is a `retry`.
    ///   - random: between 0 and 1.
    package init(
        spool: Spool, loop: EventLoop, settings: ReplaySettings = ReplaySettings(),
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        apply: @escaping @Sendable (SpoolRecord) async throws -> ReplayVerdict
    ) {
        self.spool = spool
        self.loop = loop
        self.apply = apply
        self.random = random
        plan = ReplayPlan(settings: settings)
    }

    /// Tries in a row that found no database; on the loop only.
    package var outage: Int { plan.outage }

    /// Replays until the task is cancelled; then ends what was begun. Call it once, on the loop.
    package func run() async {
        spool.onFresh { [weak self] in self?.ring() }
        await withTaskCancellationHandler {
            while !isStopping, !Task.isCancelled {
                isRung = false
                for head in spool.takeFresh() {
                    entities[head.sequence] = head.entity
                    plan.add(head.sequence, of: head.entity)
                }
                for sequence in plan.start(at: .now) { begin(sequence) }
                await sleep(until: plan.wake)
            }
            // What was begun may be committed: it is also written down.
            while inFlight > 0 {
                isRung = false
                await sleep(until: nil)
            }
        } onCancel: {
            loop.execute {
                self.isStopping = true
                self.wakeUp()
            }
        }
        spool.onFresh(nil)
    }

    private func begin(_ sequence: UInt64) {
        guard let entity = entities[sequence] else { return }
        inFlight += 1
        Task(executorPreference: loop) { [self] in
            let verdict = await attempt(sequence)
            let state = plan.finish(
                sequence, of: entity, verdict, at: .now, random: random())
            if let state {
                entities[sequence] = nil
                await spool.settle(sequence, state)
            }
            inFlight -= 1
            wakeUp()
        }
    }

    private func attempt(_ sequence: UInt64) async -> ReplayVerdict {
        do {
            guard let record = try await spool.read(sequence) else {
                return .retry(reason: "the record cannot be read")
            }
            return try await apply(record)
        } catch {
            // Its text may hold what the visitor wrote, and a reason is read by others.
            return .retry(reason: "\(type(of: error))")
        }
    }

    // MARK: Waiting

    /// From any thread.
    private func ring() {
        loop.execute { self.wakeUp() }
    }

    private func wakeUp() {
        isRung = true
        timer?.cancel()
        timer = nil
        sleeper?.resume()
        sleeper = nil
    }

    private func sleep(until time: MonotonicTime?) async {
        if isRung { return }
        await withCheckedContinuation { continuation in
            sleeper = continuation
            guard let time else { return }
            timer = loop.schedule(after: max(.zero, time - .now)) { self.wakeUp() }
        }
    }
}

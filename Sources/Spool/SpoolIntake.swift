import EventLoop
import Glibc

/// What waits for the spool's thread: drafts, decisions and other work.
///
/// `@unchecked Sendable`: all but the constants is guarded by the mutex.
final class SpoolIntake: @unchecked Sendable {
    typealias Answer = Result<SpoolAcceptance, SpoolRefusal>

    /// A draft and those who wait for it. Guarded by the intake's mutex as well.
    final class Pending {
        let draft: SpoolDraft
        let since: MonotonicTime
        /// The first call, and those with the same key that came before it was written.
        var callers: [CheckedContinuation<Answer, Never>]

        init(
            draft: SpoolDraft, since: MonotonicTime, caller: CheckedContinuation<Answer, Never>
        ) {
            self.draft = draft
            self.since = since
            callers = [caller]
        }

        var length: Int { RecordFormat.length(payloadBytes: draft.payload.count) }
    }

    /// A new state for a record.
    struct Decision {
        let sequence: UInt64
        let state: SpoolState
        let caller: CheckedContinuation<Bool, Never>
    }

    /// What the thread does next; nothing at all: upkeep.
    struct Work {
        var group: [Pending] = []
        var decisions: [Decision] = []
        var tasks: [(SpoolLog) -> Void] = []
    }

    private let settings: SpoolSettings
    private let shared: SharedIndex
    private let monotonic: @Sendable () -> MonotonicTime
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [Pending] = []
    /// Those that wait and those that are being written.
    private var unwritten: [SpoolKey: Pending] = [:]
    private var unwrittenBytes = 0
    private var decisions: [Decision] = []
    private var tasks: [(SpoolLog) -> Void] = []
    private var isStopping = false

    /// How long the thread sleeps at most, before it does what was put off.
    private static let idle = Duration.seconds(1)

    init(
        settings: SpoolSettings, shared: SharedIndex,
        monotonic: @escaping @Sendable () -> MonotonicTime
    ) {
        self.settings = settings
        self.shared = shared
        self.monotonic = monotonic
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A change of the calendar's clock must not make a group late.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    private func withLock<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    // MARK: Any thread

    /// Takes a draft whose caller is answered later; or says at once what becomes of it.
    func offer(_ draft: SpoolDraft, _ caller: CheckedContinuation<Answer, Never>) -> Answer? {
        withLock {
            if isStopping { return .failure(.stopped) }
            if draft.payload.count > settings.payloadBytesMax { return .failure(.tooLong) }
            // In this order: what leaves `unwritten` is in the index before.
            if let known = unwritten[draft.key] {
                known.callers.append(caller)
                return nil
            }
            if let known = known(draft.key) { return .success(known) }
            if let refusal = refusal(of: draft) { return .failure(refusal) }
            let pending = Pending(draft: draft, since: monotonic(), caller: caller)
            waiting.append(pending)
            unwritten[draft.key] = pending
            unwrittenBytes += pending.length
            // The first sets the time, the last makes the group full; the others need not wake it.
            if waiting.count == 1 || waiting.count >= settings.groupRecordsMax {
                pthread_cond_signal(condition)
            }
            return nil
        }
    }

    /// Takes a decision; false after `stop`.
    func offer(_ decision: Decision) -> Bool {
        withLock {
            guard !isStopping else { return false }
            decisions.append(decision)
            pthread_cond_signal(condition)
            return true
        }
    }

    /// Takes other work with the files; false after `stop`.
    func offer(_ task: @escaping (SpoolLog) -> Void) -> Bool {
        withLock {
            guard !isStopping else { return false }
            tasks.append(task)
            pthread_cond_signal(condition)
            return true
        }
    }

    /// Takes nothing more; what was taken is still done.
    func stop() {
        withLock {
            isStopping = true
            pthread_cond_signal(condition)
        }
    }

    private func known(_ key: SpoolKey) -> SpoolAcceptance? {
        shared.withLock { state in
            guard let entry = state.index[key] else { return nil }
            state.metrics.repeats += 1
            return SpoolAcceptance(
                sequence: entry.head.sequence, receipt: entry.head.receipt, isRepeat: true)
        }
    }

    private func refusal(of draft: SpoolDraft) -> SpoolRefusal? {
        let length = RecordFormat.length(payloadBytes: draft.payload.count)
        let (count, bytes, settings) = (unwritten.count, unwrittenBytes, settings)
        let (isImportant, isShort) = (
            draft.isImportant, draft.payload.count <= settings.reservePayloadBytesMax
        )
        return shared.withLock { state in
            let bytesMax =
                settings.bytesMax - (isImportant && isShort ? 0 : settings.reserveBytes)
            let recordsMax = settings.recordsMax - (isImportant ? 0 : settings.reserveRecords)
            if state.bytes + bytes + length + SegmentFormat.headerBytes > bytesMax
                || state.index.kept + count >= recordsMax
            {
                state.metrics.refusedFull += 1
                return .full
            }
            if bytes + length > settings.pendingBytesMax, count > 0 {
                state.metrics.refusedBusy += 1
                return .busy
            }
            return nil
        }
    }

    /// True where not even a record without a payload would be taken.
    func isFull(_ state: SharedIndex.State) -> Bool {
        state.index.kept >= settings.recordsMax - settings.reserveRecords
            || state.bytes + RecordFormat.headerBytes + SegmentFormat.headerBytes
                > settings.bytesMax - settings.reserveBytes
    }

    // MARK: The spool's thread

    /// Waits for work; nil after `stop`, when all is done.
    func next() -> Work? {
        withLock {
            let idleEnd = monotonic() + Self.idle
            while true {
                let group = takeGroup()
                if !group.isEmpty || !decisions.isEmpty || !tasks.isEmpty {
                    defer { (decisions, tasks) = ([], []) }
                    return Work(group: group, decisions: decisions, tasks: tasks)
                }
                if isStopping, waiting.isEmpty { return nil }
                let end = waiting.first.map { $0.since + settings.groupWindow } ?? idleEnd
                if !wait(until: end), waiting.isEmpty { return Work() }
            }
        }
    }

    /// Answers a group; its records are in the index.
    func finish(_ group: [Pending], _ results: [Result<UInt64, SpoolRefusal>]) {
        let answers = withLock {
            zip(group, results).map { pending, result in
                unwritten[pending.draft.key] = nil
                unwrittenBytes -= pending.length
                return (pending.callers, result, pending.draft.receipt)
            }
        }
        for (callers, result, receipt) in answers {
            for (number, caller) in callers.enumerated() {
                caller.resume(
                    returning: result.map {
                        SpoolAcceptance(sequence: $0, receipt: receipt, isRepeat: number > 0)
                    })
            }
        }
    }

    /// The records that are written together now; none where the group may still grow.
    private func takeGroup() -> [Pending] {
        guard let first = waiting.first else { return [] }
        let isDue =
            isStopping || waiting.count >= settings.groupRecordsMax
            || monotonic() >= first.since + settings.groupWindow
        guard isDue else { return [] }
        // A group goes into one segment, and one record always fits.
        var room = settings.segmentBytesMax - SegmentFormat.headerBytes
        let group = waiting.prefix(settings.groupRecordsMax).prefix { pending in
            room -= pending.length
            return room >= 0
        }
        waiting.removeFirst(group.count)
        return Array(group)
    }

    /// False where the time has come before a signal.
    private func wait(until end: MonotonicTime) -> Bool {
        var time = timespec(
            tv_sec: Int(end.nanoseconds / 1_000_000_000),
            tv_nsec: Int(end.nanoseconds % 1_000_000_000))
        return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
    }
}

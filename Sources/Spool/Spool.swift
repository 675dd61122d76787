import Domain
import EventLoop
import Glibc
import Synchronization

/// The durable local inbox: what visitors sent and the database could not take yet.
///
/// One folder belongs to one process: a lock file says so, and a second instance with the same folder
/// fails to open it, with `SpoolError.inUse`. Instances on one machine have a folder each; one that
/// takes over from another, as in a restart that overlaps, tries again until the other has ended.
///
/// Records are written by one thread, which takes those of all loops together: up to 64, or what has
/// come within 5 ms of the first, and whatever came while the last group was written out. `append`
/// returns when the record would survive the loss of power, on the loop that it was called on.
///
/// `@unchecked Sendable`: `log` is touched by the thread only, once that has been started; the index
/// and the intake have locks of their own.
package final class Spool: @unchecked Sendable {
    private let log: SpoolLog
    private let shared: SharedIndex
    private let intake: SpoolIntake
    private let bell = Mutex<(@Sendable () -> Void)?>(nil)
    private let end = Mutex(End())

    private struct End {
        var isReached = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Opens a folder, makes it where it is not there, and takes over what the last process left.
    ///
    /// Blocks: it reads all segments, and waits a little for the lock. Not on a loop.
    package convenience init(
        path: String, settings: SpoolSettings = SpoolSettings(),
        surroundings: SpoolSurroundings = .system
    ) throws(SpoolError) {
        let folder: LinuxFolder
        do throws(SystemError) {
            folder = try LinuxFolder(path: path)
        } catch {
            throw .system(error)
        }
        try self.init(files: folder, settings: settings, surroundings: surroundings)
    }

    /// Opens a folder that may be one of a test.
    package init(
        files: any SpoolFiles, settings: SpoolSettings, surroundings: SpoolSurroundings
    ) throws(SpoolError) {
        if let problem = settings.problem { throw .settings(problem) }
        let shared = SharedIndex()
        try Self.lock(files, patience: settings.lockPatience)
        do throws(SpoolError) {
            log = try SpoolLog(
                files: files, settings: settings, surroundings: surroundings, shared: shared)
        } catch {
            files.unlock()
            throw error
        }
        self.shared = shared
        intake = SpoolIntake(
            settings: settings, shared: shared, monotonic: surroundings.monotonic)
        startThread(name: "spool") { [self] in run() }
    }

    private static func lock(
        _ files: any SpoolFiles, patience: Duration
    ) throws(SpoolError) {
        let end = MonotonicTime.now + patience
        while true {
            do throws(SystemError) {
                if try files.lock() { return }
            } catch {
                throw .system(error)
            }
            if MonotonicTime.now >= end { throw .inUse }
            usleep(10_000)
        }
    }

    // MARK: Accepting

    /// Keeps a record; returns when it is safe.
    ///
    /// A key that is known, waiting or done with, writes nothing and gives the first receipt.
    package func append(_ draft: SpoolDraft) async throws(SpoolRefusal) -> SpoolAcceptance {
        try await withCheckedContinuation { caller in
            if let answer = intake.offer(draft, caller) { caller.resume(returning: answer) }
        }.get()
    }

    // MARK: Asking

    /// What became of a record, for the receipt's page; nil where this spool does not know it.
    package func entry(receipt: ReceiptCode) -> SpoolEntry? {
        shared.withLock { $0.index[receipt]?.entry }
    }

    /// What became of the record with a key.
    package func entry(key: SpoolKey) -> SpoolEntry? {
        shared.withLock { $0.index[key]?.entry }
    }

    /// What became of a record.
    package func entry(sequence: UInt64) -> SpoolEntry? {
        shared.withLock { $0.index[sequence]?.entry }
    }

    /// Records that an admin has to decide about, by sequence.
    package func setAside(after sequence: UInt64 = 0, limit: Int) -> [SpoolEntry] {
        shared.withLock { state in
            state.index.listSetAside(after: sequence, limit: limit).map(\.entry)
        }
    }

    /// True where a record of the entity waits: what is written past the spool now would overtake
    /// it.
    package func isWaiting(_ entity: SpoolEntity) -> Bool {
        shared.withLock { $0.index.isWaiting(entity) }
    }

    /// Whether records are accepted.
    package var health: SpoolHealth {
        shared.withLock { state in
            guard state.health == .accepting else { return state.health }
            return intake.isFull(state) ? .full : .accepting
        }
    }

    /// The numbers of this moment.
    package var metrics: SpoolMetrics {
        shared.withLock { state in
            var metrics = state.metrics
            metrics.waiting = state.index.waiting
            metrics.waitingPayloadBytes = state.index.waitingPayloadBytes
            metrics.setAside = state.index.setAside
            metrics.receipts = state.index.done
            metrics.oldest = state.index.oldestWaiting()
            metrics.bytes = state.bytes
            return metrics
        }
    }

    /// A record with its payload; nil where it is done with, or cannot be read as it was written.
    package func read(_ sequence: UInt64) async throws(SystemError) -> SpoolRecord? {
        try await perform { log in
            Result { () throws(SystemError) in try log.read(sequence) }
        }?.get()
    }

    // MARK: Deciding

    /// Notes what became of a record that waits or is set aside; returns when it was tried to write
    /// that down. Where the disk does not take it, it stays in memory and is written later.
    ///
    /// - Returns: false where the record is unknown or done with, or the spool was stopped.
    @discardableResult
    package func settle(_ sequence: UInt64, _ state: SpoolState) async -> Bool {
        await withCheckedContinuation { caller in
            let decision = SpoolIntake.Decision(
                sequence: sequence, state: state, caller: caller)
            if !intake.offer(decision) { caller.resume(returning: false) }
        }
    }

    /// Lets a record that was set aside be tried again; false where it is not set aside.
    package func retry(_ sequence: UInt64) async -> Bool {
        guard case .setAside = entry(sequence: sequence)?.state else { return false }
        return await settle(sequence, .waiting)
    }

    /// Gives up a record that was set aside, and erases its payload; false where it is not set
    /// aside.
    package func discard(_ sequence: UInt64, reason: String) async -> Bool {
        guard case .setAside = entry(sequence: sequence)?.state else { return false }
        return await settle(sequence, .discarded(reason: reason))
    }

    /// The heads of the records that have begun to wait since the last call, in order; for the one
    /// who replays.
    package func takeFresh() -> [SpoolHead] {
        shared.withLock { state in
            state.index.takeFresh().compactMap { state.index[$0]?.head }
        }
    }

    /// Calls `action` on the spool's thread when records have begun to wait; it must not block.
    package func onFresh(_ action: (@Sendable () -> Void)?) {
        bell.withLock { $0 = action }
    }

    // MARK: Ending

    /// Accepts nothing more, writes what was taken, closes the files and lets go of the folder.
    package func stop() async {
        intake.stop()
        await withCheckedContinuation { continuation in
            let isReached = end.withLock { end in
                if !end.isReached { end.waiting.append(continuation) }
                return end.isReached
            }
            if isReached { continuation.resume() }
        }
    }

    private func perform<Value: Sendable>(
        _ body: @escaping @Sendable (SpoolLog) -> Value
    ) async -> Value? {
        await withCheckedContinuation { continuation in
            let isTaken = intake.offer { log in continuation.resume(returning: body(log)) }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }

    // MARK: The thread

    private func run() {
        while let work = intake.next() { perform(work) }
        log.close()
        let waiting = end.withLock { end in
            end.isReached = true
            return end.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func perform(_ work: SpoolIntake.Work) {
        if !work.group.isEmpty {
            let results = log.commit(work.group.map(\.draft))
            intake.finish(work.group, results)
        }
        if !work.decisions.isEmpty {
            let changed = Set(log.settle(work.decisions.map { ($0.sequence, $0.state) }))
            log.maintain()
            for decision in work.decisions {
                decision.caller.resume(returning: changed.contains(decision.sequence))
            }
        }
        for task in work.tasks { task(log) }
        if work.group.isEmpty, work.decisions.isEmpty, work.tasks.isEmpty { log.maintain() }
        if shared.withLock({ $0.index.hasFresh }) { bell.withLock { $0 }?() }
    }
}

import CLinux
import Glibc
import Synchronization

/// One thread with one epoll instance that runs descriptors' handlers, timers and Swift tasks.
///
/// A task made with `Task(executorPreference: loop)` runs on the loop's thread and stays
/// there: what it calls, and what it awaits, resumes on that thread. Objects that belong to a
/// loop are touched by its thread only and so need no lock.
///
/// `@unchecked Sendable`: `mailbox` is a mutex, `thread`, `awake` and `stopping` are atomics,
/// and all else is read and written by the loop's own thread only.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// The thread's name, at most 15 bytes of it visible in `top -H`.
    package let name: String

    private let niceness: Int32
    private let epoll: Epoll
    private let wakeUpDescriptor: Int32
    private let mailbox = Mutex(Mailbox())
    private let awake = Atomic<Bool>(false)
    private let stopping = Atomic<Bool>(false)
    private let thread = Atomic<UInt>(0)

    private var jobs: [UnownedJob] = []
    private var endOfTurn: [() -> Void] = []
    private var turnWork: [() -> Bool] = []
    private var hasTurnWork = false
    private var turnObserver: ((MonotonicTime, MonotonicTime) -> Void)?
    private var registrations: [Registration?] = []
    private var generation: UInt32 = 0
    private let timers = TimerHeap()
    private let finished = ThreadGate()

    /// The monotonic clock as read once in each turn of the loop; on the loop only.
    package private(set) var now = MonotonicTime.now

    private struct Mailbox {
        var jobs: [UnownedJob] = []
        var actions: [@Sendable () -> Void] = []
        /// The thread has ended: nobody will look again.
        var isClosed = false
    }

    private struct Registration {
        let handler: any EventHandler
        let generation: UInt32
    }

    /// Jobs that enqueue jobs are followed this many times before descriptors have their turn.
    private static let jobRoundsMax = 8
    private static let eventsPerWait = 512
    private static let wakeUpTag = UInt64.max

    /// Makes the loop's descriptors; `start()` gives it a thread.
    ///
    /// - Parameter niceness: of its thread (nice(2)): above 0, others on the machine go first.
    package init(name: String, niceness: Int32 = 0) throws(SystemError) {
        self.name = name
        self.niceness = niceness
        epoll = try Epoll()
        do throws(SystemError) {
            wakeUpDescriptor = try systemCall("eventfd") {
                eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
            }
        } catch {
            // What is only half made has no `deinit`.
            closeDescriptor(epoll.descriptor)
            throw error
        }
        try epoll.add(
            wakeUpDescriptor, interest: [.read, .edgeTriggered], tag: Self.wakeUpTag)
    }

    deinit {
        closeDescriptor(wakeUpDescriptor)
        closeDescriptor(epoll.descriptor)
    }

    // MARK: Thread

    /// Starts the loop's thread; call it once.
    package func start() {
        startThread(name: name) {
            setNiceness(self.niceness)
            self.run()
        }
    }

    /// Asks the loop to end after its present turn; from any thread. What was given to `execute`
    /// before is still done; what is still registered is dropped without being told.
    package func stop() {
        stopping.store(true, ordering: .releasing)
        wakeUp()
    }

    /// Blocks the caller until the loop's thread has ended. Never call it on a loop.
    package func join() {
        finished.wait()
    }

    /// True on the loop's own thread.
    @inline(__always)
    package var isCurrent: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    // MARK: Work

    /// Runs a Swift job on the loop's thread; called by the concurrency runtime.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            jobs.append(job)
        } else {
            mailbox.withLock { $0.jobs.append(job) }
            wakeUp()
        }
    }

    /// Runs `action` on the loop's thread soon; from any thread, in the order of the calls of
    /// one thread.
    ///
    /// - Returns: false where the loop has ended, and the action is dropped.
    @discardableResult
    package func execute(_ action: @escaping @Sendable () -> Void) -> Bool {
        let isOpen = mailbox.withLock { mailbox in
            if mailbox.isClosed { return false }
            mailbox.actions.append(action)
            return true
        }
        if isOpen { wakeUp() }
        return isOpen
    }

    /// Runs `action` once at the end of this turn, after every ready descriptor and every job;
    /// on the loop only. What wants to gather the work of many requests (one flush, one
    /// pipeline sync) does it here.
    package func atEndOfTurn(_ action: @escaping () -> Void) {
        endOfTurn.append(action)
    }

    /// Runs `work` in every turn, after every ready descriptor and before what ends the turn, so
    /// that a bounded part of what waits is done and new events are looked at in between; on the
    /// loop only. It returns whether more can be done at once: then the loop does not wait.
    package func inEachTurn(_ work: @escaping () -> Bool) {
        turnWork.append(work)
    }

    /// Tells when each turn began and ended: what came in between had to wait. On the loop only; one
    /// observer.
    package func observeTurns(_ observer: ((MonotonicTime, MonotonicTime) -> Void)?) {
        turnObserver = observer
    }

    /// Runs `action` once when `delay` has passed; on the loop only. Precision: 1 ms.
    @discardableResult
    package func schedule(after delay: Duration, _ action: @escaping () -> Void) -> LoopTimer {
        timers.add(deadline: MonotonicTime.now + delay, action: action)
    }

    /// Suspends the calling task for `duration`, on this loop.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func sleep(for duration: Duration) async throws {
        let nap = Nap()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                execute { nap.begin(on: self, for: duration, continuation) }
            }
        } onCancel: {
            execute { nap.cancel() }
        }
    }

    // MARK: Descriptors

    /// Watches a descriptor and keeps its handler until `deregister`; on the loop only.
    package func register(
        _ descriptor: Int32, interest: Interest, handler: any EventHandler
    ) throws(SystemError) {
        let index = Int(descriptor)
        if index >= registrations.count {
            let grown = max(index + 1, registrations.count * 2, 64)
            registrations += [Registration?](
                repeating: nil, count: grown - registrations.count)
        }
        generation &+= 1
        try epoll.add(descriptor, interest: interest, tag: tag(descriptor, generation))
        registrations[index] = Registration(handler: handler, generation: generation)
    }

    /// Changes what a registered descriptor is watched for; on the loop only.
    package func modify(_ descriptor: Int32, interest: Interest) throws(SystemError) {
        guard Int(descriptor) < registrations.count,
            let registration = registrations[Int(descriptor)]
        else { return }
        let tag = tag(descriptor, registration.generation)
        try epoll.modify(descriptor, interest: interest, tag: tag)
    }

    /// Ends the watching; on the loop only. Call it before the descriptor is closed. Events of
    /// it that were already collected in this turn are dropped.
    package func deregister(_ descriptor: Int32) {
        guard let dropped = takeRegistration(descriptor) else { return }
        epoll.remove(descriptor)
        withExtendedLifetime(dropped) {}
    }

    /// Forgets a descriptor that the caller closes right after this call; on the loop only.
    ///
    /// The kernel drops a closed descriptor from epoll by itself, which saves a system call
    /// per connection; it is right only for a descriptor that has no duplicate.
    package func forget(closing descriptor: Int32) {
        withExtendedLifetime(takeRegistration(descriptor)) {}
    }

    /// Takes a registration out of the list. The caller lets go of it afterwards: a handler that
    /// ends with it may call this loop, which must not be in the middle of changing the list.
    private func takeRegistration(_ descriptor: Int32) -> Registration? {
        let index = Int(descriptor)
        guard index < registrations.count, let found = registrations[index] else { return nil }
        registrations[index] = nil
        return found
    }

    private func tag(_ descriptor: Int32, _ generation: UInt32) -> UInt64 {
        UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    }

    // MARK: Turn

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        let events = UnsafeMutableBufferPointer<epoll_event>.allocate(
            capacity: Self.eventsPerWait)
        defer { events.deallocate() }
        while !stopping.load(ordering: .acquiring) {
            let count = epoll.wait(into: events, milliseconds: waitMilliseconds())
            now = MonotonicTime.now
            for index in 0..<count { dispatch(events[index]) }
            fireTimers()
            runJobs()
            runTurnWork()
            runEndOfTurn()
            turnObserver?(now, MonotonicTime.now)
        }
        end()
    }

    private func runTurnWork() {
        if turnWork.isEmpty { return }
        hasTurnWork = false
        for work in turnWork where work() { hasTurnWork = true }
        runJobs()
    }

    private func end() {
        openMailbox(forGood: true)
        runJobs()
        runEndOfTurn()
        // Taken out first: what goes with them may call this loop.
        let dropped = (registrations, endOfTurn, turnWork, turnObserver)
        registrations = []
        endOfTurn = []
        turnWork = []
        turnObserver = nil
        withExtendedLifetime(dropped) {}
        timers.removeAll()
        thread.store(0, ordering: .relaxed)
        finished.open()
    }

    private func waitMilliseconds() -> Int32 {
        if hasTurnWork || !jobs.isEmpty || !endOfTurn.isEmpty { return 0 }
        guard let next = timers.next else { return -1 }
        let left = next - MonotonicTime.now
        if left <= .zero { return 0 }
        // Rounded up: a wait that ends before the deadline would turn the loop for nothing.
        return Int32(clamping: (left.wholeNanoseconds + 999_999) / 1_000_000)
    }

    @inline(__always)
    private func dispatch(_ event: epoll_event) {
        let tag = event.data.u64
        if tag == Self.wakeUpTag { return openMailbox() }
        let index = Int(truncatingIfNeeded: tag & 0xffff_ffff)
        guard index < registrations.count, let registration = registrations[index],
            registration.generation == UInt32(truncatingIfNeeded: tag >> 32)
        else { return }
        registration.handler.ready(Readiness(rawValue: event.events))
    }

    private func fireTimers() {
        while let timer = timers.popDue(now) { timer.fire() }
    }

    private func runEndOfTurn() {
        for _ in 0..<Self.jobRoundsMax where !endOfTurn.isEmpty {
            let actions = endOfTurn
            endOfTurn.removeAll(keepingCapacity: true)
            for action in actions { action() }
            runJobs()
        }
    }

    private func runJobs() {
        for _ in 0..<Self.jobRoundsMax where !jobs.isEmpty {
            let batch = jobs
            jobs.removeAll(keepingCapacity: true)
            for job in batch { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }

    // MARK: Wake-up

    private func wakeUp() {
        if awake.exchange(true, ordering: .acquiringAndReleasing) { return }
        var one: UInt64 = 1
        _ = write(wakeUpDescriptor, &one, 8)
    }

    private func openMailbox(forGood isLast: Bool = false) {
        // Cleared before the mailbox is emptied: what is put in from now on wakes again. An
        // exchange, so that who found it set has put in what is taken out here. The counter need
        // not be read, because each write to it is a new edge.
        _ = awake.exchange(false, ordering: .acquiringAndReleasing)
        let received = mailbox.withLock { mailbox in
            let received = mailbox
            mailbox = Mailbox(isClosed: isLast)
            return received
        }
        jobs += received.jobs
        for action in received.actions { action() }
    }
}

/// The state of one `sleep`; `@unchecked Sendable`: confined to its loop.
private final class Nap: @unchecked Sendable {
    private var continuation: CheckedContinuation<Void, any Error>?
    private var timer: LoopTimer?
    private var isCancelled = false

    func begin(
        on loop: EventLoop, for duration: Duration,
        _ continuation: CheckedContinuation<Void, any Error>
    ) {
        if isCancelled { return continuation.resume(throwing: CancellationError()) }
        self.continuation = continuation
        timer = loop.schedule(after: duration) {
            self.continuation?.resume()
            self.continuation = nil
        }
    }

    func cancel() {
        isCancelled = true
        timer?.cancel()
        continuation?.resume(throwing: CancellationError())
        continuation = nil
    }
}

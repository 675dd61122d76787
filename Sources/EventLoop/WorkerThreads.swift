import Glibc

/// Threads for work that blocks or computes long, so that no loop waits for it; a bounded number of
/// jobs is done at once, and a bounded number waits.
///
/// `@unchecked Sendable`: the queue is guarded by the mutex beside it.
package final class WorkerThreads: @unchecked Sendable {
    private let waitingMax: Int
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [@Sendable () -> Void] = []
    private var isStopped = false

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - name: what the threads are called in lists of the system, with a number behind it.
    ///   - count: how many jobs are done at once.
    ///   - waitingMax: how many more may wait.
    ///   - niceness: of the threads; 10 lets everything else go first.
    package init(name: String, count: Int, waitingMax: Int, niceness: Int32 = 0) {
        self.waitingMax = waitingMax
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        for number in 1...max(1, count) {
            startThread(name: "\(name)-\(number)") { [self] in
                setNiceness(niceness)
                while let job = next() { job() }
            }
        }
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Does `work` on one of the threads; nil where too much waits already, or after `stop`.
    package func perform<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        await withCheckedContinuation { continuation in
            let isTaken = enqueue { continuation.resume(returning: work()) }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }

    /// Ends the threads when what waits is done.
    package func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard waiting.count < waitingMax, !isStopped else { return false }
        waiting.append(job)
        pthread_cond_signal(condition)
        return true
    }

    private func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isStopped { return nil }
            pthread_cond_wait(condition, mutex)
        }
        return waiting.removeFirst()
    }
}

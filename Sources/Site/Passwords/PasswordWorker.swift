import EventLoop
import Glibc

/// Hashes passwords on threads of its own, a bounded number at once: the loops never wait for it,
/// and a flood of sign-ins takes neither their time nor the memory.
///
/// `@unchecked Sendable`: the queue is guarded by the mutex beside it.
package final class PasswordWorker: @unchecked Sendable {
    /// There are more passwords waiting than anybody would wait for, or there is no memory.
    package struct Busy: Error {}

    private let cost: PasswordHash.Cost
    private let random: RandomSource
    private let waitingMax: Int
    /// Compared with when there is no such account, so that the answer takes as long.
    private let decoy: PasswordHash
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [@Sendable () -> Void] = []
    private var isStopped = false

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threads: how many passwords are hashed at once, each in 32 MB at the standard cost.
    ///   - waitingMax: how many more may wait; at a third of a second each, eight wait for three.
    package init(
        cost: PasswordHash.Cost = .standard, threads: Int = 1, waitingMax: Int = 8,
        random: RandomSource = .system
    ) {
        self.cost = cost
        self.random = random
        self.waitingMax = waitingMax
        // Never equal to anything: a hash of zeros is not computed, it is written down.
        let zeros = Base64.urlEncoded([UInt8](repeating: 0, count: 32))
        let text = "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(zeros)$\(zeros)"
        guard let decoy = PasswordHash(text) else { preconditionFailure("a cost beyond reason") }
        self.decoy = decoy
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        for number in 1...max(1, threads) {
            startThread(name: "password-\(number)") { [self] in run() }
        }
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// The kept form of a new password.
    package func hash(_ password: String) async throws(Busy) -> String {
        let salt = random.bytes(16)
        let cost = cost
        return try await perform { PasswordHash(of: password, cost: cost, salt: salt)?.text }
    }

    /// Whether the password is the kept one; with nothing kept it works as long and says no.
    package func verify(_ password: String, against kept: String?) async throws(Busy) -> Bool {
        let known = kept.flatMap(PasswordHash.init)
        let hash = known ?? decoy
        return try await perform { hash.matches(password) } && known != nil
    }

    /// Ends the threads when what waits is done.
    package func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private func perform<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value?
    ) async throws(Busy) -> Value {
        let result: Value? = await withCheckedContinuation { continuation in
            let isTaken = enqueue { continuation.resume(returning: work()) }
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let result else { throw Busy() }
        return result
    }

    private func enqueue(_ job: @escaping @Sendable () -> Void) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard waiting.count < waitingMax, !isStopped else { return false }
        waiting.append(job)
        pthread_cond_signal(condition)
        return true
    }

    private func run() {
        // On Linux this is the thread's own niceness: pages go before passwords.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while let job = next() { job() }
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

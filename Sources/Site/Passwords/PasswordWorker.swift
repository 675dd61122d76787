import EventLoop

/// Hashes passwords on threads of its own, a bounded number at once: the loops never wait for it,
/// and a flood of sign-ins takes neither their time nor the memory.
package final class PasswordWorker: Sendable {
    /// There are more passwords waiting than anybody would wait for, or there is no memory.
    package struct Busy: Error {}

    private let cost: PasswordHash.Cost
    private let random: RandomSource
    private let threads: WorkerThreads
    /// Compared with when there is no such account, so that the answer takes as long.
    private let decoy: PasswordHash

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
        // Never equal to anything: a hash of zeros is not computed, it is written down.
        let zeros = Base64.urlEncoded([UInt8](repeating: 0, count: 32))
        let text = "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(zeros)$\(zeros)"
        guard let decoy = PasswordHash(text) else { preconditionFailure("a cost beyond reason") }
        self.decoy = decoy
        // Pages go before passwords.
        self.threads = WorkerThreads(
            name: "password", count: threads, waitingMax: waitingMax, niceness: 10)
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
    package func stop() { threads.stop() }

    private func perform<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value?
    ) async throws(Busy) -> Value {
        guard let result = await threads.perform(work) ?? nil else { throw Busy() }
        return result
    }
}

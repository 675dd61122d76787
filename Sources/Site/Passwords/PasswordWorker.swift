import Admission
import EventLoop
import Metrics
import Synchronization

/// Hashes passwords on threads of its own, a bounded number at once: the loops never wait for it,
/// and a flood of sign-ins takes neither their time nor the memory.
///
/// Who comes waits for a turn, for a bounded time and among a bounded number; who leaves meanwhile
/// gives the place up.
package final class PasswordWorker: Sendable {
    /// There are more passwords waiting than anybody would wait for, or there is no memory.
    package struct Busy: Error {}

    private let cost: PasswordHash.Cost
    private let random: RandomSource
    private let threads: WorkerThreads
    private let line: Mutex<Line>
    let counts = Counts()
    /// Compared with when there is no such account, so that the answer takes as long.
    private let decoy: PasswordHash

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threads: how many passwords are hashed at once, each in 32 MB at the standard cost.
    ///   - waitingMax: how many more may wait.
    ///   - wait: how long, looked at whenever a password is done; at a third of a second each, six
    ///     are served.
    package init(
        cost: PasswordHash.Cost = .standard, threads: Int = 1, waitingMax: Int = 8,
        wait: Duration = .seconds(2), random: RandomSource = .system
    ) {
        self.cost = cost
        self.random = random
        // Never equal to anything: a hash of zeros is not computed, it is written down.
        let zeros = Base64.urlEncoded([UInt8](repeating: 0, count: 32))
        let text = "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(zeros)$\(zeros)"
        guard let decoy = PasswordHash(text) else { preconditionFailure("a cost beyond reason") }
        self.decoy = decoy
        // Pages go before passwords. Whoever is let in finds a thread.
        self.threads = WorkerThreads(
            name: "password", count: threads, waitingMax: threads, niceness: 10)
        line = Mutex(
            Line(
                gate: ConcurrencyGate(
                    concurrentMax: threads, waitingMax: waitingMax, wait: wait)))
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

    /// Does `work` on one of the threads when its turn comes.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value?
    ) async throws(Busy) -> Value {
        guard await enter() else {
            counts.refused.add()
            throw Busy()
        }
        let result = await threads.perform(work) ?? nil
        leave()
        counts.done.add()
        guard let result else { throw Busy() }
        return result
    }

    // MARK: Taking turns

    private struct Line {
        var gate: ConcurrencyGate
        var waiting: [UInt64: Waiter] = [:]
        var lastToken: UInt64 = 0

        /// The waiter to be told; nil for one who is about to look.
        mutating func decide(_ token: UInt64, _ answer: Bool) -> Waiter? {
            guard let waiter = waiting[token] else { return nil }
            if waiter.continuation == nil {
                waiting[token]?.answer = answer
                return nil
            }
            waiting[token] = nil
            return waiter
        }
    }

    private struct Waiter {
        let place: ConcurrencyGate.Place
        /// Nil until there is something to wake.
        var continuation: CheckedContinuation<Bool, Never>?
        /// What was decided before.
        var answer: Bool?
    }

    /// Waits for a turn, to be given back by `leave`; false for who is refused or has left.
    private func enter() async -> Bool {
        let now = Moment(MonotonicTime.now)
        let (token, answer) = line.withLock { line in
            line.lastToken &+= 1
            let answer = line.gate.enter(token: line.lastToken, now: now)
            if case .waiting(let place) = answer {
                line.waiting[line.lastToken] = Waiter(place: place)
            }
            return (line.lastToken, answer)
        }
        switch answer {
        case .entered: return true
        case .refused: return false
        case .waiting: break
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = line.withLock { line -> Bool? in
                    guard let answer = line.waiting[token]?.answer else {
                        line.waiting[token]?.continuation = continuation
                        return nil
                    }
                    line.waiting[token] = nil
                    return answer
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = line.withLock { line -> Waiter? in
                // Who has the turn already uses it.
                guard let waiter = line.waiting[token], waiter.answer == nil else { return nil }
                line.gate.cancel(waiter.place)
                return line.decide(token, false)
            }
            waiter?.continuation?.resume(returning: false)
        }
    }

    var waitingCount: Int { line.withLock { $0.gate.waitingCount } }

    private func leave() {
        let now = Moment(MonotonicTime.now)
        let decided = line.withLock { line in
            var decided: [(waiter: Waiter?, answer: Bool)] = []
            while let late = line.gate.expire(now: now) {
                decided.append((line.decide(late, false), false))
            }
            if let next = line.gate.leave(now: now) {
                decided.append((line.decide(next, true), true))
            }
            return decided
        }
        for (waiter, answer) in decided { waiter?.continuation?.resume(returning: answer) }
    }
}

// MARK: - Metrics

extension PasswordWorker {
    struct Counts: Sendable {
        let done = Counter()
        let refused = Counter()
    }

    /// Writes down what was hashed, and who waits.
    package func write(to text: inout MetricsText) {
        text.single(
            "vouch_password_hashes_total", .counter, "Passwords that were hashed or compared.",
            Double(counts.done.value))
        text.single(
            "vouch_password_hashes_refused_total", .counter,
            "Passwords for which there was no time: too many waited, or they had left.",
            Double(counts.refused.value))
        text.single(
            "vouch_password_hashes_waiting", .gauge, "Passwords that wait for their turn.",
            Double(waitingCount))
    }
}

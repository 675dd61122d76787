import CLibpq
import EventLoop

/// How one statement ended.
///
/// `@unchecked Sendable`: the result it may carry has one owner, who clears it.
enum Outcome: @unchecked Sendable {
    /// The receiver must clear it with `PQclear`.
    case result(OpaquePointer)
    case failure(PostgresError)
    /// The connection broke after the statement was sent, before its answer.
    case lost(String)
}

/// One statement from its sending to its answer, and the task that waits for it.
///
/// `@unchecked Sendable`: confined to its loop; a cancelled task reaches it by `execute`.
final class Exchange: @unchecked Sendable {
    let sql: SQL
    let deadline: MonotonicTime
    /// A write outside a transaction commits with the pipeline's sync, so only then is it done.
    let endsAtSync: Bool
    /// How often the statement was sent again.
    var repeats = 0
    /// The failure of the statement, or of one that was sent before it on its behalf.
    var failure: PostgresError?

    private var continuation: UnsafeContinuation<Outcome, Never>?
    private var held: OpaquePointer?
    private(set) var isFinished = false

    init(_ sql: SQL, deadline: MonotonicTime, endsAtSync: Bool) {
        self.sql = sql
        self.deadline = deadline
        self.endsAtSync = endsAtSync
    }

    /// Remembers who waits; called once, before the statement is sent.
    func begin(_ continuation: UnsafeContinuation<Outcome, Never>) {
        self.continuation = continuation
    }

    /// Keeps the result until the sync; a later one takes the place of an earlier one.
    func hold(_ result: OpaquePointer) {
        if let held { PQclear(held) }
        held = result
    }

    /// Ends the exchange with what it has: the failure, or the result it holds.
    func finish() {
        if let failure { return finish(.failure(failure)) }
        guard let result = held else {
            return finish(.failure(.unavailable("the server answered out of turn")))
        }
        held = nil
        finish(.result(result))
    }

    /// Tells the waiting task; whatever comes after the first time is dropped.
    func finish(_ outcome: Outcome) {
        guard !isFinished else {
            if case .result(let result) = outcome { PQclear(result) }
            return
        }
        isFinished = true
        let waiting = continuation
        continuation = nil
        if let waiting { return waiting.resume(returning: outcome) }
        if case .result(let result) = outcome { PQclear(result) }
    }

    deinit {
        if let held { PQclear(held) }
    }
}

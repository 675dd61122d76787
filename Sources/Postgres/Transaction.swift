import CLibpq
import EventLoop

/// How much of other transactions' work a transaction sees (PostgreSQL's manual, 13.2).
package enum Isolation: Sendable {
    case readCommitted, repeatableRead, serializable
    /// Repeatable read, and no writes.
    case readOnly

    fileprivate var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .readOnly: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        }
    }
}

/// A transaction that `Database.transaction` has opened; valid inside its closure only.
///
/// After a statement has failed, all others fail too (25P02) unless it was inside a
/// `savepoint`.
///
/// `@unchecked Sendable`: confined to its loop.
package final class Transaction: @unchecked Sendable {
    private let conversation: Conversation
    private let deadline: MonotonicTime
    private let grace: Duration
    /// BEGIN and the time-out travel with the first statement, which saves a round trip.
    private var opening: [SQL]
    private var isOpen = false
    private var isOver = false

    /// True where running the whole transaction again may succeed.
    private(set) var mayRunAgain = false
    /// True where the connection broke before COMMIT was sent, so nothing has taken effect.
    private(set) var wasLost = false

    init(
        _ conversation: Conversation, isolation: Isolation, statementTimeout: SQL?,
        deadline: MonotonicTime, grace: Duration
    ) {
        self.conversation = conversation
        self.deadline = deadline
        self.grace = grace
        opening = [isolation.begin]
        if let statementTimeout { opening.append(statementTimeout) }
    }

    /// The rows of a statement, which may also write (`RETURNING`).
    package func query<Value>(
        _ sql: SQL, _ decode: (inout Row) throws -> Value
    ) async throws -> [Value] {
        let result = try await run(sql)
        defer { PQclear(result) }
        return try Answer(result).all(decode)
    }

    /// The first row of a statement, or nil where there is none.
    package func first<Value>(
        _ sql: SQL, _ decode: (inout Row) throws -> Value
    ) async throws -> Value? {
        let result = try await run(sql)
        defer { PQclear(result) }
        return try Answer(result).first(decode)
    }

    /// Runs a statement and returns how many rows it inserted, changed or deleted.
    @discardableResult
    package func execute(_ sql: SQL) async throws -> Int {
        let result = try await run(sql)
        defer { PQclear(result) }
        return ServerAnswer.affectedRows(result)
    }

    /// Runs `body` so that its failure undoes only what it did; the error is thrown on, and
    /// the transaction can go on.
    package func savepoint<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await execute("SAVEPOINT inner_step")
        do {
            let value = try await body()
            try await execute("RELEASE SAVEPOINT inner_step")
            return value
        } catch {
            // A serialization failure or a deadlock ends the whole transaction.
            if !mayRunAgain, !wasLost { try await execute("ROLLBACK TO SAVEPOINT inner_step") }
            throw error
        }
    }

    private func run(_ sql: SQL) async throws(PostgresError) -> OpaquePointer {
        precondition(!isOver, "a transaction was used after its closure had returned")
        let prologue = opening
        opening = []
        isOpen = true
        switch await conversation.run(sql, after: prologue, deadline: deadline) {
        case .result(let result): return result
        case .failure(let error):
            note(error)
            throw error
        case .lost(let reason):
            wasLost = true
            throw .unavailable(reason)
        }
    }

    private func note(_ error: PostgresError) {
        guard let error = error.serverError else { return }
        if error.sqlState.isRetryable || error.isStalePlan { mayRunAgain = true }
    }

    /// Ends the transaction for good.
    func commit() async throws(PostgresError) {
        isOver = true
        guard isOpen else { return }
        // Whether the task is cancelled or not, a COMMIT that is sent is awaited: there is no
        // other way to know.
        let latest = max(deadline, MonotonicTime.now) + grace
        switch await conversation.runUncancelled("COMMIT", deadline: latest) {
        case .result(let result):
            defer { PQclear(result) }
            isOpen = false
            if ServerAnswer.isRollback(result) { throw .transactionAborted }
        case .failure(.deadlineExceeded):
            conversation.connection.lose("no answer to COMMIT")
            throw .commitUnknown("no answer to COMMIT")
        case .failure(let error):
            isOpen = false
            note(error)
            throw error
        case .lost(let reason): throw .commitUnknown(reason)
        }
    }

    /// Sends ROLLBACK without waiting for its answer; the pool waits before it lends the
    /// connection again.
    func rollback() {
        isOver = true
        guard isOpen, conversation.connection.isOpen else { return }
        isOpen = false
        conversation.post("ROLLBACK")
    }
}

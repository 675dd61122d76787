import CLibpq
import EventLoop
import Logging

/// One loop's connections to PostgreSQL: one for short reads, and a pool for the rest.
///
/// Its functions may be called anywhere and run on the loop. They throw `PostgresError`, and
/// what the given closures throw.
///
/// `@unchecked Sendable`: what it owns is confined to its loop.
package final class Database: @unchecked Sendable {
    /// The loop that the connections belong to.
    package let loop: EventLoop

    private let settings: PoolSettings
    private let connector: Connector
    private let reads: ReadPipeline
    /// For reads that may take longer, two each: who is important waits behind nobody else's.
    private let importantQueries: [ReadPipeline]
    private let ordinaryQueries: [ReadPipeline]
    private let pool: ExclusivePool
    private var subscriptions: [Subscription] = []

    /// Makes the pool and begins to connect; a server that is not there is no error here.
    package init(loop: EventLoop, settings: PoolSettings, logger: Logger) {
        self.loop = loop
        self.settings = settings
        connector = Connector(loop: loop, settings: settings, logger: logger)
        let connector = connector
        func pipeline(_ role: Session.Role) -> ReadPipeline {
            ReadPipeline(loop: loop, settings: settings, connector: connector, role: role)
        }
        reads = pipeline(.reading)
        importantQueries = [pipeline(.listing), pipeline(.listing)]
        ordinaryQueries = [pipeline(.listing), pipeline(.listing)]
        pool = ExclusivePool(loop: loop, settings: settings, connector: connector)
        loop.execute { [reads] in reads.warmUp() }
    }

    /// True while the server can be reached, as far as the last attempt knows; any thread.
    package var isReachable: Bool { connector.isReachable }

    /// The deadline of what names none and is no short read.
    package var longestDeadline: Duration { settings.deadline }

    /// What the connections are doing; on the loop only.
    package var counts: PoolCounts {
        PoolCounts(
            open: pool.connectionCount, idle: pool.idleCount, waiting: pool.waiterCount,
            reads: pipelines.reduce(0) { $0 + $1.waitingCount })
    }

    private var pipelines: [ReadPipeline] { [reads] + importantQueries + ordinaryQueries }

    /// Refuses new work, waits for the work under way, and closes the connections.
    package func close() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            loop.execute {
                self.connector.close()
                for subscription in self.subscriptions { subscription.end() }
                self.subscriptions = []
                for pipeline in self.pipelines { pipeline.close() }
                self.pool.close { continuation.resume() }
            }
        }
    }

    // MARK: Short reads

    /// The rows of a short read, such as one by key.
    ///
    /// It travels in one pipeline with the other reads of this turn of the loop, so a slow one
    /// holds up the others: what may be long belongs in `query`. The server refuses writes here
    /// (25006). Tried once more where the connection turns out to be broken.
    package func read<Value>(
        _ sql: SQL, deadline: Duration? = nil, _ decode: (inout Row) throws -> Value
    ) async throws -> [Value] {
        let result = try await fetch(sql, deadline)
        defer { PQclear(result) }
        return try Answer(result).all(decode)
    }

    /// The first row of a short read, or nil where there is none; see `read`.
    package func readFirst<Value>(
        _ sql: SQL, deadline: Duration? = nil, _ decode: (inout Row) throws -> Value
    ) async throws -> Value? {
        let result = try await fetch(sql, deadline)
        defer { PQclear(result) }
        return try Answer(result).first(decode)
    }

    private func fetch(
        _ sql: SQL, _ deadline: Duration?
    ) async throws(PostgresError) -> OpaquePointer {
        try await fetch(sql, end(deadline, settings.readDeadline)) { self.reads }
    }

    private func fetch(
        _ sql: SQL, _ deadline: MonotonicTime, _ pipeline: () -> ReadPipeline
    ) async throws(PostgresError) -> OpaquePointer {
        let outcome =
            if loop.isCurrent {
                await fetchOnLoop(sql, deadline, pipeline())
            } else {
                await withTaskExecutorPreference(loop) {
                    await fetchOnLoop(sql, deadline, pipeline())
                }
            }
        switch outcome {
        case .result(let result): return result
        case .failure(let error): throw error
        case .lost(let reason): throw .unavailable(reason)
        }
    }

    private func fetchOnLoop(
        _ sql: SQL, _ deadline: MonotonicTime, _ reads: ReadPipeline
    ) async -> Outcome {
        let exchange = Exchange(sql, deadline: deadline, endsAtSync: false)
        let loop = loop
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                exchange.begin(continuation)
                reads.submit(exchange)
            }
        } onCancel: {
            loop.execute { reads.abandon(exchange) }
        }
    }

    // MARK: Statements that may be long

    /// The rows of a read that may take longer than one by key, as a list or a sum.
    ///
    /// It travels with others of the same urgency, on whichever of two connections has less to do;
    /// with a deadline of its own it has a connection to itself while it runs. The server refuses
    /// writes here (25006); see `executeReturning`. Tried once more where the connection breaks.
    package func query<Value>(
        _ sql: SQL, deadline: Duration? = nil, _ decode: (inout Row) throws -> Value
    ) async throws -> [Value] {
        let result = try await select(sql, deadline)
        defer { PQclear(result) }
        return try Answer(result).all(decode)
    }

    /// The first row of a read that may be long, or nil where there is none; see `query`.
    package func queryFirst<Value>(
        _ sql: SQL, deadline: Duration? = nil, _ decode: (inout Row) throws -> Value
    ) async throws -> Value? {
        let result = try await select(sql, deadline)
        defer { PQclear(result) }
        return try Answer(result).first(decode)
    }

    /// Runs one writing statement, which commits by itself; returns the rows it affected.
    ///
    /// - Throws: `commitUnknown` where the connection breaks before the answer.
    @discardableResult
    package func execute(_ sql: SQL, deadline: Duration? = nil) async throws -> Int {
        let result = try await write(sql, deadline)
        defer { PQclear(result) }
        return ServerAnswer.affectedRows(result)
    }

    /// Like `execute`, for a statement with `RETURNING`.
    package func executeReturning<Value>(
        _ sql: SQL, deadline: Duration? = nil, _ decode: (inout Row) throws -> Value
    ) async throws -> [Value] {
        let result = try await write(sql, deadline)
        defer { PQclear(result) }
        return try Answer(result).all(decode)
    }

    private func select(
        _ sql: SQL, _ deadline: Duration?
    ) async throws(PostgresError) -> OpaquePointer {
        guard let span = deadline else {
            let urgency = Urgency.current
            return try await fetch(sql, end(nil, settings.deadline)) { self.leastBusy(urgency) }
        }
        let prologue: SQL = """
            SELECT set_config('transaction_read_only', 'on', true), \
            set_config('statement_timeout', \(milliseconds(span)), true)
            """
        let end = MonotonicTime.now + span
        for isLast in [false, true] {
            switch try await runAlone(sql, after: [prologue], deadline: end) {
            case .result(let result): return result
            case .failure(let error):
                if isLast || error.serverError?.isStalePlan != true { throw error }
            case .lost(let reason):
                if isLast { throw .unavailable(reason) }
            }
        }
        throw .unavailable("the statement could not be run")
    }

    private func leastBusy(_ urgency: Urgency) -> ReadPipeline {
        let queries = urgency == .important ? importantQueries : ordinaryQueries
        return queries[0].waitingCount <= queries[1].waitingCount ? queries[0] : queries[1]
    }

    private func write(
        _ sql: SQL, _ deadline: Duration?
    ) async throws(PostgresError) -> OpaquePointer {
        let end = end(deadline, settings.deadline)
        let prologue = statementTimeout(deadline, end).map { [$0] } ?? []
        for isLast in [false, true] {
            switch try await runAlone(sql, after: prologue, deadline: end) {
            case .result(let result): return result
            case .failure(let error):
                if isLast || error.serverError?.isStalePlan != true { throw error }
            case .lost(let reason): throw .commitUnknown(reason)
            }
        }
        throw .unavailable("the statement could not be run")
    }

    private func runAlone(
        _ sql: SQL, after prologue: [SQL], deadline: MonotonicTime
    ) async throws(PostgresError) -> Outcome {
        let outcome: Result<Outcome, PostgresError> = await withTaskExecutorPreference(loop) {
            do throws(PostgresError) {
                let connection = try await pool.acquire(deadline: deadline)
                defer { pool.release(connection) }
                let conversation = Conversation(loop: loop, connection: connection)
                return .success(
                    await conversation.run(sql, after: prologue, deadline: deadline))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    // MARK: Transactions

    /// Runs `body` in a transaction and commits it when `body` returns.
    ///
    /// After a serialization failure (40001), a deadlock (40P01), or a connection that broke
    /// before COMMIT was sent, it is rolled back and `body` runs again, at most `retries` times:
    /// what `body` does elsewhere must bear repeating.
    ///
    /// - Throws: what `body` throws, after a rollback; `commitUnknown` where the answer to
    ///   COMMIT was lost; `transactionAborted` where `body` swallowed a statement's failure.
    @discardableResult
    package func transaction<Value>(
        isolation: Isolation = .readCommitted, retries: Int = 3, deadline: Duration? = nil,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        try await withTaskExecutorPreference(loop) {
            let end = end(deadline, settings.deadline)
            var attempt = 0
            while true {
                let connection = try await pool.acquire(deadline: end)
                let transaction = Transaction(
                    Conversation(loop: loop, connection: connection), isolation: isolation,
                    statementTimeout: statementTimeout(deadline, end), deadline: end,
                    grace: settings.cancelGrace)
                do {
                    let value = try await body(transaction)
                    try await transaction.commit()
                    pool.release(connection)
                    return value
                } catch {
                    transaction.rollback()
                    pool.release(connection)
                    let mayRunAgain =
                        transaction.mayRunAgain || (transaction.wasLost && attempt == 0)
                    guard mayRunAgain, attempt < retries, !Task.isCancelled else { throw error }
                }
                attempt += 1
                try await pause(beforeAttempt: attempt)
            }
        }
    }

    /// Two transactions that met once would meet again in step; a random delay parts them.
    private func pause(beforeAttempt attempt: Int) async throws {
        let bound = 1_000 << min(attempt, 6)
        do {
            try await loop.sleep(for: .microseconds(Int.random(in: 0...bound)))
        } catch {
            throw PostgresError.cancelled
        }
    }

    /// When a call that began now is over: after the span that it names, or after the usual one,
    /// but no later than its caller waits.
    private func end(_ named: Duration?, _ usual: Duration) -> MonotonicTime {
        let now = MonotonicTime.now
        if let named { return now + named }
        return min(now + usual, CallerDeadline.current ?? now + usual)
    }

    /// The server's time-out of each statement; nil where the connection's own will do.
    ///
    /// A caller's comes with some grace: it holds for COMMIT too, which is waited for beyond the
    /// deadline, and what is cut off there has an unknown end.
    private func statementTimeout(_ named: Duration?, _ end: MonotonicTime) -> SQL? {
        let callers = CallerDeadline.current.map { _ in
            end - MonotonicTime.now + settings.cancelGrace
        }
        guard let span = named ?? callers else { return nil }
        return "SELECT set_config('statement_timeout', \(milliseconds(span)), true)"
    }

    /// Zero would mean no limit at all.
    private func milliseconds(_ duration: Duration) -> String {
        "\(max(1, duration.wholeMilliseconds))"
    }

    // MARK: Notifications

    /// Listens to channels on a connection of its own, which is made again whenever it breaks.
    ///
    /// - Parameters:
    ///   - onNotification: called on the loop for each message.
    ///   - onLost: called when messages may be missed from now on.
    ///   - onRestored: called when listening has begun, the first time and after each loss;
    ///     what happened in between must be looked up.
    /// - Returns: the subscription; `cancel()` ends it.
    package func listen(
        to channels: [StaticString],
        onNotification: @escaping @Sendable (Notification) -> Void,
        onLost: @escaping @Sendable () -> Void = {},
        onRestored: @escaping @Sendable () -> Void = {}
    ) -> Subscription {
        let subscription = Subscription(
            channels: channels, loop: loop, connector: connector, settings: settings,
            callbacks: Subscription.Callbacks(
                notification: onNotification, lost: onLost, restored: onRestored))
        loop.execute {
            self.subscriptions.append(subscription)
            subscription.begin()
        }
        return subscription
    }
}

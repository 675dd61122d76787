import EventLoop

/// Runs statements one at a time on a connection that the caller has to itself.
struct Conversation {
    let loop: EventLoop
    let connection: Connection

    /// Runs `sql` after `prologue` in the same pipeline.
    ///
    /// When the task is cancelled or the deadline passes, the caller goes on at once and the
    /// server is asked to end the statement.
    func run(
        _ sql: SQL, after prologue: [SQL] = [], deadline: MonotonicTime
    ) async -> Outcome {
        let exchange = Exchange(sql, deadline: deadline, endsAtSync: true)
        let loop = loop
        let connection = connection
        return await withTaskCancellationHandler {
            await begin(exchange, after: prologue)
        } onCancel: {
            loop.execute { Self.stop(exchange, on: connection, .cancelled) }
        }
    }

    /// Runs `sql` to its end or the deadline, whether the task is cancelled or not.
    func runUncancelled(_ sql: SQL, deadline: MonotonicTime) async -> Outcome {
        await begin(Exchange(sql, deadline: deadline, endsAtSync: true), after: [])
    }

    /// Sends `sql` and does not wait for its answer.
    func post(_ sql: SQL) {
        let exchange = Exchange(sql, deadline: loop.now, endsAtSync: true)
        connection.send(exchange)
        connection.sync(endOf: exchange)
    }

    private func begin(_ exchange: Exchange, after prologue: [SQL]) async -> Outcome {
        var timer: LoopTimer?
        let outcome = await withUnsafeContinuation { continuation in
            exchange.begin(continuation)
            for sql in prologue { connection.sendPrologue(sql, of: exchange) }
            connection.send(exchange)
            connection.sync(endOf: exchange)
            timer = loop.schedule(after: exchange.deadline - MonotonicTime.now) {
                Self.stop(exchange, on: connection, .deadlineExceeded)
            }
        }
        timer?.cancel()
        return outcome
    }

    private static func stop(
        _ exchange: Exchange, on connection: Connection, _ error: PostgresError
    ) {
        if exchange.isFinished { return }
        exchange.finish(.failure(error))
        connection.cancelRunning()
    }
}

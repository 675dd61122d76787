import EventLoop

/// A connection on which reads of a loop travel together.
///
/// All reads of a turn of the loop share one sync and one system call. A read that the server
/// refuses makes it skip the rest of that pipeline; those are sent again by themselves, each
/// with a sync of its own.
///
/// `@unchecked Sendable`: confined to its loop.
final class ReadPipeline: ConnectionOwner, @unchecked Sendable {
    private let loop: EventLoop
    private let settings: PoolSettings
    private let connector: Connector
    private let role: Session.Role
    private var connection: Connection?
    private var waiting = Fifo<Exchange>()
    private var isConnecting = false
    private var isSyncPlanned = false
    private var isClosed = false
    /// The read that the server was asked to end last; once is enough.
    private weak var stopped: Exchange?
    private var expiry: LoopTimer?
    private var expiryTime = MonotonicTime(nanoseconds: .max)

    /// - Parameter role: the pipeline of the short reads takes over the connection by which the
    ///   connector found that the server is there again.
    init(loop: EventLoop, settings: PoolSettings, connector: Connector, role: Session.Role) {
        self.loop = loop
        self.settings = settings
        self.connector = connector
        self.role = role
        if role == .reading {
            connector.whenRecovered = { [weak self] connection in self?.adopt(connection) }
        }
    }

    /// Reads that wait or are under way.
    var waitingCount: Int { waiting.count + (connection?.unansweredCount ?? 0) }

    /// Sends the read at the end of this turn, or as soon as there is a connection.
    func submit(_ exchange: Exchange) {
        if isClosed { return exchange.finish(.failure(.unavailable("the pool is closed"))) }
        guard exchange.deadline > loop.now else {
            return exchange.finish(.failure(.deadlineExceeded))
        }
        guard waitingCount < settings.readsMax else {
            return exchange.finish(.failure(.poolExhausted))
        }
        expire(at: exchange.deadline)
        if let connection {
            connection.send(exchange)
            planSync()
        } else {
            waiting.append(exchange)
            connect()
        }
    }

    /// Makes the connection ahead of the first read.
    func warmUp() {
        if connection == nil { connect() }
    }

    func close() {
        isClosed = true
        expiry?.cancel()
        connection?.lose("the pool is closed")
        failWaiting(.unavailable("the pool is closed"))
    }

    // MARK: Connection

    private func connect() {
        if isConnecting || isClosed { return }
        if let outage = connector.outage { return failWaiting(outage) }
        isConnecting = true
        connector.connect(role) { outcome in
            self.isConnecting = false
            switch outcome {
            case .success(let connection): self.adopt(connection)
            case .failure(let error): self.failWaiting(error)
            }
        }
    }

    private func adopt(_ connection: Connection) {
        if isClosed || self.connection != nil { return connection.lose("not needed") }
        self.connection = connection
        connection.owner = self
        connection.whenCancelled = { [weak self] in self?.stopOverdue() }
        for exchange in waiting.removeAll() where !exchange.isFinished {
            connection.send(exchange)
        }
        planSync()
    }

    private func failWaiting(_ error: PostgresError) {
        for exchange in waiting.removeAll() { exchange.finish(.failure(error)) }
    }

    private func planSync() {
        if isSyncPlanned { return }
        isSyncPlanned = true
        loop.atEndOfTurn {
            self.isSyncPlanned = false
            self.connection?.sync()
        }
    }

    func connectionWasLost(
        _ connection: Connection, unanswered: [Exchange], reason: String
    ) {
        if connection === self.connection { self.connection = nil }
        // Reading twice does no harm, so what was under way is tried once more on a fresh
        // connection: a restarted server is noticed only when the old connection is used.
        for exchange in unanswered where !exchange.isFinished {
            if exchange.repeats == 0, !isClosed {
                exchange.repeats += 1
                waiting.append(exchange)
            } else {
                exchange.finish(.failure(.unavailable(reason)))
            }
        }
        connect()
    }

    func connection(_ connection: Connection, mustRepeat exchanges: [Exchange]) {
        for exchange in exchanges {
            // By itself it can be skipped no more; a few rounds are for outdated plans.
            guard exchange.repeats < 4 else {
                exchange.finish(.failure(.unavailable("the read was skipped again and again")))
                continue
            }
            exchange.repeats += 1
            connection.send(exchange)
            connection.sync()
        }
    }

    // MARK: Deadlines

    /// One timer serves all reads: set to the earliest deadline, it is moved on when it fires
    /// and finds that read answered, so a read that is answered in time costs nothing here.
    private func expire(at deadline: MonotonicTime) {
        if deadline >= expiryTime { return }
        expiry?.cancel()
        expiryTime = deadline
        expiry = loop.schedule(after: deadline - loop.now) { self.expireDue() }
    }

    private func expireDue() {
        expiryTime = MonotonicTime(nanoseconds: .max)
        let now = MonotonicTime.now
        var next = MonotonicTime(nanoseconds: .max)
        func visit(_ exchange: Exchange) {
            if exchange.isFinished { return }
            if exchange.deadline <= now {
                exchange.finish(.failure(.deadlineExceeded))
            } else {
                next = min(next, exchange.deadline)
            }
        }
        waiting.forEach(visit)
        if let first = waiting.first, first.isFinished {
            let alive = waiting.removeAll().filter { !$0.isFinished }
            for exchange in alive { waiting.append(exchange) }
        }
        connection?.forEachUnanswered(visit)
        stopOverdue()
        if next.nanoseconds != .max { expire(at: next) }
    }

    /// The read that holds up all behind it is cancelled, and so is the next one if nobody waits
    /// for that any more either; if not even that helps, the connection is given up.
    private func stopOverdue() {
        guard let connection, let running = connection.running, running.isFinished,
            running !== stopped
        else { return }
        stopped = connection.cancelRunning() ? running : nil
        loop.schedule(after: settings.cancelGrace) { [weak connection] in
            guard let connection, connection.running === running else { return }
            connection.lose("the server does not answer")
        }
    }

    /// Ends the wait of a read whose task was cancelled.
    func abandon(_ exchange: Exchange) {
        exchange.finish(.failure(.cancelled))
        stopOverdue()
    }
}

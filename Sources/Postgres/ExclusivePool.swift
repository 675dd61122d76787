import EventLoop

/// The connections that serve one caller at a time, and the queue for them.
///
/// `@unchecked Sendable`: confined to its loop.
final class ExclusivePool: ConnectionOwner, @unchecked Sendable {
    private let loop: EventLoop
    private let settings: PoolSettings
    private let connector: Connector
    private var idle: [Connection] = []
    private var openCount = 0
    private var connectingCount = 0
    private var waiters = Fifo<Waiter>()
    private var importantWaiters = Fifo<Waiter>()
    private var waitingCount = 0
    /// Connections that ordinary callers have now.
    private var ordinaryCount = 0
    private var retryTime = MonotonicTime(nanoseconds: 0)
    private var isClosed = false
    private var whenDrained: [() -> Void] = []

    init(loop: EventLoop, settings: PoolSettings, connector: Connector) {
        self.loop = loop
        self.settings = settings
        self.connector = connector
    }

    var connectionCount: Int { openCount }
    var idleCount: Int { idle.count }
    var waiterCount: Int { waitingCount }

    // MARK: Taking

    /// So many ordinary callers may have at once: a connection is kept for the important ones.
    private var ordinaryMax: Int { max(1, settings.exclusiveConnectionsMax - 1) }

    private func isFree(for urgency: Urgency) -> Bool {
        urgency == .important || ordinaryCount < ordinaryMax
    }

    /// A connection outside a transaction, important callers first, then in the order of the calls;
    /// `release` it.
    func acquire(deadline: MonotonicTime) async throws(PostgresError) -> Connection {
        if isClosed { throw .unavailable("the pool is closed") }
        // Nothing is begun that nobody waits for any more.
        if deadline <= MonotonicTime.now { throw .deadlineExceeded }
        let urgency = Urgency.current
        while isFree(for: urgency), let connection = idle.popLast() {
            connection.refresh()
            if connection.isOpen { return taken(connection, urgency) }
        }
        if let outage = connector.outage { throw outage }
        guard waitingCount < settings.queueMax else { throw .poolExhausted }
        let waiter = Waiter(urgency)
        let loop = loop
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                enqueue(waiter, continuation, deadline)
            }
        } onCancel: {
            loop.execute { self.abandon(waiter, .cancelled) }
        }
        return try outcome.get()
    }

    private func enqueue(
        _ waiter: Waiter, _ continuation: UnsafeContinuation<Waiter.Outcome, Never>,
        _ deadline: MonotonicTime
    ) {
        waiter.continuation = continuation
        waiter.timer = loop.schedule(after: deadline - MonotonicTime.now) {
            self.abandon(waiter, .deadlineExceeded)
        }
        switch waiter.urgency {
        case .ordinary: waiters.append(waiter)
        case .important: importantWaiters.append(waiter)
        }
        waitingCount += 1
        connectIfNeeded()
    }

    private func abandon(_ waiter: Waiter, _ error: PostgresError) {
        if waiter.isDone { return }
        waitingCount -= 1
        waiter.finish(.failure(error))
        while let first = waiters.first, first.isDone { waiters.popFirst() }
        while let first = importantWaiters.first, first.isDone { importantWaiters.popFirst() }
    }

    private func connectIfNeeded() {
        if MonotonicTime.now < retryTime { return }
        while connectingCount < wantedCount,
            openCount + connectingCount < settings.exclusiveConnectionsMax
        {
            connectingCount += 1
            connector.connect(.exclusive) { self.connected($0) }
        }
    }

    /// Connections that somebody who waits could have.
    private var wantedCount: Int {
        min(waitingCount, importantWaiters.count + max(0, ordinaryMax - ordinaryCount))
    }

    private func connected(_ outcome: Result<Connection, PostgresError>) {
        connectingCount -= 1
        switch outcome {
        case .success(let connection):
            connection.owner = self
            openCount += 1
            put(connection)
        case .failure(let error):
            // With connections in use there is hope: the server may only have too many, and
            // the next one that comes back serves the queue.
            if openCount > 0 { return retryLater() }
            while let waiter = nextWaiter() { waiter.finish(.failure(error)) }
        }
    }

    private func retryLater() {
        retryTime = MonotonicTime.now + settings.backoffMax
        loop.schedule(after: settings.backoffMax) {
            self.retryTime = MonotonicTime(nanoseconds: 0)
            self.connectIfNeeded()
        }
    }

    private func nextWaiter() -> Waiter? {
        while let waiter = importantWaiters.popFirst() ?? waiters.popFirst() {
            if waiter.isDone { continue }
            waitingCount -= 1
            return waiter
        }
        return nil
    }

    private func nextWaiterForConnection() -> Waiter? {
        while let first = waiters.first, first.isDone { waiters.popFirst() }
        while let first = importantWaiters.first, first.isDone { importantWaiters.popFirst() }
        return importantWaiters.isEmpty && !isFree(for: .ordinary) ? nil : nextWaiter()
    }

    private func taken(_ connection: Connection, _ urgency: Urgency) -> Connection {
        connection.holder = urgency
        if urgency == .ordinary { ordinaryCount += 1 }
        return connection
    }

    private func givenBack(_ connection: Connection) {
        if connection.holder == .ordinary { ordinaryCount -= 1 }
        connection.holder = nil
    }

    // MARK: Giving back

    /// Gives a connection back; it is used again when it is quiet and outside a transaction.
    func release(_ connection: Connection) {
        guard connection.isOpen else { return }
        if connection.isQuiet { return put(connection) }
        // A statement was cancelled or a ROLLBACK is under way: its end is awaited here, so
        // that neither an answer nor a late cancel request meets the next user.
        connection.whenQuiet(within: settings.cancelGrace) { self.put(connection) }
    }

    private func put(_ connection: Connection) {
        guard connection.isOpen else { return }
        guard connection.isOutsideTransaction, !connection.isUnwanted, !isClosed else {
            return connection.lose("not needed")
        }
        givenBack(connection)
        if let waiter = nextWaiterForConnection() {
            waiter.finish(.success(taken(connection, waiter.urgency)))
        } else {
            idle.append(connection)
        }
    }

    func connectionWasLost(
        _ connection: Connection, unanswered: [Exchange], reason: String
    ) {
        openCount -= 1
        givenBack(connection)
        idle.removeAll { $0 === connection }
        for exchange in unanswered { exchange.finish(.lost(reason)) }
        if isClosed { return tellDrained() }
        // With the last one the hope ends that one comes back: who waits is served or refused now.
        if openCount == 0 { retryTime = MonotonicTime(nanoseconds: 0) }
        connectIfNeeded()
    }

    func connection(_ connection: Connection, mustRepeat exchanges: [Exchange]) {
        // Statements here fail with their own prologue only; there are no neighbours.
        for exchange in exchanges { exchange.finish(.lost("the statement was skipped")) }
    }

    // MARK: Closing

    /// Closes what is idle, refuses who waits, and calls `body` when the last one in use is
    /// back.
    func close(_ body: @escaping () -> Void) {
        isClosed = true
        while let waiter = nextWaiter() {
            waiter.finish(.failure(.unavailable("the pool is closed")))
        }
        whenDrained.append(body)
        for connection in idle { connection.lose("the pool is closed") }
        tellDrained()
    }

    private func tellDrained() {
        guard openCount == 0 else { return }
        let bodies = whenDrained
        whenDrained = []
        for body in bodies { body() }
    }
}

/// A caller in the queue for a connection; `@unchecked Sendable`: confined to its loop.
private final class Waiter: @unchecked Sendable {
    typealias Outcome = Result<Connection, PostgresError>

    var continuation: UnsafeContinuation<Outcome, Never>?
    var timer: LoopTimer?
    private(set) var isDone = false
    let urgency: Urgency

    init(_ urgency: Urgency) { self.urgency = urgency }

    func finish(_ outcome: Outcome) {
        isDone = true
        timer?.cancel()
        continuation?.resume(returning: outcome)
        continuation = nil
    }
}

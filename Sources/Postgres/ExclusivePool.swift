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
    private var waitingCount = 0
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

    /// A connection outside a transaction, in the order of the calls; `release` it.
    func acquire(deadline: MonotonicTime) async throws(PostgresError) -> Connection {
        if isClosed { throw .unavailable("the pool is closed") }
        while let connection = idle.popLast() {
            connection.refresh()
            if connection.isOpen { return connection }
        }
        if let outage = connector.outage { throw outage }
        guard waitingCount < settings.queueMax else { throw .poolExhausted }
        let waiter = Waiter()
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
        waiters.append(waiter)
        waitingCount += 1
        connectIfNeeded()
    }

    private func abandon(_ waiter: Waiter, _ error: PostgresError) {
        if waiter.isDone { return }
        waitingCount -= 1
        waiter.finish(.failure(error))
        while let first = waiters.first, first.isDone { waiters.popFirst() }
    }

    private func connectIfNeeded() {
        if MonotonicTime.now < retryTime { return }
        while connectingCount < waitingCount,
            openCount + connectingCount < settings.exclusiveConnectionsMax
        {
            connectingCount += 1
            connector.connect(.exclusive) { self.connected($0) }
        }
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
        while let waiter = waiters.popFirst() {
            if waiter.isDone { continue }
            waitingCount -= 1
            return waiter
        }
        return nil
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
        if let waiter = nextWaiter() {
            waiter.finish(.success(connection))
        } else {
            idle.append(connection)
        }
    }

    func connectionWasLost(
        _ connection: Connection, unanswered: [Exchange], reason: String
    ) {
        openCount -= 1
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

    func finish(_ outcome: Outcome) {
        isDone = true
        timer?.cancel()
        continuation?.resume(returning: outcome)
        continuation = nil
    }
}

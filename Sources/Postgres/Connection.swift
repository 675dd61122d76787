import CLibpq
import EventLoop
import Glibc

/// Whoever a connection belongs to is told what becomes of it.
protocol ConnectionOwner: AnyObject {
    /// The connection is closed; `unanswered` were sent and have no answer.
    func connectionWasLost(_ connection: Connection, unanswered: [Exchange], reason: String)
    /// The server skipped these because a neighbour in the same pipeline failed.
    func connection(_ connection: Connection, mustRepeat exchanges: [Exchange])
}

/// A connection in libpq's pipeline mode on its loop.
///
/// `@unchecked Sendable`: confined to its loop.
final class Connection: EventHandler, @unchecked Sendable {
    weak var owner: (any ConnectionOwner)?
    /// Whoever has it from a pool; nil while nobody has.
    var holder: Urgency?
    private(set) var isOpen = true
    /// True once the server has refused a write because it is a standby: the next connection
    /// is made by `target_session_attrs` anew.
    private(set) var isUnwanted = false
    /// Called when another statement may be cancelled than the one that was.
    var whenCancelled: (() -> Void)?

    /// The protocol counts the binds of a statement in 16 bits.
    private static let bindsMax = 65_535

    private let loop: EventLoop
    private let whenClosed: () -> Void
    private let pointer: OpaquePointer
    private let descriptor: Int32
    private let isEncrypted: Bool
    private var statements = StatementCache()
    private var entries = Fifo<Entry>()
    private var received: Received?
    private var skipped: [Exchange] = []
    private var isWatchingWrites = false
    private var isLookingAgain = false
    private var isCancelling = false
    private var mayHaveCancelled = false
    private var hasUnsynced = false
    private var whenQuiet: (() -> Void)?
    private var quietWaits = 0
    private var whenNotified: ((Notification) -> Void)?

    /// What was sent, in order: libpq gives the answers in the same order.
    private enum Entry {
        case prepare(Statement, Exchange)
        case prologue(Exchange)
        case statement(Exchange, Statement?)
        case sync(Exchange?)
    }

    private enum Received {
        case answer(OpaquePointer)
        case failure(PostgresError)
        case skipped
    }

    /// Takes over the session; `whenClosed` is called at the connection's end.
    init(
        _ session: Session, loop: EventLoop, whenClosed: @escaping () -> Void
    ) throws(PostgresError) {
        self.loop = loop
        self.whenClosed = whenClosed
        pointer = session.pointer
        descriptor = PQsocket(session.pointer)
        isEncrypted = PQsslInUse(session.pointer) == 1
        do throws(SystemError) {
            // Read interest stays for the connection's life: that is how the end of an idle
            // connection is noticed before somebody uses it.
            try loop.register(descriptor, interest: .read, handler: self)
        } catch {
            PQfinish(session.pointer)
            throw .unavailable(error.description)
        }
    }

    // MARK: State

    /// True when every answer is here and no cancel request is on its way.
    var isQuiet: Bool { entries.isEmpty && !isCancelling }

    /// True when the server is not inside a transaction.
    var isOutsideTransaction: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// How many messages wait for an answer.
    var unansweredCount: Int { entries.count }

    /// The exchange whose answer comes next.
    var running: Exchange? {
        switch entries.first {
        case .prepare(_, let exchange), .prologue(let exchange), .statement(let exchange, _):
            exchange
        case .sync(let exchange): exchange
        case nil: nil
        }
    }

    /// Calls `body` once the connection is quiet, and closes it if that takes longer than
    /// `grace`.
    func whenQuiet(within grace: Duration, _ body: @escaping () -> Void) {
        quietWaits += 1
        whenQuiet = body
        let number = quietWaits
        loop.schedule(after: grace) { [weak self] in
            guard let self, self.whenQuiet != nil, self.quietWaits == number else { return }
            self.lose("the server does not answer")
        }
    }

    /// Visits the exchanges that have no answer yet.
    func forEachUnanswered(_ body: (Exchange) -> Void) {
        entries.forEach { entry in
            if case .statement(let exchange, _) = entry { body(exchange) }
        }
    }

    // MARK: Sending

    /// Puts a statement in the pipeline; `sync()` lets the server run it to the end.
    func send(_ exchange: Exchange) {
        guard exchange.sql.binds.count <= Self.bindsMax else {
            let error = ServerError(
                sqlState: .tooManyArguments, message: "more than \(Self.bindsMax) binds")
            return exchange.finish(.failure(.server(error)))
        }
        var statement = statements.statement(of: exchange.sql.shape)
        // Whether a statement that another read has just had prepared will be there is not
        // known yet; what is sent again depends on nobody and goes unprepared.
        if exchange.repeats > 0, statement?.isPrepared != true { statement = nil }
        guard send(exchange.sql, statement, for: exchange) else { return }
        entries.append(.statement(exchange, statement))
        hasUnsynced = true
    }

    /// Puts a statement in the pipeline whose failure, if any, is that of `exchange`, which
    /// follows in the same pipeline.
    func sendPrologue(_ sql: SQL, of exchange: Exchange) {
        let statement = statements.statement(of: sql.shape)
        guard send(sql, statement, for: exchange) else { return }
        entries.append(.prologue(exchange))
    }

    /// Ends the pipeline of what was sent since the last one, and sends it all to the server.
    func sync(endOf exchange: Exchange? = nil) {
        guard isOpen, hasUnsynced else { return }
        hasUnsynced = false
        // This flushes too, as far as the socket takes it.
        guard PQpipelineSync(pointer) == 1 else { return lose() }
        entries.append(.sync(exchange))
        flush()
    }

    private func send(_ sql: SQL, _ statement: Statement?, for exchange: Exchange) -> Bool {
        guard isOpen else {
            exchange.finish(.lost("the connection is closed"))
            return false
        }
        if let statement, !statement.isSent, !prepare(statement, for: exchange) { return false }
        let count = Int32(clamping: sql.binds.count)
        let isSent = sql.binds.withArrays { values, lengths, formats in
            if let statement {
                return PQsendQueryPrepared(
                    pointer, statement.name, count, values, lengths, formats, 1)
            }
            return PQsendQueryParams(
                pointer, sql.text, count, sql.shape.types, values, lengths, formats, 1)
        }
        if isSent == 1 { return true }
        loseSending(exchange)
        return false
    }

    private func prepare(_ statement: Statement, for exchange: Exchange) -> Bool {
        let types = statement.shape.types
        let text = statement.shape.text.map { CChar(bitPattern: $0) } + [0]
        guard PQsendPrepare(pointer, statement.name, text, Int32(types.count), types) == 1 else {
            loseSending(exchange)
            return false
        }
        statement.isSent = true
        entries.append(.prepare(statement, exchange))
        return true
    }

    /// libpq takes no message: the connection is broken, or the message is larger than memory
    /// or the protocol allow (1 GB), after which the pipeline is in no known state.
    private func loseSending(_ exchange: Exchange) {
        let reason = ServerAnswer.text(PQerrorMessage(pointer)) ?? "nothing could be sent"
        exchange.finish(.lost(reason))
        lose(reason)
    }

    private func flush() {
        let unsent = PQflush(pointer)
        if unsent < 0 { return lose() }
        guard (unsent > 0) != isWatchingWrites else { return }
        isWatchingWrites = unsent > 0
        let interest: Interest = isWatchingWrites ? [.read, .write] : .read
        do { try loop.modify(descriptor, interest: interest) } catch { lose(error.description) }
    }

    // MARK: Receiving

    func ready(_ readiness: Readiness) {
        if isWatchingWrites, readiness.contains(.writable) { flush() }
        guard isOpen, !readiness.isDisjoint(with: [.readable, .readHangUp, .hangUp, .error])
        else { return }
        consume()
    }

    private func consume() {
        var isAlive = PQconsumeInput(pointer) == 1
        // libpq takes at least 8 KiB at a time, OpenSSL hands out records of 16 KiB: what is
        // left in OpenSSL's buffer makes no descriptor readable, so under TLS it is asked for.
        if isEncrypted, isAlive { isAlive = PQconsumeInput(pointer) == 1 }
        // What arrived before the end is still worth its reading.
        receive()
        guard isOpen else { return }
        if !isAlive { return lose() }
        tellIfQuiet()
        if mayHaveCancelled, !isCancelling { whenCancelled?() }
        if isEncrypted { lookAgain() }
    }

    /// Catches the case that the two calls above ended in the middle of a record.
    private func lookAgain() {
        guard isOpen, !entries.isEmpty, !isLookingAgain else { return }
        isLookingAgain = true
        loop.schedule(after: .milliseconds(2)) { [weak self] in
            guard let self else { return }
            self.isLookingAgain = false
            if self.isOpen { self.consume() }
        }
    }

    /// Notices the end of an idle connection that the loop has not come to yet; asked before
    /// a statement is sent, because afterwards it is unknown whether the server ran it.
    func refresh() {
        var byte: UInt8 = 0
        // A last message and then the end: two rounds find both.
        for _ in 0..<3 where isOpen {
            let count = recv(
                descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            consume()
        }
    }

    private func receive() {
        while isOpen, let entry = entries.first, PQisBusy(pointer) == 0 {
            guard let result = PQgetResult(pointer) else {
                guard let received else { return lose("the server answered out of turn") }
                self.received = nil
                // A failure at the sync itself (a deferred constraint) comes as a result of
                // its own before the sync's.
                if case .sync(let exchange) = entry {
                    if case .failure(let error) = received { exchange?.failure = error }
                    continue
                }
                entries.popFirst()
                settle(entry, received)
                continue
            }
            take(result, of: entry)
        }
        if isOpen { takeNotifications() }
    }

    private func take(_ result: OpaquePointer, of entry: Entry) {
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            guard case .sync(let exchange) = entry else {
                return lose("the server answered out of turn")
            }
            entries.popFirst()
            if case .failure(let error) = received { exchange?.failure = error }
            received = nil
            exchange?.finish()
            repeatSkipped()
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
            received = .skipped
        default:
            if let error = ServerAnswer.error(of: result) {
                PQclear(result)
                if case .unavailable(let reason) = error { return lose(reason) }
                received = .failure(error)
            } else {
                if case .answer(let earlier) = received { PQclear(earlier) }
                received = .answer(result)
            }
        }
    }

    private func settle(_ entry: Entry, _ received: Received) {
        switch (entry, received) {
        case (.prepare(let statement, let exchange), .failure(let error)):
            statements.forget(statement)
            exchange.failure = error
        case (.prepare(let statement, _), .skipped): statements.forget(statement)
        case (.prologue(let exchange), .failure(let error)): exchange.failure = error
        case (.prepare(let statement, _), .answer(let result)):
            statement.isPrepared = true
            PQclear(result)
        case (.prologue, .answer(let result)): PQclear(result)
        case (.statement(let exchange, _), .answer(let result)):
            if exchange.endsAtSync {
                exchange.hold(result)
            } else {
                exchange.finish(.result(result))
            }
        case (.statement(let exchange, let statement), .failure(let error)):
            settle(exchange, statement, error)
        case (.statement(let exchange, _), .skipped):
            if exchange.failure == nil {
                skipped.append(exchange)
            } else if !exchange.endsAtSync {
                exchange.finish()
            }
        case (.sync, _), (.prologue, .skipped): break
        }
    }

    private func settle(_ exchange: Exchange, _ statement: Statement?, _ error: PostgresError) {
        let isStale = error.serverError?.isStalePlan ?? false
        if isStale, let statement { statements.forget(statement) }
        let isStray = mayHaveCancelled && error.serverError?.sqlState == .queryCancelled
        // A read that met an outdated plan, or a cancel request that was meant for another
        // one, has done nothing wrong.
        if !exchange.endsAtSync, isStale || isStray {
            skipped.append(exchange)
            return
        }
        if error.serverError?.sqlState == .readOnlyTransaction { isUnwanted = true }
        // The server's own limit was faster than the timer here, or an operator has ended it.
        let isOverdue = error.serverError?.sqlState == .queryCancelled
        exchange.failure = isOverdue ? .deadlineExceeded : error
        if !exchange.endsAtSync { exchange.finish() }
    }

    private func repeatSkipped() {
        let exchanges = skipped.filter { !$0.isFinished }
        skipped.removeAll()
        if !exchanges.isEmpty { owner?.connection(self, mustRepeat: exchanges) }
    }

    private func tellIfQuiet() {
        guard isQuiet else { return }
        mayHaveCancelled = false
        let body = whenQuiet
        whenQuiet = nil
        body?()
    }

    // MARK: Notifications

    /// Calls `body` for each notification; the connection must have been told to `LISTEN`.
    func whenNotified(_ body: @escaping (Notification) -> Void) {
        whenNotified = body
    }

    private func takeNotifications() {
        while isOpen, let notification = PQnotifies(pointer) {
            let value = Notification(
                channel: String(cString: notification.pointee.relname),
                payload: String(cString: notification.pointee.extra))
            PQfreemem(notification)
            whenNotified?(value)
        }
    }

    // MARK: Cancelling and closing

    /// Asks the server to end the statement it is running on this connection.
    ///
    /// The request needs a connection of its own, which `PQcancel` makes and waits for, so it
    /// has a thread; there is at most one at a time for each connection.
    ///
    /// - Returns: false where it is not asked, as while an earlier request is under way.
    @discardableResult
    func cancelRunning() -> Bool {
        guard isOpen, !isCancelling, !entries.isEmpty, let request = PQgetCancel(pointer) else {
            return false
        }
        isCancelling = true
        mayHaveCancelled = true
        let cancel = CancelRequest(pointer: request)
        let loop = loop
        startThread(name: "pg-cancel") {
            cancel.send()
            loop.execute { self.cancelWasSent() }
        }
        return true
    }

    private func cancelWasSent() {
        isCancelling = false
        if isOpen { tellIfQuiet() }
        // The answer may have come before the request was over.
        if isOpen, mayHaveCancelled { whenCancelled?() }
    }

    /// Closes the connection; what has no answer is reported to the owner.
    func lose(_ reason: String? = nil) {
        guard isOpen else { return }
        isOpen = false
        let why = reason ?? ServerAnswer.text(PQerrorMessage(pointer)) ?? "the connection broke"
        loop.deregister(descriptor)
        PQfinish(pointer)
        var unanswered = skipped
        for entry in entries.removeAll() {
            if case .statement(let exchange, _) = entry { unanswered.append(exchange) }
            if case .sync(let exchange?) = entry, unanswered.last !== exchange {
                unanswered.append(exchange)
            }
        }
        if case .answer(let result) = received { PQclear(result) }
        received = nil
        skipped = []
        whenQuiet = nil
        whenNotified = nil
        whenCancelled = nil
        whenClosed()
        owner?.connectionWasLost(self, unanswered: unanswered, reason: why)
    }
}

/// A cancel request that a thread of its own sends.
///
/// `@unchecked Sendable`: handed to that thread once; libpq made it independent of the
/// connection.
private struct CancelRequest: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Blocks until the server has passed the request on, or cannot be reached.
    func send() {
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(pointer, &reason, Int32(reason.count))
        PQfreeCancel(pointer)
    }
}

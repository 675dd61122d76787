import Admission
import CLinux
import EventLoop
import Glibc
import HTTP
import Synchronization
import TLS

/// One HTTP/1.1 connection: bytes in, requests one after another, answers out.
///
/// The state machine of RFC 9112 without the I/O of a thread: it is told when the socket is
/// ready (edge-triggered), reads into the loop's buffer and parses there; only what is left over
/// is kept. Answers of one turn are gathered in the worker's buffer and sent with one call.
///
/// `@unchecked Sendable`: confined to its loop; handlers' tasks run on that loop too.
final class Connection: EventHandler, @unchecked Sendable {
    enum Phase {
        case handshake
        /// Waits for a request's first byte.
        case idle
        /// A part of a head is here.
        case head
        /// The head is accepted, its body is arriving.
        case body
        /// A handler is at work; further requests wait.
        case working
        /// The content of the answer stays open.
        case holding
        /// A finished answer waits for the reader.
        case writing
        /// The last answer is sent; what the peer still sends is dropped until it ends.
        case lingering
        case closed
    }

    let worker: Worker
    let peer: PeerAddress
    let descriptor: Int32
    var slot = 0
    var phase: Phase
    let tls: TLSStream?

    var parser: RequestParser
    /// Received bytes that are not consumed yet.
    var pending: [UInt8] = []
    var queue = OutputQueue()
    var incoming: IncomingBody?
    var request: RequestInProgress?
    /// Producers that are suspended until the queue has room again.
    var streamWaiters: [CheckedContinuation<Void, any Error>] = []
    /// Whoever sends the content that stays open.
    var held: (any HeldContent)?
    /// Bytes of a stream since its producer last let others have the loop.
    var streamedBytes = 0
    /// The handler at work, its streamed answer included.
    var task: Task<Void, Never>?

    private var requestCount = 0
    /// The kernel may hold bytes that were left there; an edge will not tell again.
    private(set) var mayHaveMore = false
    /// The peer has finished sending: behind the last bytes waits an end without an edge.
    private(set) var hasEndOfStream = false
    private var isProcessing = false
    private var continuesNextTurn = false
    /// The socket took no more; an edge tells when it does.
    var isBlocked = false
    var closesAfterAnswer = false
    var lingersAfterAnswer = false
    private var isRegistered = false

    /// It came by the members' door, or its last answer was for somebody who must not wait.
    private(set) var isImportant: Bool
    /// Whether its last request was answered, and not refused; nil before the first.
    private(set) var wasServed: Bool?
    /// Where it waits to be read.
    var place: UnreadLine.Place?
    private let isForMembers: Bool
    private var isCountedUnanswered = false

    /// When the present phase must be over; nil where a rate or the handler decides.
    var deadline: MonotonicTime?
    /// How quickly the present body arrives.
    var arrival = RateMeter()
    /// How quickly the queue leaves.
    var departure = RateMeter()

    /// Taken from the kernel at once where heads are expected. It bounds what a connection keeps
    /// of requests that must wait: the rest waits in the kernel.
    private static let headReadBytesMax = 16 << 10
    /// Reads of one turn; a peer that sends without end must leave the loop to others.
    private static let readsPerTurn = 4
    /// Output of pipelined answers that is gathered before it is sent.
    private static let gatheredBytesMax = 96 << 10

    init(
        worker: Worker, descriptor: Int32, peer: PeerAddress, tls: TLSStream?,
        isForMembers: Bool = false
    ) {
        self.isForMembers = isForMembers
        isImportant = isForMembers
        self.worker = worker
        self.descriptor = descriptor
        self.peer = peer
        self.tls = tls
        parser = RequestParser(limits: worker.settings.request)
        phase = tls == nil ? .idle : .handshake
    }

    /// True between two requests: the connection can be closed without harm (RFC 9112 9.5).
    var isIdle: Bool {
        phase == .idle && requestCount > 0 && queue.isEmpty && pending.isEmpty && place == nil
    }

    /// Looks at the socket for the first time: the listener hands a connection over with its first
    /// bytes, and a connection for one request never needs to be registered.
    func start() {
        let settings = worker.settings
        deadline =
            worker.loop.now + (tls == nil ? settings.headTimeMax : settings.handshakeTimeMax)
        mayHaveMore = true
        advance()
        guard phase != .closed, !isRegistered else { return }
        do {
            try worker.loop.register(
                descriptor, interest: [.read, .write, .edgeTriggered], handler: self)
            isRegistered = true
        } catch {
            close()
        }
    }

    func ready(_ readiness: Readiness) {
        if readiness.contains(.error) || readiness.contains(.hangUp) { return close() }
        if readiness.contains(.readHangUp) {
            let isNew = !hasEndOfStream
            hasEndOfStream = true
            // Whoever only listens sends no more requests: this is how it says that it leaves. Who
            // waited to be read and has now finished has given up.
            if phase == .holding || place != nil || isNew && isLeavingWork { return close() }
        }
        if readiness.contains(.readable) || hasEndOfStream { mayHaveMore = true }
        // TLS may have waited for bytes of the peer's before it could write.
        if readiness.contains(.writable) || tls != nil { isBlocked = false }
        if place != nil || waitsToBeRead { return }
        advance()
    }

    /// A browser that leaves closes its socket, of which only the end of its bytes arrives: the
    /// reset follows the answer, when the work is done. Half a close looks the same, but who does
    /// that has nothing more to send, and says so at once. RFC 9112 9.6 knows none of a client's,
    /// so the end of bytes is leaving if it comes later, where ending the work undoes nothing.
    private var isLeavingWork: Bool {
        guard phase == .working, let request, request.isSafe else { return false }
        return MonotonicTime.now - request.begin >= worker.settings.halfCloseTimeMax
    }

    /// Where a next request has come, its turn comes too.
    private var waitsToBeRead: Bool {
        guard phase == .idle, mayHaveMore, queue.isEmpty, pending.isEmpty,
            let unread = worker.unread
        else { return false }
        return unread.append(self)
    }

    /// Its turn has come.
    func readNow() {
        place = nil
        advance()
    }

    /// Does what can be done: handshake, pending bytes, bytes in the kernel, bytes to be sent.
    func advance() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        if phase == .handshake { continueHandshake() }
        var reads = 0
        repeat {
            if !pending.isEmpty, wantsBytes { processPending() }
            while mayHaveMore, wantsBytes, reads < Self.readsPerTurn {
                reads += 1
                receive()
            }
            flush()
        } while canGoOn && reads < Self.readsPerTurn
        if canGoOn { goOnNextTurn() }
    }

    /// Bytes are left to the kernel while an answer is made or waits for its reader.
    private var wantsBytes: Bool {
        switch phase {
        case .idle, .head, .body, .lingering: true
        case .handshake, .working, .holding, .writing, .closed: false
        }
    }

    /// An answer that has left makes room for the next request, which no edge will announce.
    private var canGoOn: Bool {
        mayHaveMore && wantsBytes || phase == .idle && !pending.isEmpty
    }

    private func goOnNextTurn() {
        guard !continuesNextTurn else { return }
        continuesNextTurn = true
        worker.loop.schedule(after: .zero) { [weak self] in
            guard let self else { return }
            continuesNextTurn = false
            advance()
        }
    }

    /// Closes a connection that waits for a request; but a request may be in the kernel already,
    /// and then it is answered.
    func closeIfIdle() {
        worker.unread?.remove(self)
        mayHaveMore = true
        advance()
        if phase == .idle, queue.isEmpty, pending.isEmpty { close() }
    }

    // MARK: Receiving

    private func continueHandshake() {
        guard let tls else { return }
        do {
            switch try tls.handshake() {
            case .done:
                phase = .idle
                mayHaveMore = true
                deadline = worker.loop.now + worker.settings.headTimeMax
            case .wantsRead: mayHaveMore = false
            case .wantsWrite: break
            case .closed: close()
            }
        } catch {
            close()
        }
    }

    private func receive() {
        let size =
            phase == .body || phase == .lingering ? worker.input.count : Self.headReadBytesMax
        let buffer = UnsafeMutableRawBufferPointer(rebasing: worker.input[..<size])
        guard let count = readSome(into: buffer) else { return }
        if count == 0 { return peerFinished() }
        // A short read has emptied the socket, and what comes later is a new edge. TLS may hold
        // decrypted bytes of its own, so it is asked until it wants more.
        if tls == nil, count < buffer.count, !hasEndOfStream { mayHaveMore = false }
        if pending.isEmpty {
            let bytes = UnsafeBufferPointer(
                rebasing: buffer.bindMemory(to: UInt8.self)[0..<count])
            let consumed = process(bytes)
            if phase != .closed, consumed < count { pending.append(contentsOf: bytes[consumed...]) }
        } else {
            pending.append(contentsOf: buffer[0..<count])
            processPending()
        }
    }

    /// Bytes read, 0 at the end of the stream, nil where there is nothing now (or no more ever).
    private func readSome(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        do {
            guard let tls else {
                let count = try nonBlockingCall("recv") {
                    recv(descriptor, buffer.baseAddress, buffer.count, 0)
                }
                if count == nil { mayHaveMore = false }
                return count
            }
            switch try tls.read(into: buffer) {
            case .done(let count): return count
            case .closed: return 0
            case .wantsRead, .wantsWrite:
                mayHaveMore = false
                return nil
            }
        } catch {
            close()
            return nil
        }
    }

    /// Nothing more can come: what was answered in this turn is still sent, for half a close is
    /// legal, and what has come in part is dropped.
    private func peerFinished() {
        mayHaveMore = false
        guard phase != .lingering, !(worker.output.isEmpty && queue.isEmpty) else { return close() }
        request?.keepsAlive = false
        closesAfterAnswer = true
        lingersAfterAnswer = false
        pending = []
        finishAnswer()
    }

    private func processPending() {
        let bytes = pending
        // Given up first: a request that is all here leaves nothing to keep, and most
        // connections are between requests most of the time.
        pending = []
        let consumed = bytes.withUnsafeBufferPointer { process($0) }
        guard phase != .closed, consumed < bytes.count else { return }
        pending = consumed == 0 ? bytes : Array(bytes[consumed...])
    }

    /// Goes through received bytes as far as they can be used now; returns how far that was.
    private func process(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        while offset < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[offset...])
            switch phase {
            case .idle, .head:
                let consumed = processHead(rest)
                if consumed == 0 { return offset }
                offset += consumed
            case .body: offset += processBody(rest)
            case .lingering: return bytes.count
            case .handshake, .working, .holding, .writing:
                return closesAfterAnswer ? bytes.count : offset
            case .closed: return bytes.count
            }
            if worker.output.count > Self.gatheredBytesMax { flush() }
        }
        return offset
    }

    private func processHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        switch parser.parse(bytes) {
        case .incomplete:
            if phase == .idle {
                phase = .head
                // A first request has had its deadline since the connection was accepted.
                if requestCount > 0 { deadline = worker.loop.now + worker.settings.headTimeMax }
            }
            return 0
        case .head(let head, let consumed):
            parser.reset()
            begin(head)
            return consumed
        case .malformed(let error):
            refuse(error.status, error.reason, head: nil)
            return bytes.count
        }
    }

    // MARK: One request

    private func begin(_ head: RequestHead) {
        requestCount += 1
        deadline = nil
        let isLast = requestCount >= worker.settings.requestsPerConnectionMax
        // A client that does not know may have sent more, which must not reset its answer.
        if isLast, head.keepAlive { lingersAfterAnswer = true }
        request = RequestInProgress(
            head: head, keepsAlive: head.keepAlive && !isLast && !worker.isDraining,
            begin: worker.loop.now)
        switch worker.handler.plan(head, peer: peer, isSecure: tls != nil) {
        case .respond(let response): respondBeforeBody(response, head)
        case .handle(let bodyBytesMax, let work):
            if head.framing == .none {
                run(work, worker.request(head, body: [], of: self))
            } else {
                receiveBody(head, bytesMax: bodyBytesMax, work)
            }
        }
    }

    /// Runs the handler as a task on this loop.
    func run(_ work: @escaping @Sendable (Request) async -> Response, _ value: Request) {
        phase = .working
        deadline = nil
        if requestCount == 1, !isForMembers {
            isCountedUnanswered = true
            worker.unanswered.add(1, ordering: .relaxed)
        }
        task = Task(executorPreference: worker.loop) { [self] in
            let response = await work(value)
            await answer(response)
        }
    }

    private func answer(_ response: Response) async {
        if phase == .closed { return abandon(response) }
        assert(worker.output.isEmpty, "bytes of another connection")
        if case .held(let content) = response.body {
            task = nil
            return hold(response, content)
        }
        if case .stream(let produce) = response.body {
            await stream(response, produce)
            if phase == .closed { return }
        } else {
            write(response)
        }
        task = nil
        finishAnswer()
        advance()
    }

    /// Answers with an error of the server's own and gives the connection up.
    func refuse(_ status: Status, _ reason: StaticString, head: RequestHead?) {
        let response = worker.handler.refusal(
            status, reason: reason, head: head, isSecure: tls != nil)
        request =
            request ?? RequestInProgress(head: head, keepsAlive: false, begin: worker.loop.now)
        request?.keepsAlive = false
        lingersAfterAnswer = true
        write(response)
        finishAnswer()
    }

    /// The answer is written, as far as this connection is concerned: goes on to the next
    /// request, or to the end.
    func finishAnswer() {
        countAnswered()
        let keepsAlive = request?.keepsAlive ?? false
        request = nil
        releaseBody()
        closesAfterAnswer = closesAfterAnswer || !keepsAlive || worker.isDraining
        if closesAfterAnswer || !queue.isEmpty {
            // The next request waits until this answer has left: its reader bounds what is made.
            phase = .writing
            deadline = nil
        } else {
            awaitRequest()
        }
    }

    /// The door need not wait for this one any more.
    func countAnswered() {
        guard isCountedUnanswered else { return }
        isCountedUnanswered = false
        worker.unanswered.subtract(1, ordering: .relaxed)
    }

    /// Remembers what an answer says about the next request.
    func note(_ standing: AnswerStanding) {
        switch standing {
        case .ordinary: wasServed = true
        case .important:
            wasServed = true
            isImportant = true
        case .refused:
            wasServed = false
            if requestCount == 1 {
                worker.refusalsOnNew.add(1, ordering: .relaxed)
            } else {
                worker.unread?.refused()
            }
        }
    }

    /// Begins to wait for the next request.
    func awaitRequest() {
        phase = .idle
        deadline = worker.loop.now + worker.settings.idleTimeMax
    }

    // MARK: End

    /// Ends the connection at once; from any phase, more than once without harm.
    ///
    /// - Parameter isCut: the peer is to see a reset, for an orderly end would tell it that it has
    ///   the whole answer.
    func close(isCut: Bool = false) {
        guard phase != .closed else { return }
        phase = .closed
        worker.unread?.remove(self)
        countAnswered()
        releaseBody()
        request = nil
        pending = []
        queue.removeAll()
        worker.output.removeAll(keepingCapacity: true)
        task?.cancel()
        task = nil
        letGoOfHeld()
        if isCut { resetAtClose() } else { tls?.close() }
        if isRegistered { worker.loop.forget(closing: descriptor) }
        closeDescriptor(descriptor)
        worker.remove(self)
        let waiters = streamWaiters
        streamWaiters = []
        for waiter in waiters { waiter.resume(throwing: ConnectionClosed()) }
    }

    private func resetAtClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

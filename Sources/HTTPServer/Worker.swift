import CLinux
import EventLoop
import Glibc
import HTTP
import Synchronization
import TLS

/// The server's part on one loop: its connections, and the buffers that they share.
///
/// `@unchecked Sendable`: confined to its loop, but for `load`, an atomic.
final class Worker: @unchecked Sendable {
    let loop: EventLoop
    let settings: ServerSettings
    let handler: any RequestHandler
    let shared: SharedBounds
    /// Connections of this loop now; other threads read it to balance.
    let load = Atomic<Int>(0)
    /// New connections of the crowd whose first request is being answered; the door reads it.
    let unanswered = Atomic<Int>(0)
    /// First requests that were refused since the door has looked.
    let refusalsOnNew = Atomic<Int>(0)
    /// Nil where all is read as it comes.
    let doorkeeper: (any Doorkeeper)?
    /// The same.
    let unread: UnreadConnections?

    /// Where every connection of the loop reads into; what is not consumed at once moves to the
    /// connection, so an idle one holds no buffer.
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// Answers that the present connection has made and not yet sent.
    var output: [UInt8] = []
    private(set) var isDraining = false
    /// The number of the last request, unique in the process: its upper half is the worker's.
    private var requestNumber: UInt64

    private var connections: [Connection] = []
    private var sweepTimer: LoopTimer?
    private var whenEmpty: [() -> Void] = []
    private var dateLine = DateLine(secondsSinceEpoch: 0)
    private var dateAge = UInt64.max

    /// How often deadlines are looked at: their precision.
    private static let sweepInterval = Duration.milliseconds(250)

    init(
        loop: EventLoop, settings: ServerSettings, handler: any RequestHandler,
        shared: SharedBounds
    ) {
        self.loop = loop
        self.settings = settings
        self.handler = handler
        self.shared = shared
        let keeper = handler.doorkeeper
        doorkeeper = keeper
        unread = keeper.map {
            UnreadConnections(loop: loop, keeper: $0, capacity: settings.connectionsMax)
        }
        requestNumber = UInt64.random(in: 0...UInt64.max) & ~0xffff_ffff
        output.reserveCapacity(128 << 10)
    }

    deinit { input.deallocate() }

    /// Begins to read what waits; from any thread.
    func start() {
        guard let unread else { return }
        // Given away for good: the loop uses it on its thread only, as this does.
        nonisolated(unsafe) let line = unread
        loop.execute { [loop] in
            loop.inEachTurn { [weak line] in line?.readSome() ?? false }
        }
    }

    /// The `Date` line. The wall clock is asked once in 100 ms, which RFC 9110 6.6.1 allows: the
    /// date is an approximation of when the message was made.
    var date: DateLine {
        let tenth = loop.now.nanoseconds / 100_000_000
        if tenth != dateAge {
            dateAge = tenth
            dateLine.update(secondsSinceEpoch: Int64(time(nil)))
        }
        return dateLine
    }

    /// The next request, as its handler gets it.
    func request(_ head: RequestHead, body: [UInt8], of connection: Connection) -> Request {
        requestNumber &+= 1
        return Request(
            head: head, body: body, peer: connection.peer, isSecure: connection.tls != nil,
            number: requestNumber)
    }

    // MARK: Connections

    /// Takes over an accepted socket that is counted in the shared bounds, or closes it where the
    /// system refuses it.
    func adopt(_ descriptor: Int32, peer: PeerAddress, _ endpoint: Endpoint) {
        assert(output.isEmpty, "bytes of another connection")
        guard !isDraining else { return turnAway(descriptor, peer) }
        do {
            let stream = try endpoint.tls.map { try TLSStream(context: $0, descriptor: descriptor) }
            let connection = Connection(
                worker: self, descriptor: descriptor, peer: peer, tls: stream,
                isForMembers: endpoint.isForMembers)
            connection.slot = connections.count
            connections.append(connection)
            load.add(1, ordering: .relaxed)
            connection.start()
            if !connections.isEmpty { startSweeping() }
        } catch {
            turnAway(descriptor, peer)
        }
    }

    /// Takes over a connection that another thread has accepted; it counts as load from now on,
    /// so that a batch of connections spreads over the loops.
    func receive(_ descriptor: Int32, _ peer: PeerAddress, _ endpoint: Endpoint) {
        load.add(1, ordering: .relaxed)
        let isTaken = loop.execute { [self] in
            load.subtract(1, ordering: .relaxed)
            adopt(descriptor, peer: peer, endpoint)
        }
        if !isTaken { turnAway(descriptor, peer) }
    }

    private func turnAway(_ descriptor: Int32, _ peer: PeerAddress) {
        shared.leave(peer)
        closeDescriptor(descriptor)
    }

    /// Forgets a connection that has closed itself.
    func remove(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.slot] = last
            last.slot = connection.slot
        }
        load.subtract(1, ordering: .relaxed)
        shared.leave(connection.peer)
        if connections.isEmpty {
            sweepTimer?.cancel()
            sweepTimer = nil
            let done = whenEmpty
            whenEmpty = []
            for action in done { action() }
        }
    }

    /// Closes up to `count` connections that wait for a next request, to make room for new ones;
    /// returns how many it found.
    @discardableResult
    func closeIdle(atMost count: Int) -> Int {
        var idle: [Connection] = []
        for connection in connections where connection.isIdle {
            idle.append(connection)
            if idle.count == count { break }
        }
        for connection in idle { connection.closeIfIdle() }
        return idle.count
    }

    private func startSweeping() {
        guard sweepTimer == nil else { return }
        sweepTimer = loop.schedule(after: Self.sweepInterval) { [weak self] in
            guard let self else { return }
            sweepTimer = nil
            sweep()
            if !connections.isEmpty { startSweeping() }
        }
    }

    private func sweep() {
        // Backwards, because closing moves the last connection into the gap.
        for index in connections.indices.reversed() where index < connections.count {
            connections[index].checkTime(loop.now)
        }
        if isDraining { closeWaiting() }
    }

    /// Closes all that have not begun with a request.
    private func closeWaiting() {
        let waiting = connections.filter { $0.phase == .idle }
        for connection in waiting { connection.closeIfIdle() }
    }

    // MARK: End

    /// Ends each connection after the answer it is at; `done` is called when none is left.
    func drain(_ done: @escaping () -> Void) {
        isDraining = true
        closeWaiting()
        for connection in connections where connection.phase == .holding { connection.end() }
        if connections.isEmpty { done() } else { whenEmpty.append(done) }
    }

    /// Closes all that are left, whatever they are at.
    func closeAll() {
        isDraining = true
        while let last = connections.last { last.close() }
    }
}

/// The bounds that all loops share.
final class SharedBounds: Sendable {
    private let connectionsMax: Int
    private let perAddressMax: Int
    private let bodyBytesMax: Int
    private let connections = Atomic<Int>(0)
    private let bodyBytes = Atomic<Int>(0)
    private let byAddress = Mutex<[PeerAddress: Int]>([:])

    init(_ settings: ServerSettings) {
        connectionsMax = settings.connectionsMax
        perAddressMax = settings.connectionsPerAddressMax
        bodyBytesMax = settings.bodyBytesHeldMax
    }

    /// True where one more connection would cross the bound of all.
    var isFull: Bool { connections.load(ordering: .relaxed) >= connectionsMax }

    /// Connections of all loops now.
    var connectionCount: Int { connections.load(ordering: .relaxed) }

    /// Counts a connection in; false where a bound refuses it.
    func enter(_ peer: PeerAddress) -> Bool {
        if connections.add(1, ordering: .relaxed).newValue > connectionsMax {
            connections.subtract(1, ordering: .relaxed)
            return false
        }
        guard perAddressMax > 0 else { return true }
        let fits = byAddress.withLock { counts in
            let count = counts[peer.limitKey, default: 0]
            if count >= perAddressMax { return false }
            counts[peer.limitKey] = count + 1
            return true
        }
        if !fits { connections.subtract(1, ordering: .relaxed) }
        return fits
    }

    /// Counts a connection out.
    func leave(_ peer: PeerAddress) {
        connections.subtract(1, ordering: .relaxed)
        guard perAddressMax > 0 else { return }
        byAddress.withLock { counts in
            let left = counts[peer.limitKey, default: 1] - 1
            counts[peer.limitKey] = left > 0 ? left : nil
        }
    }

    /// Whether a body of so many bytes would fit beside those that are here.
    func hasRoom(forBody count: Int) -> Bool {
        count <= bodyBytesMax - bodyBytes.load(ordering: .relaxed)
    }

    /// Sets bytes of a body apart; false where all bodies together would hold too many.
    func holdBody(_ count: Int) -> Bool {
        if bodyBytes.add(count, ordering: .relaxed).newValue > bodyBytesMax {
            bodyBytes.subtract(count, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Gives bytes of a body back.
    func releaseBody(_ count: Int) { bodyBytes.subtract(count, ordering: .relaxed) }
}

extension PeerAddress {
    /// The unit that bounds per address count: an IPv6 subscriber holds a /64 of addresses.
    var limitKey: PeerAddress {
        if case .v6(let high, _) = self { .v6(high, 0) } else { self }
    }
}

import Admission
import CLinux
import EventLoop
import Glibc
import HTTP
import Synchronization
import TLS

/// How connections get from the kernel to the workers; the part that can be exchanged.
protocol Intake: AnyObject, Sendable {
    /// The addresses that are listened on, ports resolved.
    var addresses: [ListenAddress] { get }
    /// Begins to accept.
    func start()
    /// Stops accepting and closes the listening sockets; from any thread, more than once without
    /// harm. Returns when that is done.
    func stop() async
    /// The same for an owner that cannot wait.
    func abandon()
}

/// What to listen on, and with TLS or without.
struct Endpoint: Sendable {
    let address: ListenAddress
    let tls: TLSContext?
    /// For people who must not stand in a crowd: nobody is turned away there, and what comes by it is
    /// read first.
    var isForMembers = false
}

/// Accepts from one listening socket on one loop, and keeps within the bounds.
///
/// Out of descriptors, `accept` would fail for as long as the connection waits in the kernel and
/// the level-triggered socket would spin the loop. So one descriptor is kept in reserve: it is
/// closed, the waiting connection is taken and closed at once, and accepting pauses.
///
/// `@unchecked Sendable`: confined to its loop.
final class Acceptor: EventHandler, @unchecked Sendable {
    private let loop: EventLoop
    private let listener: Listener
    private let shared: SharedBounds
    private let makeRoom: () -> Void
    private let deliver: (Int32, PeerAddress) -> Void
    /// Nil where all are accepted that come.
    private let control: AcceptControl?
    private var ticks: LoopTimer?
    private var reserve: Int32
    private var isWatching = false
    private var isStopped = false
    /// How many are accepted in this turn: as many as lately waited. Asking once more than there
    /// are costs a system call, and most turns of a quiet site find one; a crowd doubles it.
    private var acceptsPerTurn = 1

    /// Accepted in one turn at most: beyond it the requests of those that are in would wait.
    private static let acceptsPerTurnMax = 64
    /// The same in time, where accepting means a handshake or a page.
    private static let turnTimeMax = Duration.milliseconds(1)
    private static let pause = Duration.milliseconds(50)
    /// Until the control is asked again after it has let nobody in.
    private static let shortPause = Duration.milliseconds(1)

    init(
        loop: EventLoop, listener: Listener, shared: SharedBounds, control: AcceptControl? = nil,
        makeRoom: @escaping () -> Void, deliver: @escaping (Int32, PeerAddress) -> Void
    ) {
        self.control = control
        self.loop = loop
        self.listener = listener
        self.shared = shared
        self.makeRoom = makeRoom
        self.deliver = deliver
        reserve = Self.openReserve()
    }

    deinit { if reserve >= 0 { closeDescriptor(reserve) } }

    private static func openReserve() -> Int32 {
        open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    /// Begins to accept; from any thread.
    func start() {
        loop.execute {
            self.watch()
            self.tickLater()
        }
    }

    private func tickLater() {
        guard let control, !isStopped else { return }
        ticks = loop.schedule(after: AdmissionSettings.tick) { [weak self] in
            control.tick()
            self?.tickLater()
        }
    }

    /// Stops accepting and closes the socket; from any thread.
    func stop(_ done: @escaping @Sendable () -> Void = {}) {
        let isTaken = loop.execute {
            self.end()
            done()
        }
        if !isTaken { done() }
    }

    /// Returns when the socket is closed.
    func stopped() async {
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            stop { done.resume() }
        }
    }

    private func watch() {
        guard !isWatching, !isStopped else { return }
        do {
            try loop.register(listener.descriptor, interest: .read, handler: self)
            isWatching = true
        } catch {
            resumeLater()
        }
    }

    private func end() {
        // Only once: later the number may be another socket's.
        guard !isStopped else { return }
        isStopped = true
        ticks?.cancel()
        // Who waits in the kernel would be reset with the socket.
        if isWatching { acceptWaiting(atMost: Self.acceptsPerTurnMax) }
        unwatch()
        listener.close()
    }

    private func unwatch() {
        if isWatching { loop.deregister(listener.descriptor) }
        isWatching = false
    }

    func ready(_ readiness: Readiness) {
        if reserve < 0 { reserve = Self.openReserve() }
        // The socket is readable, so somebody waits: worth closing an idle connection for.
        if shared.isFull { makeRoom() }
        let allowed = control?.accepts(MonotonicTime.now) ?? acceptsPerTurn
        guard allowed > 0 else { return rest(Self.shortPause) }
        let limit = min(allowed, acceptsPerTurn)
        let accepted = acceptWaiting(atMost: limit)
        control?.accepted(accepted)
        // Who was limited by the control learns nothing about how many wait.
        if accepted < limit || limit == acceptsPerTurn {
            acceptsPerTurn =
                accepted == acceptsPerTurn
                ? min(2 * acceptsPerTurn, Self.acceptsPerTurnMax) : max(1, accepted)
        }
    }

    /// Returns how many were accepted: fewer than `limit` where no more wait.
    @discardableResult
    private func acceptWaiting(atMost limit: Int) -> Int {
        let start = MonotonicTime.now
        for turn in 0..<limit {
            if turn > 0, turn % 4 == 0, MonotonicTime.now - start > Self.turnTimeMax { return turn }
            if shared.isFull {
                if turn == 0 { rest() }
                return turn
            }
            do {
                guard let (descriptor, peer) = try listener.accept() else { return turn }
                // Counted here, and not where it arrives: what is on its way is open too.
                if shared.enter(peer) {
                    deliver(descriptor, peer)
                } else {
                    closeDescriptor(descriptor)
                }
            } catch {
                if error.isResourceExhaustion { shed() }
                rest()
                return turn
            }
        }
        return limit
    }

    /// Takes one waiting connection with the reserved descriptor and drops it.
    private func shed() {
        makeRoom()
        guard reserve >= 0 else { return }
        closeDescriptor(reserve)
        if let (descriptor, _) = try? listener.accept() { closeDescriptor(descriptor) }
        reserve = Self.openReserve()
    }

    /// Looks away from the socket for a moment: what waits, waits in the kernel.
    private func rest(_ pause: Duration = pause) {
        unwatch()
        resumeLater(pause)
    }

    private func resumeLater(_ pause: Duration = pause) {
        guard !isStopped else { return }
        loop.schedule(after: pause) { [weak self] in self?.watch() }
    }
}

/// A listening socket per loop (`SO_REUSEPORT`): the kernel chooses the loop.
final class ListenerPerLoop: Intake {
    let addresses: [ListenAddress]
    private let acceptors: [Acceptor]

    init(
        _ endpoints: [Endpoint], workers: [Worker], shared: SharedBounds, counts: DoorCounts
    ) throws(SystemError) {
        var addresses: [ListenAddress] = []
        var acceptors: [Acceptor] = []
        for endpoint in endpoints {
            try Listener.requireFree(endpoint.address)
            var address = endpoint.address
            for worker in workers {
                let listener = try Listener(
                    address, backlog: worker.settings.backlog, sharesPort: true)
                // With port 0 the first socket learns the port that the others share.
                address = listener.address
                let acceptor = Acceptor(
                    loop: worker.loop, listener: listener, shared: shared,
                    control: AcceptControl.of(
                        endpoint, listener, [worker], worker.settings, counts),
                    makeRoom: { Self.makeRoom(worker, workers) },
                    deliver: { worker.adopt($0, peer: $1, endpoint) })
                acceptors.append(acceptor)
            }
            addresses.append(address)
        }
        self.addresses = addresses
        self.acceptors = acceptors
    }

    /// The bound is that of all loops: where this one has nobody idle, the others may have.
    private static func makeRoom(_ worker: Worker, _ workers: [Worker]) {
        if worker.closeIdle(atMost: roomMade) > 0 { return }
        for other in workers where other !== worker {
            other.loop.execute { other.closeIdle(atMost: roomMade) }
        }
    }

    func start() {
        for acceptor in acceptors { acceptor.start() }
    }

    func stop() async {
        for acceptor in acceptors { await acceptor.stopped() }
    }

    func abandon() {
        for acceptor in acceptors { acceptor.stop() }
    }
}

/// Idle connections of a loop that are closed at a time when all are in use.
private let roomMade = 64

/// One thread that accepts for all loops and hands each connection to the least loaded one.
final class Door: Intake {
    let addresses: [ListenAddress]
    private let loop: EventLoop
    private let acceptors: [Acceptor]

    init(
        _ endpoints: [Endpoint], workers: [Worker], shared: SharedBounds, counts: DoorCounts
    ) throws(SystemError) {
        var listeners: [(Listener, Endpoint)] = []
        for endpoint in endpoints {
            let backlog = workers.first?.settings.backlog ?? 1_024
            listeners.append(
                (try Listener(endpoint.address, backlog: backlog, sharesPort: false), endpoint))
        }
        let loop = try EventLoop(name: "door")
        self.loop = loop
        addresses = listeners.map(\.0.address)
        acceptors = listeners.map { listener, endpoint in
            Acceptor(
                loop: loop, listener: listener, shared: shared,
                control: workers.first.flatMap {
                    AcceptControl.of(endpoint, listener, workers, $0.settings, counts)
                },
                makeRoom: {
                    for worker in workers {
                        worker.loop.execute { worker.closeIdle(atMost: roomMade) }
                    }
                },
                deliver: { descriptor, peer in
                    Self.leastLoaded(workers).receive(descriptor, peer, endpoint)
                })
        }
        // Not at `start()`: stopping has to be answered by a thread in any case.
        loop.start()
    }

    func start() {
        for acceptor in acceptors { acceptor.start() }
    }

    func stop() async {
        for acceptor in acceptors { await acceptor.stopped() }
        loop.stop()
    }

    func abandon() {
        for acceptor in acceptors { acceptor.stop() }
        loop.stop()
    }

    private static func leastLoaded(_ workers: [Worker]) -> Worker {
        var best = workers[0]
        for worker in workers.dropFirst()
        where worker.load.load(ordering: .relaxed) < best.load.load(ordering: .relaxed) {
            best = worker
        }
        return best
    }
}

extension AcceptControl {
    /// The control of an endpoint's door; none where there is no overload control, and at the members'
    /// own door.
    fileprivate static func of(
        _ endpoint: Endpoint, _ listener: Listener, _ workers: [Worker], _ settings: ServerSettings,
        _ counts: DoorCounts
    ) -> AcceptControl? {
        guard !endpoint.isForMembers, let keeper = workers.first?.doorkeeper else { return nil }
        return AcceptControl(
            listener, keeper: keeper, workers: workers,
            hasSieve: settings.connectionsPerAddressMax > 0, counts: counts)
    }
}

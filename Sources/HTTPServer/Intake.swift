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
    /// Stops accepting and closes the listening sockets; from any thread.
    func stop()
}

/// What to listen on, and with TLS or without.
struct Endpoint: Sendable {
    let address: ListenAddress
    let tls: TLSContext?
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
    private var reserve: Int32
    private var isStopped = false

    /// Accepted in one turn at most: beyond it the requests of those that are in would wait.
    private static let acceptsPerTurn = 64
    private static let pause = Duration.milliseconds(50)

    init(
        loop: EventLoop, listener: Listener, shared: SharedBounds,
        makeRoom: @escaping () -> Void, deliver: @escaping (Int32, PeerAddress) -> Void
    ) {
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

    func start() {
        do {
            try loop.register(listener.descriptor, interest: .read, handler: self)
        } catch {
            resumeLater()
        }
    }

    func stop() {
        isStopped = true
        loop.deregister(listener.descriptor)
        listener.close()
    }

    func ready(_ readiness: Readiness) {
        if reserve < 0 { reserve = Self.openReserve() }
        // The socket is readable, so somebody waits: worth closing an idle connection for.
        if shared.isFull { makeRoom() }
        for turn in 0..<Self.acceptsPerTurn {
            if shared.isFull { return turn == 0 ? rest() : () }
            do {
                guard let (descriptor, peer) = try listener.accept() else { return }
                deliver(descriptor, peer)
            } catch {
                if error.isResourceExhaustion { shed() }
                return rest()
            }
        }
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
    private func rest() {
        loop.deregister(listener.descriptor)
        resumeLater()
    }

    private func resumeLater() {
        loop.schedule(after: Self.pause) { [weak self] in
            guard let self, !isStopped else { return }
            start()
        }
    }
}

/// A listening socket per loop (`SO_REUSEPORT`): the kernel chooses the loop.
final class ListenerPerLoop: Intake {
    let addresses: [ListenAddress]
    private let workers: [Worker]
    private let acceptors: [(Worker, Acceptor)]

    init(_ endpoints: [Endpoint], workers: [Worker], shared: SharedBounds) throws(SystemError) {
        self.workers = workers
        var addresses: [ListenAddress] = []
        var acceptors: [(Worker, Acceptor)] = []
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
                    makeRoom: { [unowned worker] in worker.closeIdle(atMost: 64) },
                    deliver: { [unowned worker] in
                        worker.adopt($0, peer: $1, tls: endpoint.tls)
                    })
                acceptors.append((worker, acceptor))
            }
            addresses.append(address)
        }
        self.addresses = addresses
        self.acceptors = acceptors
    }

    func start() {
        for (worker, acceptor) in acceptors { worker.loop.execute { acceptor.start() } }
    }

    func stop() {
        for (worker, acceptor) in acceptors { worker.loop.execute { acceptor.stop() } }
    }
}

/// One thread that accepts for all loops and hands each connection to the least loaded one.
final class Door: Intake {
    let addresses: [ListenAddress]
    private let loop: EventLoop
    private let acceptors: [Acceptor]

    init(_ endpoints: [Endpoint], workers: [Worker], shared: SharedBounds) throws(SystemError) {
        let loop = try EventLoop(name: "door")
        self.loop = loop
        var listeners: [(Listener, Endpoint)] = []
        for endpoint in endpoints {
            let backlog = workers.first?.settings.backlog ?? 1_024
            listeners.append(
                (try Listener(endpoint.address, backlog: backlog, sharesPort: false), endpoint))
        }
        addresses = listeners.map(\.0.address)
        acceptors = listeners.map { listener, endpoint in
            Acceptor(
                loop: loop, listener: listener, shared: shared,
                makeRoom: {
                    for worker in workers { worker.loop.execute { worker.closeIdle(atMost: 64) } }
                },
                deliver: { descriptor, peer in
                    Self.leastLoaded(workers).receive(descriptor, peer, endpoint.tls)
                })
        }
    }

    func start() {
        loop.start()
        for acceptor in acceptors { loop.execute { acceptor.start() } }
    }

    func stop() {
        for acceptor in acceptors { loop.execute { acceptor.stop() } }
        loop.execute { [loop] in loop.stop() }
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

extension Worker {
    /// Takes over a connection that another thread has accepted.
    func receive(_ descriptor: Int32, _ peer: PeerAddress, _ tls: TLSContext?) {
        loop.execute { self.adopt(descriptor, peer: peer, tls: tls) }
    }
}

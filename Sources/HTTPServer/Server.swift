import EventLoop
import Glibc
import HTTP
import TLS

/// An HTTP/1.1 server over event loops that the caller has started.
package final class Server: Sendable {
    private let workers: [Worker]
    private let intake: any Intake
    private let shared: SharedBounds
    /// What the doors have done.
    package let doors = DoorCounts()

    /// Opens the listening sockets; nothing is accepted before `start()`.
    ///
    /// - Parameters:
    ///   - plain: addresses for HTTP; `secure`: addresses for HTTPS with their certificates.
    ///   - members: an address apart from the crowd's, with its certificate where it is for HTTPS.
    ///   - handler: makes the handler of each loop.
    /// - Throws: `SystemError`, as where an address is taken (`EADDRINUSE`).
    package init(
        settings: ServerSettings, loops: [EventLoop], plain: [ListenAddress],
        secure: [(ListenAddress, TLSContext)] = [], members: (ListenAddress, TLSContext?)? = nil,
        handler: (EventLoop) -> any RequestHandler
    ) throws(SystemError) {
        // A write to a connection that the peer has reset must be an error of that call, and
        // not the end of the process; OpenSSL writes without MSG_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        let shared = SharedBounds(settings)
        self.shared = shared
        var workers: [Worker] = []
        for loop in loops {
            workers.append(
                Worker(loop: loop, settings: settings, handler: handler(loop), shared: shared))
        }
        self.workers = workers
        let endpoints =
            plain.map { Endpoint(address: $0, tls: nil) }
            + secure.map { Endpoint(address: $0.0, tls: $0.1) }
            + (members.map { [Endpoint(address: $0.0, tls: $0.1, isForMembers: true)] } ?? [])
        intake =
            switch settings.intake {
            case .listenerPerLoop:

                try ListenerPerLoop(endpoints, workers: workers, shared: shared, counts: doors)
            case .door:
                try Door(endpoints, workers: workers, shared: shared, counts: doors)
            }
    }

    /// Listening ends with the server; connections that are open go on until they end.
    deinit { intake.abandon() }

    /// The addresses that are listened on, plain ones first, the members' last, ports resolved.
    package var addresses: [ListenAddress] { intake.addresses }

    /// Connections that are open now.
    package var connectionCount: Int { shared.connectionCount }

    /// Begins to accept connections.
    package func start() {
        for worker in workers { worker.start() }
        intake.start()
    }

    /// Stops accepting, lets every request that has begun be answered, and closes the rest when
    /// `limit` has passed. To be done before the loops are stopped: what is open then stays open.
    package func drain(within limit: Duration) async {
        await intake.stop()
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.drain(within: limit) } }
        }
    }
}

extension Worker {
    fileprivate func drain(within limit: Duration) async {
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            let isTaken = loop.execute { [self] in
                let timer = loop.schedule(after: limit) { [weak self] in self?.closeAll() }
                drain {
                    timer.cancel()
                    done.resume()
                }
            }
            if !isTaken { done.resume() }
        }
    }
}

import EventLoop
import HTTPServer
import Logging
import Postgres
import ServiceLifecycle
import Store
import TLS
import UnixSignals

/// Accepts connections until the program is to stop, and then lets requests end.
struct SiteService: Service {
    let server: Server
    let status: StatusKeeper?
    let pages: PageMemory
    let drainTimeMax: Duration
    let manager: ServiceManager
    let whenReady: @Sendable () -> Void

    func run() async throws {
        await pages.warm()
        server.start()
        manager.ready()
        whenReady()
        // Ends with a cancellation where the program is to stop at once.
        let isGraceful = (try? await gracefulShutdown()) != nil
        manager.stopping()
        status?.announceStop()
        await server.drain(within: isGraceful ? drainTimeMax : .zero)
    }
}

/// Tells systemd that every loop still turns; a loop that hangs keeps the message back, and the
/// service manager starts the program anew.
struct Watchdog: Service {
    let manager: ServiceManager
    let loops: [EventLoop]
    let interval: Duration

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for loop in loops {
                    await withCheckedContinuation { turned in loop.execute { turned.resume() } }
                }
                manager.alive()
                try await Task.sleep(for: interval)
            }
        }
    }
}

/// Reads the certificate and its key again on SIGHUP; without TLS there is nothing to read.
struct CertificateReload: Service {
    let tls: TLSContext?
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown { await reloadOnSignals() }
    }

    private func reloadOnSignals() async {
        let signals = await UnixSignalsSequence(trapping: [.sighup])
        var iterator = signals.makeAsyncIterator()
        while await iterator.next() != nil {
            do {
                guard let tls else { continue }
                try tls.reload()
                logger.notice("certificate read again")
            } catch {
                logger.error(
                    "certificate not read again, the old one stays",
                    metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Removes what is over, once an hour: sessions, counted sign-ins, kept answers, mailed links,
/// and the people of recommendations that nobody answered.
///
/// Any number of instances may do it at the same time: deleting twice deletes once.
struct Housekeeping: Service {
    let database: Database
    let loop: EventLoop
    let logger: Logger

    private static let interval = Duration.seconds(3_600)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.interval)
                await Task(executorPreference: loop) { await sweep() }.value
            }
        }
    }

    private func sweep() async {
        let store = Store(database: database)
        do {
            let now = WallClock.now()
            let sessions = try await store.sessions.purge(at: now)
            let tries = try await store.signInTries.purge(at: now)
            let answers = try await store.purgeAnswers(at: now)
            let unanswered = try await store.recommendationAnswers.expire(at: now)
            let erased = try await store.receipts.forgetErased(at: now)
            let links = try await store.mailTokens.purge(at: now)
            try await store.popularPages.trim(at: now)
            try await store.spoolEntries.purge(at: now)
            logger.info(
                "what was over is removed",
                metadata: [
                    "sessions": "\(sessions)", "sign_in_tries": "\(tries)",
                    "answers": "\(answers)", "mailed_links": "\(links)",
                    "unanswered_recommendations": "\(unanswered)",
                    "hashes_of_erased": "\(erased)",
                ])
        } catch {
            logger.warning("housekeeping put off", metadata: ["error": "\(error)"])
        }
    }
}

/// Starts the embedded PostgreSQL again when it has ended by itself.
///
/// A given database is somebody else's to keep; this one is ours.
struct DatabaseKeeper: Service {
    let source: DatabaseSource
    let logger: Logger

    private static let interval = Duration.milliseconds(500)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.interval)
                await look()
            }
        }
    }

    private func look() async {
        let source = source
        // On a thread of its own, because starting a server blocks for as long as it recovers.
        let outcome = await withCheckedContinuation { done in
            startThread(name: "database") {
                done.resume(returning: Result { try source.revive() })
            }
        }
        switch outcome {
        case .success(false): break
        case .success(true): logger.warning("embedded PostgreSQL had ended and runs again")
        case .failure(let error):
            logger.error("embedded PostgreSQL does not start", metadata: ["error": "\(error)"])
        }
    }
}

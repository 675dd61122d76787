import EventLoop
import Logging
import Synchronization

/// Makes the connections of one loop, and knows whether the server can be reached.
///
/// Once an attempt has failed, callers are refused at once, and one attempt at a time goes on
/// in the background, with exponential backoff and full jitter (a delay drawn from zero to the
/// bound), so that many processes do not meet a restarted server all at the same moment.
///
/// `@unchecked Sendable`: confined to its loop, but for the atomic.
final class Connector: @unchecked Sendable {
    typealias Completion = (Result<Connection, PostgresError>) -> Void

    /// Takes the connection of the attempt that found the server again; it is for reading.
    var whenRecovered: ((Connection) -> Void)?

    private let loop: EventLoop
    private let settings: PoolSettings
    private let logger: Logger
    private var waiting: [Int: Completion] = [:]
    private var attempts = 0
    private var failuresInRow = 0
    private var lastFailure: PostgresError?
    private var openCount = 0
    private var probe: LoopTimer?
    private(set) var isClosed = false
    private let isUp = Atomic<Bool>(false)

    /// Why the server cannot be reached; nil while it can, or before the first attempt.
    private(set) var outage: PostgresError?

    init(loop: EventLoop, settings: PoolSettings, logger: Logger) {
        self.loop = loop
        self.settings = settings
        self.logger = logger
    }

    /// True since the last attempt that succeeded; from any thread.
    var isReachable: Bool { isUp.load(ordering: .relaxed) }

    /// Makes a connection; the completion comes later, on the loop.
    func connect(_ role: Session.Role, _ completion: @escaping Completion) {
        if let outage {
            loop.execute { [box = CompletionBox(completion)] in box.run(.failure(outage)) }
            return
        }
        attempt(role, completion)
    }

    /// Ends the probing and refuses everybody from now on.
    func close() {
        isClosed = true
        outage = .unavailable("the pool is closed")
        isUp.store(false, ordering: .relaxed)
        probe?.cancel()
    }

    private func attempt(_ role: Session.Role, _ completion: @escaping Completion) {
        attempts += 1
        let number = attempts
        waiting[number] = completion
        let settings = settings
        let loop = loop
        startThread(name: "pg-connect") {
            let outcome: Result<Session, PostgresError>
            do throws(PostgresError) {
                outcome = .success(try Session.establish(settings, role: role))
            } catch {
                outcome = .failure(error)
            }
            loop.execute { self.finish(number, outcome) }
        }
    }

    private func finish(_ number: Int, _ outcome: Result<Session, PostgresError>) {
        let completion = waiting.removeValue(forKey: number)
        do throws(PostgresError) {
            let connection = try Connection(outcome.get(), loop: loop) { self.noteClosed() }
            openCount += 1
            if isClosed {
                connection.lose("the pool is closed")
                completion?(.failure(.unavailable("the pool is closed")))
                return
            }
            noteSuccess()
            completion?(.success(connection))
        } catch {
            noteFailure(error)
            completion?(.failure(error))
        }
    }

    private func noteSuccess() {
        if failuresInRow > 0 {
            logger.notice("database reachable again", metadata: ["failures": "\(failuresInRow)"])
        }
        failuresInRow = 0
        outage = nil
        probe?.cancel()
        isUp.store(true, ordering: .relaxed)
    }

    private func noteFailure(_ error: PostgresError) {
        if isClosed { return }
        if failuresInRow == 0 {
            logger.error("database unreachable", metadata: ["reason": "\(error)"])
        }
        failuresInRow += 1
        lastFailure = error
        if openCount == 0 { beginOutage(error) }
        if probe?.isPending == true { return }
        probe = loop.schedule(after: backoff()) { self.tryAgain() }
    }

    /// A failed attempt is no outage while other connections are alive; it becomes one with
    /// the end of the last of them.
    private func noteClosed() {
        openCount -= 1
        if openCount == 0, failuresInRow > 0, let lastFailure { beginOutage(lastFailure) }
    }

    private func beginOutage(_ error: PostgresError) {
        if isClosed { return }
        outage = error
        isUp.store(false, ordering: .relaxed)
    }

    private func tryAgain() {
        attempt(.reading) { outcome in
            guard case .success(let connection) = outcome else { return }
            if let whenRecovered = self.whenRecovered {
                whenRecovered(connection)
            } else {
                connection.lose("not needed")
            }
        }
    }

    private func backoff() -> Duration {
        let doublings = min(failuresInRow - 1, 16)
        let bound = min(settings.backoffMax, settings.backoffMin * (1 << doublings))
        return .nanoseconds(Int64.random(in: 0...max(1, bound.wholeNanoseconds)))
    }
}

/// `@unchecked Sendable`: made and run on the same loop; only the mailbox is in between.
private final class CompletionBox: @unchecked Sendable {
    private let completion: Connector.Completion

    init(_ completion: @escaping Connector.Completion) {
        self.completion = completion
    }

    func run(_ outcome: Result<Connection, PostgresError>) {
        completion(outcome)
    }
}

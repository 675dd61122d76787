import EventLoop
import Logging
import Postgres
import ServiceLifecycle
import Store

/// Turns the clock of the money path at the start and every ten minutes: guarantees that are over
/// approve, and silence decides disputes.
///
/// Every instance does it; the rows' locks make one of them the one that did.
struct MoneyTurner: Service {
    let database: Database
    let loop: EventLoop
    let logger: Logger

    private static let interval = Duration.seconds(600)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await Task(executorPreference: loop) { await turn() }.value
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func turn() async {
        let store = Store(database: database)
        do {
            var approved = 0
            var decided = 0
            var isFull = true
            while isFull, !Task.isCancelled {
                let done = try await store.write { transaction in
                    try await store.clock.advance(at: WallClock.now(), in: transaction)
                }
                approved += done.approved.count
                decided += done.decided.count
                isFull = done.isFull
            }
            guard approved + decided > 0 else { return }
            logger.info(
                "the clock of the money path was turned",
                metadata: ["approved": "\(approved)", "decided": "\(decided)"])
        } catch {
            logger.warning("clock not turned", metadata: ["error": "\(error)"])
        }
    }
}

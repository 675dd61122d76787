import Domain
import EventLoop
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import Store

/// The queue of mails, as it was when the database was last asked.
final class MailGauges: Sendable {
    let waiting = Gauge(), failed = Gauge()
    /// Microseconds since 1970 of the oldest that waits; 0 for none.
    private let oldest = Gauge()

    /// Mails wait for the next try for minutes as a matter of course.
    private static let lateMinutes = 10

    func set(_ state: MailDelivery.State) {
        waiting.set(state.waiting)
        failed.set(state.failed)
        oldest.set(state.oldestWaiting.map { Int($0.microseconds) } ?? 0)
    }

    func oldestSeconds(at now: Instant) -> Double {
        oldest.value == 0 ? 0 : max(0, Double(Int(now.microseconds) - oldest.value) / 1e6)
    }

    /// Nil while mails leave as they should.
    func delayMinutes(at now: Instant) -> Int? {
        let minutes = Int(oldestSeconds(at: now)) / 60
        return minutes >= Self.lateMinutes ? minutes : nil
    }
}

/// Asks for the state of the queue now and then.
struct MailWatch: Service {
    let gauges: MailGauges
    let database: Database
    let loop: EventLoop

    private static let interval = Duration.seconds(10)

    func run() async throws {
        let store = Store(database: database)
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // While the database is away the last numbers stay.
                let state = await Task(executorPreference: loop) {
                    try? await store.mailDelivery.state()
                }.value
                if let state { gauges.set(state) }
                try await Task.sleep(for: Self.interval)
            }
        }
    }
}

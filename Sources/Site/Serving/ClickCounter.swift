import Admission
import Domain
import EventLoop
import Logging
import Postgres
import Store

/// Counts the clicks on links in memory and writes them down once a second: a spike of visitors is
/// one statement, not one each. While there is much to do, or the database is away, they wait in
/// memory until there is time.
///
/// `@unchecked Sendable`: confined to its loop.
final class ClickCounter: @unchecked Sendable {
    private let loop: EventLoop
    private let services: Services
    private var clicks: [LinkID: Int] = [:]
    private var isScheduled = false

    private static let interval = Duration.seconds(1)
    /// Between two tries while clicks have to wait.
    private static let pause = Duration.seconds(5)
    /// Links that are counted between two writes; a click beyond is a visit all the same.
    private static let linksMax = 10_000

    init(loop: EventLoop, services: Services) {
        self.loop = loop
        self.services = services
    }

    func add(_ link: LinkID) {
        guard clicks[link] != nil || clicks.count < Self.linksMax else { return }
        clicks[link, default: 0] += 1
        schedule(after: Self.interval)
    }

    private func schedule(after delay: Duration) {
        guard !isScheduled else { return }
        isScheduled = true
        _ = loop.schedule(after: delay) { [weak self] in self?.turn() }
    }

    /// Writes clicks down, or lets them wait for a while longer.
    func turn() {
        isScheduled = false
        guard services.brownout < .clicksToSpool else { return schedule(after: Self.pause) }
        Task(executorPreference: loop) { [self] in
            await flush()
            if !clicks.isEmpty { schedule(after: Self.pause) }
        }
    }

    /// Writes down what was counted; what cannot be written is counted again, but where nobody
    /// knows whether it was: a click may be lost, and none is counted twice.
    func flush() async {
        let counted = clicks
        clicks = [:]
        guard !counted.isEmpty else { return }
        do {
            try await services.store.links.add(clicks: counted, on: services.clock().date)
        } catch {
            services.logger.warning(
                "clicks not written", metadata: ["error": "\(LoggedError(error: error))"])
            if case PostgresError.commitUnknown = error { return }
            for (link, count) in counted where clicks.count < Self.linksMax {
                clicks[link, default: 0] += count
            }
        }
    }
}

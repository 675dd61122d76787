import Domain
import EventLoop
import Logging
import Store

/// Counts the clicks on links in memory and writes them down once a second: a spike of visitors is
/// one statement, not one each.
///
/// `@unchecked Sendable`: confined to its loop.
final class ClickCounter: @unchecked Sendable {
    private let loop: EventLoop
    private let services: Services
    private var clicks: [LinkID: Int] = [:]
    private var isScheduled = false

    /// Links that are counted between two writes; a click beyond is a visit all the same.
    private static let linksMax = 10_000

    init(loop: EventLoop, services: Services) {
        self.loop = loop
        self.services = services
    }

    func add(_ link: LinkID) {
        guard clicks[link] != nil || clicks.count < Self.linksMax else { return }
        clicks[link, default: 0] += 1
        guard !isScheduled else { return }
        isScheduled = true
        _ = loop.schedule(after: .seconds(1)) { [self] in
            isScheduled = false
            Task(executorPreference: loop) { [self] in await flush() }
        }
    }

    /// Writes down what was counted; what cannot be written is counted again.
    func flush() async {
        let counted = clicks
        clicks = [:]
        guard !counted.isEmpty else { return }
        do {
            try await services.store.links.add(clicks: counted, on: services.clock().date)
        } catch {
            services.logger.warning(
                "clicks not written", metadata: ["error": "\(LoggedError(error: error))"])
            for (link, count) in counted where clicks.count < Self.linksMax {
                clicks[link, default: 0] += count
            }
        }
    }
}

import Domain
import EventLoop
import Store

/// What one loop keeps between requests, beside its pages.
///
/// `@unchecked Sendable`: confined to its loop.
final class LoopMemory: @unchecked Sendable {
    let clicks: ClickCounter
    let news: NewsDesk
    let later: LaterWork
    let links: LinkMemory
    let answers: AnswerMemory
    private let loop: EventLoop
    private var counts: [PublicJobs.Search: (count: Int, until: MonotonicTime)] = [:]

    /// A count is a line above a list: ten seconds old is good enough.
    private static let countTime = Duration.seconds(10)
    private static let countsMax = 256

    init(loop: EventLoop, services: Services) {
        self.loop = loop
        clicks = ClickCounter(loop: loop, services: services)
        news = NewsDesk(loop: loop, services: services)
        later = LaterWork(loop: loop)
        let store = services.store
        links = LinkMemory(loop: loop, times: services.settings.pageTimes) { code in
            try await store.links.find(code)
        }
        answers = AnswerMemory(loop: loop, times: services.settings.pageTimes)
    }

    /// How many jobs match, counted again only when the last count is old: it costs more than the
    /// rows of the list that it stands above.
    func count(
        _ search: PublicJobs.Search, _ make: () async throws -> Int
    ) async throws -> Int {
        if let known = counts[search], loop.now < known.until { return known.count }
        let count = try await make()
        if counts.count >= Self.countsMax { counts = [:] }
        counts[search] = (count, loop.now + Self.countTime)
        return count
    }
}

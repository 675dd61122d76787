import Domain
import EventLoop
import Logging
import Postgres
import ServiceLifecycle
import Site
import Store

/// Keeps the public pages in memory warm: made before the first visitor comes, and told of changes.
struct PageMemory: Service {
    let sites: [Site]
    let database: Database
    let loop: EventLoop
    let logger: Logger

    /// Between two times that readings are written down.
    private static let interval = Duration.seconds(60)
    /// How long a start may wait for its pages: a visitor who comes later makes the rest.
    private static let warmTimeMax = Duration.seconds(3)
    private static let warmPagesMax = 500
    private static let warmLinksMax = 5_000

    /// Makes the pages that are read most, on every loop, as far as there is time.
    func warm() async {
        let store = Store(database: database)
        let begin = MonotonicTime.now
        let work = Task(executorPreference: loop) {
            do {
                let pages = try await store.popularPages.list(
                    limit: Self.warmPagesMax, at: WallClock.now())
                let links = try await store.links.mostFollowed(
                    since: WallClock.now().date.adding(days: -1), limit: Self.warmLinksMax)
                for site in sites { site.learn(links) }
                await withTaskGroup(of: Void.self) { group in
                    for site in sites {
                        group.addTask { await site.warm(Site.firstPages + pages) }
                    }
                }
                logger.info(
                    "pages made",
                    metadata: [
                        "pages": "\(pages.count + Site.firstPages.count)",
                        "links": "\(links.count)",
                    ])
            } catch {
                logger.warning("no pages made at start", metadata: ["error": "\(error)"])
            }
        }
        let timer = Task {
            try await Task.sleep(for: Self.warmTimeMax)
            work.cancel()
        }
        await work.value
        timer.cancel()
        logger.debug("warmed", metadata: ["time": "\(MonotonicTime.now - begin)"])
    }

    func run() async throws {
        let watch = PageWatch(database, sites, logger: logger)
        defer { watch.stop() }
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.interval)
                await writeDown()
            }
        }
        await writeDown()
    }

    /// Adds what was read to what all instances have counted; what cannot be written is forgotten.
    private func writeDown() async {
        var reads: [PopularPages.Page: Int] = [:]
        for site in sites {
            reads.merge(await site.takeReadCounts(), uniquingKeysWith: +)
        }
        let store = Store(database: database)
        let counted = reads
        await Task(executorPreference: loop) {
            do {
                try await store.popularPages.add(counted, at: WallClock.now())
            } catch {
                logger.warning("readings not written", metadata: ["error": "\(error)"])
            }
        }.value
    }
}

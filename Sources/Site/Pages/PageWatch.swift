import Domain
import EventLoop
import Logging
import Postgres
import Store

/// Listens for changes of public pages, for the memories of all loops.
package final class PageWatch: Sendable {
    private let subscription: Subscription

    /// Begins to listen, on a connection of its own.
    package init(_ database: Database, _ sites: [Site], logger: Logger) {
        subscription = database.listen(
            to: ["pages"],
            onNotification: { message in
                // Nothing else is sent; what cannot be read may mean anything.
                let company = Int64(message.payload).map { CompanyID($0) }
                for site in sites { site.pagesChanged(company) }
            },
            onLost: {
                logger.warning("changes of pages are not told any more")
                for site in sites { site.watchPages(false) }
            },
            onRestored: {
                for site in sites { site.watchPages(true) }
            })
    }

    package func stop() { subscription.cancel() }
}

extension Site {
    /// A company or a job of it has changed; nil for any number of them. From any thread.
    func pagesChanged(_ company: CompanyID?) {
        loop.execute { [pages, loopMemory] in
            pages.changed(company)
            loopMemory.links.changed(company)
        }
    }

    /// Whether changes are told from now on. From any thread.
    func watchPages(_ isWatched: Bool) {
        loop.execute { [pages, loopMemory] in
            if isWatched {
                pages.beginWatching()
                loopMemory.links.beginWatching()
            } else {
                pages.endWatching()
                loopMemory.links.endWatching()
            }
        }
    }

    /// What the memory of pages does.
    package var pageCounts: PageCounts { pages.counts }

    /// How often pages were read since the last call. From any thread.
    package func takeReadCounts() async -> [PopularPages.Page: Int] {
        let counts = await withCheckedContinuation { continuation in
            loop.execute { [pages] in continuation.resume(returning: pages.takeReadCounts()) }
        }
        var result: [PopularPages.Page: Int] = [:]
        for (key, count) in counts {
            result[
                PopularPages.Page(
                    path: key.path, language: key.language, hasCode: key.hasCode)] = count
        }
        return result
    }

    /// What is made first, whatever was read before.
    package static let firstPages = [PublicRoute.home, .jobs].flatMap { route in
        Language.allCases.map {
            PopularPages.Page(path: route.path, language: $0, hasCode: false)
        }
    }

    /// Learns where links lead before anybody follows them. From any thread.
    package func learn(_ links: [LinkTarget]) {
        loop.execute { [loopMemory] in loopMemory.links.keep(links) }
    }

    /// Makes pages before anybody asks, in their order; those that are no shared pages any more are
    /// left out. Ends early when the task is cancelled.
    package func warm(_ wanted: [PopularPages.Page]) async {
        for page in wanted where !Task.isCancelled {
            let key = PageKey(
                path: page.path, query: "", language: page.language, hasCode: page.hasCode)
            // On its own loop; the task that waits may be on another.
            await Task(executorPreference: loop) { [self] in await warm(key) }.value
        }
    }
}

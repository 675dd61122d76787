import Metrics

/// What the memory of public pages does, counted by its loop and read by anybody.
package final class PageCounts: Sendable {
    /// Answers from memory that were as good as new, or not any more.
    package let fresh = Counter(), stale = Counter()
    /// Answers that waited for their page, and those whose page is not kept.
    package let waited = Counter(), unkept = Counter()
    /// Pages that were made, and those that could not be.
    package let made = Counter(), failed = Counter()
    /// What is kept now: pages and their bytes, and how many had to go for others so far.
    package let pages = Gauge(), bytes = Gauge(), evicted = Gauge()
}

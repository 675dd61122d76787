import HTML

/// A part that a page does without while there is more to do than can be done.
package enum LeftOut: Hashable, Sendable, CaseIterable {
    /// Clicks are counted later.
    case clicks
    /// A job page has no other jobs.
    case similarJobs
    /// A list does not say how long it is.
    case counts
    /// A list is not searched by words.
    case search
}

extension HTMLPrinter {
    /// Says what the page does without, if it does.
    mutating func leftOut(_ part: LeftOut, of all: Set<LeftOut>, _ context: PageContext) {
        guard all.contains(part) else { return }
        self(
            .p, .class(part == .search ? "notice info" : "muted"), .role("status"),
            text: context.texts.common.leftOut(part))
    }
}

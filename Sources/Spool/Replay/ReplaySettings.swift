/// How slowly records are replayed, and how patiently.
package struct ReplaySettings: Sendable {
    /// Records that are applied at the same time; those of one entity never are.
    package var concurrency = 4
    /// At most so many are begun in a second: the database has just come back.
    package var perSecond = 50
    /// The first and the longest wait before a record is tried again.
    package var retryMin = Duration.seconds(1)
    package var retryMax = Duration.seconds(300)
    /// After so many tries a record is set aside: it must not hold up its entity for ever.
    package var attemptsMax = 100
    /// The first and the longest wait for a database that cannot be reached.
    package var pauseMin = Duration.milliseconds(500)
    package var pauseMax = Duration.seconds(30)

    package init() {}
}

/// What came of applying a record.
package enum ReplayVerdict: Hashable, Sendable {
    /// It is committed, now or by an earlier try. The note is for the receipt's page.
    case applied(note: String)
    /// Not this time, as after a conflict of two transactions.
    case retry(reason: String)
    /// It can never be applied as it is.
    case never(reason: String)
    /// There is no database to talk to; nothing is said about the record.
    case unreachable(reason: String)
}

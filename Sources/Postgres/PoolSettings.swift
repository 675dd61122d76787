/// The bounds and time-outs of one loop's connections.
package struct PoolSettings: Sendable {
    /// Any libpq connection string or URI, several hosts and `target_session_attrs` included.
    package var connectionString: String
    /// Connections for transactions and long queries; one more is kept for short reads.
    package var exclusiveConnectionsMax = 4
    /// Callers that may wait for an exclusive connection; the next one gets `poolExhausted`.
    package var queueMax = 64
    /// Short reads that may be under way or waiting; the next one gets `poolExhausted`.
    package var readsMax = 1_024
    /// The deadline of a short read that names none, waiting included.
    package var readDeadline: Duration = .seconds(2)
    /// The deadline of everything else that names none, waiting included.
    package var deadline: Duration = .seconds(10)
    /// The server's own limit for one statement, in case that this process cannot cancel it.
    package var statementTimeout: Duration = .seconds(15)
    /// How long a statement that writes waits for a row that somebody else holds (55P03 then), so
    /// that those who want one row do not keep the connections from all others. More than the
    /// server's `deadlock_timeout`, 1 s as it comes, or deadlocks are not told as such.
    package var lockTimeout: Duration = .seconds(2)
    /// How long one host may take to accept a connection; whole seconds, at least 2 (libpq).
    package var connectTimeout: Duration = .seconds(3)
    /// How long a cancelled statement may take to end before its connection is given up, and
    /// how long COMMIT may take beyond the deadline before its fate counts as unknown.
    package var cancelGrace: Duration = .seconds(2)
    /// The first delay before an unreachable server is tried again; it doubles, with jitter.
    package var backoffMin: Duration = .milliseconds(50)
    /// The longest such delay.
    package var backoffMax: Duration = .seconds(1)
    /// Shown in `pg_stat_activity` where the connection string does not say otherwise.
    package var applicationName = "vouch"

    package init(connectionString: String) {
        self.connectionString = connectionString
    }
}

/// What the connections of one loop are doing at a moment.
package struct PoolCounts: Sendable {
    /// Exclusive connections that are open, and how many of them nobody uses.
    package let open: Int, idle: Int
    /// Callers that wait for an exclusive connection.
    package let waiting: Int
    /// Short reads that wait or are under way.
    package let reads: Int
}

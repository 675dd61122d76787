import Domain
import Postgres

/// Many links at once, with the clicks on them.
package struct LinkLoad: Sendable {
    /// Rows of one statement; more are divided by the caller.
    package static let rowsMax = 5000

    /// A link that an affiliate took.
    package struct NewLink: Sendable {
        package let code: LinkCode
        package let affiliate: AffiliateID
        package let job: JobID
        package let channel: ChannelName
        package let createdAt: Instant

        package init(
            code: LinkCode, affiliate: AffiliateID, job: JobID, channel: ChannelName,
            createdAt: Instant
        ) {
            self.code = code
            self.affiliate = affiliate
            self.job = job
            self.channel = channel
            self.createdAt = createdAt
        }
    }

    /// The clicks of one day on one link.
    package struct Clicks: Sendable {
        package let link: LinkID
        package let day: CalendarDate
        package let count: Int

        package init(link: LinkID, day: CalendarDate, count: Int) {
            self.link = link
            self.day = day
            self.count = count
        }
    }

    /// Inserts links; returns their keys in the same order.
    ///
    /// - Parameter links: at most `rowsMax`, none of them there already.
    package func insert(
        _ links: [NewLink], in transaction: Transaction
    ) async throws -> [LinkID] {
        precondition(links.count <= Self.rowsMax, "at most \(Self.rowsMax) links in a statement")
        let rows = try await transaction.query(
            """
            INSERT INTO link (code, affiliate_id, job_id, channel, created_at)
            SELECT code, affiliate_id, job_id, channel, created_at
            FROM unnest(\(links.map(\.code.text)), \(links.map(\.affiliate.rawValue)),
                \(links.map(\.job.rawValue)), \(links.map(\.channel.text)),
                \(links.map { PostgresTimestamp($0.createdAt) }))
                WITH ORDINALITY AS loaded (code, affiliate_id, job_id, channel, created_at,
                    position)
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(LinkID.self) }
        return rows.sorted()
    }

    /// Inserts the clicks of days that have none yet.
    ///
    /// - Parameter clicks: at most `rowsMax`, each link and day once.
    package func insert(_ clicks: [Clicks], in transaction: Transaction) async throws {
        precondition(clicks.count <= Self.rowsMax, "at most \(Self.rowsMax) days in a statement")
        try await transaction.execute(
            """
            INSERT INTO link_click (link_id, day, clicks)
            SELECT link_id, day, clicks
            FROM unnest(\(clicks.map(\.link.rawValue)),
                \(clicks.map { PostgresDate(days: $0.day.daysSinceEpoch) }),
                \(clicks.map(\.count))) AS loaded (link_id, day, clicks)
            """)
    }
}

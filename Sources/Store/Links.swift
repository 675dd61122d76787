import Domain
import Postgres

/// The affiliates' links to jobs, and the clicks on them.
package struct Links: Sendable {
    let database: Database

    /// Links of one affiliate to one job.
    package static let perJobMax = 50

    /// A link as its affiliate sees it.
    package struct Link: Hashable, Sendable {
        package let id: LinkID
        package let code: LinkCode
        package let channel: ChannelName
        package let createdAt: Instant
    }

    /// A link of an affiliate's list.
    package struct Summary: Hashable, Sendable {
        package let link: Link
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        package let jobState: JobState
        package let validThrough: CalendarDate
        /// What a hire pays now.
        package let commission: Money
        package let clicks: Int
        package let introductions: Int

        package func visibility(on today: CalendarDate) -> JobVisibility {
            JobVisibility(state: jobState, validThrough: validThrough, today: today)
        }
    }

    /// Gives an affiliate the link to an open job under a channel; the same one when taken again.
    ///
    /// - Parameter code: a new code, used when there is no link yet.
    /// - Throws: `gone(.job)` for a job that is over, `conflict(.jobNotPublished)` for one that is
    ///   paused, `tooMany(.links, …)`.
    package func take(
        _ slug: JobSlug, channel: ChannelName, code: LinkCode, for affiliate: AffiliateID,
        at now: Instant, in transaction: Transaction
    ) async throws -> Link {
        let job = try await OpenJob.find(slug, at: now, in: transaction).id
        if let old = try await find(job, channel, of: affiliate, in: transaction) { return old }
        let count = try await transaction.first(
            "SELECT count(*) FROM link WHERE affiliate_id = \(affiliate) AND job_id = \(job)"
        ) { row in try row.next(Int.self) }
        guard count ?? 0 < Self.perJobMax else {
            throw DomainError.tooMany(.links, retryAfterSeconds: 0)
        }
        try await transaction.execute(
            """
            INSERT INTO link (code, affiliate_id, job_id, channel, created_at)
            VALUES (\(code), \(affiliate), \(job), \(channel), \(now))
            ON CONFLICT (affiliate_id, job_id, channel) DO NOTHING
            """)
        guard let link = try await find(job, channel, of: affiliate, in: transaction) else {
            throw DomainError.notFound(.link)
        }
        return link
    }

    private func find(
        _ job: JobID, _ channel: ChannelName, of affiliate: AffiliateID,
        in transaction: Transaction
    ) async throws -> Link? {
        try await transaction.first(
            """
            SELECT id, code, channel, created_at FROM link
            WHERE affiliate_id = \(affiliate) AND job_id = \(job) AND channel = \(channel)
            """, Self.link)
    }

    /// Where a code leads; nil for a code that nobody has.
    package func find(_ code: LinkCode) async throws -> LinkTarget? {
        try await database.readFirst(
            """
            SELECT l.id, l.code, l.affiliate_id, l.job_id, j.company_id, j.slug
            FROM link l JOIN job j ON j.id = l.job_id WHERE l.code = \(code)
            """, Self.target)
    }

    /// Where the links lead that were followed most since a day, first those.
    package func mostFollowed(since day: CalendarDate, limit: Int) async throws -> [LinkTarget] {
        try await database.query(
            """
            SELECT l.id, l.code, l.affiliate_id, l.job_id, j.company_id, j.slug
            FROM (
                SELECT link_id, sum(clicks) AS clicks FROM link_click WHERE day >= \(day)
                GROUP BY link_id ORDER BY sum(clicks) DESC, link_id LIMIT \(Int64(limit))
            ) AS most
            JOIN link l ON l.id = most.link_id JOIN job j ON j.id = l.job_id
            ORDER BY most.clicks DESC, l.id
            """, Self.target)
    }

    /// An affiliate's links to one job, newest first.
    package func list(of affiliate: AffiliateID, to job: JobID) async throws -> [Summary] {
        try await database.read(
            """
            \(fragment: Self.selection)
            WHERE l.affiliate_id = \(affiliate) AND l.job_id = \(job)
            ORDER BY l.id DESC LIMIT \(Self.perJobMax)
            """, Self.summary)
    }

    /// Which of these jobs an affiliate has a link to.
    package func jobs(
        among jobs: [JobID], linkedBy affiliate: AffiliateID
    ) async throws -> Set<JobID> {
        guard !jobs.isEmpty else { return [] }
        let linked = try await database.read(
            """
            SELECT DISTINCT job_id FROM link
            WHERE affiliate_id = \(affiliate) AND job_id = ANY (\(jobs.map(\.rawValue)))
            """
        ) { row in try row.next(JobID.self) }
        return Set(linked)
    }

    /// An affiliate's links, newest first.
    package func list(
        of affiliate: AffiliateID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Summary> {
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE l.affiliate_id = \(affiliate) AND l.id < \(cursor?.id ?? .max)
            ORDER BY l.id DESC LIMIT \(limit.fetched)
            """, Self.summary)
        return Listing(rows, limit: limit) { Cursor(id: $0.link.id.rawValue) }
    }

    /// Adds clicks that were counted in memory; one statement however many links.
    package func add(clicks: [LinkID: Int], on day: CalendarDate) async throws {
        // In the order of the keys: two instances that add at once cannot wait for each other.
        let counted = clicks.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard !counted.isEmpty else { return }
        try await database.execute(
            """
            INSERT INTO link_click AS c (link_id, day, clicks)
            SELECT link_id, \(day), clicks
            FROM unnest(\(counted.map(\.key.rawValue)), \(counted.map(\.value)))
                AS counted (link_id, clicks)
            ON CONFLICT (link_id, day) DO UPDATE SET clicks = c.clicks + excluded.clicks
            """)
    }

    private static let selection: SQL = """
        SELECT l.id, l.code, l.channel, l.created_at, j.slug, j.title, c.name, j.state,
            j.valid_through, t.commission, t.currency,
            (SELECT coalesce(sum(clicks), 0)::bigint FROM link_click WHERE link_id = l.id),
            (SELECT count(*) FROM introduction WHERE link_id = l.id)
        FROM link l
        JOIN job j ON j.id = l.job_id
        JOIN company c ON c.id = j.company_id
        JOIN terms t ON t.job_id = j.id AND t.in_force_until IS NULL
        """

    private static func summary(_ row: inout Row) throws -> Summary {
        Summary(
            link: try link(&row), jobSlug: try row.next(), jobTitle: try row.next(),
            companyName: try row.next(), jobState: try row.next(),
            validThrough: try row.next(), commission: try row.money(),
            clicks: try row.next(), introductions: try row.next())
    }

    private static func target(_ row: inout Row) throws -> LinkTarget {
        LinkTarget(
            link: try row.next(), code: try row.next(), affiliate: try row.next(),
            job: try row.next(), company: try row.next(), jobSlug: try row.next())
    }

    private static func link(_ row: inout Row) throws -> Link {
        Link(
            id: try row.next(), code: try row.next(), channel: try row.next(),
            createdAt: try row.next())
    }
}

/// Where a link leads.
package struct LinkTarget: Hashable, Sendable {
    package let link: LinkID
    package let code: LinkCode
    package let affiliate: AffiliateID
    package let job: JobID
    package let company: CompanyID
    package let jobSlug: JobSlug
}

/// A job that people can apply for now.
struct OpenJob: Sendable {
    let id: JobID
    let company: CompanyID

    /// Finds it and keeps it from being closed until the transaction ends.
    static func find(
        _ slug: JobSlug, at now: Instant, in transaction: Transaction
    ) async throws -> OpenJob {
        let found = try await transaction.first(
            "SELECT id, company_id, state, valid_through FROM job WHERE slug = \(slug) FOR SHARE"
        ) { row in
            (
                job: OpenJob(id: try row.next(), company: try row.next()),
                state: try row.next(JobState.self), validThrough: try row.next(CalendarDate.self)
            )
        }
        guard let found else { throw DomainError.notFound(.job) }
        let visibility = JobVisibility(
            state: found.state, validThrough: found.validThrough, today: now.date)
        switch visibility {
        case .open: return found.job
        case .draft: throw DomainError.notFound(.job)
        case .paused: throw DomainError.conflict(.jobNotPublished)
        case .filled, .closed, .expired: throw DomainError.gone(.job)
        }
    }
}

import Domain
import Postgres

/// Jobs as everybody sees them.
package struct PublicJobs: Sendable {
    let database: Database
    let reads: PublicJobReads

    /// What a list is narrowed to; nil means any.
    package struct Search: Hashable, Sendable {
        /// As the reader typed them; folded here.
        package var words: String
        package var country: CountryCode?
        package var employmentType: EmploymentType?
        package var remote: Remote?

        package init(
            words: String = "", country: CountryCode? = nil,
            employmentType: EmploymentType? = nil, remote: Remote? = nil
        ) {
            self.words = words
            self.country = country
            self.employmentType = employmentType
            self.remote = remote
        }
    }

    /// A job of a public list.
    package struct Summary: Hashable, Sendable {
        package let id: JobID
        package let slug: JobSlug
        package let title: JobTitle
        package let companySlug: CompanySlug
        package let companyName: CompanyName
        package let employmentType: EmploymentType
        package let location: Location
        package let salary: SalaryRange?
        package let validThrough: CalendarDate
        package let publishedAt: Instant
        package let updatedAt: Instant
        /// The terms in force.
        package let offer: TermsOffer

        /// What a hire pays now.
        package var commission: Money { offer.commission }
    }

    /// A page of the public list.
    package typealias List = Listing<Summary>

    /// A job with everything that is public.
    package struct Job: Hashable, Sendable {
        package let id: JobID
        package let slug: JobSlug
        package let state: JobState
        package let details: JobDetails
        package let createdAt: Instant
        package let updatedAt: Instant
        /// Nil for a draft, which only its company and admins may see.
        package let publishedAt: Instant?
        package let company: Companies.Profile
        package let termsVersion: Int
        package let offer: TermsOffer

        package func visibility(on today: CalendarDate) -> JobVisibility {
            JobVisibility(state: state, validThrough: details.validThrough, today: today)
        }
    }

    /// The job at an address, in whatever state; those who ask at the same time share a read.
    package func find(_ slug: JobSlug) async throws -> Job? {
        try await reads.job(slug)
    }

    /// Open jobs, newest first.
    package func list(
        _ search: Search = Search(), after cursor: Cursor? = nil, limit: PageLimit = .usual,
        today: CalendarDate
    ) async throws -> List {
        guard !search.words.isEmpty else {
            // An index gives the rows in order.
            return try await reads.list(
                PublicJobReads.ListRequest(
                    search: search, cursor: cursor, limit: limit, today: today))
        }
        let statement = Self.statement(for: search, after: cursor, limit: limit, today: today)
        return Self.list(try await database.query(statement, Self.summary), limit)
    }

    /// How many open jobs match, counted up to a bound; more are not told apart.
    package func count(
        _ search: Search = Search(), upTo bound: Int = 1000, today: CalendarDate
    ) async throws -> Int {
        try await database.queryFirst(
            """
            SELECT count(*) FROM (
                SELECT FROM job j WHERE \(fragment: Self.condition(of: search, today: today))
                LIMIT \(bound)) AS counted
            """
        ) { row in try row.next(Int.self) } ?? 0
    }

    /// A company's open jobs, newest first.
    package func list(
        of company: CompanyID, after cursor: Cursor? = nil, limit: PageLimit = .usual,
        today: CalendarDate
    ) async throws -> List {
        let rows = try await database.read(
            """
            \(fragment: Self.selection)
            WHERE j.state = 'published' AND j.valid_through >= \(today)
                AND j.company_id = \(company)\(fragment: Self.after(cursor))
            ORDER BY j.published_at DESC, j.id DESC LIMIT \(limit.fetched)
            """, Self.summary)
        return Self.list(rows, limit)
    }
}

extension PublicJobs {
    /// One is told apart from several, because it can be planned better.
    static func statement(for slugs: [JobSlug]) -> SQL {
        if slugs.count == 1, let slug = slugs.first {
            return "\(fragment: wholeJob) WHERE j.slug = \(slug)"
        }
        return "\(fragment: wholeJob) WHERE j.slug = ANY (\(slugs.map(\.text)))"
    }

    /// Everything public of jobs, in the order in which `job(_:)` reads it.
    static let wholeJob: SQL = """
        SELECT j.id, j.slug, j.state, j.title, j.description, j.employment_type, j.country,
            j.city, j.remote, j.salary_min, j.salary_max, j.salary_currency,
            j.salary_period, j.valid_through, j.created_at, j.updated_at, j.published_at,
            c.id, c.slug, c.name, c.about, c.website, c.country, c.city,
            c.verified_at IS NOT NULL, c.updated_at,
            t.version, t.commission, t.currency, t.guarantee_days, t.instalments
        FROM job j
        JOIN company c ON c.id = j.company_id
        JOIN terms t ON t.job_id = j.id AND t.in_force_until IS NULL
        """

    static func job(_ row: inout Row) throws -> Job {
        Job(
            id: try row.next(), slug: try row.next(), state: try row.next(),
            details: try row.jobDetails(), createdAt: try row.next(),
            updatedAt: try row.next(), publishedAt: try row.next(),
            company: try Companies.profile(&row), termsVersion: try row.next(),
            offer: try row.offer())
    }

    static func statement(
        for search: Search, after cursor: Cursor?, limit: PageLimit, today: CalendarDate
    ) -> SQL {
        """
        \(fragment: selection)
        WHERE \(fragment: condition(of: search, today: today))\(fragment: after(cursor))
        ORDER BY j.published_at DESC, j.id DESC LIMIT \(limit.fetched)
        """
    }

    private static func condition(of search: Search, today: CalendarDate) -> SQL {
        var parts: [SQL] = ["j.state = 'published' AND j.valid_through >= \(today)"]
        if let country = search.country { parts.append("j.country = \(country)") }
        if let remote = search.remote { parts.append("j.remote = \(remote)") }
        if let type = search.employmentType { parts.append("j.employment_type = \(type)") }
        if !search.words.isEmpty {
            if let query = SearchText.prefixQuery(search.words) {
                parts.append("j.search @@ to_tsquery('simple', \(query))")
            } else {
                parts.append("false")
            }
        }
        return .joined(parts, by: " AND ")
    }

    private static let selection: SQL = """
        SELECT j.id, j.slug, j.title, c.slug, c.name, j.employment_type, j.country, j.city,
            j.remote, j.salary_min, j.salary_max, j.salary_currency, j.salary_period,
            j.valid_through, j.published_at, j.updated_at, t.commission, t.currency,
            t.guarantee_days, t.instalments
        FROM job j
        JOIN company c ON c.id = j.company_id
        JOIN terms t ON t.job_id = j.id AND t.in_force_until IS NULL
        """

    private static func after(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return .empty }
        return " AND (j.published_at, j.id) < (\(cursor.time), \(cursor.id))"
    }

    /// Takes the rows that were fetched, one more than the limit where there are more.
    static func list(_ rows: [Summary], _ limit: PageLimit) -> List {
        Listing(rows, limit: limit) { job in
            Cursor(time: job.publishedAt, id: job.id.rawValue)
        }
    }

    static func summary(_ row: inout Row) throws -> Summary {
        Summary(
            id: try row.next(), slug: try row.next(), title: try row.next(),
            companySlug: try row.next(), companyName: try row.next(),
            employmentType: try row.next(), location: try row.location(),
            salary: try row.salary(), validThrough: try row.next(),
            publishedAt: try row.next(), updatedAt: try row.next(), offer: try row.offer())
    }
}

import Domain
import Postgres

/// Many jobs at once: demo data and imports, one statement for a thousand rows.
package struct JobLoad: Sendable {
    /// Rows of one statement; more are divided by the caller.
    package static let rowsMax = 2000

    /// A job with its history told, instead of lived through `Jobs`.
    package struct NewJob: Sendable {
        package let company: CompanyID
        package let companyName: CompanyName
        package let slug: JobSlug
        package let state: JobState
        package let details: JobDetails
        package let offer: TermsOffer
        package let createdAt: Instant
        /// Nil for a draft, and only for a draft.
        package let publishedAt: Instant?

        package init(
            company: CompanyID, companyName: CompanyName, slug: JobSlug, state: JobState,
            details: JobDetails, offer: TermsOffer, createdAt: Instant, publishedAt: Instant?
        ) {
            self.company = company
            self.companyName = companyName
            self.slug = slug
            self.state = state
            self.details = details
            self.offer = offer
            self.createdAt = createdAt
            self.publishedAt = publishedAt
        }
    }

    /// Inserts jobs with their first terms; returns their keys by address.
    ///
    /// - Parameter jobs: at most `rowsMax`.
    /// - Throws: `DomainError.duplicate(.slug)`, `conflict(.salaryMissing)`.
    package func insert(
        _ jobs: [NewJob], in transaction: Transaction
    ) async throws -> [JobSlug: JobID] {
        precondition(jobs.count <= Self.rowsMax, "at most \(Self.rowsMax) jobs in one statement")
        guard !jobs.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            INSERT INTO job (company_id, slug, state, title, description, employment_type, country,
                city, remote, salary_min, salary_max, salary_currency, salary_period,
                valid_through, search, created_at, updated_at, published_at)
            SELECT company_id, slug, state, title, description, employment_type, country, city,
                remote, salary_min, salary_max, salary_currency, salary_period, valid_through,
                to_tsvector('simple', words), created_at, coalesce(published_at, created_at),
                published_at
            FROM unnest(\(fragment: Self.identity(of: jobs)), \(fragment: Self.text(of: jobs)),
                \(fragment: Self.pay(of: jobs)), \(fragment: Self.times(of: jobs)))
                AS loaded (company_id, slug, state, title, description, employment_type, country,
                    city, remote, words, salary_min, salary_max, salary_currency, salary_period,
                    valid_through, created_at, published_at)
            RETURNING slug, id
            """
        ) { row in (try row.next(JobSlug.self), try row.next(JobID.self)) }
        let ids = Dictionary(rows) { first, _ in first }
        try await insertTerms(of: jobs, ids: ids, in: transaction)
        return ids
    }

    private func insertTerms(
        of jobs: [NewJob], ids: [JobSlug: JobID], in transaction: Transaction
    ) async throws {
        let offers = jobs.compactMap { job in ids[job.slug].map { (id: $0, job: job) } }
        // Arrays of several lengths cannot be bound as one: each travels as its text.
        let instalments = offers.map { row in
            "{\(row.job.offer.instalments.shares.map { String($0.value) }.joined(separator: ","))}"
        }
        try await transaction.execute(
            """
            INSERT INTO terms (job_id, version, commission, currency, guarantee_days, instalments,
                in_force_from)
            SELECT job_id, 1, commission, currency, guarantee_days, instalments::smallint[],
                in_force_from
            FROM unnest(\(offers.map(\.id.rawValue)),
                \(offers.map(\.job.offer.commission.minorUnits)),
                \(offers.map(\.job.offer.commission.currency.rawValue)),
                \(offers.map { Int16($0.job.offer.guaranteeDays) }), \(instalments),
                \(offers.map { PostgresTimestamp($0.job.createdAt) }))
                AS loaded (job_id, commission, currency, guarantee_days, instalments,
                    in_force_from)
            """)
    }

    private static func identity(of jobs: [NewJob]) -> SQL {
        """
        \(jobs.map(\.company.rawValue)), \(jobs.map(\.slug.text)), \(jobs.map(\.state.rawValue))
        """
    }

    private static func text(of jobs: [NewJob]) -> SQL {
        """
        \(jobs.map(\.details.title.text)), \(jobs.map(\.details.description.text)),
        \(jobs.map(\.details.employmentType.rawValue)),
        \(jobs.map(\.details.location.country.text)),
        \(jobs.map { $0.details.location.city?.text }),
        \(jobs.map(\.details.location.remote.rawValue)),
        \(jobs.map { $0.details.searchText(companyName: $0.companyName) })
        """
    }

    private static func pay(of jobs: [NewJob]) -> SQL {
        """
        \(jobs.map { $0.details.salary?.min.minorUnits }),
        \(jobs.map { $0.details.salary?.max.minorUnits }),
        \(jobs.map { $0.details.salary?.currency.rawValue }),
        \(jobs.map { $0.details.salary?.period.rawValue })
        """
    }

    private static func times(of jobs: [NewJob]) -> SQL {
        """
        \(jobs.map { PostgresDate(days: $0.details.validThrough.daysSinceEpoch) }),
        \(jobs.map { PostgresTimestamp($0.createdAt) }),
        \(jobs.map { $0.publishedAt.map { PostgresTimestamp($0) } })
        """
    }
}

extension PostgresTimestamp {
    init(_ instant: Instant) {
        self.init(microseconds: instant.microseconds)
    }
}

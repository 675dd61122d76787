import Domain
import Postgres

/// A company's own jobs: writing them, and moving them between states.
package struct Jobs: Sendable {
    let database: Database

    /// A job as its company and the admins see it.
    package struct OwnJob: Hashable, Sendable {
        package let id: JobID
        package let slug: JobSlug
        package let company: CompanyID
        package let state: JobState
        package let details: JobDetails
        package let isSalaryWaived: Bool
        package let createdAt: Instant
        package let updatedAt: Instant
        package let publishedAt: Instant?
        /// The version of the terms in force.
        package let termsVersion: Int
        package let offer: TermsOffer

        /// What a reader sees of it on a day.
        package func visibility(on today: CalendarDate) -> JobVisibility {
            JobVisibility(state: state, validThrough: details.validThrough, today: today)
        }
    }

    /// A job of a company's list, with how many candidates are at each stage.
    package struct Summary: Hashable, Sendable {
        package let job: OwnJob
        /// Confirmed introductions, by stage; a stage without any is absent.
        package let candidates: [Stage: Int]
    }

    /// Writes a draft.
    ///
    /// - Parameter random: at least eight random bytes for its address.
    package func create(
        _ details: JobDetails, offer: TermsOffer, for company: CompanyID, random: [UInt8],
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> OwnJob {
        let name = try await transaction.first(
            "SELECT name FROM company WHERE id = \(company)"
        ) { row in try row.next(CompanyName.self) }
        guard let name else { throw DomainError.notFound(.company) }
        let slug = JobSlug(words: details.title.text, random: random)
        let salary = details.salary
        let id = try await transaction.first(
            """
            INSERT INTO job (company_id, slug, state, title, description, employment_type,
                country, city, remote, salary_min, salary_max, salary_currency, salary_period,
                valid_through, search, created_at, updated_at)
            VALUES (\(company), \(slug), \(JobState.draft), \(details.title),
                \(details.description), \(details.employmentType), \(details.location.country),
                \(details.location.city), \(details.location.remote), \(salary?.min.minorUnits),
                \(salary?.max.minorUnits), \(salary?.currency), \(salary?.period),
                \(details.validThrough),
                to_tsvector('simple', \(details.searchText(companyName: name))), \(now), \(now))
            RETURNING id
            """
        ) { row in try row.next(JobID.self) }
        guard let id else { throw DomainError.notFound(.job) }
        try await insertTerms(offer, version: 1, of: id, at: now, in: transaction)
        return try await load(id, in: transaction)
    }

    /// Rewrites a job that is not over, and its terms when they differ.
    ///
    /// New terms are a new version, in force from now on (rule 3).
    package func edit(
        _ id: JobID, _ details: JobDetails, offer: TermsOffer, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> OwnJob {
        let old = try await lock(id, for: principal, in: transaction)
        guard !old.state.isFinal else {
            throw DomainError.conflict(.jobState(from: old.state, to: old.state))
        }
        let name = try await transaction.first(
            "SELECT name FROM company WHERE id = \(old.company)"
        ) { row in try row.next(CompanyName.self) }
        guard let name else { throw DomainError.notFound(.company) }
        let salary = details.salary
        try await transaction.execute(
            """
            UPDATE job SET title = \(details.title), description = \(details.description),
                employment_type = \(details.employmentType),
                country = \(details.location.country), city = \(details.location.city),
                remote = \(details.location.remote), salary_min = \(salary?.min.minorUnits),
                salary_max = \(salary?.max.minorUnits), salary_currency = \(salary?.currency),
                salary_period = \(salary?.period), valid_through = \(details.validThrough),
                search = to_tsvector('simple', \(details.searchText(companyName: name))),
                updated_at = \(now)
            WHERE id = \(id)
            """)
        if offer != old.offer {
            try await replaceTerms(of: old, with: offer, by: principal, at: now, in: transaction)
        }
        return try await load(id, in: transaction)
    }

    /// Takes a job to another state; a job that is there already stays as it is.
    ///
    /// - Throws: `conflict(.salaryMissing)` for an ad without a salary range that no admin allowed,
    ///   `conflict(.jobExpired)` for one whose last day has passed.
    package func move(
        _ id: JobID, to state: JobState, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws -> OwnJob {
        let old = try await lock(id, for: principal, in: transaction)
        guard old.state != state else { return old }
        let target = try old.state.moving(to: state)
        if target == .published, old.details.validThrough < now.date {
            throw DomainError.conflict(.jobExpired)
        }
        if target == .published, old.details.salary == nil, !old.isSalaryWaived {
            throw DomainError.conflict(.salaryMissing)
        }
        try await transaction.execute(
            """
            UPDATE job SET state = \(target), published_at = coalesce(published_at, \(now)),
                updated_at = \(now)
            WHERE id = \(id)
            """)
        var detail = JSONObject()
        detail.set("from", old.state.rawValue)
        detail.set("to", target.rawValue)
        try await AuditLog.append(
            "job.moved", by: Actor(principal), on: "job", id.rawValue, detail: detail, at: now,
            in: transaction)
        return try await load(id, in: transaction)
    }

    /// Lets a job be published without a salary range; admins only.
    package func waiveSalary(
        of id: JobID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let changed = try await transaction.execute(
            "UPDATE job SET salary_waived = true, updated_at = \(now) WHERE id = \(id)")
        guard changed == 1 else { throw DomainError.notFound(.job) }
        try await AuditLog.append(
            "job.salary_waived", by: Actor(principal), on: "job", id.rawValue, at: now,
            in: transaction)
    }

    /// A job of the principal's company, or any for an admin.
    ///
    /// - Throws: `DomainError.notFound(.job)`, also for somebody else's.
    package func find(_ slug: JobSlug, for principal: Principal) async throws -> OwnJob {
        let found = try await database.readFirst(
            "\(fragment: Self.selection) WHERE j.slug = \(slug)", Self.ownJob)
        return try Self.allowed(found, for: principal)
    }

    /// A job of the principal's company, or any for an admin, by its key.
    ///
    /// - Throws: `DomainError.notFound(.job)`, also for somebody else's.
    package func find(_ id: JobID, for principal: Principal) async throws -> OwnJob {
        let found = try await database.readFirst(
            "\(fragment: Self.selection) WHERE j.id = \(id)", Self.ownJob)
        return try Self.allowed(found, for: principal)
    }

    /// Every version of a job's terms, newest first; whose job it is was asked before.
    package func terms(of job: JobID) async throws -> [Terms] {
        try await database.query(
            """
            SELECT id, version, commission, currency, guarantee_days, instalments, in_force_from,
                in_force_until
            FROM terms WHERE job_id = \(job) ORDER BY version DESC LIMIT 200
            """
        ) { row in
            Terms(
                id: try row.next(), version: try row.next(), offer: try row.offer(),
                inForceFrom: try row.next(), inForceUntil: try row.next())
        }
    }

    /// A company's jobs in every state, newest first.
    package func list(
        of company: CompanyID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Summary> {
        let jobs = try await database.query(
            """
            \(fragment: Self.selection) WHERE j.company_id = \(company)
                AND j.id < \(cursor?.id ?? .max) ORDER BY j.id DESC LIMIT \(limit.fetched)
            """, Self.ownJob)
        let counts = try await stageCounts(of: jobs.map(\.id))
        let rows = jobs.map { Summary(job: $0, candidates: counts[$0.id] ?? [:]) }
        return Listing(rows, limit: limit) { Cursor(id: $0.job.id.rawValue) }
    }

    /// How many confirmed introductions a job has at each stage.
    package func stageCounts(of job: JobID) async throws -> [Stage: Int] {
        try await stageCounts(of: [job])[job] ?? [:]
    }

    private func stageCounts(of jobs: [JobID]) async throws -> [JobID: [Stage: Int]] {
        guard !jobs.isEmpty else { return [:] }
        let rows = try await database.query(
            """
            SELECT job_id, stage, count(*) FROM introduction
            WHERE job_id = ANY (\(jobs.map(\.rawValue))) AND confirmed_at IS NOT NULL
            GROUP BY job_id, stage
            """
        ) { row in
            (
                job: try row.next(JobID.self), stage: try row.next(Stage.self),
                count: try row.next(Int.self)
            )
        }
        var counts: [JobID: [Stage: Int]] = [:]
        for row in rows { counts[row.job, default: [:]][row.stage] = row.count }
        return counts
    }
}

extension Jobs {
    private static let selection: SQL = """
        SELECT j.id, j.slug, j.company_id, j.state, j.title, j.description, j.employment_type,
            j.country, j.city, j.remote, j.salary_min, j.salary_max, j.salary_currency,
            j.salary_period, j.valid_through, j.salary_waived, j.created_at, j.updated_at,
            j.published_at, t.version, t.commission, t.currency, t.guarantee_days, t.instalments
        FROM job j JOIN terms t ON t.job_id = j.id AND t.in_force_until IS NULL
        """

    private static func ownJob(_ row: inout Row) throws -> OwnJob {
        OwnJob(
            id: try row.next(), slug: try row.next(), company: try row.next(),
            state: try row.next(), details: try row.jobDetails(),
            isSalaryWaived: try row.next(), createdAt: try row.next(),
            updatedAt: try row.next(), publishedAt: try row.next(),
            termsVersion: try row.next(), offer: try row.offer())
    }

    /// Somebody else's job is none.
    private static func allowed(_ job: OwnJob?, for principal: Principal) throws -> OwnJob {
        guard let job, principal.role == .admin || principal.company == job.company else {
            throw DomainError.notFound(.job)
        }
        return job
    }

    private func load(_ id: JobID, in transaction: Transaction) async throws -> OwnJob {
        let job = try await transaction.first(
            "\(fragment: Self.selection) WHERE j.id = \(id)", Self.ownJob)
        guard let job else { throw DomainError.notFound(.job) }
        return job
    }

    /// The job is read by a second statement: the one that waits for the lock would show the terms
    /// as they were before the wait.
    private func lock(
        _ id: JobID, for principal: Principal, in transaction: Transaction
    ) async throws -> OwnJob {
        try await transaction.execute("SELECT FROM job WHERE id = \(id) FOR NO KEY UPDATE")
        let job = try await transaction.first(
            "\(fragment: Self.selection) WHERE j.id = \(id)", Self.ownJob)
        return try Self.allowed(job, for: principal)
    }

    private func insertTerms(
        _ offer: TermsOffer, version: Int, of job: JobID, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO terms (job_id, version, commission, currency, guarantee_days, instalments,
                in_force_from)
            VALUES (\(job), \(Int32(version)), \(offer.commission.minorUnits),
                \(offer.commission.currency), \(Int16(offer.guaranteeDays)),
                \(offer.instalments), \(now))
            """)
    }

    private func replaceTerms(
        of job: OwnJob, with offer: TermsOffer, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        // Clocks of two instances differ a little; a version never ends before it began.
        let ended = try await transaction.first(
            """
            UPDATE terms SET in_force_until = greatest(in_force_from, \(now))
            WHERE job_id = \(job.id) AND in_force_until IS NULL RETURNING in_force_until
            """
        ) { row in try row.next(Instant.self) }
        let version = job.termsVersion + 1
        try await insertTerms(
            offer, version: version, of: job.id, at: ended ?? now, in: transaction)
        var detail = JSONObject()
        detail.set("version", Int64(version))
        detail.set("commission", offer.commission)
        detail.set("guarantee_days", Int64(offer.guaranteeDays))
        detail.set("instalments", offer.instalments.text)
        detail.set("from_commission", job.offer.commission.minorUnits)
        detail.set("from_currency", job.offer.commission.currency.rawValue)
        detail.set("from_guarantee_days", Int64(job.offer.guaranteeDays))
        detail.set("from_instalments", job.offer.instalments.text)
        try await AuditLog.append(
            "terms.changed", by: Actor(principal), on: "job", job.id.rawValue, detail: detail,
            at: now, in: transaction)
    }

    /// Makes the jobs of a renamed company findable by its new name.
    static func renew(
        searchOf company: CompanyID, named name: CompanyName, in transaction: Transaction
    ) async throws {
        let rows = try await transaction.query(
            """
            SELECT id, title, description, employment_type, country, city, remote, salary_min,
                salary_max, salary_currency, salary_period, valid_through
            FROM job WHERE company_id = \(company)
            """
        ) { row in (id: try row.next(JobID.self), details: try row.jobDetails()) }
        guard !rows.isEmpty else { return }
        try await transaction.execute(
            """
            UPDATE job SET search = to_tsvector('simple', renewed.words)
            FROM unnest(\(rows.map(\.id.rawValue)),
                \(rows.map { $0.details.searchText(companyName: name) })) AS renewed (id, words)
            WHERE job.id = renewed.id
            """)
    }
}

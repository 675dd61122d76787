import Domain
import Postgres

/// A company's candidates; only those who confirmed are seen.
package struct Candidates: Sendable {
    let database: Database

    /// A candidate of a job's list.
    package struct Summary: Hashable, Sendable {
        package let introduction: IntroductionID
        package let name: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let stage: Stage
        package let submittedAt: Instant
        package let stageChangedAt: Instant
        /// Who brought them; nil when they came alone.
        package let affiliateName: PersonName?
        package let hasCV: Bool
        package let hire: HireState?
    }

    /// Everything a company knows of a candidate.
    package struct Candidate: Hashable, Sendable {
        package let summary: Summary
        package let company: CompanyID
        package let job: JobID
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let message: CoverMessage
        /// What whoever recommended them says of them; empty for an application.
        package let recommendation: CoverMessage
        package let cvName: FileName?
        package let rejectionReason: RejectionReason?
        package let termsVersion: Int
        package let offer: TermsOffer
        package let hireStartsOn: CalendarDate?
        package let steps: [StageStep]
    }

    /// A job's candidates, newest first, all or at one stage.
    package func list(
        of job: JobID, at stage: Stage? = nil, after cursor: Cursor? = nil,
        limit: PageLimit = .usual
    ) async throws -> Listing<Summary> {
        let statement = Self.statement(for: job, at: stage, after: cursor, limit: limit)
        let rows = try await database.query(statement, Self.summary)
        return Listing(rows, limit: limit) { Cursor(id: $0.introduction.rawValue) }
    }

    static func statement(
        for job: JobID, at stage: Stage?, after cursor: Cursor?, limit: PageLimit
    ) -> SQL {
        let atStage: SQL = stage.map { " AND i.stage = \($0)" } ?? .empty
        return """
            \(fragment: selection)\(fragment: source)
            WHERE i.job_id = \(job) AND i.confirmed_at IS NOT NULL
                AND i.id < \(cursor?.id ?? .max)\(fragment: atStage)
            ORDER BY i.id DESC LIMIT \(limit.fetched)
            """
    }

    /// A company's candidates nobody has looked at, of all jobs, those who wait longest first.
    package func waiting(
        at company: CompanyID, limit: PageLimit = .usual
    ) async throws -> [(candidate: Summary, jobTitle: JobTitle)] {
        try await database.query(
            """
            \(fragment: Self.selection), j.title\(fragment: Self.source)
            JOIN job j ON j.id = i.job_id
            WHERE j.company_id = \(company) AND i.confirmed_at IS NOT NULL
                AND i.stage = 'submitted' AND j.state IN ('published', 'paused')
            ORDER BY i.id LIMIT \(limit.value)
            """
        ) { row in (try Self.summary(&row), try row.next()) }
    }

    /// A candidate of the principal's company, or any for an admin.
    ///
    /// - Throws: `DomainError.notFound(.introduction)`, also for somebody else's.
    package func find(_ id: IntroductionID, for principal: Principal) async throws -> Candidate {
        let steps = try await StageHistory.read(of: id, from: database)
        let found = try await database.readFirst(
            """
            \(fragment: Self.selection), i.company_id, j.id, j.slug, j.title, i.message,
                i.recommendation,
                (SELECT file_name FROM cv WHERE introduction_id = i.id), i.rejection_reason,
                t.version, t.commission, t.currency, t.guarantee_days, t.instalments, h.starts_on
            \(fragment: Self.source)
            JOIN job j ON j.id = i.job_id
            JOIN terms t ON t.id = i.terms_id
            WHERE i.id = \(id) AND i.confirmed_at IS NOT NULL
            """
        ) { row in
            Candidate(
                summary: try Self.summary(&row), company: try row.next(),
                job: try row.next(), jobSlug: try row.next(), jobTitle: try row.next(),
                message: try row.next(), recommendation: try row.next(),
                cvName: try row.next(), rejectionReason: try row.next(),
                termsVersion: try row.next(), offer: try row.offer(),
                hireStartsOn: try row.next(), steps: steps)
        }
        guard let found, principal.role == .admin || principal.company == found.company else {
            throw DomainError.notFound(.introduction)
        }
        return found
    }

    /// The CV of a candidate of the principal's company, or any for an admin.
    ///
    /// - Throws: `DomainError.notFound(.cv)`, also for somebody else's.
    package func cv(of id: IntroductionID, for principal: Principal) async throws -> CVFile {
        let found = try await database.queryFirst(
            """
            SELECT f.file_name, f.bytes
            FROM cv f JOIN introduction i ON i.id = f.introduction_id
            WHERE f.introduction_id = \(id) AND i.confirmed_at IS NOT NULL
                AND (\(principal.role == .admin) OR i.company_id = \(principal.company))
            """
        ) { row in
            CVFile(storedName: try row.next(), bytes: try row.next())
        }
        guard let found else { throw DomainError.notFound(.cv) }
        return found
    }

    private static let selection: SQL = """
        SELECT i.id, p.name, p.email, p.phone, i.stage, i.created_at, i.stage_changed_at,
            (SELECT name FROM account WHERE affiliate_id = i.affiliate_id),
            EXISTS (SELECT FROM cv WHERE introduction_id = i.id), h.state
        """

    private static let source: SQL = """

        FROM introduction i
        JOIN candidate p ON p.id = i.candidate_id
        LEFT JOIN hire h ON h.introduction_id = i.id AND h.state <> 'cancelled'
        """

    private static func summary(_ row: inout Row) throws -> Summary {
        Summary(
            introduction: try row.next(), name: try row.next(), email: try row.next(),
            phone: try row.next(), stage: try row.next(), submittedAt: try row.next(),
            stageChangedAt: try row.next(), affiliateName: try row.next(),
            hasCV: try row.next(), hire: try row.next())
    }
}

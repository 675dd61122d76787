import Domain
import Postgres

/// An affiliate's introductions: who got how far, and what was refused.
package struct Introductions: Sendable {
    let database: Database

    /// An introduction as its affiliate sees it.
    package struct Summary: Hashable, Sendable {
        package let id: IntroductionID
        package let candidateName: PersonName
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        package let stage: Stage
        /// The reason and the note of a rejection, which the affiliate reads both (rule 9).
        package let rejectionReason: RejectionReason?
        package let rejectionNote: Note?
        /// The channel of the link; nil when it did not come through one.
        package let channel: ChannelName?
        /// Whether it was carried over from another job of the company.
        package let isCarriedOver: Bool
        package let offer: TermsOffer
        package let submittedAt: Instant
        package let stageChangedAt: Instant
    }

    /// An application through the affiliate's link that was refused, without saying who it was.
    package struct Refused: Hashable, Sendable {
        package let id: Int64
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        package let match: CandidateMatch
        package let at: Instant
    }

    /// An affiliate's introductions, newest first.
    package func list(
        of affiliate: AffiliateID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Summary> {
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE i.affiliate_id = \(affiliate) AND i.confirmed_at IS NOT NULL
                AND i.id < \(cursor?.id ?? .max)
            ORDER BY i.id DESC LIMIT \(limit.fetched)
            """, Self.summary)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// One introduction of an affiliate with its steps.
    ///
    /// - Throws: `DomainError.notFound(.introduction)`, also for somebody else's.
    package func find(
        _ id: IntroductionID, of affiliate: AffiliateID
    ) async throws -> (introduction: Summary, steps: [StageStep]) {
        let found = try await database.readFirst(
            """
            \(fragment: Self.selection)
            WHERE i.id = \(id) AND i.affiliate_id = \(affiliate) AND i.confirmed_at IS NOT NULL
            """, Self.summary)
        guard let found else { throw DomainError.notFound(.introduction) }
        return (found, try await StageHistory.read(of: id, from: database))
    }

    /// Applications through an affiliate's links that were refused as duplicates, newest first.
    package func refusals(
        of affiliate: AffiliateID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Refused> {
        let rows = try await database.query(
            """
            SELECT r.id, j.slug, j.title, c.name, r.match, r.at
            FROM refusal r
            JOIN job j ON j.id = r.job_id
            JOIN company c ON c.id = j.company_id
            WHERE r.affiliate_id = \(affiliate) AND r.id < \(cursor?.id ?? .max)
            ORDER BY r.id DESC LIMIT \(limit.fetched)
            """
        ) { row in
            Refused(
                id: try row.next(), jobSlug: try row.next(), jobTitle: try row.next(),
                companyName: try row.next(), match: try row.next(), at: try row.next())
        }
        return Listing(rows, limit: limit) { Cursor(id: $0.id) }
    }

    private static let selection: SQL = """
        SELECT i.id, p.name, j.slug, j.title, c.name, i.stage, i.rejection_reason,
            CASE WHEN i.stage = 'rejected' THEN (
                SELECT note FROM stage_history
                WHERE introduction_id = i.id AND to_stage = 'rejected'
                ORDER BY id DESC LIMIT 1) END,
            l.channel, i.carried_from IS NOT NULL, t.commission, t.currency, t.guarantee_days,
            t.instalments, i.created_at, i.stage_changed_at
        FROM introduction i
        JOIN candidate p ON p.id = i.candidate_id
        JOIN job j ON j.id = i.job_id
        JOIN company c ON c.id = i.company_id
        JOIN terms t ON t.id = i.terms_id
        LEFT JOIN link l ON l.id = i.link_id
        """

    private static func summary(_ row: inout Row) throws -> Summary {
        Summary(
            id: try row.next(), candidateName: try row.next(), jobSlug: try row.next(),
            jobTitle: try row.next(), companyName: try row.next(), stage: try row.next(),
            rejectionReason: try row.next(), rejectionNote: try row.next(),
            channel: try row.next(), isCarriedOver: try row.next(), offer: try row.offer(),
            submittedAt: try row.next(), stageChangedAt: try row.next())
    }
}

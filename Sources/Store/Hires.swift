import Domain
import Postgres

/// Hires: a company reports one, an admin finds it in a queue.
package struct Hires: Sendable {
    let database: Database

    /// A hire as the admin sees it.
    package struct Hire: Hashable, Sendable {
        package let id: HireID
        package let introduction: IntroductionID
        package let state: HireState
        package let startsOn: CalendarDate
        package let reportedAt: Instant?
        package let recordedAt: Instant?
        package let note: Note
        package let stage: Stage
        package let candidateName: PersonName
        package let jobSlug: JobSlug
        package let jobTitle: JobTitle
        package let companySlug: CompanySlug
        package let companyName: CompanyName
        /// Who earns the commission; nil when the candidate came alone.
        package let affiliateName: PersonName?
        package let introducedAt: Instant
        package let termsVersion: Int
        package let offer: TermsOffer
        /// What to look at before recording it (rule 10).
        package let flags: [SelfDealing]
    }

    /// Keeps a company's report that it hired a candidate; the same report again changes nothing.
    ///
    /// - Throws: `notFound(.introduction)` also for somebody else's, `conflict(.introductionClosed)`,
    ///   `conflict(.ownershipEnded)`, `conflict(.hireReported)` when it was reported with another
    ///   first day, `conflict(.hireAlreadyRecorded)`, `invalid` for a first day that cannot be.
    package func report(
        _ id: IntroductionID, startsOn: CalendarDate, note: Note, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> HireID {
        let introduction = try await Stages.lock(id, for: principal, in: transaction)
        let old = try await transaction.first(
            """
            SELECT id, state, starts_on FROM hire
            WHERE introduction_id = \(id) AND state <> 'cancelled'
            """
        ) { row in
            (
                id: try row.next(HireID.self), state: try row.next(HireState.self),
                startsOn: try row.next(CalendarDate.self)
            )
        }
        if let old {
            guard old.state == .reported else {
                throw DomainError.conflict(.hireAlreadyRecorded)
            }
            guard old.startsOn == startsOn else { throw DomainError.conflict(.hireReported) }
            return old.id
        }
        try Self.check(startsOn, of: introduction, at: now)
        let hire = try await transaction.first(
            """
            INSERT INTO hire (introduction_id, state, starts_on, reported_at, reported_by, note)
            VALUES (\(id), \(HireState.reported), \(startsOn), \(now), \(principal.account),
                \(note)) RETURNING id
            """
        ) { row in try row.next(HireID.self) }
        guard let hire else { throw DomainError.notFound(.hire) }
        var payload = JSONObject()
        payload.set("hire", hire)
        payload.set("introduction", id)
        payload.set("starts_on", startsOn.description)
        var detail = payload
        detail.set("to", HireState.reported.rawValue)
        try await AuditLog.append(
            "hire.reported", by: Actor(principal), on: "hire", hire.rawValue, detail: detail,
            at: now, in: transaction)
        try await Outbox.add(
            .hireReported, to: .admin, about: "hire:\(hire)", payload: payload, at: now,
            in: transaction)
        return hire
    }

    /// Refuses a hire of somebody who is out or whom another owns now, and a first day that cannot
    /// be.
    static func check(
        _ startsOn: CalendarDate, of introduction: Stages.Locked, at now: Instant
    ) throws {
        _ = try introduction.stage.moving(to: .hired, by: .recording)
        guard let confirmedAt = introduction.confirmedAt else {
            throw DomainError.conflict(.introductionNotConfirmed)
        }
        guard introduction.owns else { throw DomainError.conflict(.ownershipEnded) }
        do throws(ValidationError) {
            _ = try HireStart.check(startsOn, introducedOn: confirmedAt.date, today: now.date)
        } catch {
            throw DomainError.invalid([error])
        }
    }

    /// The reported hires that wait for an admin, oldest first.
    package func reported(
        after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Hire> {
        let statement = Self.reportedStatement(after: cursor, limit: limit)
        let rows = try await database.query(statement, Self.hire)
        return Listing(rows, limit: limit) { hire in
            Cursor(time: hire.reportedAt ?? Instant(microseconds: 0), id: hire.id.rawValue)
        }
    }

    static func reportedStatement(after cursor: Cursor?, limit: PageLimit) -> SQL {
        """
        \(fragment: selection) WHERE h.state = 'reported'\(fragment: after(cursor))
        ORDER BY h.reported_at, h.id LIMIT \(limit.fetched)
        """
    }

    /// The recorded hires, newest first.
    package func recorded(
        after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Hire> {
        let before: SQL =
            cursor.map { " AND (h.recorded_at, h.id) < (\($0.time), \($0.id))" } ?? .empty
        let rows = try await database.query(
            """
            \(fragment: Self.selection) WHERE h.recorded_at IS NOT NULL\(fragment: before)
            ORDER BY h.recorded_at DESC, h.id DESC LIMIT \(limit.fetched)
            """, Self.hire)
        return Listing(rows, limit: limit) { hire in
            Cursor(time: hire.recordedAt ?? Instant(microseconds: 0), id: hire.id.rawValue)
        }
    }

    /// A company's hires, reported and recorded, newest first.
    package func list(
        of company: CompanyID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Hire> {
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE i.company_id = \(company) AND i.confirmed_at IS NOT NULL
                AND h.id < \(cursor?.id ?? .max)
            ORDER BY h.id DESC LIMIT \(limit.fetched)
            """, Self.hire)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// One hire.
    ///
    /// - Throws: `DomainError.notFound(.hire)`.
    package func find(_ id: HireID) async throws -> Hire {
        let found = try await database.readFirst(
            "\(fragment: Self.selection) WHERE h.id = \(id)", Self.hire)
        guard let found else { throw DomainError.notFound(.hire) }
        return found
    }

    private static func after(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return .empty }
        return " AND (h.reported_at, h.id) > (\(cursor.time), \(cursor.id))"
    }

    private static let selection: SQL = """
        SELECT h.id, h.introduction_id, h.state, h.starts_on, h.reported_at, h.recorded_at, h.note,
            i.stage, p.name, j.slug, j.title, c.slug, c.name,
            (SELECT name FROM account WHERE affiliate_id = i.affiliate_id), i.confirmed_at,
            t.version, t.commission, t.currency, t.guarantee_days, t.instalments,
            ARRAY(SELECT flag FROM self_dealing WHERE introduction_id = i.id ORDER BY flag)
        FROM hire h
        JOIN introduction i ON i.id = h.introduction_id
        JOIN candidate p ON p.id = i.candidate_id
        JOIN job j ON j.id = i.job_id
        JOIN company c ON c.id = i.company_id
        JOIN terms t ON t.id = i.terms_id
        """

    private static func hire(_ row: inout Row) throws -> Hire {
        Hire(
            id: try row.next(), introduction: try row.next(), state: try row.next(),
            startsOn: try row.next(), reportedAt: try row.next(), recordedAt: try row.next(),
            note: try row.next(), stage: try row.next(), candidateName: try row.next(),
            jobSlug: try row.next(), jobTitle: try row.next(), companySlug: try row.next(),
            companyName: try row.next(), affiliateName: try row.next(),
            introducedAt: try row.next(), termsVersion: try row.next(), offer: try row.offer(),
            flags: try row.next([String].self).compactMap { SelfDealing(rawValue: $0) })
    }
}

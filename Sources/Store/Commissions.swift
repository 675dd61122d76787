import Domain
import Postgres

/// What affiliates have won, why, and when it will be paid.
package struct Commissions: Sendable {
    let database: Database

    /// One instalment of an affiliate with everything it can say of itself (rule 7).
    package struct Commission: Hashable, Sendable {
        package let id: CommissionID
        package let hire: HireID
        package let introduction: IntroductionID
        package let jobSlug: JobSlug
        package let dueOn: CalendarDate
        package let createdAt: Instant
        package let explanation: Explanation
    }

    /// An affiliate's commissions of one currency, summed by state.
    package struct Balance: Hashable, Sendable {
        package let currency: Currency
        /// A state without any commission is absent.
        package let sums: [CommissionState: Money]
        /// The next day on which a guarantee ends, and how much it frees; nil when none is running.
        package let next: Next?

        package struct Next: Hashable, Sendable {
            package let dueOn: CalendarDate
            package let amount: Money
        }

        /// The sum of a state, nothing when it has no commission.
        package func sum(_ state: CommissionState) -> Money {
            sums[state] ?? .zero(currency)
        }
    }

    /// An affiliate's balances per currency; empty when nothing was ever won.
    package func balances(
        of affiliate: AffiliateID, today: CalendarDate
    ) async throws -> [Balance] {
        let sums = try await database.query(
            """
            SELECT currency, state, sum(amount)::bigint FROM commission
            WHERE affiliate_id = \(affiliate) GROUP BY currency, state
            """
        ) { row in
            (
                currency: try row.next(Currency.self), state: try row.next(CommissionState.self),
                amount: try row.next(Int64.self)
            )
        }
        let next = try await nextDue(of: affiliate, today: today)
        return Dictionary(grouping: sums, by: \.currency).sorted { $0.key < $1.key }.map { group in
            var byState: [CommissionState: Money] = [:]
            for sum in group.value {
                byState[sum.state] = Money(minorUnits: sum.amount, currency: group.key)
            }
            return Balance(currency: group.key, sums: byState, next: next[group.key])
        }
    }

    private func nextDue(
        of affiliate: AffiliateID, today: CalendarDate
    ) async throws -> [Currency: Balance.Next] {
        let rows = try await database.query(
            """
            SELECT DISTINCT ON (currency) currency, due_on, sum(amount)::bigint
            FROM commission
            WHERE affiliate_id = \(affiliate) AND state = 'pending' AND due_on >= \(today)
            GROUP BY currency, due_on ORDER BY currency, due_on
            """
        ) { row in
            let currency: Currency = try row.next()
            let dueOn: CalendarDate = try row.next()
            let amount = Money(minorUnits: try row.next(), currency: currency)
            return (currency, Balance.Next(dueOn: dueOn, amount: amount))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// An affiliate's commissions, newest first.
    package func list(
        of affiliate: AffiliateID, after cursor: Cursor? = nil, limit: PageLimit = .usual,
        today: CalendarDate
    ) async throws -> Listing<Commission> {
        let statement = Self.statement(for: affiliate, after: cursor, limit: limit)
        let rows = try await database.query(statement) { row in
            try Self.commission(&row, today: today)
        }
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    static func statement(
        for affiliate: AffiliateID, after cursor: Cursor?, limit: PageLimit
    ) -> SQL {
        """
        \(fragment: selection)
        WHERE m.affiliate_id = \(affiliate) AND m.id < \(cursor?.id ?? .max)
        ORDER BY m.id DESC LIMIT \(limit.fetched)
        """
    }

    /// One commission of an affiliate.
    ///
    /// - Throws: `DomainError.notFound(.commission)`, also for somebody else's.
    package func find(
        _ id: CommissionID, of affiliate: AffiliateID, today: CalendarDate
    ) async throws -> Commission {
        let found = try await database.readFirst(
            """
            \(fragment: Self.selection)
            WHERE m.id = \(id) AND m.affiliate_id = \(affiliate)
            """
        ) { row in try Self.commission(&row, today: today) }
        guard let found else { throw DomainError.notFound(.commission) }
        return found
    }

    /// A commission as a row of the admin's list.
    package struct Waiting: Hashable, Sendable {
        package let id: CommissionID
        package let affiliateName: PersonName
        package let candidateName: PersonName
        package let companyName: CompanyName
        package let amount: Money
        package let dueOn: CalendarDate
    }

    /// The commissions of everybody in one state, oldest first.
    package func waiting(
        in state: CommissionState, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Waiting> {
        let rows = try await database.query(
            """
            SELECT m.id, a.name, p.name, c.name, m.amount, m.currency, m.due_on
            FROM commission m
            JOIN account a ON a.affiliate_id = m.affiliate_id
            JOIN hire h ON h.id = m.hire_id
            JOIN introduction i ON i.id = h.introduction_id
            JOIN candidate p ON p.id = i.candidate_id
            JOIN company c ON c.id = i.company_id
            WHERE m.state = \(state) AND m.id > \(cursor?.id ?? 0)
            ORDER BY m.id LIMIT \(limit.fetched)
            """
        ) { row in
            Waiting(
                id: try row.next(), affiliateName: try row.next(),
                candidateName: try row.next(), companyName: try row.next(),
                amount: try row.money(), dueOn: try row.next())
        }
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// The instalments of one hire, in order.
    package func list(of hire: HireID, today: CalendarDate) async throws -> [Commission] {
        try await database.read(
            """
            \(fragment: Self.selection)
            WHERE m.hire_id = \(hire) ORDER BY m.instalment, m.id LIMIT 60
            """
        ) { row in try Self.commission(&row, today: today) }
    }

    /// The commissions of one hire that are an affiliate's, in order; at most a dozen, as a message
    /// about a hire shows them.
    package func list(
        of hire: HireID, for affiliate: AffiliateID, today: CalendarDate
    ) async throws -> [Commission] {
        try await database.read(
            """
            \(fragment: Self.selection)
            WHERE m.hire_id = \(hire) AND m.affiliate_id = \(affiliate)
            ORDER BY m.instalment, m.id LIMIT 12
            """
        ) { row in try Self.commission(&row, today: today) }
    }

    private static let selection: SQL = """
        SELECT m.id, m.hire_id, h.introduction_id, j.slug, m.due_on, m.created_at, m.amount,
            m.currency, m.state, m.instalment, m.instalment_count, m.share, m.remainder, m.reason,
            m.note, m.kind, m.state_changed_at, j.title, c.name, p.name, h.starts_on, h.recorded_at,
            l.channel, i.carried_from IS NOT NULL, t.version, t.commission, t.currency,
            t.guarantee_days, t.instalments, d.id, d.side, d.outcome_reason
        FROM commission m
        JOIN hire h ON h.id = m.hire_id
        JOIN introduction i ON i.id = h.introduction_id
        JOIN candidate p ON p.id = i.candidate_id
        JOIN job j ON j.id = i.job_id
        JOIN company c ON c.id = i.company_id
        JOIN terms t ON t.id = m.terms_id
        LEFT JOIN link l ON l.id = i.link_id
        LEFT JOIN LATERAL (
            SELECT id, side, outcome_reason FROM dispute
            WHERE hire_id = m.hire_id AND (id = m.dispute_id OR commission_id = m.id)
                AND outcome_reason IS NOT NULL
            ORDER BY id DESC LIMIT 1
        ) d ON true
        """

    private static func commission(
        _ row: inout Row, today: CalendarDate
    ) throws -> Commission {
        let id: CommissionID = try row.next()
        let hire: HireID = try row.next()
        let introduction: IntroductionID = try row.next()
        let jobSlug: JobSlug = try row.next()
        let dueOn: CalendarDate = try row.next()
        let createdAt: Instant = try row.next()
        return Commission(
            id: id, hire: hire, introduction: introduction, jobSlug: jobSlug, dueOn: dueOn,
            createdAt: createdAt, explanation: try explanation(&row, dueOn: dueOn, today: today))
    }

    private static func explanation(
        _ row: inout Row, dueOn: CalendarDate, today: CalendarDate
    ) throws -> Explanation {
        let amount = try row.money()
        let state: CommissionState = try row.next()
        let instalment: Int = try row.next()
        let count: Int = try row.next()
        let share: Int = try row.next()
        let remainder = Money(minorUnits: try row.next(), currency: amount.currency)
        let reason: CommissionReason? = try row.next()
        let note: Note = try row.next()
        let kind: CommissionKind = try row.next()
        let changedAt: Instant = try row.next()
        let why = Explanation.Why(
            jobTitle: try row.next(), companyName: try row.next(),
            candidateName: try row.next(), startsOn: try row.next(),
            recordedAt: try row.next(), channel: try row.next(),
            isCarriedOver: try row.next())
        let terms = Explanation.AgreedTerms(
            version: try row.next(), offer: try row.offer(), instalment: instalment,
            instalmentCount: count, share: Percent(share) ?? .all, remainder: remainder)
        let next = Explanation.NextStep(
            state: state, dueOn: dueOn, changedOn: changedAt.date, today: today, reason: reason,
            note: note)
        return Explanation(
            amount: amount, state: state, why: why, terms: terms, next: next, kind: kind,
            reason: reason, note: note, dispute: try dispute(&row))
    }

    private static func dispute(_ row: inout Row) throws -> Explanation.Dispute? {
        let id: DisputeID? = try row.next()
        let side: DisputeSide? = try row.next()
        let reason: DisputeOutcomeReason? = try row.next()
        guard let id, let side, let reason else { return nil }
        return Explanation.Dispute(id: id, openedBy: side, reason: reason)
    }
}

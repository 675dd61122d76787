import Domain
import Postgres

extension Disputes {
    /// A dispute with all that was said, for its sides and the admin.
    package struct Dispute: Hashable, Sendable {
        package let id: DisputeID
        package let hire: HireID
        package let commission: CommissionID?
        package let side: DisputeSide
        package let reason: DisputeReason
        package let amount: Money
        package let state: DisputeState
        package let openedAt: Instant
        /// The last day of whoever has the word.
        package let dueOn: CalendarDate?
        package let outcome: DisputeOutcome?
        /// Why it ended so; nil while it is open.
        package let outcomeReason: DisputeOutcomeReason?
        package let outcomeNote: Note
        package let decidedAt: Instant?
        package let companyName: CompanyName
        package let affiliateName: PersonName?
        package let candidateName: PersonName
        package let jobTitle: JobTitle
        /// What is held because of it; nil for a claim, or where the row has gone another way.
        package let held: Held?

        package init(
            id: DisputeID, hire: HireID, commission: CommissionID?, side: DisputeSide,
            reason: DisputeReason, amount: Money, state: DisputeState, openedAt: Instant,
            dueOn: CalendarDate?, outcome: DisputeOutcome?,
            outcomeReason: DisputeOutcomeReason?, outcomeNote: Note, decidedAt: Instant?,
            companyName: CompanyName, affiliateName: PersonName?,
            candidateName: PersonName, jobTitle: JobTitle, held: Held?
        ) {
            self.id = id
            self.hire = hire
            self.commission = commission
            self.side = side
            self.reason = reason
            self.amount = amount
            self.state = state
            self.openedAt = openedAt
            self.dueOn = dueOn
            self.outcome = outcome
            self.outcomeReason = outcomeReason
            self.outcomeNote = outcomeNote
            self.decidedAt = decidedAt
            self.companyName = companyName
            self.affiliateName = affiliateName
            self.candidateName = candidateName
            self.jobTitle = jobTitle
            self.held = held
        }

        /// Who has the word, and what their silence will mean.
        package var speaker: DisputeSide? { state.speaker(openedBy: side) }

        package var isWithdrawn: Bool { outcomeReason == .withdrawn }
    }

    /// The row that a decision releases or reverses.
    package struct Held: Hashable, Sendable {
        package let amount: Money
        package let dueOn: CalendarDate

        package init(amount: Money, dueOn: CalendarDate) {
            self.amount = amount
            self.dueOn = dueOn
        }
    }

    /// A hire, and what a side may dispute of it.
    package struct Disputable: Hashable, Sendable {
        package let hire: HireID
        package let candidateName: PersonName
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        package let currency: Currency
        /// Of a company's hire the rows that can still be held; of an affiliate's none.
        package let rows: [DisputableRow]

        package init(
            hire: HireID, candidateName: PersonName, jobTitle: JobTitle,
            companyName: CompanyName, currency: Currency, rows: [DisputableRow]
        ) {
            self.hire = hire
            self.candidateName = candidateName
            self.jobTitle = jobTitle
            self.companyName = companyName
            self.currency = currency
            self.rows = rows
        }
    }

    /// One commission that can be held.
    package struct DisputableRow: Hashable, Sendable {
        package let id: CommissionID
        package let amount: Money
        package let dueOn: CalendarDate
        package let state: CommissionState

        package init(
            id: CommissionID, amount: Money, dueOn: CalendarDate, state: CommissionState
        ) {
            self.id = id
            self.amount = amount
            self.dueOn = dueOn
            self.state = state
        }
    }

    /// What can be disputed of a company's hire, and of an affiliate's.
    ///
    /// - Throws: `forbidden` for an admin, `notFound(.hire)`, also for somebody else's or one that
    ///   was not recorded.
    package func disputable(
        _ hire: HireID, for principal: Principal
    ) async throws -> Disputable {
        let owner: SQL
        switch principal {
        case .admin: throw DomainError.forbidden
        case .company(_, let company): owner = "i.company_id = \(company)"
        case .affiliate(_, let affiliate): owner = "i.affiliate_id = \(affiliate)"
        }
        let found = try await database.queryFirst(
            """
            SELECT p.name, j.title, c.name, t.currency
            FROM hire h JOIN introduction i ON i.id = h.introduction_id
            JOIN candidate p ON p.id = i.candidate_id JOIN job j ON j.id = i.job_id
            JOIN company c ON c.id = i.company_id JOIN terms t ON t.id = i.terms_id
            WHERE h.id = \(hire) AND h.recorded_at IS NOT NULL AND \(fragment: owner)
            """
        ) { row in
            (
                try row.next(PersonName.self), try row.next(JobTitle.self),
                try row.next(CompanyName.self), try row.next(Currency.self)
            )
        }
        guard let (candidate, job, company, currency) = found else {
            throw DomainError.notFound(.hire)
        }
        var rows: [DisputableRow] = []
        if principal.role == .company {
            rows = try await database.query(
                """
                SELECT id, amount, currency, due_on, state FROM commission
                WHERE hire_id = \(hire) AND state IN ('pending', 'approved') AND amount > 0
                ORDER BY due_on, id
                """
            ) { row in
                DisputableRow(
                    id: try row.next(), amount: try row.money(), dueOn: try row.next(),
                    state: try row.next())
            }
        }
        return Disputable(
            hire: hire, candidateName: candidate, jobTitle: job, companyName: company,
            currency: currency, rows: rows)
    }

    /// The hire of an affiliate's commission.
    ///
    /// - Throws: `notFound(.commission)`, also for somebody else's.
    package func hire(of commission: CommissionID, for affiliate: AffiliateID) async throws
        -> HireID
    {
        let hire = try await database.queryFirst(
            """
            SELECT hire_id FROM commission
            WHERE id = \(commission) AND affiliate_id = \(affiliate)
            """
        ) { row in try row.next(HireID.self) }
        guard let hire else { throw DomainError.notFound(.commission) }
        return hire
    }

    /// What one side said.
    package struct Statement: Hashable, Sendable {
        package let side: DisputeSide
        package let at: Instant
        package let text: DisputeText

        package init(side: DisputeSide, at: Instant, text: DisputeText) {
            self.side = side
            self.at = at
            self.text = text
        }
    }

    /// A file without its bytes.
    package struct Evidence: Hashable, Sendable {
        package let id: EvidenceID
        package let side: DisputeSide
        package let at: Instant
        package let name: FileName
        package let mediaType: String
        package let byteCount: Int

        package init(
            id: EvidenceID, side: DisputeSide, at: Instant, name: FileName, mediaType: String,
            byteCount: Int
        ) {
            self.id = id
            self.side = side
            self.at = at
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
        }
    }

    /// The disputes that a principal may see, newest first; an admin sees those of everybody.
    package func list(
        for principal: Principal, openOnly: Bool = false, after cursor: Cursor? = nil,
        limit: PageLimit = .usual
    ) async throws -> Listing<Dispute> {
        let open: SQL = openOnly ? " AND d.state <> 'decided'" : .empty
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE \(fragment: Self.visible(to: principal)) AND d.id < \(cursor?.id ?? .max)
                \(fragment: open)
            ORDER BY d.id DESC LIMIT \(limit.fetched)
            """, Self.dispute)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// One dispute.
    ///
    /// - Throws: `notFound(.dispute)`, also for somebody else's.
    package func find(_ id: DisputeID, for principal: Principal) async throws -> Dispute {
        let found = try await database.queryFirst(
            """
            \(fragment: Self.selection)
            WHERE d.id = \(id) AND \(fragment: Self.visible(to: principal))
            """, Self.dispute)
        guard let found else { throw DomainError.notFound(.dispute) }
        return found
    }

    /// All that was said, in order; three at most.
    package func statements(
        of id: DisputeID, for principal: Principal
    ) async throws -> [Statement] {
        _ = try await find(id, for: principal)
        return try await database.query(
            """
            SELECT side, at, text FROM dispute_statement WHERE dispute_id = \(id) ORDER BY turn
            """
        ) { row in
            Statement(side: try row.next(), at: try row.next(), text: try row.next())
        }
    }

    /// The files of both sides, in order.
    package func evidence(
        of id: DisputeID, for principal: Principal
    ) async throws -> [Evidence] {
        _ = try await find(id, for: principal)
        return try await database.query(
            """
            SELECT id, side, at, file_name, media_type, octet_length(bytes)
            FROM dispute_evidence WHERE dispute_id = \(id) ORDER BY id
            """
        ) { row in
            Evidence(
                id: try row.next(), side: try row.next(), at: try row.next(),
                name: try row.next(), mediaType: try row.next(), byteCount: try row.next())
        }
    }

    /// One file with its bytes.
    ///
    /// - Throws: `notFound(.evidence)`, also for one of somebody else's dispute.
    package func file(_ id: EvidenceID, for principal: Principal) async throws -> EvidenceFile {
        let found = try await database.queryFirst(
            """
            SELECT e.file_name, e.media_type, e.bytes
            FROM dispute_evidence e JOIN dispute d ON d.id = e.dispute_id
            WHERE e.id = \(id) AND \(fragment: Self.visible(to: principal))
            """
        ) { row in
            EvidenceFile(
                storedName: try row.next(), mediaType: try row.next(), bytes: try row.next())
        }
        guard let found else { throw DomainError.notFound(.evidence) }
        return found
    }

    private static func visible(to principal: Principal) -> SQL {
        switch principal {
        case .admin: "true"
        case .company(_, let company): "d.company_id = \(company)"
        case .affiliate(_, let affiliate): "d.affiliate_id = \(affiliate)"
        }
    }

    private static let selection: SQL = """
        SELECT d.id, d.hire_id, d.commission_id, d.side, d.reason, d.amount, d.currency, d.state,
            d.opened_at, d.due_on, d.outcome, d.granted, d.outcome_reason, d.outcome_note,
            d.decided_at, c.name,
            (SELECT name FROM account WHERE affiliate_id = d.affiliate_id), p.name, j.title,
            m.amount, m.due_on
        FROM dispute d JOIN company c ON c.id = d.company_id
        JOIN hire h ON h.id = d.hire_id JOIN introduction i ON i.id = h.introduction_id
        JOIN candidate p ON p.id = i.candidate_id JOIN job j ON j.id = i.job_id
        LEFT JOIN commission m ON m.id = d.commission_id AND m.state = 'held'
        """

    private static func dispute(_ row: inout Row) throws -> Dispute {
        let id: DisputeID = try row.next()
        let hire: HireID = try row.next()
        let commission: CommissionID? = try row.next()
        let side: DisputeSide = try row.next()
        let reason: DisputeReason = try row.next()
        let amount = try row.money()
        let state: DisputeState = try row.next()
        let openedAt: Instant = try row.next()
        let dueOn: CalendarDate? = try row.next()
        let outcome: String? = try row.next()
        let granted: Int64? = try row.next()
        return Dispute(
            id: id, hire: hire, commission: commission, side: side, reason: reason,
            amount: amount, state: state, openedAt: openedAt, dueOn: dueOn,
            outcome: outcome.map { name in
                name == "upheld"
                    ? .upheld
                    : name == "rejected"
                        ? .rejected
                        : .partly(Money(minorUnits: granted ?? 0, currency: amount.currency))
            }, outcomeReason: try row.next(), outcomeNote: try row.next(),
            decidedAt: try row.next(),
            companyName: try row.next(), affiliateName: try row.next(),
            candidateName: try row.next(), jobTitle: try row.next(),
            held: try held(&row, in: amount.currency))
    }

    private static func held(_ row: inout Row, in currency: Currency) throws -> Held? {
        let amount: Int64? = try row.next()
        let dueOn: CalendarDate? = try row.next()
        guard let amount, let dueOn else { return nil }
        return Held(amount: Money(minorUnits: amount, currency: currency), dueOn: dueOn)
    }
}

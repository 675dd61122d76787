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
        package let outcomeNote: Note
        package let decidedAt: Instant?
        package let companyName: CompanyName
        package let affiliateName: PersonName?

        /// Who has the word, and what their silence will mean.
        package var speaker: DisputeSide? { state.speaker(openedBy: side) }
    }

    /// What one side said.
    package struct Statement: Hashable, Sendable {
        package let side: DisputeSide
        package let at: Instant
        package let text: DisputeText
    }

    /// A file without its bytes.
    package struct Evidence: Hashable, Sendable {
        package let id: EvidenceID
        package let side: DisputeSide
        package let at: Instant
        package let name: FileName
        package let mediaType: String
        package let byteCount: Int
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
            d.opened_at, d.due_on, d.outcome, d.granted, d.outcome_note, d.decided_at, c.name,
            (SELECT name FROM account WHERE affiliate_id = d.affiliate_id)
        FROM dispute d JOIN company c ON c.id = d.company_id
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
            }, outcomeNote: try row.next(), decidedAt: try row.next(),
            companyName: try row.next(), affiliateName: try row.next())
    }
}

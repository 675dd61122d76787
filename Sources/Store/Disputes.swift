import Domain
import Postgres

/// Disputes about a commission: opened by one side, answered, replied to, and decided by an admin or
/// by silence.
package struct Disputes: Sendable {
    let database: Database

    /// What is needed to open one.
    package struct Opening: Sendable {
        package let subject: Subject
        package let reason: DisputeReason
        package let text: DisputeText
        /// What is in dispute; nil for all of the commission.
        package let amount: Money?

        package init(
            subject: Subject, reason: DisputeReason, text: DisputeText, amount: Money?
        ) {
            self.subject = subject
            self.reason = reason
            self.text = text
            self.amount = amount
        }
    }

    /// A company disputes a row, an affiliate claims something for a hire.
    package enum Subject: Hashable, Sendable {
        case commission(CommissionID)
        case claim(HireID)
    }

    /// A dispute as it stands behind its lock.
    struct Locked: Sendable {
        let id: DisputeID
        let hire: HireID
        let company: CompanyID
        let affiliate: AffiliateID
        let commission: CommissionID?
        let side: DisputeSide
        let amount: Money
        let state: DisputeState
        let dueOn: CalendarDate?
        let outcome: String?
        let outcomeReason: DisputeOutcomeReason?
        let granted: Int64?
    }

    // MARK: Opening

    /// Opens a dispute. Of a company's only the disputed part is held: a row of which less than all is
    /// in dispute is divided.
    ///
    /// - Throws: `forbidden`, `notFound` also for somebody else's, `conflict(.disputeOpen)`,
    ///   `conflict(.disputedBefore)`, `conflict(.commissionState)` for what the bank has or what is over,
    ///   `conflict(.amountExceedsCommission)`, `invalid`.
    package func open(
        _ opening: Opening, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> DisputeID {
        switch (opening.subject, principal) {
        case (.commission(let id), .company(_, let company)):
            return try await object(to: id, opening, of: company, principal, now, transaction)
        case (.claim(let id), .affiliate(_, let affiliate)):
            return try await claim(for: id, opening, of: affiliate, principal, now, transaction)
        default: throw DomainError.forbidden
        }
    }

    private func object(
        to id: CommissionID, _ opening: Opening, of company: CompanyID, _ principal: Principal,
        _ now: Instant, _ transaction: Transaction
    ) async throws -> DisputeID {
        try Self.check(opening, for: .company)
        guard let entry = try await CommissionBook.lock([id], in: transaction).first,
            entry.company == company, entry.row.kind != .clawback
        else { throw DomainError.notFound(.commission) }
        let disputed = opening.amount ?? entry.row.amount
        guard disputed.currency == entry.row.amount.currency else {
            throw DomainError.invalid([ValidationError(.amount, .currencyMismatch)])
        }
        guard disputed.minorUnits <= entry.row.amount.minorUnits else {
            throw DomainError.conflict(.amountExceedsCommission)
        }
        try await Self.checkCount(
            "hire_id = \(entry.hire) AND commission_id = \(id) AND side = 'company'",
            in: transaction)
        let held = try await hold(disputed, of: entry, opening, at: now, in: transaction)
        let dispute = try await insert(
            opening, side: .company, hire: entry.hire, company: company,
            affiliate: entry.affiliate, commission: held, amount: disputed, by: principal,
            at: now, in: transaction)
        return dispute
    }

    /// The row that stands for the disputed part.
    private func hold(
        _ disputed: Money, of entry: CommissionBook.Entry, _ opening: Opening, at now: Instant,
        in transaction: Transaction
    ) async throws -> CommissionID {
        // What an admin holds already, or another dispute, is not to be disputed once more.
        guard entry.row.state == .pending || entry.row.state == .approved else {
            throw DomainError.conflict(.commissionState(from: entry.row.state, to: .held))
        }
        let words = CommissionBook.Words(
            reason: .disputed, note: Note(stored: ""), at: now)
        guard disputed != entry.row.amount else {
            try await CommissionBook.move(entry, to: .held, words, in: transaction)
            return entry.row.id
        }
        let rest = try entry.row.amount.subtracting(disputed)
        let rows = try await CommissionBook.replace(
            entry, by: [(rest, entry.row.state), (disputed, .held)], words, in: transaction)
        guard let held = rows.last else { throw DomainError.notFound(.commission) }
        return held
    }

    private func claim(
        for id: HireID, _ opening: Opening, of affiliate: AffiliateID, _ principal: Principal,
        _ now: Instant, _ transaction: Transaction
    ) async throws -> DisputeID {
        try Self.check(opening, for: .affiliate)
        let found = try await transaction.first(
            """
            SELECT i.company_id, t.currency, t.commission
            FROM hire h JOIN introduction i ON i.id = h.introduction_id
            JOIN terms t ON t.id = i.terms_id
            WHERE h.id = \(id) AND i.affiliate_id = \(affiliate) AND h.recorded_at IS NOT NULL
            """
        ) { row in
            (
                company: try row.next(CompanyID.self), currency: try row.next(Currency.self),
                promised: try row.next(Int64.self)
            )
        }
        guard let found else { throw DomainError.notFound(.hire) }
        guard let amount = opening.amount else {
            throw DomainError.invalid([ValidationError(.amount, .missing)])
        }
        guard amount.currency == found.currency else {
            throw DomainError.invalid([ValidationError(.amount, .currencyMismatch)])
        }
        // Silence grants all of it: never more than was promised for the hire.
        guard amount.minorUnits <= found.promised else {
            throw DomainError.conflict(.amountExceedsCommission)
        }
        try await Self.checkCount("hire_id = \(id) AND side = 'affiliate'", in: transaction)
        return try await insert(
            opening, side: .affiliate, hire: id, company: found.company, affiliate: affiliate,
            commission: nil, amount: amount, by: principal, at: now, in: transaction)
    }

    /// Refuses what was brought forward as often as it may be.
    private static func checkCount(
        _ isSame: SQL, in transaction: Transaction
    ) async throws {
        let count = try await transaction.first(
            "SELECT count(*) FROM dispute WHERE \(fragment: isSame)"
        ) { row in try row.next(Int.self) }
        guard count ?? 0 < DisputeRules.sameMax else {
            throw DomainError.conflict(.disputedBefore)
        }
    }

    private static func check(_ opening: Opening, for side: DisputeSide) throws(DomainError) {
        guard DisputeReason.all(for: side).contains(opening.reason) else {
            throw .invalid([ValidationError(.reason, .unsupported)])
        }
        if let amount = opening.amount, !amount.isPositive || amount.minorUnits > Money.inputMax {
            throw .invalid([ValidationError(.amount, .notPositive)])
        }
    }

    private func insert(
        _ opening: Opening, side: DisputeSide, hire: HireID, company: CompanyID,
        affiliate: AffiliateID, commission: CommissionID?, amount: Money,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> DisputeID {
        let id = try await transaction.first(
            """
            INSERT INTO dispute (hire_id, company_id, affiliate_id, commission_id, side, reason,
                amount, currency, state, opened_at, opened_by, due_on)
            VALUES (\(hire), \(company), \(affiliate), \(commission), \(side),
                \(opening.reason), \(amount.minorUnits), \(amount.currency),
                \(DisputeState.open), \(now), \(principal.account),
                \(DisputeRules.due(from: now.date))) RETURNING id
            """
        ) { row in try row.next(DisputeID.self) }
        guard let id else { throw DomainError.notFound(.dispute) }
        let dispute = Locked(
            id: id, hire: hire, company: company, affiliate: affiliate, commission: commission,
            side: side, amount: amount, state: .open, dueOn: DisputeRules.due(from: now.date),
            outcome: nil, outcomeReason: nil, granted: nil)
        try await say(
            opening.text, side: side, turn: 1, in: dispute, by: principal, at: now,
            transaction)
        try await Self.tell(
            .disputeOpened, dispute, by: Actor(principal), to: [side.other], at: now,
            in: transaction)
        return id
    }

    // MARK: Speaking

    /// Says what a side has to say in its turn; the same text again changes nothing.
    ///
    /// - Throws: `forbidden`, `notFound(.dispute)` also for somebody else's, `conflict(.notYourTurn)`,
    ///   `conflict(.disputeClosed)` also once the deadline has passed.
    package func answer(
        _ id: DisputeID, _ text: DisputeText, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let (dispute, side) = try await Self.lock(id, for: principal, in: transaction)
        if try await hasSaid(text, side, in: dispute, transaction) { return }
        guard dispute.state != .decided else { throw DomainError.conflict(.disputeClosed) }
        guard dispute.state.speaker(openedBy: dispute.side) == side else {
            throw DomainError.conflict(.notYourTurn)
        }
        if let dueOn = dispute.dueOn, DisputeRules.isOver(dueOn: dueOn, today: now.date) {
            throw DomainError.conflict(.disputeClosed)
        }
        let next = dispute.state.afterStatement
        try await say(
            text, side: side, turn: next == .answered ? 2 : 3, in: dispute, by: principal,
            at: now, transaction)
        let dueOn = next == .answered ? DisputeRules.due(from: now.date) : nil
        try await transaction.execute(
            "UPDATE dispute SET state = \(next), due_on = \(dueOn) WHERE id = \(id)")
        try await Self.tell(
            next == .answered ? .disputeAnswered : .disputeReplied, dispute,
            by: Actor(principal), to: [side.other], at: now, in: transaction)
    }

    private func hasSaid(
        _ text: DisputeText, _ side: DisputeSide, in dispute: Locked, _ transaction: Transaction
    ) async throws -> Bool {
        try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM dispute_statement WHERE dispute_id = \(dispute.id)
                AND side = \(side) AND text = \(text) AND turn > 1)
            """
        ) { row in try row.next(Bool.self) } ?? false
    }

    private func say(
        _ text: DisputeText, side: DisputeSide, turn: Int16, in dispute: Locked,
        by principal: Principal, at now: Instant, _ transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO dispute_statement (dispute_id, at, side, account_id, text, turn)
            VALUES (\(dispute.id), \(now), \(side), \(principal.account), \(text), \(turn))
            """)
    }

    /// Keeps a file of one side; a file that is there already is kept once.
    ///
    /// - Throws: `forbidden`, `notFound(.dispute)`, `conflict(.disputeClosed)`, `tooMany(.evidence)`.
    package func add(
        _ file: EvidenceFile, to id: DisputeID, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws -> EvidenceID {
        let (dispute, side) = try await Self.lock(id, for: principal, in: transaction)
        let old = try await transaction.first(
            """
            SELECT id FROM dispute_evidence WHERE dispute_id = \(id) AND side = \(side)
                AND file_name = \(file.name) AND bytes = \(file.bytes)
            """
        ) { row in try row.next(EvidenceID.self) }
        if let old { return old }
        guard dispute.state != .decided else { throw DomainError.conflict(.disputeClosed) }
        let count = try await transaction.first(
            """
            SELECT count(*) FROM dispute_evidence WHERE dispute_id = \(id) AND side = \(side)
            """
        ) { row in try row.next(Int.self) }
        guard count ?? 0 < DisputeRules.evidenceMax else {
            throw DomainError.tooMany(.evidence, retryAfterSeconds: 0)
        }
        let added = try await transaction.first(
            """
            INSERT INTO dispute_evidence (dispute_id, side, account_id, at, file_name, media_type,
                bytes)
            VALUES (\(id), \(side), \(principal.account), \(now), \(file.name),
                \(file.mediaType), \(file.bytes)) RETURNING id
            """
        ) { row in try row.next(EvidenceID.self) }
        guard let added else { throw DomainError.notFound(.evidence) }
        var detail = JSONObject()
        detail.set("evidence", added)
        detail.set("file_name", file.name.text)
        try await AuditLog.append(
            "dispute.evidence_added", by: Actor(principal), on: "dispute", id.rawValue,
            detail: detail, at: now, in: transaction)
        return added
    }

    /// Locks a dispute of the principal's, and says on which side they stand.
    private static func lock(
        _ id: DisputeID, for principal: Principal, in transaction: Transaction
    ) async throws -> (Locked, DisputeSide) {
        guard let dispute = try await lock(id, in: transaction) else {
            throw DomainError.notFound(.dispute)
        }
        return (dispute, try side(of: principal, in: dispute))
    }

    static func side(
        of principal: Principal, in dispute: Locked
    ) throws(DomainError) -> DisputeSide {
        switch principal {
        case .admin: throw .forbidden
        case .company(_, let company) where company == dispute.company: .company
        case .affiliate(_, let affiliate) where affiliate == dispute.affiliate: .affiliate
        case .company, .affiliate: throw .notFound(.dispute)
        }
    }

    static func lock(_ id: DisputeID, in transaction: Transaction) async throws -> Locked? {
        try await transaction.first(
            """
            SELECT id, hire_id, company_id, affiliate_id, commission_id, side, amount, currency,
                state, due_on, outcome, outcome_reason, granted
            FROM dispute WHERE id = \(id) FOR NO KEY UPDATE
            """
        ) { row in
            Locked(
                id: try row.next(), hire: try row.next(), company: try row.next(),
                affiliate: try row.next(), commission: try row.next(), side: try row.next(),
                amount: try row.money(), state: try row.next(), dueOn: try row.next(),
                outcome: try row.next(), outcomeReason: try row.next(),
                granted: try row.next())
        }
    }

    // MARK: Telling

    /// The audit row, and the messages to sides and admin.
    static func tell(
        _ topic: Outbox.Topic, _ dispute: Locked, by actor: Actor, to sides: [DisputeSide],
        detail extra: (inout JSONObject) -> Void = { _ in }, at now: Instant,
        in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("dispute", dispute.id)
        payload.set("hire", dispute.hire)
        payload.set("commission", dispute.commission)
        payload.set("side", dispute.side.rawValue)
        payload.set("amount", dispute.amount)
        extra(&payload)
        // The log tells where the dispute stood before and after.
        var detail = payload
        switch topic {
        case .disputeOpened: detail.set("to", DisputeState.open.rawValue)
        case .disputeDecided, .disputeWithdrawn:
            detail.set("from", dispute.state.rawValue)
            detail.set("to", DisputeState.decided.rawValue)
        default:
            detail.set("from", dispute.state.rawValue)
            detail.set("to", dispute.state.afterStatement.rawValue)
        }
        try await AuditLog.append(
            topic.rawValue, by: actor, on: "dispute", dispute.id.rawValue, detail: detail,
            at: now, in: transaction)
        let people = sides.map { side -> Outbox.Recipient in
            side == .affiliate ? .affiliate(dispute.affiliate) : .company(dispute.company)
        }
        for recipient in people + [.admin] {
            try await Outbox.add(
                topic, to: recipient, about: "dispute:\(dispute.id)", payload: payload, at: now,
                in: transaction)
        }
    }
}

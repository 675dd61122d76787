import Domain
import Postgres

/// What an admin decides about commissions, one or many.
package struct CommissionDeeds: Sendable {
    /// How many are decided at once.
    package static let countMax = 200

    /// A commission that is added by hand.
    package struct Grant: Hashable, Sendable {
        package let hire: HireID
        package let amount: Money
        package let bearer: CommissionBearer
        package let reason: CommissionReason
        package let note: Note
        /// By which claim it was won, and why; nil for what an admin adds without one.
        let dispute: Dispute?

        /// A claim that ended well.
        struct Dispute: Hashable, Sendable {
            let id: DisputeID
            let reason: DisputeOutcomeReason
        }

        /// - Throws: for an amount that is not positive or too large, and without a note.
        package init(
            hire: HireID, amount: Money, bearer: CommissionBearer, reason: CommissionReason,
            note: Note
        ) throws(ValidationError) {
            guard !note.text.isEmpty else { throw ValidationError(.note, .missing) }
            try self.init(
                hire: hire, amount: amount, bearer: bearer, reason: reason, note: note,
                dispute: nil)
        }

        /// What a claim won is explained by its outcome, and needs no note.
        init(
            hire: HireID, amount: Money, bearer: CommissionBearer, reason: CommissionReason,
            note: Note, dispute: Dispute?
        ) throws(ValidationError) {
            guard amount.isPositive else { throw ValidationError(.amount, .notPositive) }
            guard amount.minorUnits <= Money.inputMax else {
                let unitsMax = Int(Money.inputMax / amount.currency.minorUnitsPerUnit)
                throw ValidationError(.amount, .outOfRange(min: 1, max: unitsMax))
            }
            self.dispute = dispute
            self.hire = hire
            self.amount = amount
            self.bearer = bearer
            self.reason = reason
            self.note = note
        }
    }

    /// Approves, holds, releases or reverses: all of them or none; those that are there already stay.
    ///
    /// A paid row is reversed by a negative row of its own.
    ///
    /// - Returns: the rows that changed or were added, in the order of the ids.
    /// - Throws: `forbidden`, `notFound(.commission)`, `conflict(.commissionState)`,
    ///   `conflict(.disputeOpen)` for a row whose dispute is to be decided instead, `invalid` for none or
    ///   too many ids and for a hold or a reversal without a note.
    package func decide(
        _ deed: CommissionDeed, on ids: [CommissionID], note: Note, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> [CommissionID] {
        guard principal.role == .admin else { throw DomainError.forbidden }
        guard (1...Self.countMax).contains(ids.count) else {
            throw DomainError.invalid([
                ValidationError(.limit, .outOfRange(min: 1, max: Self.countMax))
            ])
        }
        guard deed == .approve || !note.text.isEmpty else {
            throw DomainError.invalid([ValidationError(.note, .missing)])
        }
        let entries = try await CommissionBook.lock(ids, in: transaction)
        try await refuseDisputed(entries, in: transaction)
        var changed: [CommissionID] = []
        for entry in entries {
            let words = CommissionBook.Words(reason: deed.reason, note: note, at: now)
            guard let (id, state) = try await apply(deed, to: entry, words, in: transaction)
            else { continue }
            changed.append(id)
            try await Self.tell(
                Self.topic(of: deed), entry, id, (entry.row.state, state), words,
                by: Actor(principal), in: transaction)
        }
        return changed
    }

    private func apply(
        _ deed: CommissionDeed, to entry: CommissionBook.Entry, _ words: CommissionBook.Words,
        in transaction: Transaction
    ) async throws -> (CommissionID, CommissionState)? {
        if case .reverse = deed {
            guard let reversal = try entry.row.reversal() else { return nil }
            let id = try await CommissionBook.reverse(entry, reversal, words, in: transaction)
            // A paid row stays; the negative one is to be paid with the next run.
            return (id, reversal.way == .inPlace ? .reversed : .approved)
        }
        guard let target = try deed.target(of: entry.row, today: words.at.date) else { return nil }
        try await CommissionBook.move(entry, to: target, words, in: transaction)
        return (entry.row.id, target)
    }

    private func refuseDisputed(
        _ entries: [CommissionBook.Entry], in transaction: Transaction
    ) async throws {
        let isDisputed = try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM dispute WHERE state <> 'decided'
                AND commission_id = ANY (\(entries.map(\.row.id.rawValue))))
            """
        ) { row in try row.next(Bool.self) }
        guard isDisputed != true else { throw DomainError.conflict(.disputeOpen) }
    }

    /// Adds a commission to a recorded hire, to be paid with the next run.
    ///
    /// Nothing about it says whether it was added before: a request from outside goes through
    /// `Store.once`.
    ///
    /// - Throws: `forbidden`, `notFound(.hire)` also for one that nobody brought or that was only
    ///   reported, `invalid` for another currency than that of the hire's terms.
    package func add(
        _ grant: Grant, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> CommissionID {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let words = CommissionBook.Words(reason: grant.reason, note: grant.note, at: now)
        return try await Self.add(
            grant, words, account: principal.account, by: Actor(principal), in: transaction)
    }

    static func add(
        _ grant: Grant, _ words: CommissionBook.Words, account: AccountID, by actor: Actor,
        in transaction: Transaction
    ) async throws -> CommissionID {
        try await CommissionBook.lock(hires: [grant.hire], in: transaction)
        let found = try await transaction.first(
            """
            SELECT h.introduction_id, i.affiliate_id, i.company_id, i.terms_id, t.currency
            FROM hire h JOIN introduction i ON i.id = h.introduction_id
            JOIN terms t ON t.id = i.terms_id
            WHERE h.id = \(grant.hire) AND h.recorded_at IS NOT NULL
                AND i.affiliate_id IS NOT NULL
            """
        ) { row in
            (
                introduction: try row.next(IntroductionID.self),
                affiliate: try row.next(AffiliateID.self),
                company: try row.next(CompanyID.self), terms: try row.next(TermsID.self),
                currency: try row.next(Currency.self)
            )
        }
        guard let found else { throw DomainError.notFound(.hire) }
        guard found.currency == grant.amount.currency else {
            throw DomainError.invalid([ValidationError(.amount, .currencyMismatch)])
        }
        let day = words.at.date
        // What is asked of the book is a row like any other of the hire, one of one.
        let like = CommissionBook.Entry(
            row: CommissionRow(
                id: CommissionID(0), kind: .manual, state: .approved, amount: grant.amount,
                dueOn: day, takenBack: .zero(grant.amount.currency)),
            hire: grant.hire, introduction: found.introduction, affiliate: found.affiliate,
            company: found.company, terms: found.terms, borneBy: grant.bearer, instalment: 1,
            instalmentCount: 1, share: 100)
        let new = CommissionBook.New(
            kind: .manual, amount: grant.amount, dueOn: day, state: .approved,
            borneBy: grant.bearer, createdBy: account, dispute: grant.dispute?.id)
        let id = try await CommissionBook.add(new, like: like, words, in: transaction)
        try await tell(
            .commissionAdded, like, id, (nil, .approved), words, by: actor,
            because: grant.dispute, in: transaction)
        return id
    }

    // MARK: Telling

    /// The audit row and the message to the affiliate.
    ///
    /// - Parameters:
    ///   - states: before and after.
    ///   - dispute: the claim by which it was won.
    static func tell(
        _ topic: Outbox.Topic, _ entry: CommissionBook.Entry, _ id: CommissionID,
        _ states: (from: CommissionState?, to: CommissionState), _ words: CommissionBook.Words,
        by actor: Actor, because dispute: Grant.Dispute? = nil, in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("commission", id)
        payload.set("hire", entry.hire)
        payload.set("introduction", entry.introduction)
        payload.set("amount", entry.row.amount)
        payload.set("reason", words.reason?.rawValue)
        payload.set("note", words.note.text)
        if let dispute {
            payload.set("dispute", dispute.id)
            payload.set("side", DisputeSide.affiliate.rawValue)
            payload.set("outcome_reason", dispute.reason.rawValue)
        }
        var detail = payload
        detail.set("from", states.from?.rawValue)
        detail.set("to", states.to.rawValue)
        detail.set("affiliate", entry.affiliate)
        detail.set("of", entry.row.id)
        let audit = try await AuditLog.append(
            topic.rawValue, by: actor, on: "commission", id.rawValue, detail: detail,
            at: words.at, in: transaction)
        // By the row of the log: what is held, released and held again is told each time.
        try await Outbox.add(
            topic, to: .affiliate(entry.affiliate), about: "commission:\(id):\(audit)",
            payload: payload, at: words.at, in: transaction)
    }

    private static func topic(of deed: CommissionDeed) -> Outbox.Topic {
        switch deed {
        case .approve: .commissionApproved
        case .hold: .commissionHeld
        case .release: .commissionReleased
        case .reverse: .commissionReversed
        }
    }
}

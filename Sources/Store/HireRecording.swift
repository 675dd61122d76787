import Domain
import Postgres

/// Recording a hire: the moment an affiliate wins (rule 4).
package struct HireRecording: Sendable {
    /// What recording a hire made; the same for everybody who recorded it.
    package struct RecordedHire: Hashable, Sendable {
        package let id: HireID
        package let introduction: IntroductionID
        package let company: CompanyID
        /// Nil when the candidate came alone, and nobody earns anything.
        package let affiliate: AffiliateID?
        package let startsOn: CalendarDate
        package let recordedAt: Instant
        /// In order of payment.
        package let commissions: [Earned]
    }

    /// One instalment that was earned.
    package struct Earned: Hashable, Sendable {
        package let id: CommissionID
        package let instalment: Int
        package let amount: Money
        package let dueOn: CalendarDate
    }

    /// Records a hire, reported or not: hire, commissions, transfers, stage, history, audit and
    /// messages commit together or not at all.
    ///
    /// Recording the same hire again, later or at the same moment, gives the same answer.
    ///
    /// - Throws: `forbidden` for anybody but an admin, `notFound(.introduction)`,
    ///   `conflict(.introductionClosed)`, `conflict(.ownershipEnded)`,
    ///   `conflict(.hireAlreadyRecorded)` when it was recorded with another first day, `invalid` for
    ///   a first day that cannot be.
    package func record(
        _ id: IntroductionID, startsOn: CalendarDate, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws -> RecordedHire {
        guard principal.role == .admin else { throw DomainError.forbidden }
        // Whoever comes second waits here, and then finds the hire.
        let introduction = try await Stages.lock(id, for: principal, in: transaction)
        if let old = try await existing(id, startsOn: startsOn, in: transaction) { return old }
        try Hires.check(startsOn, of: introduction, at: now)
        let hire = try await insertHire(
            introduction, startsOn: startsOn, by: principal, at: now, in: transaction)
        try await Stages.apply(
            Stages.Change(
                introduction: id, from: introduction.stage, to: .hired, by: Actor(principal),
                at: now),
            in: transaction)
        if let affiliate = introduction.affiliate {
            try await earn(
                hire, affiliate: affiliate, introduction, startsOn: startsOn, at: now,
                in: transaction)
        }
        let recorded = try await load(hire, in: transaction)
        try await tell(
            recorded, before: introduction, by: principal, at: now, in: transaction)
        return recorded
    }

    private func existing(
        _ id: IntroductionID, startsOn: CalendarDate, in transaction: Transaction
    ) async throws -> RecordedHire? {
        let old = try await transaction.first(
            """
            SELECT id, state, starts_on FROM hire
            WHERE introduction_id = \(id) AND state <> 'cancelled' FOR UPDATE
            """
        ) { row in
            (
                id: try row.next(HireID.self), state: try row.next(HireState.self),
                startsOn: try row.next(CalendarDate.self)
            )
        }
        guard let old, old.state != .reported else { return nil }
        guard old.startsOn == startsOn else {
            throw DomainError.conflict(.hireAlreadyRecorded)
        }
        return try await load(old.id, in: transaction)
    }

    private func insertHire(
        _ introduction: Stages.Locked, startsOn: CalendarDate, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> HireID {
        let id = try await transaction.first(
            """
            INSERT INTO hire AS h (introduction_id, state, starts_on, recorded_at, recorded_by)
            VALUES (\(introduction.id), \(HireState.recorded), \(startsOn), \(now),
                \(principal.account))
            ON CONFLICT (introduction_id) WHERE state <> 'cancelled'
            DO UPDATE SET state = excluded.state,
                starts_on = excluded.starts_on, recorded_at = excluded.recorded_at,
                recorded_by = excluded.recorded_by
            WHERE h.state = 'reported'
            RETURNING id
            """
        ) { row in try row.next(HireID.self) }
        guard let id else { throw DomainError.conflict(.hireAlreadyRecorded) }
        return id
    }

    /// Makes the commissions and books them: the company owes the whole, the affiliate each part.
    private func earn(
        _ hire: HireID, affiliate: AffiliateID, _ introduction: Stages.Locked,
        startsOn: CalendarDate, at now: Instant, in transaction: Transaction
    ) async throws {
        guard let terms = introduction.terms else {
            throw DomainError.conflict(.introductionNotConfirmed)
        }
        let offer = try await transaction.first(
            """
            SELECT commission, currency, guarantee_days, instalments FROM terms
            WHERE id = \(terms)
            """
        ) { row in try row.offer() }
        guard let offer else { throw DomainError.conflict(.introductionNotConfirmed) }
        let ledger = Ledger()
        try await ledger.post(
            .hireBilled(offer.commission, company: introduction.company), hire: hire,
            commission: nil, at: now, in: transaction)
        for instalment in CommissionSchedule(offer: offer, startsOn: startsOn).instalments {
            let commission = try await insert(
                instalment, hire: hire, affiliate: affiliate, terms: terms, at: now,
                in: transaction)
            try await ledger.post(
                .commissionEarned(instalment.amount, affiliate: affiliate), hire: hire,
                commission: commission, at: now, in: transaction)
        }
    }

    private func insert(
        _ instalment: CommissionSchedule.Instalment, hire: HireID, affiliate: AffiliateID,
        terms: TermsID, at now: Instant, in transaction: Transaction
    ) async throws -> CommissionID {
        let id = try await transaction.first(
            """
            INSERT INTO commission (hire_id, affiliate_id, terms_id, instalment, instalment_count,
                share, remainder, amount, currency, due_on, state, created_at, state_changed_at)
            VALUES (\(hire), \(affiliate), \(terms), \(Int16(instalment.number)),
                \(Int16(instalment.count)), \(Int16(instalment.share.value)),
                \(instalment.remainder.minorUnits), \(instalment.amount.minorUnits),
                \(instalment.amount.currency), \(instalment.dueOn), \(CommissionState.pending),
                \(now), \(now))
            RETURNING id
            """
        ) { row in try row.next(CommissionID.self) }
        guard let id else { throw DomainError.notFound(.commission) }
        return id
    }

    private func load(
        _ id: HireID, in transaction: Transaction
    ) async throws -> RecordedHire {
        let commissions = try await transaction.query(
            """
            SELECT id, instalment, amount, currency, due_on FROM commission
            WHERE hire_id = \(id) AND kind = 'instalment' ORDER BY instalment
            """
        ) { row in
            Earned(
                id: try row.next(), instalment: try row.next(), amount: try row.money(),
                dueOn: try row.next())
        }
        let hire = try await transaction.first(
            """
            SELECT h.id, h.introduction_id, i.company_id, i.affiliate_id, h.starts_on,
                h.recorded_at
            FROM hire h JOIN introduction i ON i.id = h.introduction_id WHERE h.id = \(id)
            """
        ) { row in
            RecordedHire(
                id: try row.next(), introduction: try row.next(), company: try row.next(),
                affiliate: try row.next(), startsOn: try row.next(),
                recordedAt: try row.next(), commissions: commissions)
        }
        guard let hire else { throw DomainError.notFound(.hire) }
        return hire
    }

    /// The audit row, and the messages to affiliate, company and admin.
    private func tell(
        _ hire: RecordedHire, before introduction: Stages.Locked, by principal: Principal,
        at now: Instant,
        in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("hire", hire.id)
        payload.set("introduction", hire.introduction)
        payload.set("starts_on", hire.startsOn.description)
        if let first = hire.commissions.first {
            let total = try hire.commissions.dropFirst().reduce(first.amount) {
                try $0.adding($1.amount)
            }
            payload.set("commission", total)
            payload.set("due_on", first.dueOn.description)
        }
        var detail = payload
        detail.set("from", introduction.hire?.rawValue)
        detail.set("to", HireState.recorded.rawValue)
        detail.set("from_stage", introduction.stage.rawValue)
        detail.set("affiliate", hire.affiliate)
        detail.set("terms", introduction.terms)
        try await AuditLog.append(
            "hire.recorded", by: Actor(principal), on: "hire", hire.id.rawValue, detail: detail,
            at: now, in: transaction)
        let about = "hire:\(hire.id)"
        if let affiliate = hire.affiliate {
            try await Outbox.add(
                .commissionWon, to: .affiliate(affiliate), about: about, payload: payload,
                at: now, in: transaction)
        }
        for recipient in [Outbox.Recipient.company(hire.company), .admin] {
            try await Outbox.add(
                .hireRecorded, to: recipient, about: about, payload: payload, at: now,
                in: transaction)
        }
    }
}

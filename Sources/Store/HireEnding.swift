import Domain
import Postgres

/// What is decided about a hire after it was reported or recorded, shown before it is done.
package struct HireEnding: Sendable {
    let database: Database

    /// What became of a hire; the same for everybody who decided the same.
    package struct Outcome: Hashable, Sendable {
        package let hire: HireID
        package let state: HireState
        package let reason: CommissionReason?
        /// The last day of work of somebody who left.
        package let leftOn: CalendarDate?
    }

    /// What a deed would do now.
    ///
    /// - Throws: what `perform` throws, but for `conflict(.changedMeanwhile)`.
    package func preview(
        _ deed: HireDeed, on id: HireID, by principal: Principal, today: CalendarDate
    ) async throws -> HireConsequences {
        try await database.transaction(isolation: .readOnly) { transaction in
            guard let found = try await Self.find(id, in: transaction),
                Self.isFor(principal, found.company)
            else { throw DomainError.notFound(.hire) }
            let rows = try await transaction.query(
                """
                \(fragment: CommissionBook.selection) WHERE m.hire_id = \(id)
                ORDER BY m.due_on, m.id
                """, CommissionBook.entry)
            return try HireConsequences(
                of: deed, to: found.facts(rows), by: principal.role, today: today)
        }
    }

    /// Does what was shown: hire, stage, commissions, transfers, invoices, audit and messages together.
    ///
    /// The same deed again gives the same answer.
    ///
    /// - Parameter decided: the fingerprint of the preview.
    /// - Throws: `notFound(.hire)` also for somebody else's, `forbidden`, `conflict(.changedMeanwhile)`
    ///   where the facts are others now, and what `HireConsequences` refuses.
    package func perform(
        _ deed: HireDeed, on id: HireID, decided: Fingerprint, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> Outcome {
        guard let seen = try await Self.find(id, in: transaction),
            Self.isFor(principal, seen.company)
        else { throw DomainError.notFound(.hire) }
        let introduction = try await Stages.lock(
            seen.introduction, for: principal, in: transaction)
        try await CommissionBook.lock(hires: [id], in: transaction)
        // Read again: what was seen before the locks may be over.
        guard let found = try await Self.find(id, in: transaction) else {
            throw DomainError.notFound(.hire)
        }
        if let done = found.outcome(of: deed) { return done }
        let entries = try await CommissionBook.lock(of: id, in: transaction)
        let consequences = try HireConsequences(
            of: deed, to: found.facts(entries), by: principal.role, today: now.date)
        try consequences.fingerprint.check(against: decided)
        try await set(consequences, found, by: principal, at: now, in: transaction)
        try await reopen(introduction, after: consequences, by: principal, at: now, in: transaction)
        for reversal in consequences.reversals {
            guard let entry = entries.first(where: { $0.row.id == reversal.commission }) else {
                throw DomainError.notFound(.commission)
            }
            let words = CommissionBook.Words(reason: deed.reason, note: deed.note, at: now)
            try await CommissionBook.reverse(entry, reversal, words, in: transaction)
        }
        try await tell(consequences, found, by: principal, at: now, in: transaction)
        return Outcome(
            hire: id, state: consequences.to, reason: deed.reason, leftOn: deed.leftOn)
    }

    // MARK: Reading

    private struct Found: Sendable {
        let id: HireID
        let introduction: IntroductionID
        let state: HireState
        let startsOn: CalendarDate
        let reason: CommissionReason?
        let leftOn: CalendarDate?
        let company: CompanyID
        let affiliate: AffiliateID?
        let guaranteeDays: Int

        func facts(_ entries: [CommissionBook.Entry]) -> HireFacts {
            HireFacts(
                id: id, state: state, startsOn: startsOn,
                guaranteeEndsOn: startsOn.adding(days: guaranteeDays), affiliate: affiliate,
                company: company, commissions: entries.map(\.row))
        }

        /// What the deed made, where it was done already.
        func outcome(of deed: HireDeed) -> Outcome? {
            guard state == deed.target, reason == deed.reason, leftOn == deed.leftOn else {
                return nil
            }
            return Outcome(hire: id, state: state, reason: reason, leftOn: leftOn)
        }
    }

    private static func find(_ id: HireID, in transaction: Transaction) async throws -> Found? {
        try await transaction.first(
            """
            SELECT h.id, h.introduction_id, h.state, h.starts_on, h.reason, h.ended_on,
                i.company_id, i.affiliate_id, t.guarantee_days
            FROM hire h
            JOIN introduction i ON i.id = h.introduction_id
            JOIN terms t ON t.id = i.terms_id
            WHERE h.id = \(id)
            """
        ) { row in
            Found(
                id: try row.next(), introduction: try row.next(), state: try row.next(),
                startsOn: try row.next(), reason: try row.next(), leftOn: try row.next(),
                company: try row.next(), affiliate: try row.next(),
                guaranteeDays: try row.next())
        }
    }

    private static func isFor(_ principal: Principal, _ company: CompanyID) -> Bool {
        principal.role == .admin || principal.company == company
    }

    // MARK: Doing

    private func set(
        _ consequences: HireConsequences, _ hire: Found, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let deed = consequences.deed
        if consequences.to == .confirmed {
            try await transaction.execute(
                """
                UPDATE hire SET state = \(consequences.to), confirmed_at = \(now),
                    confirmed_by = \(principal.account) WHERE id = \(hire.id)
                """)
        } else {
            try await transaction.execute(
                """
                UPDATE hire SET state = \(consequences.to), reason = \(deed.reason),
                    ended_on = \(deed.leftOn), ended_at = \(now), ended_by = \(principal.account),
                    ended_note = \(deed.note) WHERE id = \(hire.id)
                """)
        }
    }

    /// Who was not hired after all goes on from where they were.
    private func reopen(
        _ introduction: Stages.Locked, after consequences: HireConsequences,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard consequences.to == .cancelled, introduction.stage == .hired else { return }
        try await Stages.reopen(
            introduction, by: Actor(principal), note: consequences.deed.note, at: now,
            in: transaction)
    }

    private func tell(
        _ consequences: HireConsequences, _ hire: Found, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let deed = consequences.deed
        var payload = JSONObject()
        payload.set("hire", hire.id)
        payload.set("introduction", hire.introduction)
        payload.set("reason", deed.reason?.rawValue)
        payload.set("note", deed.note.text)
        payload.set("left_on", deed.leftOn?.description)
        if let reversed = consequences.reversed.first { payload.set("reversed", reversed) }
        var detail = payload
        detail.set("from", consequences.from.rawValue)
        detail.set("to", consequences.to.rawValue)
        detail.set(
            "commissions",
            consequences.reversals.map { "\($0.commission)" }.joined(separator: " "))
        let action = "hire.\(consequences.to.rawValue)"
        try await AuditLog.append(
            action, by: Actor(principal), on: "hire", hire.id.rawValue, detail: detail, at: now,
            in: transaction)
        for told in consequences.told {
            try await Outbox.add(
                Self.topic(of: consequences), to: told.recipient, about: "hire:\(hire.id)",
                payload: payload, at: now, in: transaction)
        }
    }

    private static func topic(of consequences: HireConsequences) -> Outbox.Topic {
        switch consequences.deed {
        case .confirm: .hireConfirmed
        case .leftEarly: .hireLeftEarly
        case .cancel where consequences.from == .reported:
            consequences.told == [.admin] ? .hireWithdrawn : .hireRefused
        case .cancel: .hireCancelled
        }
    }
}

extension HireConsequences.Told {
    fileprivate var recipient: Outbox.Recipient {
        switch self {
        case .affiliate(let id): .affiliate(id)
        case .company(let id): .company(id)
        case .admin: .admin
        }
    }
}

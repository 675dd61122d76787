import Domain
import Postgres

extension Disputes {
    /// How many silent disputes one turn of the clock decides.
    static let silentMax = 50

    /// Decides a dispute; the same decision again changes nothing.
    ///
    /// - Throws: `forbidden`, `notFound(.dispute)`, `conflict(.disputeClosed)` when it was decided
    ///   otherwise, `invalid` for a part that is none and without a note.
    package func decide(
        _ id: DisputeID, _ outcome: DisputeOutcome, note: Note, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        guard !note.text.isEmpty else {
            throw DomainError.invalid([ValidationError(.note, .missing)])
        }
        guard let dispute = try await Self.lockWithHire(id, in: transaction) else {
            throw DomainError.notFound(.dispute)
        }
        let granted = try outcome.granted(of: dispute.amount)
        guard dispute.state != .decided else {
            guard dispute.outcome == outcome.name, dispute.granted == granted.minorUnits else {
                throw DomainError.conflict(.disputeClosed)
            }
            return
        }
        try await Self.settle(
            dispute, outcome, note: note, account: principal.account, by: Actor(principal),
            at: now, in: transaction)
    }

    /// Lets silence decide what is overdue, for whoever spoke last.
    static func decideSilent(
        at now: Instant, in transaction: Transaction
    ) async throws -> [DisputeID] {
        let ids = try await transaction.query(
            """
            SELECT id FROM dispute WHERE due_on < \(now.date) ORDER BY due_on, id
            LIMIT \(silentMax)
            """
        ) { row in try row.next(DisputeID.self) }
        var decided: [DisputeID] = []
        for id in ids.sorted() {
            // Whoever waited for another clock, or for an answer at the last moment, looks again.
            guard let dispute = try await lockWithHire(id, in: transaction),
                let dueOn = dispute.dueOn,
                DisputeRules.isOver(dueOn: dueOn, today: now.date),
                let outcome = dispute.state.outcomeOfSilence
            else { continue }
            try await settle(
                dispute, outcome, note: Note(stored: ""), account: nil, by: .system, at: now,
                in: transaction)
            decided.append(id)
        }
        return decided
    }

    /// The hire before the dispute, as everybody does who adds rows to a hire.
    private static func lockWithHire(
        _ id: DisputeID, in transaction: Transaction
    ) async throws -> Locked? {
        let hire = try await transaction.first(
            "SELECT hire_id FROM dispute WHERE id = \(id)"
        ) { row in try row.next(HireID.self) }
        guard let hire else { return nil }
        try await CommissionBook.lock(hires: [hire], in: transaction)
        return try await lock(id, in: transaction)
    }

    private static func settle(
        _ dispute: Locked, _ outcome: DisputeOutcome, note: Note, account: AccountID?,
        by actor: Actor, at now: Instant, in transaction: Transaction
    ) async throws {
        let granted = try outcome.granted(of: dispute.amount)
        if let commission = dispute.commission {
            try await release(
                commission, taking: granted, note: note, by: actor, at: now, in: transaction)
        } else if granted.isPositive {
            try await grant(dispute, granted, note, account, by: actor, at: now, in: transaction)
        }
        try await transaction.execute(
            """
            UPDATE dispute SET state = 'decided', due_on = NULL, outcome = \(outcome.name),
                granted = \(granted.minorUnits), outcome_note = \(note), decided_at = \(now),
                decided_by = \(account)
            WHERE id = \(dispute.id)
            """)
        try await tell(
            .disputeDecided, dispute, by: actor, to: [.affiliate, .company],
            detail: { payload in
                payload.set("outcome", outcome.name)
                payload.set("granted", granted.minorUnits)
                payload.set("note", note.text)
            }, at: now, in: transaction)
    }

    /// Ends the hold: what was granted to the company is reversed, the rest goes where the calendar says.
    private static func release(
        _ commission: CommissionID, taking granted: Money, note: Note, by actor: Actor,
        at now: Instant, in transaction: Transaction
    ) async throws {
        // A cancelled hire has taken the row along.
        guard
            let entry = try await CommissionBook.lock("id = \(commission)", in: transaction).first,
            entry.row.state == .held
        else { return }
        let words = CommissionBook.Words(reason: .disputed, note: note, at: now)
        let target = CommissionState.released(dueOn: entry.row.dueOn, today: now.date)
        if granted.isZero {
            try await CommissionBook.move(entry, to: target, words, in: transaction)
        } else if granted == entry.row.amount {
            guard let reversal = try entry.row.reversal() else { return }
            try await CommissionBook.reverse(entry, reversal, words, in: transaction)
        } else {
            let rest = try entry.row.amount.subtracting(granted)
            _ = try await CommissionBook.replace(
                entry, by: [(rest, target)], words, in: transaction)
        }
    }

    /// What an affiliate won of a claim is a commission of its own. Where the company was silent it is
    /// recorded for whoever opened the claim.
    private static func grant(
        _ dispute: Locked, _ granted: Money, _ note: Note, _ account: AccountID?, by actor: Actor,
        at now: Instant, in transaction: Transaction
    ) async throws {
        let text = note.text.isEmpty ? "The company did not answer." : note.text
        let opener = try await transaction.first(
            "SELECT opened_by FROM dispute WHERE id = \(dispute.id)"
        ) { row in try row.next(AccountID.self) }
        guard let author = account ?? opener else { throw DomainError.notFound(.account) }
        let grant = try CommissionDeeds.Grant(
            hire: dispute.hire, amount: granted, bearer: .company, reason: .disputed,
            note: Note(stored: text))
        let words = CommissionBook.Words(reason: .disputed, note: grant.note, at: now)
        _ = try await CommissionDeeds.add(
            grant, words, account: author, by: actor, in: transaction)
    }
}

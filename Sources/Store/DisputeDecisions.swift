import Domain
import Postgres

extension Disputes {
    /// How many silent disputes one turn of the clock decides.
    static let silentMax = 50

    /// How a dispute ends, why, and by whom.
    private struct Ruling {
        let outcome: DisputeOutcome
        let reason: DisputeOutcomeReason
        var note = Note(stored: "")
        /// Nil when silence decides.
        var account: AccountID?
        let actor: Actor
        let at: Instant
    }

    /// Decides a dispute; the same decision again changes nothing.
    ///
    /// - Throws: `forbidden`, `notFound(.dispute)`, `conflict(.disputeClosed)` when it ended otherwise,
    ///   `invalid` for a part that is none and for a reason that is not an admin's.
    package func decide(
        _ id: DisputeID, _ outcome: DisputeOutcome, because reason: DisputeOutcomeReason,
        note: Note, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        guard DisputeOutcomeReason.ofAdmins.contains(reason) else {
            throw DomainError.invalid([ValidationError(.reason, .unsupported)])
        }
        guard let dispute = try await Self.lockWithHire(id, in: transaction) else {
            throw DomainError.notFound(.dispute)
        }
        let granted = try outcome.granted(of: dispute.amount)
        guard dispute.state != .decided else {
            guard dispute.outcome == outcome.name, dispute.granted == granted.minorUnits,
                dispute.outcomeReason == reason
            else { throw DomainError.conflict(.disputeClosed) }
            return
        }
        let ruling = Ruling(
            outcome: outcome, reason: reason, note: note, account: principal.account,
            actor: Actor(principal), at: now)
        try await Self.settle(dispute, ruling, in: transaction)
    }

    /// Takes a dispute back, as long as it is not decided: what follows is what a decision for the
    /// other side would do. Once more changes nothing.
    ///
    /// - Throws: `forbidden` for whoever did not open it, `notFound(.dispute)` also for somebody
    ///   else's, `conflict(.disputeClosed)` when it was decided.
    package func withdraw(
        _ id: DisputeID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard let dispute = try await Self.lockWithHire(id, in: transaction) else {
            throw DomainError.notFound(.dispute)
        }
        guard try Self.side(of: principal, in: dispute) == dispute.side else {
            throw DomainError.forbidden
        }
        guard dispute.state != .decided else {
            guard dispute.outcomeReason == .withdrawn else {
                throw DomainError.conflict(.disputeClosed)
            }
            return
        }
        let ruling = Ruling(
            outcome: .rejected, reason: .withdrawn, account: principal.account,
            actor: Actor(principal), at: now)
        try await Self.settle(dispute, ruling, in: transaction)
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
                let outcome = dispute.state.outcomeOfSilence,
                let reason = dispute.state.reasonOfSilence
            else { continue }
            let ruling = Ruling(outcome: outcome, reason: reason, actor: .system, at: now)
            try await settle(dispute, ruling, in: transaction)
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
        _ dispute: Locked, _ ruling: Ruling, in transaction: Transaction
    ) async throws {
        let granted = try ruling.outcome.granted(of: dispute.amount)
        if let commission = dispute.commission {
            try await release(commission, taking: granted, ruling, in: transaction)
        } else if granted.isPositive {
            try await grant(dispute, granted, ruling, in: transaction)
        }
        try await transaction.execute(
            """
            UPDATE dispute SET state = 'decided', due_on = NULL, outcome = \(ruling.outcome.name),
                outcome_reason = \(ruling.reason), granted = \(granted.minorUnits),
                outcome_note = \(ruling.note), decided_at = \(ruling.at),
                decided_by = \(ruling.account)
            WHERE id = \(dispute.id)
            """)
        try await tell(
            ruling.reason == .withdrawn ? .disputeWithdrawn : .disputeDecided, dispute,
            by: ruling.actor, to: [.affiliate, .company],
            detail: { payload in
                payload.set("outcome", ruling.outcome.name)
                payload.set("outcome_reason", ruling.reason.rawValue)
                payload.set("granted", granted.minorUnits)
                payload.set("note", ruling.note.text)
            }, at: ruling.at, in: transaction)
    }

    /// Ends the hold: what was granted to the company is reversed, the rest goes where the calendar says.
    private static func release(
        _ commission: CommissionID, taking granted: Money, _ ruling: Ruling,
        in transaction: Transaction
    ) async throws {
        // A cancelled hire has taken the row along.
        guard
            let entry = try await CommissionBook.lock("id = \(commission)", in: transaction).first,
            entry.row.state == .held
        else { return }
        let words = CommissionBook.Words(reason: .disputed, note: ruling.note, at: ruling.at)
        let target = CommissionState.released(dueOn: entry.row.dueOn, today: ruling.at.date)
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

    /// What an affiliate won of a claim is a commission of its own, which says by which claim. Where
    /// the company was silent it is recorded for whoever opened the claim.
    private static func grant(
        _ dispute: Locked, _ granted: Money, _ ruling: Ruling, in transaction: Transaction
    ) async throws {
        let opener = try await transaction.first(
            "SELECT opened_by FROM dispute WHERE id = \(dispute.id)"
        ) { row in try row.next(AccountID.self) }
        guard let author = ruling.account ?? opener else { throw DomainError.notFound(.account) }
        let grant = try CommissionDeeds.Grant(
            hire: dispute.hire, amount: granted, bearer: .company, reason: .disputed,
            note: ruling.note, dispute: .init(id: dispute.id, reason: ruling.reason))
        let words = CommissionBook.Words(reason: .disputed, note: ruling.note, at: ruling.at)
        _ = try await CommissionDeeds.add(
            grant, words, account: author, by: ruling.actor, in: transaction)
    }
}

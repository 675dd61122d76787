import Domain
import Postgres

/// What happens by itself when a day comes: guarantees end, and silence decides.
///
/// Any instance may run it, several at once too: whoever comes second waits for the rows and finds
/// them moved.
package struct MoneyClock: Sendable {
    /// What one turn did.
    package struct Turn: Hashable, Sendable {
        package let approved: [CommissionID]
        package let decided: [DisputeID]
        /// Whether there may be more: the caller turns it again.
        package let isFull: Bool
    }

    /// How many rows one transaction takes: some hundred short statements.
    package static let rowsMax = 100

    /// Approves the commissions whose guarantee is over, and decides disputes in which a side was silent.
    ///
    /// What is disputed is held, and so not pending; what of a hire is not disputed goes on.
    package func advance(at now: Instant, in transaction: Transaction) async throws -> Turn {
        let decided = try await Disputes.decideSilent(at: now, in: transaction)
        let approved = try await approve(at: now, in: transaction)
        let isFull = approved.count >= Self.rowsMax || decided.count >= Disputes.silentMax
        return Turn(approved: approved, decided: decided, isFull: isFull)
    }

    private func approve(
        at now: Instant, in transaction: Transaction
    ) async throws -> [CommissionID] {
        let today = now.date
        let ids = try await transaction.query(
            """
            SELECT id FROM commission WHERE state = 'pending' AND due_on <= \(today)
            ORDER BY due_on, id LIMIT \(Self.rowsMax)
            """
        ) { row in try row.next(Int64.self) }
        guard !ids.isEmpty else { return [] }
        // In the order of the ids, like everybody; the state is looked at again behind the lock.
        let entries = try await CommissionBook.lock(
            "id = ANY (\(ids)) AND state = 'pending'", in: transaction)
        var approved: [CommissionID] = []
        for entry in entries {
            let target = entry.row.state.advanced(dueOn: entry.row.dueOn, today: today)
            guard target != entry.row.state else { continue }
            let words = CommissionBook.Words(reason: nil, note: Note(stored: ""), at: now)
            try await CommissionBook.move(entry, to: target, words, in: transaction)
            try await CommissionDeeds.tell(
                .commissionApproved, entry, entry.row.id, (entry.row.state, target), words,
                by: .system, in: transaction)
            approved.append(entry.row.id)
        }
        return approved
    }
}

import Domain
import Postgres

/// What became of payouts: the file for the bank, and the bank's answers.
package struct PayoutAnswers: Sendable {
    /// How many lines are answered at once.
    package static let countMax = 200

    /// Hands out the file of a batch, the same bytes each time; from the first time on the bank may
    /// have it.
    ///
    /// - Throws: `forbidden`, `notFound(.payoutBatch)`.
    package func file(
        of id: PayoutBatchID, from payer: PaymentFile.Payer, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> PaymentFile {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let first = try await transaction.execute(
            """
            UPDATE payout_batch SET sent_at = \(now), sent_by = \(principal.account)
            WHERE id = \(id) AND sent_at IS NULL
            """)
        if first == 1 {
            try await transaction.execute(
                """
                UPDATE payout SET state = 'processing' WHERE batch_id = \(id) AND state = 'pending'
                """)
        }
        let batch = try await Payouts.find(id, in: transaction)
        var detail = JSONObject()
        detail.set("from", first == 1 ? "pending" : "sent")
        detail.set("to", "sent")
        try await AuditLog.append(
            "payout_batch.file_read", by: Actor(principal), on: "payout_batch", id.rawValue,
            detail: detail, at: now, in: transaction)
        // What was taken out before the file was handed out is not in it.
        let sentAt = batch.sentAt ?? now
        let transfers = try await transaction.query(
            """
            SELECT id, affiliate_id, holder, iban, country, tax_id, amount, currency FROM payout
            WHERE batch_id = \(id) AND NOT (state = 'failed' AND settled_at < \(sentAt))
            ORDER BY id
            """
        ) { row in
            PaymentFile.Transfer(
                payout: try row.next(), affiliate: try row.next(),
                details: try row.payoutDetails(), amount: try row.money())
        }
        guard !transfers.isEmpty else { throw DomainError.conflict(.nothingToPay) }
        return PaymentFile(
            batch: id, createdAt: sentAt, executesOn: sentAt.date.adding(days: 1), payer: payer,
            currency: batch.currency, transfers: transfers)
    }

    /// Marks a payout as paid; one that is paid stays so.
    ///
    /// - Throws: `forbidden`, `notFound(.payout)`, `conflict(.payoutSettled)` when it failed,
    ///   `conflict(.payoutNotSent)` before the file was handed out.
    package func paid(
        _ id: PayoutID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let payout = try await lock(id, in: transaction)
        switch payout.state {
        case .paid: return
        case .failed: throw DomainError.conflict(.payoutSettled)
        case .pending: throw DomainError.conflict(.payoutNotSent)
        case .processing: break
        }
        try await transaction.execute(
            """
            UPDATE payout SET state = 'paid', settled_at = \(now),
                settled_by = \(principal.account) WHERE id = \(id)
            """)
        try await moveItems(of: payout, to: .paid, at: now, in: transaction)
        try await Ledger().post(
            .payoutSettled(payout.amount), about: Ledger.Subject(payout: id), at: now,
            in: transaction)
        try await tell(
            .payoutPaid, payout, failure: nil, note: Note(stored: ""), by: principal, at: now,
            in: transaction)
    }

    /// Marks a payout as failed: its commissions are approved as before, and owed again.
    ///
    /// - Throws: `forbidden`, `notFound(.payout)`, `conflict(.payoutSettled)` when it is paid or failed
    ///   for another reason.
    package func failed(
        _ id: PayoutID, because failure: PayoutFailure, note: Note, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let payout = try await lock(id, in: transaction)
        guard !payout.state.isSettled else {
            guard payout.failure == failure else { throw DomainError.conflict(.payoutSettled) }
            return
        }
        try await transaction.execute(
            """
            UPDATE payout SET state = 'failed', failure = \(failure), note = \(note),
                settled_at = \(now), settled_by = \(principal.account) WHERE id = \(id)
            """)
        try await moveItems(of: payout, to: .approved, at: now, in: transaction)
        try await transaction.execute(
            "UPDATE payout_item SET live = false WHERE payout_id = \(id)")
        try await Ledger().post(
            .payoutFailed(payout.amount, affiliate: payout.affiliate),
            about: Ledger.Subject(payout: id), at: now, in: transaction)
        try await tell(
            .payoutFailed, payout, failure: failure, note: note, by: principal, at: now,
            in: transaction)
    }

    /// What the bank did with some lines of a batch: all of it is kept, or nothing.
    ///
    /// - Parameter failure: why they were not paid; nil where they were.
    /// - Throws: what `paid` and `failed` throw, `notFound(.payout)` for a line of another batch,
    ///   `invalid` for none or too many.
    package func settle(
        _ ids: [PayoutID], of batch: PayoutBatchID, failure: PayoutFailure?, note: Note,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        guard (1...Self.countMax).contains(ids.count) else {
            throw DomainError.invalid([
                ValidationError(.limit, .outOfRange(min: 1, max: Self.countMax))
            ])
        }
        // In the order of the keys, like everybody who locks some.
        let numbers = Set(ids.map(\.rawValue)).sorted()
        let known = try await transaction.first(
            """
            SELECT count(*) FROM payout WHERE batch_id = \(batch) AND id = ANY (\(numbers))
            """
        ) { row in try row.next(Int.self) }
        guard known == numbers.count else { throw DomainError.notFound(.payout) }
        for number in numbers {
            if let failure {
                try await failed(
                    PayoutID(number), because: failure, note: note, by: principal, at: now,
                    in: transaction)
            } else {
                try await paid(PayoutID(number), by: principal, at: now, in: transaction)
            }
        }
    }

    private struct Locked: Sendable {
        let id: PayoutID
        let batch: PayoutBatchID
        let affiliate: AffiliateID
        let amount: Money
        let state: PayoutState
        let failure: PayoutFailure?
    }

    private func lock(_ id: PayoutID, in transaction: Transaction) async throws -> Locked {
        let found = try await transaction.first(
            """
            SELECT id, batch_id, affiliate_id, amount, currency, state, failure
            FROM payout WHERE id = \(id) FOR NO KEY UPDATE
            """
        ) { row in
            Locked(
                id: try row.next(), batch: try row.next(), affiliate: try row.next(),
                amount: try row.money(), state: try row.next(), failure: try row.next())
        }
        guard let found else { throw DomainError.notFound(.payout) }
        return found
    }

    private func moveItems(
        of payout: Locked, to state: CommissionState, at now: Instant, in transaction: Transaction
    ) async throws {
        let count = try await transaction.first(
            "SELECT count(*) FROM payout_item WHERE payout_id = \(payout.id) AND live"
        ) { row in try row.next(Int.self) }
        let moved = try await transaction.execute(
            """
            UPDATE commission SET state = \(state), state_changed_at = \(now)
            WHERE state = 'processing' AND id IN (
                SELECT commission_id FROM payout_item WHERE payout_id = \(payout.id) AND live)
            """)
        guard moved == count else { throw DomainError.conflict(.changedMeanwhile) }
    }

    private func tell(
        _ topic: Outbox.Topic, _ payout: Locked, failure: PayoutFailure?, note: Note,
        by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("payout", payout.id)
        payload.set("batch", payout.batch)
        payload.set("amount", payout.amount)
        payload.set("failure", failure?.rawValue)
        payload.set("note", note.text)
        var detail = payload
        detail.set("affiliate", payout.affiliate)
        detail.set("from", payout.state.rawValue)
        detail.set("to", (failure == nil ? PayoutState.paid : .failed).rawValue)
        try await AuditLog.append(
            topic.rawValue, by: Actor(principal), on: "payout", payout.id.rawValue,
            detail: detail, at: now, in: transaction)
        try await Outbox.add(
            topic, to: .affiliate(payout.affiliate), about: "payout:\(payout.id)",
            payload: payload, at: now, in: transaction)
    }
}

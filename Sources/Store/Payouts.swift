import Domain
import Postgres

/// Payout runs: what would be paid, and the batch that does it.
package struct Payouts: Sendable {
    let database: Database

    /// What creating a batch made; the same for everybody who decided upon the same preview.
    package struct Batch: Hashable, Sendable {
        package let id: PayoutBatchID
        package let currency: Currency
        package let cutOff: CalendarDate
        package let createdAt: Instant
        package let createdBy: AccountID
        /// When the file was first handed out.
        package let sentAt: Instant?
        package let count: Int
        package let total: Money
    }

    /// What a run would pay now, and whom it would pass over and why.
    package func preview(_ choice: PayoutRun.Choice) async throws -> PayoutRun {
        try await database.transaction(isolation: .readOnly) { transaction in
            try await preview(choice, in: transaction)
        }
    }

    /// The same of what a transaction sees.
    package func preview(
        _ choice: PayoutRun.Choice, in transaction: Transaction
    ) async throws -> PayoutRun {
        try await Self.plan(choice, in: transaction)
    }

    /// The payouts of a batch, in the order in which they were made.
    package func payouts(
        of batch: PayoutBatchID, in transaction: Transaction
    ) async throws -> [PayoutID] {
        try await transaction.query(
            "SELECT id FROM payout WHERE batch_id = \(batch) ORDER BY id"
        ) { row in try row.next(PayoutID.self) }
    }

    /// Makes the batch that was shown: payouts, transfers, audit and messages, and the commissions are
    /// `processing`.
    ///
    /// Deciding upon the same preview again, later or at the same moment, gives the same batch.
    ///
    /// - Parameter decided: the fingerprint of the preview.
    /// - Throws: `forbidden`, `conflict(.changedMeanwhile)` where something else would be paid now,
    ///   `conflict(.nothingToPay)`.
    package func create(
        _ choice: PayoutRun.Choice, decided: Fingerprint, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> Batch {
        guard principal.role == .admin else { throw DomainError.forbidden }
        // One run at a time: whoever comes second finds the batch of the first. Where somebody is paid
        // to does not change meanwhile either.
        try await transaction.execute(
            "LOCK TABLE payout_account, payout_batch IN SHARE ROW EXCLUSIVE MODE")
        let old = try await transaction.first(
            "SELECT id FROM payout_batch WHERE fingerprint = \(decided.text)"
        ) { row in try row.next(PayoutBatchID.self) }
        if let old { return try await Self.find(old, in: transaction) }
        _ = try await CommissionBook.lock(
            "state = 'approved' AND currency = \(choice.currency)", in: transaction)
        let run = try await Self.plan(choice, in: transaction)
        guard !run.lines.isEmpty else { throw DomainError.conflict(.nothingToPay) }
        try run.fingerprint.check(against: decided)
        let batch = try await transaction.first(
            """
            INSERT INTO payout_batch (currency, cut_off, fingerprint, created_at, created_by)
            VALUES (\(choice.currency), \(choice.cutOff), \(decided.text), \(now),
                \(principal.account)) RETURNING id
            """
        ) { row in try row.next(PayoutBatchID.self) }
        guard let batch else { throw DomainError.notFound(.payoutBatch) }
        for line in run.lines {
            try await insert(line, into: batch, at: now, in: transaction)
        }
        var detail = JSONObject()
        detail.set("payouts", Int64(run.lines.count))
        detail.set("total", try run.total())
        detail.set("cut_off", choice.cutOff.description)
        detail.set("fingerprint", decided.text)
        try await AuditLog.append(
            "payout_batch.created", by: Actor(principal), on: "payout_batch", batch.rawValue,
            detail: detail, at: now, in: transaction)
        return try await Self.find(batch, in: transaction)
    }

    // MARK: Planning

    private static func plan(
        _ choice: PayoutRun.Choice, in transaction: Transaction
    ) async throws -> PayoutRun {
        let payable = try await transaction.query(
            payableStatement(currency: choice.currency)
        ) { row in
            let id: CommissionID = try row.next()
            let affiliate: AffiliateID = try row.next()
            let amount = try row.money()
            return PayoutRun.Payable(
                id: id, affiliate: affiliate, amount: amount, approvedAt: try row.next(),
                isFlagged: try row.next())
        }
        let affiliates = Set(payable.map(\.affiliate.rawValue)).sorted()
        let details = try await transaction.query(
            """
            SELECT affiliate_id, holder, iban, country, tax_id FROM payout_account
            WHERE affiliate_id = ANY (\(affiliates))
            """
        ) { row in (try row.next(AffiliateID.self), try row.payoutDetails()) }
        return try PayoutRun(
            choice, payable: payable, details: Dictionary(uniqueKeysWithValues: details))
    }

    static func payableStatement(currency: Currency) -> SQL {
        """
        SELECT m.id, m.affiliate_id, m.amount, m.currency, m.state_changed_at,
            EXISTS (SELECT FROM self_dealing s
                WHERE s.introduction_id = h.introduction_id AND s.resolved_at IS NULL)
            OR EXISTS (SELECT FROM affiliate_flag f
                WHERE f.affiliate_id = m.affiliate_id AND f.resolved_at IS NULL)
        FROM commission m JOIN hire h ON h.id = m.hire_id
        WHERE m.state = 'approved' AND m.currency = \(currency)
        """
    }

    private func insert(
        _ line: PayoutRun.Line, into batch: PayoutBatchID, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let payout = try await transaction.first(
            """
            INSERT INTO payout (batch_id, affiliate_id, holder, iban, country, tax_id, amount,
                currency, state)
            VALUES (\(batch), \(line.affiliate), \(line.details.holder), \(line.details.iban),
                \(line.details.country), \(line.details.taxID), \(line.total.minorUnits),
                \(line.total.currency), \(PayoutState.pending)) RETURNING id
            """
        ) { row in try row.next(PayoutID.self) }
        guard let payout else { throw DomainError.notFound(.payout) }
        let ids = line.commissions.map(\.id.rawValue)
        try await transaction.execute(
            """
            INSERT INTO payout_item (payout_id, commission_id, amount)
            SELECT \(payout), item.id, item.amount
            FROM unnest(\(ids), \(line.commissions.map(\.amount.minorUnits)))
                AS item (id, amount)
            """)
        let moved = try await transaction.execute(
            """
            UPDATE commission SET state = 'processing', state_changed_at = \(now)
            WHERE id = ANY (\(ids)) AND state = 'approved'
            """)
        guard moved == ids.count else { throw DomainError.conflict(.changedMeanwhile) }
        try await Ledger().post(
            .payoutSent(line.total, affiliate: line.affiliate),
            about: Ledger.Subject(payout: payout), at: now, in: transaction)
        var payload = JSONObject()
        payload.set("payout", payout)
        payload.set("batch", batch)
        payload.set("amount", line.total)
        payload.set("iban", line.details.iban.masked)
        try await Outbox.add(
            .payoutSent, to: .affiliate(line.affiliate), about: "payout:\(payout)",
            payload: payload, at: now, in: transaction)
    }

    static func find(
        _ id: PayoutBatchID, in transaction: Transaction
    ) async throws -> Batch {
        let found = try await transaction.first(
            "\(fragment: batches) WHERE b.id = \(id) GROUP BY b.id", batch)
        guard let found else { throw DomainError.notFound(.payoutBatch) }
        return found
    }

    static let batches: SQL = """
        SELECT b.id, b.currency, b.cut_off, b.created_at, b.created_by, b.sent_at, count(*),
            sum(p.amount)::bigint
        FROM payout_batch b JOIN payout p ON p.batch_id = b.id
        """

    static func batch(_ row: inout Row) throws -> Batch {
        let id: PayoutBatchID = try row.next()
        let currency: Currency = try row.next()
        return Batch(
            id: id, currency: currency, cutOff: try row.next(), createdAt: try row.next(),
            createdBy: try row.next(), sentAt: try row.next(), count: try row.next(),
            total: Money(minorUnits: try row.next(), currency: currency))
    }
}

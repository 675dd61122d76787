import Domain
import Postgres

/// An affiliate's months, replayed from the ledger.
package struct Statements: Sendable {
    /// The statement of a month that is over; it is the same for ever.
    ///
    /// The first one closes the month: what is booked afterwards belongs to the months that are open.
    ///
    /// - Throws: `conflict(.monthRunning)`.
    package func statement(
        of affiliate: AffiliateID, in month: CalendarMonth, at now: Instant,
        in transaction: Transaction
    ) async throws -> Statement {
        guard month.end <= now else { throw DomainError.conflict(.monthRunning) }
        try await close(month, at: now, in: transaction)
        return try await replay(affiliate, month, in: transaction)
    }

    /// What the running month shows so far; it grows until the month is over.
    package func running(
        of affiliate: AffiliateID, at now: Instant, in transaction: Transaction
    ) async throws -> Statement {
        try await replay(affiliate, CalendarMonth(now.date), in: transaction)
    }

    private func close(
        _ month: CalendarMonth, at now: Instant, in transaction: Transaction
    ) async throws {
        let isClosed = try await transaction.first(
            "SELECT EXISTS (SELECT FROM ledger_close WHERE through >= \(month.end))"
        ) { row in try row.next(Bool.self) }
        guard isClosed != true else { return }
        // Waits for every transfer that is on its way into the month.
        try await transaction.execute("LOCK TABLE ledger_close IN EXCLUSIVE MODE")
        try await transaction.execute(
            """
            INSERT INTO ledger_close (through, closed_at) VALUES (\(month.end), \(now))
            ON CONFLICT (through) DO NOTHING
            """)
    }

    private func replay(
        _ affiliate: AffiliateID, _ month: CalendarMonth, in transaction: Transaction
    ) async throws -> Statement {
        let openings = try await transaction.query(
            """
            SELECT -sum(e.amount)::bigint, e.currency
            FROM ledger_account a
            JOIN ledger_entry e ON e.account_id = a.id
            JOIN ledger_transfer t ON t.id = e.transfer_id
            WHERE a.kind = 'affiliate_payable' AND a.company_id IS NULL
                AND a.affiliate_id = \(affiliate) AND t.at < \(month.start)
            GROUP BY e.currency ORDER BY e.currency
            """
        ) { row in try row.money() }
        let movements = try await transaction.query(
            """
            SELECT t.at, t.kind, t.hire_id, t.commission_id, t.payout_id, -e.amount, e.currency
            FROM ledger_account a
            JOIN ledger_entry e ON e.account_id = a.id
            JOIN ledger_transfer t ON t.id = e.transfer_id
            WHERE a.kind = 'affiliate_payable' AND a.company_id IS NULL
                AND a.affiliate_id = \(affiliate) AND t.at >= \(month.start)
                AND t.at < \(month.end)
            ORDER BY t.at, t.id
            """
        ) { row in
            Statement.Movement(
                at: try row.next(), kind: try row.next(), hire: try row.next(),
                commission: try row.next(), payout: try row.next(), amount: try row.money())
        }
        return try Statement(
            of: affiliate, in: month, openings: openings, movements: movements)
    }
}

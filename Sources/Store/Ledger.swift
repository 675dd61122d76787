import Domain
import Postgres

/// Writing the books; the database refuses a transfer that does not balance when it commits.
package struct Ledger: Sendable {
    /// What a transfer is about.
    struct Subject: Sendable {
        var hire: HireID?
        var commission: CommissionID?
        var payout: PayoutID?
        var invoice: InvoiceID?
        /// Which payment of the invoice it is about.
        var payment = 1
    }

    /// Writes a transfer with its entries.
    ///
    /// - Parameters:
    ///   - hire: the hire it is about, if any.
    ///   - commission: the instalment it is about, if any.
    package func post(
        _ transfer: Transfer, hire: HireID?, commission: CommissionID?, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await post(
            transfer, about: Subject(hire: hire, commission: commission), at: now,
            in: transaction)
    }

    /// Writes a transfer with its entries.
    func post(
        _ transfer: Transfer, about subject: Subject, at now: Instant, in transaction: Transaction
    ) async throws {
        var accounts: [Int64] = []
        for entry in transfer.entries {
            accounts.append(try await account(entry.account, in: transaction))
        }
        try await transaction.execute(
            """
            WITH posted AS (
                INSERT INTO ledger_transfer (kind, hire_id, commission_id, payout_id, invoice_id,
                    payment, at)
                VALUES (\(transfer.kind), \(subject.hire), \(subject.commission),
                    \(subject.payout), \(subject.invoice), \(Int16(clamping: subject.payment)),
                    \(now)) RETURNING id)
            INSERT INTO ledger_entry (transfer_id, account_id, amount, currency)
            SELECT posted.id, entry.account_id, entry.amount, entry.currency
            FROM posted, unnest(\(accounts), \(transfer.entries.map(\.amount.minorUnits)),
                \(transfer.entries.map(\.amount.currency.rawValue)))
                AS entry (account_id, amount, currency)
            """)
    }

    /// Whether the affiliate's or company's account exists is nobody's concern: it is opened here.
    private func account(
        _ account: LedgerAccount, in transaction: Transaction
    ) async throws -> Int64 {
        if let id = try await find(account, in: transaction) { return id }
        try await transaction.execute(
            """
            INSERT INTO ledger_account (kind, company_id, affiliate_id)
            VALUES (\(account.kind), \(account.company), \(account.affiliate))
            ON CONFLICT (kind, company_id, affiliate_id) DO NOTHING
            """)
        guard let id = try await find(account, in: transaction) else {
            throw DomainError.notFound(.account)
        }
        return id
    }

    private func find(
        _ account: LedgerAccount, in transaction: Transaction
    ) async throws -> Int64? {
        // One condition for each kind: `IS NOT DISTINCT FROM` would not use the index.
        let owner: SQL =
            switch account {
            case .companyReceivable(let company): "company_id = \(company)"
            case .affiliatePayable(let affiliate):
                "company_id IS NULL AND affiliate_id = \(affiliate)"
            case .commissionClearing, .payoutInTransit, .bank, .platformCost, .vatPayable:
                "company_id IS NULL AND affiliate_id IS NULL"
            }
        return try await transaction.first(
            """
            SELECT id FROM ledger_account WHERE kind = \(account.kind) AND \(fragment: owner)
            """
        ) { row in try row.next(Int64.self) }
    }
}

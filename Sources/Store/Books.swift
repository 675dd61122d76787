import Domain
import Postgres

/// The proof of rule 5: debits equal credits, and what affiliates are owed is what is open.
package struct Books: Sendable {
    let database: Database

    /// What a check of the books found, all from one moment.
    package struct Report: Hashable, Sendable {
        package let transfers: Int
        package let entries: Int
        /// Debits and credits per currency; each pair sums to zero in good books.
        package let totals: [Total]
        /// What each kind of account holds.
        package let accounts: [Balance]
        /// Transfers with fewer than two entries, or entries that do not sum to zero; a hundred at most.
        package let unbalanced: [TransferID]
        /// What is in clearing; nothing, in good books.
        package let clearing: [Money]
        /// Affiliates whose payable is not the sum of their open commissions.
        package let mismatches: [Mismatch]
        /// Rows that say something else than the ledger; a hundred at most.
        package let faults: [Fault]

        package var isBalanced: Bool {
            unbalanced.isEmpty && mismatches.isEmpty && faults.isEmpty
                && clearing.allSatisfy(\.isZero)
                && totals.allSatisfy { $0.debits.minorUnits + $0.credits.minorUnits == 0 }
        }
    }

    package struct Total: Hashable, Sendable {
        package let debits: Money
        /// Negative.
        package let credits: Money

        package init(debits: Money, credits: Money) {
            self.debits = debits
            self.credits = credits
        }
    }

    /// The sum of all accounts of a kind in one currency; debits are positive.
    package struct Balance: Hashable, Sendable {
        package let kind: LedgerAccount.Kind
        package let amount: Money

        package init(kind: LedgerAccount.Kind, amount: Money) {
            self.kind = kind
            self.amount = amount
        }
    }

    package struct Mismatch: Hashable, Sendable {
        package let affiliate: AffiliateID
        /// What the ledger says is owed.
        package let payable: Money
        /// The sum of the open commissions.
        package let open: Money
    }

    /// A row that is off: what it says, and what the ledger says.
    package struct Fault: Hashable, Sendable {
        package let row: Row
        package let said: Money
        package let booked: Money

        /// Which row.
        package enum Row: Hashable, Sendable {
            /// What it earned, or nothing once it is reversed.
            case commission(CommissionID)
            /// The sum of its commissions, and of those alone that stand where it stands.
            case payout(PayoutID)
            /// What is with the bank.
            case inTransit
            /// What is billed for its hires and not received.
            case company(CompanyID)
            /// What was received and what was paid.
            case bank
            /// What was received of it.
            case vat
        }
    }

    /// Checks everything that was ever booked; long, and of one snapshot.
    package func check(deadline: Duration = .seconds(60)) async throws -> Report {
        try await database.transaction(isolation: .readOnly, deadline: deadline) { transaction in
            let counts = try await transaction.first(
                """
                SELECT (SELECT count(*) FROM ledger_transfer), (SELECT count(*) FROM ledger_entry)
                """
            ) { row in (transfers: try row.next(Int.self), entries: try row.next(Int.self)) }
            return Report(
                transfers: counts?.transfers ?? 0, entries: counts?.entries ?? 0,
                totals: try await totals(in: transaction),
                accounts: try await accounts(in: transaction),
                unbalanced: try await unbalanced(in: transaction),
                clearing: try await clearing(in: transaction),
                mismatches: try await mismatches(in: transaction),
                faults: try await BookFaults.find(in: transaction))
        }
    }

    private func totals(in transaction: Transaction) async throws -> [Total] {
        try await transaction.query(
            """
            SELECT currency, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint,
                coalesce(sum(amount) FILTER (WHERE amount < 0), 0)::bigint
            FROM ledger_entry GROUP BY currency ORDER BY currency
            """
        ) { row in
            let currency: Currency = try row.next()
            return Total(
                debits: Money(minorUnits: try row.next(), currency: currency),
                credits: Money(minorUnits: try row.next(), currency: currency))
        }
    }

    private func accounts(in transaction: Transaction) async throws -> [Balance] {
        try await transaction.query(
            """
            SELECT a.kind, sum(e.amount)::bigint, e.currency
            FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
            GROUP BY a.kind, e.currency ORDER BY a.kind, e.currency
            """
        ) { row in Balance(kind: try row.next(), amount: try row.money()) }
    }

    private func unbalanced(in transaction: Transaction) async throws -> [TransferID] {
        try await transaction.query(
            """
            SELECT t.id FROM ledger_transfer t
            LEFT JOIN (
                SELECT transfer_id, sum(amount) AS sum, count(*) AS entries
                FROM ledger_entry GROUP BY transfer_id, currency) e ON e.transfer_id = t.id
            GROUP BY t.id
            HAVING coalesce(sum(e.entries), 0) < 2 OR bool_or(e.sum <> 0)
            ORDER BY t.id LIMIT 100
            """
        ) { row in try row.next(TransferID.self) }
    }

    private func clearing(in transaction: Transaction) async throws -> [Money] {
        try await transaction.query(
            """
            SELECT sum(e.amount)::bigint, e.currency
            FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
            WHERE a.kind = 'commission_clearing' GROUP BY e.currency ORDER BY e.currency
            """
        ) { row in try row.money() }
    }

    private func mismatches(in transaction: Transaction) async throws -> [Mismatch] {
        try await transaction.query(
            """
            SELECT affiliate_id, currency, coalesce(payable.sum, 0)::bigint,
                coalesce(owed.sum, 0)::bigint
            FROM (
                SELECT a.affiliate_id, e.currency, -sum(e.amount) AS sum
                FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
                WHERE a.kind = 'affiliate_payable' GROUP BY a.affiliate_id, e.currency) payable
            FULL JOIN (
                SELECT affiliate_id, currency, sum(amount) AS sum FROM commission
                WHERE state IN ('pending', 'approved', 'held') GROUP BY affiliate_id, currency) owed
                USING (affiliate_id, currency)
            WHERE coalesce(payable.sum, 0) <> coalesce(owed.sum, 0)
            ORDER BY affiliate_id, currency LIMIT 100
            """
        ) { row in
            let affiliate: AffiliateID = try row.next()
            let currency: Currency = try row.next()
            return Mismatch(
                affiliate: affiliate,
                payable: Money(minorUnits: try row.next(), currency: currency),
                open: Money(minorUnits: try row.next(), currency: currency))
        }
    }
}

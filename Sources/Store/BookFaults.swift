import Domain
import Postgres

/// The rows that say something else than the ledger.
///
/// What a batch has sent counts as in transit and no longer as owed: the payable of an affiliate is the
/// sum of what is pending, approved and held, the payouts in transit are the sum of what is processing.
enum BookFaults {
    static func find(in transaction: Transaction) async throws -> [Books.Fault] {
        var faults = try await commissions(in: transaction)
        faults += try await payouts(in: transaction)
        faults += try await account("payout_in_transit", .inTransit, inTransit, in: transaction)
        faults += try await account("bank", .bank, bank, in: transaction)
        faults += try await account("vat_payable", .vat, vat, in: transaction)
        return faults + (try await companies(in: transaction))
    }

    /// Every row was earned as its amount says, and taken back exactly when it is reversed.
    private static func commissions(
        in transaction: Transaction
    ) async throws -> [Books.Fault] {
        try await transaction.query(
            """
            SELECT m.id, m.currency, CASE m.state WHEN 'reversed' THEN 0 ELSE m.amount END,
                coalesce(sum(-e.amount), 0)::bigint
            FROM commission m
            LEFT JOIN (ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
                JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'affiliate_payable')
                ON t.commission_id = m.id AND a.affiliate_id = m.affiliate_id
                    AND e.currency = m.currency
            GROUP BY m.id
            HAVING CASE m.state WHEN 'reversed' THEN 0 ELSE m.amount END
                <> coalesce(sum(-e.amount), 0)
            ORDER BY m.id LIMIT 100
            """
        ) { row in
            let id: CommissionID = try row.next()
            return try fault(.commission(id), &row)
        }
    }

    /// A payout is the sum of its commissions, which stand where it stands, and left and ended as the
    /// ledger says.
    private static func payouts(in transaction: Transaction) async throws -> [Books.Fault] {
        try await transaction.query(
            """
            SELECT p.id, p.currency, p.amount, coalesce(sum(i.amount) FILTER (
                WHERE i.amount = m.amount AND m.currency = p.currency
                    AND m.affiliate_id = p.affiliate_id
                    AND i.live = (p.state <> 'failed')
                    AND CASE WHEN p.state = 'failed' THEN true
                        WHEN p.state = 'paid' THEN m.state = 'paid'
                        ELSE m.state = 'processing' END), 0)::bigint
                + (SELECT abs(1 - count(*) FILTER (WHERE t.kind = 'payout_sent'))
                    + abs(CASE WHEN p.state = 'paid' THEN 1 ELSE 0 END
                        - count(*) FILTER (WHERE t.kind = 'payout_settled'))
                    + abs(CASE WHEN p.state = 'failed' THEN 1 ELSE 0 END
                        - count(*) FILTER (WHERE t.kind = 'payout_failed'))
                    FROM ledger_transfer t WHERE t.payout_id = p.id)
            FROM payout p
            LEFT JOIN payout_item i ON i.payout_id = p.id
            LEFT JOIN commission m ON m.id = i.commission_id
            GROUP BY p.id
            HAVING p.amount <> coalesce(sum(i.amount) FILTER (
                WHERE i.amount = m.amount AND m.currency = p.currency
                    AND m.affiliate_id = p.affiliate_id
                    AND i.live = (p.state <> 'failed')
                    AND CASE WHEN p.state = 'failed' THEN true
                        WHEN p.state = 'paid' THEN m.state = 'paid'
                        ELSE m.state = 'processing' END), 0)
                OR (SELECT count(*) FILTER (WHERE t.kind = 'payout_sent') <> 1
                        OR count(*) FILTER (WHERE t.kind = 'payout_settled')
                            <> CASE WHEN p.state = 'paid' THEN 1 ELSE 0 END
                        OR count(*) FILTER (WHERE t.kind = 'payout_failed')
                            <> CASE WHEN p.state = 'failed' THEN 1 ELSE 0 END
                    FROM ledger_transfer t WHERE t.payout_id = p.id)
            ORDER BY p.id LIMIT 100
            """
        ) { row in
            let id: PayoutID = try row.next()
            return try fault(.payout(id), &row)
        }
    }

    /// What a company owes is what it was billed for and is not reversed, less what was received.
    private static func companies(in transaction: Transaction) async throws -> [Books.Fault] {
        try await transaction.query(
            """
            SELECT company_id, currency, coalesce(said.sum, 0)::bigint,
                coalesce(booked.sum, 0)::bigint
            FROM (
                SELECT company_id, currency, sum(amount) AS sum FROM (
                    SELECT i.company_id, m.currency, m.amount
                    FROM commission m JOIN hire h ON h.id = m.hire_id
                    JOIN introduction i ON i.id = h.introduction_id
                    WHERE m.borne_by = 'company' AND m.state <> 'reversed'
                    UNION ALL
                    SELECT company_id, currency, -amount FROM invoice WHERE state = 'received'
                ) AS parts GROUP BY company_id, currency) said
            FULL JOIN (
                SELECT a.company_id, e.currency, sum(e.amount) AS sum
                FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
                WHERE a.kind = 'company_receivable' GROUP BY a.company_id, e.currency) booked
                USING (company_id, currency)
            WHERE coalesce(said.sum, 0) <> coalesce(booked.sum, 0)
            ORDER BY company_id, currency LIMIT 100
            """
        ) { row in
            let id: CompanyID = try row.next()
            return try fault(.company(id), &row)
        }
    }

    private static let inTransit: SQL = """
        SELECT currency, -sum(amount) AS sum FROM commission WHERE state = 'processing'
        GROUP BY currency
        """

    private static let bank: SQL = """
        SELECT currency, sum(amount) AS sum FROM (
            SELECT currency, amount + vat_amount AS amount FROM invoice
                WHERE state = 'received'
            UNION ALL SELECT currency, -amount FROM payout WHERE state = 'paid') AS parts
        GROUP BY currency
        """

    private static let vat: SQL = """
        SELECT currency, -sum(vat_amount) AS sum FROM invoice WHERE state = 'received'
        GROUP BY currency
        """

    /// One of the accounts that belong to nobody, against what the rows make of it.
    private static func account(
        _ kind: String, _ row: Books.Fault.Row, _ rows: SQL, in transaction: Transaction
    ) async throws -> [Books.Fault] {
        try await transaction.query(
            """
            SELECT currency, coalesce(said.sum, 0)::bigint, coalesce(booked.sum, 0)::bigint
            FROM (\(fragment: rows)) said
            FULL JOIN (
                SELECT e.currency, sum(e.amount) AS sum
                FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
                WHERE a.kind = \(kind) GROUP BY e.currency) booked USING (currency)
            WHERE coalesce(said.sum, 0) <> coalesce(booked.sum, 0) ORDER BY currency
            """
        ) { columns in try fault(row, &columns) }
    }

    /// `currency, said, booked`.
    private static func fault(
        _ row: Books.Fault.Row, _ columns: inout Row
    ) throws -> Books.Fault {
        let currency: Currency = try columns.next()
        return Books.Fault(
            row: row, said: Money(minorUnits: try columns.next(), currency: currency),
            booked: Money(minorUnits: try columns.next(), currency: currency))
    }
}

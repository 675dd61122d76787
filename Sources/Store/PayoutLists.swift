import Domain
import Postgres

/// Batches and payouts, to be looked at.
package struct PayoutLists: Sendable {
    let database: Database

    /// One line of a batch.
    package struct Payout: Hashable, Sendable {
        package let id: PayoutID
        package let batch: PayoutBatchID
        package let affiliate: AffiliateID
        package let affiliateName: PersonName?
        package let details: PayoutDetails
        package let amount: Money
        package let state: PayoutState
        package let failure: PayoutFailure?
        package let note: Note
        package let createdAt: Instant
        package let settledAt: Instant?
    }

    /// The batches, newest first.
    package func batches(
        after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Payouts.Batch> {
        let rows = try await database.query(
            """
            \(fragment: Payouts.batches) WHERE b.id < \(cursor?.id ?? .max)
            GROUP BY b.id ORDER BY b.id DESC LIMIT \(limit.fetched)
            """, Payouts.batch)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// One batch.
    ///
    /// - Throws: `notFound(.payoutBatch)`.
    package func batch(_ id: PayoutBatchID) async throws -> Payouts.Batch {
        let found = try await database.queryFirst(
            "\(fragment: Payouts.batches) WHERE b.id = \(id) GROUP BY b.id", Payouts.batch)
        guard let found else { throw DomainError.notFound(.payoutBatch) }
        return found
    }

    /// The same, as the transaction sees it.
    package func batch(
        _ id: PayoutBatchID, in transaction: Transaction
    ) async throws -> Payouts.Batch {
        try await Payouts.find(id, in: transaction)
    }

    /// The payouts of a batch, in the order of its file.
    package func payouts(
        of batch: PayoutBatchID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Payout> {
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE p.batch_id = \(batch) AND p.id > \(cursor?.id ?? 0)
            ORDER BY p.id LIMIT \(limit.fetched)
            """, Self.payout)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// An affiliate's payouts, newest first.
    package func payouts(
        to affiliate: AffiliateID, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Payout> {
        let rows = try await database.query(
            """
            \(fragment: Self.selection)
            WHERE p.affiliate_id = \(affiliate) AND p.id < \(cursor?.id ?? .max)
            ORDER BY p.id DESC LIMIT \(limit.fetched)
            """, Self.payout)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// What some affiliates are called.
    package func names(of affiliates: [AffiliateID]) async throws -> [AffiliateID: PersonName] {
        let rows = try await database.query(
            """
            SELECT affiliate_id, name FROM account
            WHERE affiliate_id = ANY (\(affiliates.map(\.rawValue)))
            """
        ) { row in (try row.next(AffiliateID.self), try row.next(PersonName.self)) }
        return Dictionary(rows) { first, _ in first }
    }

    private static let selection: SQL = """
        SELECT p.id, p.batch_id, p.affiliate_id,
            (SELECT name FROM account WHERE affiliate_id = p.affiliate_id), p.holder, p.iban,
            p.country, p.tax_id, p.amount, p.currency, p.state, p.failure, p.note, b.created_at,
            p.settled_at
        FROM payout p JOIN payout_batch b ON b.id = p.batch_id
        """

    private static func payout(_ row: inout Row) throws -> Payout {
        Payout(
            id: try row.next(), batch: try row.next(), affiliate: try row.next(),
            affiliateName: try row.next(), details: try row.payoutDetails(),
            amount: try row.money(), state: try row.next(), failure: try row.next(),
            note: try row.next(), createdAt: try row.next(), settledAt: try row.next())
    }
}

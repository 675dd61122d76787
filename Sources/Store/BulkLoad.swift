import Domain
import Postgres

/// What a load of many rows begins and ends with.
package struct BulkLoad: Sendable {
    /// Any number that no other advisory lock of the product has: "demo" in ASCII.
    private static let lock: Int64 = 0x6465_6d6f

    /// Waits for another load to end, and says whether nothing was ever kept here.
    package func begin(in transaction: Transaction) async throws -> Bool {
        _ = try await transaction.query("SELECT pg_advisory_xact_lock(\(Self.lock))::text") { _ in }
        let isEmpty = try await transaction.first(
            """
            SELECT NOT EXISTS (SELECT FROM account) AND NOT EXISTS (SELECT FROM company)
                AND NOT EXISTS (SELECT FROM affiliate)
            """
        ) { row in try row.next(Bool.self) }
        return isEmpty ?? false
    }

    /// Says that the messages of a history that was loaded are not news to anybody.
    package func settleMessages(in transaction: Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE outbox SET delivered_at = created_at
            WHERE delivered_at IS NULL AND failed_at IS NULL
            """)
    }

    /// Gathers the statistics of the tables that grew: without them the first reads are planned
    /// for empty tables.
    package func analyze(in transaction: Transaction) async throws {
        try await transaction.execute(
            """
            ANALYZE company, affiliate, account, job, terms, link, link_click, candidate,
                introduction, stage_history, hire, commission, ledger_entry
            """)
    }
}

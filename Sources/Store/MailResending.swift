import Domain
import Postgres

extension MailDelivery {
    /// Sends a mail again that is not tried any more; one that waits or was delivered stays as it is.
    ///
    /// - Throws: `forbidden`, `notFound(.mail)`.
    package func resend(
        _ id: OutboxID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let found = try await transaction.first(
            """
            SELECT topic, attempts, coalesce(last_error, ''), failed_at IS NOT NULL FROM outbox
            WHERE id = \(id) FOR NO KEY UPDATE
            """
        ) { row in
            (
                topic: try row.next(String.self), attempts: try row.next(Int.self),
                error: try row.next(String.self), isDead: try row.next(Bool.self)
            )
        }
        guard let found else { throw DomainError.notFound(.mail) }
        guard found.isDead else { return }
        try await transaction.execute(
            """
            UPDATE outbox SET failed_at = NULL, attempts = 0, available_at = \(now)
            WHERE id = \(id)
            """)
        var detail = JSONObject()
        detail.set("topic", found.topic)
        detail.set("attempts", Int64(found.attempts))
        detail.set("error", Erasure.withoutAddresses(found.error))
        detail.set("from", "failed")
        detail.set("to", "waiting")
        try await AuditLog.append(
            "mail.resent", by: Actor(principal), on: "outbox", id.rawValue, detail: detail,
            at: now, in: transaction)
        // The worker is woken by new rows only.
        try await transaction.execute("NOTIFY outbox")
    }
}

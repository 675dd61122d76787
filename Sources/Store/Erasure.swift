import Domain
import Postgres

/// Removing what tells who a candidate was.
enum Erasure {
    /// Stands where a name was.
    private static let name = "–"
    /// Nobody's: RFC 2606 keeps the domain free for ever.
    private static let email = "erased@erased.invalid"

    /// Erases the person of an introduction that nobody confirmed: name, addresses, words, file, and
    /// the mail that told of it. That there was one, of whom and when, stays.
    static func erase(
        _ id: IntroductionID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE candidate SET name = \(name), email = \(email), phone = NULL, erased_at = \(now)
            WHERE id = (SELECT candidate_id FROM introduction WHERE id = \(id))
            """)
        try await transaction.execute(
            """
            UPDATE introduction SET email_folded = 'erased:' || id, phone_folded = NULL,
                message = '', recommendation = ''
            WHERE id = \(id)
            """)
        try await transaction.execute("DELETE FROM cv WHERE introduction_id = \(id)")
        try await transaction.execute(
            """
            DELETE FROM demo_mail
            WHERE outbox_id IN (SELECT id FROM outbox WHERE introduction_id = \(id))
            """)
        // What is on its way to the person has no address any more.
        try await transaction.execute(
            """
            UPDATE outbox SET payload = '{}',
                failed_at = CASE WHEN delivered_at IS NULL THEN coalesce(failed_at, \(now)) END,
                last_error = CASE WHEN delivered_at IS NULL THEN coalesce(last_error, 'erased') END
            WHERE introduction_id = \(id)
            """)
    }
}

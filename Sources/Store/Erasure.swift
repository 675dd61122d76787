import Domain
import Postgres

/// Removing what tells who a candidate was.
enum Erasure {
    /// Stands where a name was.
    private static let name = "–"
    /// Nobody's: RFC 2606 keeps the domain free for ever.
    private static let email = "erased@erased.invalid"

    /// Erases the person of an introduction: name, addresses, words, file, notes of others, and the
    /// mails that told of it. That there was one, of whom and when, stays.
    ///
    /// - Parameter standIn: what stands for the folded address from now on; nil where nobody has to
    ///   be found again, because nobody confirmed.
    static func erase(
        _ id: IntroductionID, standIn: String? = nil, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await forgetAddress(of: id, in: transaction)
        try await transaction.execute(
            """
            UPDATE candidate SET name = \(name), email = \(email), phone = NULL, erased_at = \(now)
            WHERE id = (SELECT candidate_id FROM introduction WHERE id = \(id))
            """)
        try await transaction.execute(
            """
            UPDATE introduction SET email_folded = coalesce(\(standIn), 'erased:' || id),
                phone_folded = NULL, message = '', recommendation = '', application_key = NULL
            WHERE id = \(id)
            """)
        try await transaction.execute("DELETE FROM cv WHERE introduction_id = \(id)")
        try await eraseNotes(about: id, in: transaction)
        try await eraseMails(about: id, at: now, in: transaction)
    }

    /// What others wrote about the person at a stage or with a report. Reasons from the list stay, and so
    /// do the words beside decisions about money, which explain the books.
    private static func eraseNotes(
        about id: IntroductionID, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            "UPDATE stage_history SET note = '' WHERE introduction_id = \(id) AND note <> ''")
        try await transaction.execute(
            "UPDATE hire SET note = '' WHERE introduction_id = \(id) AND note <> ''")
    }

    /// What a mail server or the person said of the address, unless it is somebody's else too.
    private static func forgetAddress(
        of id: IntroductionID, in transaction: Transaction
    ) async throws {
        let key = try await transaction.first(
            """
            SELECT lower(p.email) FROM introduction i JOIN candidate p ON p.id = i.candidate_id
            WHERE i.id = \(id) AND NOT EXISTS (SELECT FROM candidate
                    WHERE lower(email) = lower(p.email) AND id <> p.id)
                AND NOT EXISTS (SELECT FROM account WHERE email_key = lower(p.email))
            """
        ) { row in try row.next(String.self) }
        guard let key else { return }
        try await transaction.execute("DELETE FROM mail_suppression WHERE email_key = \(key)")
        try await transaction.execute("DELETE FROM mail_opt_out WHERE email_key = \(key)")
    }

    private static func eraseMails(
        about id: IntroductionID, at now: Instant, in transaction: Transaction
    ) async throws {
        // Also those to others, which name the person; the mailbox of a demo is small.
        try await transaction.execute(
            """
            DELETE FROM demo_mail d USING outbox o
            WHERE o.id = d.outbox_id AND (o.introduction_id = \(id)
                OR (o.payload->>'introduction')::bigint = \(id)
                OR (o.payload->>'hire')::bigint IN (
                    SELECT id FROM hire WHERE introduction_id = \(id))
                OR (o.payload->>'commission')::bigint IN (
                    SELECT m.id FROM commission m JOIN hire h ON h.id = m.hire_id
                    WHERE h.introduction_id = \(id)))
            """)
        // What is on its way to the person has no address any more; what the mail server said of it
        // may name it.
        try await transaction.execute(
            """
            UPDATE outbox SET payload = '{}',
                failed_at = CASE WHEN delivered_at IS NULL THEN coalesce(failed_at, \(now)) END,
                last_error = CASE WHEN delivered_at IS NULL OR last_error IS NOT NULL
                    THEN 'erased' END
            WHERE introduction_id = \(id)
            """)
    }

    /// A text for a log that never forgets: of each address in it only the domain is left.
    static func withoutAddresses(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.lastIndex(of: "@").map { "…" + word[$0...] } ?? String(word)
        }.joined(separator: " ")
    }

    /// Forgets the hashes whose 180 days are over; returns how many.
    static func forgetHashes(at now: Instant, in database: Database) async throws -> Int {
        let oldest = now.adding(days: -Attribution.ownershipDays)
        return try await database.execute(
            """
            UPDATE introduction SET email_folded = 'erased:' || id
            WHERE email_folded LIKE 'hashed:%' AND confirmed_at <= \(oldest)
            """)
    }
}

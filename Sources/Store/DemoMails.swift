import Domain
import Postgres

/// The mailbox of a demo: what would have been sent, the newest five hundred.
package struct DemoMails: Sendable {
    let database: Database

    package static let kept = 500

    /// A mail as a list names it.
    package struct Entry: Hashable, Sendable {
        package let id: DemoMailID
        package let recipients: String
        package let subject: String
        package let at: Instant
    }

    /// A whole mail.
    package struct Mail: Hashable, Sendable {
        package let entry: Entry
        package let text: String
        package let html: String
        /// As it would have been sent (RFC 5322).
        package let message: String

        package init(
            id: DemoMailID = DemoMailID(0), recipients: String, subject: String, at: Instant,
            text: String, html: String, message: String
        ) {
            entry = Entry(id: id, recipients: recipients, subject: subject, at: at)
            self.text = text
            self.html = html
            self.message = message
        }
    }

    /// Keeps a mail, and removes the oldest.
    package func add(_ mail: Mail, of id: OutboxID) async throws {
        try await database.execute(
            """
            WITH added AS (
                INSERT INTO demo_mail (outbox_id, recipients, subject, body, html, message,
                    created_at)
                VALUES (\(id), \(mail.entry.recipients), \(mail.entry.subject), \(mail.text),
                    \(mail.html), \(mail.message), \(mail.entry.at))
                RETURNING id)
            DELETE FROM demo_mail m USING added a WHERE m.id <= a.id - \(Self.kept)
            """)
    }

    /// The mails, newest first.
    package func list() async throws -> [Entry] {
        try await database.query(
            """
            SELECT id, recipients, subject, created_at FROM demo_mail ORDER BY id DESC
            LIMIT \(Self.kept)
            """, Self.entry)
    }

    /// One mail; nil where it is gone.
    package func find(_ id: DemoMailID) async throws -> Mail? {
        try await database.queryFirst(
            """
            SELECT id, recipients, subject, created_at, body, html, message FROM demo_mail
            WHERE id = \(id)
            """
        ) { row in
            let entry = try Self.entry(&row)
            return Mail(
                id: entry.id, recipients: entry.recipients, subject: entry.subject, at: entry.at,
                text: try row.next(), html: try row.next(), message: try row.next())
        }
    }

    private static func entry(_ row: inout Row) throws -> Entry {
        Entry(
            id: try row.next(), recipients: try row.next(), subject: try row.next(),
            at: try row.next())
    }
}

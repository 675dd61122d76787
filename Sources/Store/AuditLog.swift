import Domain
import Postgres

/// Who did what, to be read by admins; rows are only ever added.
package struct AuditLog: Sendable {
    let database: Database

    /// One thing that was done.
    package struct Entry: Hashable, Sendable {
        package let id: AuditID
        package let at: Instant
        /// `company`, `affiliate`, `admin`, `candidate` or `system`.
        package let actor: String
        package let actorName: PersonName?
        /// As in `hire.recorded`.
        package let action: String
        /// The table and key of what it was done to.
        package let subject: String
        package let subjectID: Int64
        /// A flat JSON object.
        package let detail: String
    }

    /// Adds a row in the transaction of what it tells about; returns its key.
    @discardableResult
    static func append(
        _ action: String, by actor: Actor, on subject: String, _ id: Int64,
        detail: JSONObject = JSONObject(), at now: Instant, in transaction: Transaction
    ) async throws -> AuditID {
        let id = try await transaction.first(
            """
            INSERT INTO audit (at, actor, account_id, action, subject, subject_id, detail)
            VALUES (\(now), \(actor.kind), \(actor.account), \(action), \(subject), \(id),
                \(detail.json)) RETURNING id
            """
        ) { row in try row.next(AuditID.self) }
        return id ?? AuditID(0)
    }

    /// The log, newest first.
    package func list(
        after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Entry> {
        let before = cursor?.id ?? .max
        let rows = try await database.query(
            """
            SELECT a.id, a.at, a.actor, p.name, a.action, a.subject, a.subject_id, a.detail
            FROM audit a LEFT JOIN account p ON p.id = a.account_id
            WHERE a.id < \(before) ORDER BY a.id DESC LIMIT \(limit.fetched)
            """, Self.entry)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    /// The log of one thing, newest first.
    package func list(
        of subject: String, _ id: Int64, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Entry> {
        let before = cursor?.id ?? .max
        let rows = try await database.query(
            """
            SELECT a.id, a.at, a.actor, p.name, a.action, a.subject, a.subject_id, a.detail
            FROM audit a LEFT JOIN account p ON p.id = a.account_id
            WHERE a.subject = \(subject) AND a.subject_id = \(id) AND a.id < \(before)
            ORDER BY a.id DESC LIMIT \(limit.fetched)
            """, Self.entry)
        return Listing(rows, limit: limit) { Cursor(id: $0.id.rawValue) }
    }

    private static func entry(_ row: inout Row) throws -> Entry {
        Entry(
            id: try row.next(), at: try row.next(), actor: try row.next(),
            actorName: try row.next(), action: try row.next(), subject: try row.next(),
            subjectID: try row.next(), detail: try row.next())
    }
}

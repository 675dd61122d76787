import Domain
import Postgres

/// Who did what, to be read by admins; rows are only ever added.
package struct AuditLog: Sendable {
    let database: Database

    /// The network address that the running request came from, which every row added meanwhile keeps;
    /// nil for the clock and for commands.
    ///
    /// Task-local, because each deed of the store adds rows and none of them has to do with networks.
    @TaskLocal package static var address: String?

    /// One thing that was done.
    package struct Entry: Hashable, Sendable {
        package let id: AuditID
        package let at: Instant
        /// `company`, `affiliate`, `admin`, `candidate` or `system`.
        package let actor: String
        /// Nil for those without an account.
        package let account: AccountID?
        package let actorName: PersonName?
        /// Where it was asked from; nil for the clock and for commands.
        package let address: String?
        /// As in `hire.recorded`.
        package let action: String
        /// The table and key of what it was done to.
        package let subject: String
        package let subjectID: Int64
        /// A flat JSON object.
        package let detail: String

        package init(
            id: AuditID, at: Instant, actor: String, account: AccountID?, actorName: PersonName?,
            address: String?, action: String, subject: String, subjectID: Int64, detail: String
        ) {
            self.id = id
            self.at = at
            self.actor = actor
            self.account = account
            self.actorName = actorName
            self.address = address
            self.action = action
            self.subject = subject
            self.subjectID = subjectID
            self.detail = detail
        }
    }

    /// Which rows are wanted; what is nil is not asked about.
    package struct Filter: Hashable, Sendable {
        /// The table of what something was done to.
        package var subject: String?
        /// Its key; without a subject it says nothing.
        package var subjectID: Int64?
        /// Who did it.
        package var account: AccountID?
        /// As in `hire.recorded`.
        package var action: String?
        /// In UTC.
        package var day: CalendarDate?

        package init(
            subject: String? = nil, subjectID: Int64? = nil, account: AccountID? = nil,
            action: String? = nil, day: CalendarDate? = nil
        ) {
            self.subject = subject
            self.subjectID = subjectID
            self.account = account
            self.action = action
            self.day = day
        }
    }

    /// Adds a row in the transaction of what it tells about; returns its key.
    @discardableResult
    static func append(
        _ action: String, by actor: Actor, on subject: String, _ id: Int64,
        detail: JSONObject = JSONObject(), at now: Instant, in transaction: Transaction
    ) async throws -> AuditID {
        let id = try await transaction.first(
            """
            INSERT INTO audit (at, actor, account_id, address, action, subject, subject_id, detail)
            VALUES (\(now), \(actor.kind), \(actor.account), \(address), \(action), \(subject),
                \(id), \(detail.json)) RETURNING id
            """
        ) { row in try row.next(AuditID.self) }
        return id ?? AuditID(0)
    }

    /// Writes down that an admin switched the overload control of an instance.
    package func noteOverloadMode(
        from old: String, to new: String, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        var detail = JSONObject()
        detail.set("from", old)
        detail.set("to", new)
        try await Self.append(
            "overload.switched", by: Actor(principal), on: "overload", 0, detail: detail, at: now,
            in: transaction)
    }

    /// The log, newest first.
    package func list(
        _ filter: Filter = Filter(), after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Entry> {
        let rows = try await database.query(
            Self.statement(filter, after: cursor, limit: limit), Self.entry)
        return Listing(rows, limit: limit) { Cursor(time: $0.at, id: $0.id.rawValue) }
    }

    /// The log of one thing, newest first.
    package func list(
        of subject: String, _ id: Int64, after cursor: Cursor? = nil, limit: PageLimit = .usual
    ) async throws -> Listing<Entry> {
        try await list(Filter(subject: subject, subjectID: id), after: cursor, limit: limit)
    }

    /// Each condition has an index in the order of the list; several at once are few rows of one.
    static func statement(_ filter: Filter, after cursor: Cursor?, limit: PageLimit) -> SQL {
        var conditions: [SQL] = []
        if let subject = filter.subject {
            conditions.append("a.subject = \(subject)")
            if let id = filter.subjectID { conditions.append("a.subject_id = \(id)") }
        }
        if let account = filter.account { conditions.append("a.account_id = \(account)") }
        if let action = filter.action { conditions.append("a.action = \(action)") }
        if let day = filter.day {
            let (start, end) = (Instant(day), Instant(day.adding(days: 1)))
            conditions.append("a.at >= \(start) AND a.at < \(end)")
        }
        if let cursor { conditions.append("(a.at, a.id) < (\(cursor.time), \(cursor.id))") }
        let all: SQL = conditions.isEmpty ? "true" : SQL.joined(conditions, by: " AND ")
        return """
            SELECT a.id, a.at, a.actor, a.account_id, p.name, a.address, a.action, a.subject,
                a.subject_id, a.detail
            FROM audit a LEFT JOIN account p ON p.id = a.account_id
            WHERE \(fragment: all) ORDER BY a.at DESC, a.id DESC LIMIT \(limit.fetched)
            """
    }

    private static func entry(_ row: inout Row) throws -> Entry {
        Entry(
            id: try row.next(), at: try row.next(), actor: try row.next(),
            account: try row.next(), actorName: try row.next(), address: try row.next(),
            action: try row.next(), subject: try row.next(), subjectID: try row.next(),
            detail: try row.next())
    }
}

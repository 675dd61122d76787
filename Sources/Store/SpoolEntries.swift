import Domain
import Postgres

/// What instances kept while the database was away, and what became of it.
package struct SpoolEntries: Sendable {
    let database: Database
    let applications: Applications

    /// A kept write, as the record of a spool names it.
    package struct Record: Hashable, Sendable {
        /// 16 bytes.
        package let key: [UInt8]
        /// Of the page that says what became of it.
        package let receipt: ReceiptCode?
        package let sentAt: Instant

        package init(key: [UInt8], receipt: ReceiptCode?, sentAt: Instant) {
            self.key = key
            self.receipt = receipt
            self.sentAt = sentAt
        }
    }

    /// What became of a kept write.
    package enum Outcome: Hashable, Sendable {
        /// It is the application with this receipt.
        case accepted(ReceiptCode)
        /// Refused: the person was introduced to the job before it was sent.
        case duplicate
        /// An admin decided against it.
        case putAway

        fileprivate var name: String {
            switch self {
            case .accepted: "accepted"
            case .duplicate: "duplicate"
            case .putAway: "put_away"
            }
        }

        fileprivate var application: ReceiptCode? {
            guard case .accepted(let receipt) = self else { return nil }
            return receipt
        }
    }

    /// Somebody else introduced the person after this was sent and before it could be applied: whose
    /// they are is for a person to decide.
    package struct Overtaken: Error {}

    /// What became of the write with a receipt; nil where none was applied.
    package func find(_ receipt: ReceiptCode) async throws -> Outcome? {
        try await database.readFirst(
            "SELECT outcome, application FROM spool_entry WHERE receipt = \(receipt)"
        ) { row in Self.outcome(try row.next(), try row.next()) }
    }

    /// Applies an application that was kept, or finds that it was applied before.
    ///
    /// - Throws: what `Applications.submit` throws, and `Overtaken`; then nothing is written.
    package func apply(
        _ record: Record, _ submission: Applications.Submission, at now: Instant,
        in transaction: Transaction
    ) async throws -> Outcome {
        // A second transaction with this key waits here until the first has ended.
        let draft = Outcome.putAway
        let isNew = try await insert(record, draft, at: now, in: transaction)
        guard isNew else { return try await known(record, in: transaction) ?? draft }
        let outcome: Outcome
        switch try await applications.submit(submission, in: transaction) {
        case .accepted(_, let receipt): outcome = .accepted(receipt)
        case .duplicate:
            guard try await !isOvertaken(submission, in: transaction) else { throw Overtaken() }
            outcome = .duplicate
        }
        try await transaction.execute(
            """
            UPDATE spool_entry SET outcome = \(outcome.name), application = \(outcome.application)
            WHERE key = \(record.key)
            """)
        return outcome
    }

    /// Notes that an admin decided against a kept write, so that no instance applies it.
    ///
    /// - Returns: what became of it, where that was decided before.
    package func putAway(
        _ record: Record, sequence: Int64, reason: String, by admin: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws -> Outcome {
        guard try await insert(record, .putAway, at: now, in: transaction) else {
            return try await known(record, in: transaction) ?? .putAway
        }
        var detail = JSONObject()
        detail.set("reason", reason)
        try await AuditLog.append(
            "spool.put_away", by: Actor(admin), on: "spool_entry", sequence, detail: detail,
            at: now, in: transaction)
        return .putAway
    }

    /// Notes that an admin lets a kept write be tried again.
    package func noteRetry(
        sequence: Int64, reason: String, by admin: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        guard admin.role == .admin else { throw DomainError.forbidden }
        var detail = JSONObject()
        detail.set("reason", reason)
        try await AuditLog.append(
            "spool.tried_again", by: Actor(admin), on: "spool_entry", sequence, detail: detail,
            at: now, in: transaction)
    }

    /// Forgets what was applied a year ago: no spool has it any more.
    @discardableResult
    package func purge(at now: Instant) async throws -> Int {
        try await database.execute(
            "DELETE FROM spool_entry WHERE applied_at < \(now.adding(days: -365))")
    }

    private func insert(
        _ record: Record, _ outcome: Outcome, at now: Instant, in transaction: Transaction
    ) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO spool_entry (key, kind, receipt, outcome, sent_at, applied_at)
            VALUES (\(record.key), 'application', \(record.receipt), \(outcome.name),
                \(record.sentAt), \(now))
            ON CONFLICT (key) DO NOTHING
            """) == 1
    }

    private func known(
        _ record: Record, in transaction: Transaction
    ) async throws -> Outcome? {
        try await transaction.first(
            "SELECT outcome, application FROM spool_entry WHERE key = \(record.key)"
        ) { row in Self.outcome(try row.next(), try row.next()) }
    }

    private static func outcome(_ name: String, _ application: ReceiptCode?) -> Outcome {
        if let application { return .accepted(application) }
        return name == Outcome.duplicate.name ? .duplicate : .putAway
    }

    /// Whether whoever owns the person for the job was confirmed only after this was sent, by
    /// another way.
    private func isOvertaken(
        _ submission: Applications.Submission, in transaction: Transaction
    ) async throws -> Bool {
        let person = submission.application
        let found = try await transaction.first(
            """
            SELECT 1 FROM introduction i JOIN job j ON j.id = i.job_id
            WHERE j.slug = \(submission.job) AND i.owns AND i.confirmed_at > \(submission.at)
                AND (i.email_folded = \(person.email.folded)
                    OR i.phone_folded = \(person.phone?.folded))
                AND i.affiliate_id IS DISTINCT FROM (
                    SELECT affiliate_id FROM link
                    WHERE code = \(submission.via) AND job_id = i.job_id)
            LIMIT 1
            """
        ) { row in try row.next(Int32.self) }
        return found != nil
    }
}

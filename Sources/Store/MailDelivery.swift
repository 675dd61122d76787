import Domain
import Postgres

/// How the delivery of mails goes: what waits, what failed, how long it takes.
package struct MailDelivery: Sendable {
    let database: Database

    /// The state of the outbox, and how long the newest deliveries took.
    package struct State: Hashable, Sendable {
        package let waiting: Int
        package let oldestWaiting: Instant?
        package let failed: Int
        /// Milliseconds from the commit of what it tells about to the mail server's word, at the
        /// 50th and the 99th percentile of the newest `measured` deliveries; nil without any.
        package let median: Int?
        package let slowest: Int?

        package init(
            waiting: Int, oldestWaiting: Instant?, failed: Int, median: Int?, slowest: Int?
        ) {
            self.waiting = waiting
            self.oldestWaiting = oldestWaiting
            self.failed = failed
            self.median = median
            self.slowest = slowest
        }
    }

    /// A mail that is not tried again by itself.
    package struct DeadLetter: Hashable, Sendable {
        package let id: OutboxID
        package let topic: String
        package let recipient: String
        package let error: String
        package let attempts: Int
        package let failedAt: Instant

        package init(
            id: OutboxID, topic: String, recipient: String, error: String, attempts: Int,
            failedAt: Instant
        ) {
            self.id = id
            self.topic = topic
            self.recipient = recipient
            self.error = error
            self.attempts = attempts
            self.failedAt = failedAt
        }
    }

    /// An address that gets nothing any more.
    package struct Suppressed: Hashable, Sendable {
        package let address: EmailAddress
        package let reason: String
        package let since: Instant

        package init(address: EmailAddress, reason: String, since: Instant) {
            self.address = address
            self.reason = reason
            self.since = since
        }
    }

    /// How many deliveries are measured.
    package static let measured = 1_000

    package func state() async throws -> State {
        let state = try await database.queryFirst(
            """
            SELECT (SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND failed_at IS NULL),
                (SELECT min(created_at) FROM outbox
                    WHERE delivered_at IS NULL AND failed_at IS NULL),
                (SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL),
                t.median, t.slowest
            FROM (SELECT
                    percentile_disc(0.5) WITHIN GROUP (ORDER BY took) AS median,
                    percentile_disc(0.99) WITHIN GROUP (ORDER BY took) AS slowest
                FROM (SELECT
                        (extract(epoch FROM delivered_at - created_at) * 1000)::bigint AS took
                    FROM outbox WHERE delivered_at > created_at
                    ORDER BY delivered_at DESC LIMIT \(Self.measured)) AS newest) AS t
            """
        ) { row in
            State(
                waiting: try row.next(), oldestWaiting: try row.next(), failed: try row.next(),
                median: try row.next(), slowest: try row.next())
        }
        return state
            ?? State(waiting: 0, oldestWaiting: nil, failed: 0, median: nil, slowest: nil)
    }

    /// The dead letters, newest first.
    package func deadLetters(limit: PageLimit = .usual) async throws -> [DeadLetter] {
        try await database.query(
            """
            SELECT id, topic, recipient, coalesce(last_error, ''), attempts, failed_at FROM outbox
            WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id DESC LIMIT \(limit.value)
            """
        ) { row in
            DeadLetter(
                id: try row.next(), topic: try row.next(), recipient: try row.next(),
                error: try row.next(), attempts: try row.next(), failedAt: try row.next())
        }
    }

    /// The addresses that get nothing, the newest first.
    package func suppressed(limit: PageLimit = .usual) async throws -> [Suppressed] {
        try await database.query(
            """
            SELECT email_key, reason, created_at FROM mail_suppression
            ORDER BY created_at DESC, email_key LIMIT \(limit.value)
            """
        ) { row in
            Suppressed(
                address: try row.next(), reason: try row.next(), since: try row.next())
        }
    }

    /// Sends to an address again; what failed meanwhile is not repeated by that.
    package func allow(
        _ address: EmailAddress, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let removed = try await transaction.execute(
            "DELETE FROM mail_suppression WHERE email_key = \(address.key)")
        guard removed > 0 else { return }
        var detail = JSONObject()
        // The log never forgets, and the address may be that of somebody who wants to be erased.
        detail.set("address", Erasure.withoutAddresses(address.key))
        try await AuditLog.append(
            "mail.allowed", by: Actor(principal), on: "mail_suppression", 0, detail: detail,
            at: now, in: transaction)
    }

    /// Ends the mails that may be ended for whomever a message went to (RFC 8058).
    ///
    /// - Returns: false where there is no such message, or nobody it could have gone to.
    package func optOut(of id: OutboxID, at now: Instant) async throws -> Bool {
        let addresses = try await database.query(
            """
            SELECT a.email_key FROM outbox o JOIN account a ON a.affiliate_id = o.affiliate_id
            WHERE o.id = \(id)
            UNION SELECT a.email_key FROM outbox o JOIN account a ON a.company_id = o.company_id
            WHERE o.id = \(id)
            UNION SELECT a.email_key FROM outbox o JOIN account a ON a.id = o.account_id
            WHERE o.id = \(id)
            UNION SELECT lower(c.email) FROM outbox o JOIN introduction i ON i.id = o.introduction_id
            JOIN candidate c ON c.id = i.candidate_id
            WHERE o.id = \(id) AND o.recipient = 'candidate'
            LIMIT 20
            """
        ) { row in try row.next(String.self) }
        for address in addresses {
            try await database.execute(
                """
                INSERT INTO mail_opt_out (email_key, created_at) VALUES (\(address), \(now))
                ON CONFLICT (email_key) DO NOTHING
                """)
        }
        return !addresses.isEmpty
    }
}

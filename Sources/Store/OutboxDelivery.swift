import Domain
import Postgres

extension Outbox {
    /// A message that one worker has to itself for a while.
    package struct Claim: Hashable, Sendable {
        package let id: OutboxID
        package let topic: String
        /// `affiliate`, `company`, `candidate`, `admin` or `account`.
        package let role: String
        package let payload: [String: String]
        package let createdAt: Instant
        /// Tries so far, this one included.
        package let attempts: Int
        /// Whom it goes to, without those who take nothing; maybe nobody.
        package let recipients: [EmailAddress]
        package let name: PersonName
        package let language: Language
        /// The introduction that it is about, where there is one.
        package let about: About?

        package init(
            id: OutboxID, topic: String, role: String, payload: [String: String],
            createdAt: Instant, attempts: Int, recipients: [EmailAddress], name: PersonName,
            language: Language, about: About?
        ) {
            self.id = id
            self.topic = topic
            self.role = role
            self.payload = payload
            self.createdAt = createdAt
            self.attempts = attempts
            self.recipients = recipients
            self.name = name
            self.language = language
            self.about = about
        }
    }

    /// What is known of an introduction when a message about it goes out.
    package struct About: Hashable, Sendable {
        package let job: JobTitle
        package let company: CompanyName
        package let candidate: PersonName
        package let receipt: ReceiptCode

        package init(
            job: JobTitle, company: CompanyName, candidate: PersonName, receipt: ReceiptCode
        ) {
            self.job = job
            self.company = company
            self.candidate = candidate
            self.receipt = receipt
        }
    }

    /// Takes messages that are due, oldest first, and leaves those alone that others work on.
    ///
    /// They come back after the lease, in case that whoever claimed them has died.
    package func claim(
        limit: Int, at now: Instant, leaseSeconds: Int
    ) async throws -> [Claim] {
        let claims = try await database.executeReturning(
            Self.claimStatement(limit: limit, at: now, until: now.adding(seconds: leaseSeconds)),
            Self.claim)
        // What RETURNING lists has no order of its own.
        return claims.sorted { $0.id.rawValue < $1.id.rawValue }
    }

    private static func claim(_ row: inout Row) throws -> Claim {
        let id: OutboxID = try row.next()
        let topic: String = try row.next()
        let role: String = try row.next()
        let createdAt: Instant = try row.next()
        let attempts: Int = try row.next()
        let keys: [String] = try row.next()
        let values: [String] = try row.next()
        let addresses: [String] = try row.next()
        let name: PersonName? = try row.next()
        let language: Language? = try row.next()
        let job: JobTitle? = try row.next()
        let company: CompanyName? = try row.next()
        let candidate: PersonName? = try row.next()
        let receipt: ReceiptCode? = try row.next()
        var about: About?
        if let job, let company, let candidate, let receipt {
            about = About(
                job: job, company: company, candidate: candidate, receipt: receipt)
        }
        var payload: [String: String] = [:]
        for (key, value) in zip(keys, values) { payload[key] = value }
        return Claim(
            id: id, topic: topic, role: role, payload: payload, createdAt: createdAt,
            attempts: attempts, recipients: addresses.map(EmailAddress.init(stored:)),
            name: name ?? PersonName(stored: ""), language: language ?? .english, about: about)
    }

    /// The topics whose messages go to the address that they name, and not to the present one.
    private static let addressed = [
        "payout_account.changed", "account.confirm_address", "account.address_changed",
        "account.password_reset", "account.password_changed",
    ]

    static func claimStatement(limit: Int, at now: Instant, until end: Instant) -> SQL {
        let addressed = Self.addressed
        let optional = Topic.allCases.filter(\.isOptional).map(\.rawValue)
        return """
            WITH claimed AS (
                UPDATE outbox SET available_at = \(end), attempts = attempts + 1
                WHERE id IN (
                    SELECT id FROM outbox
                    WHERE delivered_at IS NULL AND failed_at IS NULL AND available_at <= \(now)
                    ORDER BY available_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED)
                RETURNING *),
            reader AS (
                SELECT o.id, o.topic, r.email, r.name, r.language
                FROM claimed o CROSS JOIN LATERAL (
                    SELECT a.email, a.name, a.language FROM account a
                    WHERE o.recipient = 'affiliate' AND a.affiliate_id = o.affiliate_id
                        AND a.disabled_at IS NULL
                    UNION ALL
                    SELECT a.email, a.name, a.language FROM account a
                    WHERE o.recipient = 'company' AND a.company_id = o.company_id
                        AND a.disabled_at IS NULL
                    UNION ALL
                    SELECT c.email, c.name, c.language FROM introduction i
                    JOIN candidate c ON c.id = i.candidate_id
                    WHERE o.recipient = 'candidate' AND i.id = o.introduction_id
                    UNION ALL
                    SELECT a.email, a.name, a.language FROM account a
                    WHERE o.recipient = 'admin' AND a.role = 'admin' AND a.disabled_at IS NULL
                        AND a.password_hash <> \(AccountLock.noPassword)
                    UNION ALL
                    SELECT a.email, a.name, a.language FROM account a
                    WHERE o.recipient = 'account' AND a.id = o.account_id
                ) AS r),
            named AS (
                SELECT r.id, r.name, r.language,
                    CASE WHEN r.topic = ANY (\(addressed))
                        THEN coalesce(o.payload ->> 'address', r.email) ELSE r.email END AS email,
                    r.topic
                FROM reader r JOIN claimed o ON o.id = r.id),
            allowed AS (
                SELECT n.* FROM named n
                WHERE NOT EXISTS (
                        SELECT FROM mail_suppression s WHERE s.email_key = lower(n.email))
                    AND (n.topic <> ALL (\(optional)) OR NOT EXISTS (
                        SELECT FROM mail_opt_out t WHERE t.email_key = lower(n.email))))
            SELECT o.id, o.topic, o.recipient, o.created_at, o.attempts,
                ARRAY(SELECT key FROM jsonb_each_text(o.payload) WHERE value IS NOT NULL ORDER BY 1),
                ARRAY(SELECT value FROM jsonb_each_text(o.payload) WHERE value IS NOT NULL
                    ORDER BY key),
                ARRAY(SELECT DISTINCT a.email FROM allowed a WHERE a.id = o.id ORDER BY 1 LIMIT 20),
                (SELECT a.name FROM allowed a WHERE a.id = o.id ORDER BY a.email LIMIT 1),
                (SELECT a.language FROM allowed a WHERE a.id = o.id ORDER BY a.email LIMIT 1),
                j.title, c.name, p.name, i.receipt
            FROM claimed o
            LEFT JOIN introduction i ON i.id = coalesce(o.introduction_id,
                (o.payload ->> 'introduction')::bigint,
                (SELECT h.introduction_id FROM hire h WHERE h.id = (o.payload ->> 'hire')::bigint))
            LEFT JOIN job j ON j.id = i.job_id
            LEFT JOIN company c ON c.id = i.company_id
            LEFT JOIN candidate p ON p.id = i.candidate_id
            """
    }

    /// The mail server has taken it; the secret of its link is now the reader's alone.
    package func delivered(_ id: OutboxID, at now: Instant) async throws {
        try await database.execute(
            """
            UPDATE outbox SET delivered_at = \(now), last_error = NULL, payload = payload - 'token'
            WHERE id = \(id) AND delivered_at IS NULL
            """)
    }

    /// It is tried again at that time.
    package func putOff(_ id: OutboxID, until time: Instant, reason: String) async throws {
        try await database.execute(
            """
            UPDATE outbox SET available_at = \(time), last_error = left(\(reason), 1000)
            WHERE id = \(id) AND delivered_at IS NULL AND failed_at IS NULL
            """)
    }

    /// It was not tried at all: as if it had not been claimed.
    package func giveBack(_ id: OutboxID, at now: Instant, reason: String) async throws {
        try await database.execute(
            """
            UPDATE outbox SET available_at = \(now), attempts = greatest(attempts - 1, 0),
                last_error = left(\(reason), 1000)
            WHERE id = \(id) AND delivered_at IS NULL AND failed_at IS NULL
            """)
    }

    /// It is not tried again, unless an admin says so.
    package func failed(_ id: OutboxID, reason: String, at now: Instant) async throws {
        try await database.execute(
            """
            UPDATE outbox SET failed_at = \(now), last_error = left(\(reason), 1000)
            WHERE id = \(id) AND delivered_at IS NULL AND failed_at IS NULL
            """)
    }

    /// Nothing is sent to this address any more.
    package func suppress(
        _ address: EmailAddress, _ reason: String, by id: OutboxID, at now: Instant
    ) async throws {
        try await database.execute(
            """
            INSERT INTO mail_suppression (email_key, reason, outbox_id, created_at)
            VALUES (\(address.key), left(\(reason), 1000), \(id), \(now))
            ON CONFLICT (email_key) DO NOTHING
            """)
    }
}

extension Outbox.Topic {
    /// Whether a reader may end mails of this kind: those that are not about an account or money.
    package var isOptional: Bool {
        switch self {
        case .introductionSubmitted, .introductionMoved, .introductionWithdrawn,
            .recommendationConfirm:
            true
        default: false
        }
    }
}

import Domain
import Postgres

/// The single-use tokens behind the links in mails; only their hashes are kept.
package struct MailTokens: Sendable {
    let database: Database

    /// What a token is bound to.
    package struct Found: Hashable, Sendable {
        /// Nil for a recommendation, whose person has no account.
        package let account: AccountID?
        package let introduction: IntroductionID?
        /// Where it was mailed to; nil for a recommendation.
        package let email: EmailAddress?
        package let expiresAt: Instant
        /// When it was used, or made void by a later one.
        package let usedAt: Instant?

        /// Whether the link still works.
        package func works(at now: Instant) -> Bool { usedAt == nil && now < expiresAt }
    }

    /// What a token stands for.
    ///
    /// - Throws: `notFound(.mailedLink)` for a token that nobody has, or that is for another purpose.
    package func find(_ token: MailToken, for purpose: MailPurpose) async throws -> Found {
        let found = try await database.readFirst(Self.statement(token, purpose), Self.found)
        guard let found else { throw DomainError.notFound(.mailedLink) }
        return found
    }

    static func find(
        _ token: MailToken, for purpose: MailPurpose, in transaction: Transaction
    ) async throws -> Found {
        let found = try await transaction.first(statement(token, purpose), found)
        guard let found else { throw DomainError.notFound(.mailedLink) }
        return found
    }

    /// Uses a token; nil when it was used before, is void or too old. Of two at once, one gets it.
    static func use(
        _ token: MailToken, for purpose: MailPurpose, at now: Instant, in transaction: Transaction
    ) async throws -> Found? {
        try await transaction.first(
            """
            UPDATE mail_token SET used_at = \(now)
            WHERE token_hash = sha256(convert_to(\(token), 'UTF8')) AND purpose = \(purpose)
                AND used_at IS NULL AND expires_at > \(now)
            RETURNING account_id, introduction_id, email, expires_at, NULL::timestamptz
            """, found)
    }

    /// Keeps a new token of an account; returns its key.
    static func keep(
        _ token: MailToken, for purpose: MailPurpose, of account: AccountID,
        mailedTo email: EmailAddress, at now: Instant, in transaction: Transaction
    ) async throws -> Int64 {
        let expiresAt = now.adding(seconds: purpose.lifetimeSeconds)
        let id = try await transaction.first(
            """
            INSERT INTO mail_token (token_hash, purpose, account_id, email, created_at, expires_at)
            VALUES (sha256(convert_to(\(token), 'UTF8')), \(purpose), \(account), \(email), \(now),
                \(expiresAt)) RETURNING id
            """
        ) { row in try row.next(Int64.self) }
        return id ?? 0
    }

    /// Keeps the token of a recommendation.
    static func keep(
        _ token: MailToken, of introduction: IntroductionID, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let purpose = MailPurpose.answerRecommendation
        let expiresAt = now.adding(seconds: purpose.lifetimeSeconds)
        try await transaction.execute(
            """
            INSERT INTO mail_token (token_hash, purpose, introduction_id, created_at, expires_at)
            VALUES (sha256(convert_to(\(token), 'UTF8')), \(purpose), \(introduction), \(now),
                \(expiresAt))
            """)
    }

    /// Makes an account's links for a purpose void, all of them or those to other addresses.
    static func void(
        _ purpose: MailPurpose, of account: AccountID, except email: EmailAddress? = nil,
        at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE mail_token SET used_at = \(now)
            WHERE account_id = \(account) AND purpose = \(purpose) AND used_at IS NULL
                AND lower(email) IS DISTINCT FROM \(email?.key)
            """)
    }

    /// How many links for a purpose an account was sent in the last day, and when the first of them.
    static func count(
        _ purpose: MailPurpose, of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws -> (count: Int, since: Instant) {
        let start = now.adding(seconds: -MailedLinkPolicy.windowSeconds)
        let counted = try await transaction.first(
            """
            SELECT count(*), coalesce(min(created_at), \(now)) FROM mail_token
            WHERE account_id = \(account) AND purpose = \(purpose) AND created_at > \(start)
            """
        ) { row in (count: try row.next(Int.self), since: try row.next(Instant.self)) }
        return counted ?? (0, now)
    }

    /// Forgets tokens that expired more than two days ago, when no bound counts them; returns how
    /// many.
    @discardableResult
    package func purge(at now: Instant) async throws -> Int {
        try await database.execute(
            "DELETE FROM mail_token WHERE expires_at < \(now.adding(days: -2))")
    }

    private static func statement(_ token: MailToken, _ purpose: MailPurpose) -> SQL {
        """
        SELECT account_id, introduction_id, email, expires_at, used_at FROM mail_token
        WHERE token_hash = sha256(convert_to(\(token), 'UTF8')) AND purpose = \(purpose)
        """
    }

    private static func found(_ row: inout Row) throws -> Found {
        Found(
            account: try row.next(), introduction: try row.next(), email: try row.next(),
            expiresAt: try row.next(), usedAt: try row.next())
    }
}

/// An account that nobody else changes until the transaction ends.
struct AccountLock: Sendable {
    let id: AccountID
    let role: Role
    let name: PersonName
    let email: EmailAddress
    let isConfirmed: Bool
    /// False for a disabled account, and for an admin who has not accepted the invitation.
    let isActive: Bool

    /// Stands for a password that nobody has: no form of scrypt's reads like that.
    static let noPassword = "!"

    /// Locks the account that a condition on `a` finds.
    static func find(_ condition: SQL, in transaction: Transaction) async throws -> AccountLock? {
        try await transaction.first(
            """
            SELECT a.id, a.role, a.name, a.email, a.email_confirmed_at IS NOT NULL,
                a.disabled_at IS NULL AND a.password_hash <> \(noPassword)
            FROM account a WHERE \(fragment: condition) FOR NO KEY UPDATE OF a
            """
        ) { row in
            AccountLock(
                id: try row.next(), role: try row.next(), name: try row.next(),
                email: try row.next(), isConfirmed: try row.next(), isActive: try row.next())
        }
    }

    static func find(_ id: AccountID, in transaction: Transaction) async throws -> AccountLock {
        guard let account = try await find("a.id = \(id)", in: transaction) else {
            throw DomainError.notFound(.account)
        }
        return account
    }

    /// Refuses what an account may do only once mails are known to reach its owner.
    static func demandConfirmed(_ id: AccountID, in transaction: Transaction) async throws {
        guard try await find(id, in: transaction).isConfirmed else {
            throw DomainError.conflict(.addressNotConfirmed)
        }
    }
}

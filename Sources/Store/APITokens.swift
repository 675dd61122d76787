import Domain
import Postgres

/// Personal tokens of the JSON API; only their hashes are kept.
package struct APITokens: Sendable {
    let database: Database

    /// Live tokens of one account.
    package static let perAccountMax = 20

    /// A token as its owner sees it.
    package struct Token: Hashable, Sendable {
        package let id: APITokenID
        package let name: TokenName
        package let createdAt: Instant
        package let lastUsedOn: CalendarDate?
    }

    /// Keeps a new token; the same one again changes nothing.
    ///
    /// - Parameter hash: SHA-256 of the token, 32 bytes.
    /// - Throws: `DomainError.tooMany(.tokens, …)` when the account has as many as it may, and
    ///   `conflict(.idempotencyKeyReused)` when the token was revoked or has another name.
    package func create(
        _ name: TokenName, hash: [UInt8], for account: AccountID, at now: Instant,
        in transaction: Transaction
    ) async throws -> Token {
        // The lock makes two creations at once count one after the other.
        try await transaction.execute(
            "SELECT id FROM account WHERE id = \(account) FOR NO KEY UPDATE")
        let known = try await transaction.first(
            """
            SELECT id, name, created_at, last_used_on, revoked_at IS NULL FROM api_token
            WHERE account_id = \(account) AND token_hash = \(hash)
            """
        ) { row in (token: try Self.token(&row), isLive: try row.next(Bool.self)) }
        if let known {
            guard known.isLive, known.token.name == name else {
                throw DomainError.conflict(.idempotencyKeyReused)
            }
            return known.token
        }
        let live = try await transaction.first(
            """
            SELECT count(*) FROM api_token WHERE account_id = \(account) AND revoked_at IS NULL
            """
        ) { row in try row.next(Int.self) }
        guard live ?? 0 < Self.perAccountMax else {
            throw DomainError.tooMany(.tokens, retryAfterSeconds: 0)
        }
        let token = try await transaction.first(
            """
            INSERT INTO api_token (account_id, name, token_hash, created_at)
            VALUES (\(account), \(name), \(hash), \(now))
            RETURNING id, name, created_at, last_used_on
            """, Self.token)
        guard let token else { throw DomainError.notFound(.token) }
        return token
    }

    /// The live tokens of an account, newest first.
    package func list(of account: AccountID) async throws -> [Token] {
        try await database.read(
            """
            SELECT id, name, created_at, last_used_on FROM api_token
            WHERE account_id = \(account) AND revoked_at IS NULL
            ORDER BY id DESC LIMIT \(Self.perAccountMax)
            """, Self.token)
    }

    /// Who a token is for; nil when it is unknown or revoked, or its account disabled.
    ///
    /// - Returns: also the token, and the day it was last used, which `touch` keeps.
    package func find(
        hash: [UInt8]
    ) async throws -> (principal: Principal, token: APITokenID, lastUsedOn: CalendarDate?)? {
        let found = try await database.readFirst(
            """
            SELECT a.id, a.role, a.company_id, a.affiliate_id, t.id, t.last_used_on
            FROM api_token t JOIN account a ON a.id = t.account_id
            WHERE t.token_hash = \(hash) AND t.revoked_at IS NULL AND a.disabled_at IS NULL
            """
        ) { row -> (Principal, APITokenID, CalendarDate?)? in
            guard let principal = try row.principal() else { return nil }
            return (principal, try row.next(), try row.next())
        }
        return found ?? nil
    }

    /// Which of the tokens still hold, for what is open for long.
    package func living(_ ids: [APITokenID]) async throws -> Set<APITokenID> {
        Set(
            try await database.read(
                """
                SELECT t.id FROM api_token t JOIN account a ON a.id = t.account_id
                WHERE t.id = ANY (\(ids.map(\.rawValue))) AND t.revoked_at IS NULL
                    AND a.disabled_at IS NULL
                """
            ) { row in try row.next(APITokenID.self) })
    }

    /// Notes that a token was used on a day; worth calling only when the day is a new one.
    package func touch(_ token: APITokenID, on day: CalendarDate) async throws {
        try await database.execute(
            """
            UPDATE api_token SET last_used_on = \(day)
            WHERE id = \(token) AND last_used_on IS DISTINCT FROM \(day)
            """)
    }

    /// Ends a token of an account.
    ///
    /// - Throws: `DomainError.notFound(.token)` when it is not the account's.
    package func revoke(
        _ token: APITokenID, of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        let changed = try await transaction.execute(
            """
            UPDATE api_token SET revoked_at = coalesce(revoked_at, \(now))
            WHERE id = \(token) AND account_id = \(account)
            """)
        guard changed == 1 else { throw DomainError.notFound(.token) }
    }

    private static func token(_ row: inout Row) throws -> Token {
        Token(
            id: try row.next(), name: try row.next(), createdAt: try row.next(),
            lastUsedOn: try row.next())
    }
}

import Domain
import Postgres

/// Signed-in browsers.
package struct Sessions: Sendable {
    let database: Database

    /// Opens a session that ends by itself after `Session.lifetimeDays`.
    package func open(
        for principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws -> Session {
        let expiresAt = now.adding(days: Session.lifetimeDays)
        let id = try await transaction.first(
            """
            INSERT INTO session (account_id, created_at, expires_at)
            VALUES (\(principal.account), \(now), \(expiresAt)) RETURNING id
            """
        ) { row in try row.next(SessionID.self) }
        guard let id else { throw DomainError.notFound(.session) }
        return Session(id: id, principal: principal, expiresAt: expiresAt)
    }

    /// The session as it stands; nil when it is revoked or over, or its account disabled.
    package func find(_ id: SessionID, at now: Instant) async throws -> Session? {
        let found = try await database.readFirst(
            """
            SELECT a.id, a.role, a.company_id, a.affiliate_id, s.expires_at
            FROM session s JOIN account a ON a.id = s.account_id
            WHERE s.id = \(id) AND s.revoked_at IS NULL AND s.expires_at > \(now)
                AND a.disabled_at IS NULL
            """
        ) { row -> Session? in
            guard let principal = try row.principal() else { return nil }
            return Session(id: id, principal: principal, expiresAt: try row.next())
        }
        return found ?? nil
    }

    /// Which of the sessions still hold, for what is open for long.
    package func living(_ ids: [SessionID], at now: Instant) async throws -> Set<SessionID> {
        Set(
            try await database.read(
                """
                SELECT s.id FROM session s JOIN account a ON a.id = s.account_id
                WHERE s.id = ANY (\(ids.map(\.rawValue))) AND s.revoked_at IS NULL
                    AND s.expires_at > \(now) AND a.disabled_at IS NULL
                """
            ) { row in try row.next(SessionID.self) })
    }

    /// Ends one session of an account.
    package func revoke(
        _ id: SessionID, of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE session SET revoked_at = \(now)
            WHERE id = \(id) AND account_id = \(account) AND revoked_at IS NULL
            """)
    }

    /// Ends every session of an account.
    package func revokeAll(
        of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Self.revokeAll(of: account, at: now, in: transaction)
    }

    /// - Parameter kept: one that goes on.
    static func revokeAll(
        of account: AccountID, but kept: SessionID? = nil, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE session SET revoked_at = \(now)
            WHERE account_id = \(account) AND revoked_at IS NULL
                AND id IS DISTINCT FROM \(kept)
            """)
    }

    /// Forgets sessions that ended more than a day ago; returns how many.
    @discardableResult
    package func purge(at now: Instant) async throws -> Int {
        try await database.execute(
            "DELETE FROM session WHERE expires_at < \(now.adding(days: -1))")
    }
}

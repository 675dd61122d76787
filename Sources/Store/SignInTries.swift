import Domain
import Postgres

/// Bounds on guessing passwords, per account and per address prefix.
package struct SignInTries: Sendable {
    let database: Database

    /// Counts a try before the password is looked at, so that tries at the same moment all count.
    ///
    /// The address goes first: one that is over its bound adds nothing to any account.
    ///
    /// - Parameter addressPrefix: the network the try comes from, as in `203.0.113.0/24`.
    /// - Throws: `DomainError.tooMany` when the window's tries are used up.
    package func begin(
        email: EmailAddress, addressPrefix: String, at now: Instant
    ) async throws {
        try await count(
            "address", addressPrefix, max: SignInPolicy.triesPerAddressMax,
            bound: .signInsOfAddress, at: now)
        try await count(
            "account", email.key, max: SignInPolicy.triesPerAccountMax,
            bound: .signInsOfAccount, at: now)
    }

    /// Counts somebody who asks for a link that sets a password, whatever account it is for.
    ///
    /// - Throws: `DomainError.tooMany(.resets, …)`.
    package func beginReset(addressPrefix: String, at now: Instant) async throws {
        try await count(
            "reset", addressPrefix, max: MailedLinkPolicy.resetsPerAddressMax, bound: .resets,
            at: now)
    }

    /// Takes back a try that turned out to be the owner's.
    package func succeeded(email: EmailAddress, addressPrefix: String) async throws {
        try await database.execute(
            """
            WITH account_tries AS (
                DELETE FROM sign_in_failure WHERE scope = 'account' AND subject = \(email.key))
            UPDATE sign_in_failure SET tries = tries - 1
            WHERE scope = 'address' AND subject = \(addressPrefix) AND tries > 1
            """)
    }

    /// Forgets windows that have passed; returns how many.
    @discardableResult
    package func purge(at now: Instant) async throws -> Int {
        let start = now.adding(seconds: -SignInPolicy.windowSeconds)
        return try await database.execute(
            "DELETE FROM sign_in_failure WHERE window_started_at <= \(start)")
    }

    private func count(
        _ scope: String, _ subject: String, max: Int, bound: DomainError.Bound, at now: Instant
    ) async throws {
        let windowStart = now.adding(seconds: -SignInPolicy.windowSeconds)
        // Beyond the bound the number stands still: a flood writes the same row, not a larger one.
        let counted = try await database.executeReturning(
            """
            INSERT INTO sign_in_failure AS f (scope, subject, window_started_at, tries)
            VALUES (\(scope), \(subject), \(now), 1)
            ON CONFLICT (scope, subject) DO UPDATE SET
                tries = CASE WHEN f.window_started_at <= \(windowStart) THEN 1
                    ELSE least(f.tries, \(Int32(max))) + 1 END,
                window_started_at = CASE WHEN f.window_started_at <= \(windowStart) THEN \(now)
                    ELSE f.window_started_at END
            RETURNING tries, window_started_at
            """
        ) { row in (tries: try row.next(Int.self), since: try row.next(Instant.self)) }
        guard let counted = counted.first, counted.tries > max else { return }
        let end = counted.since.adding(seconds: SignInPolicy.windowSeconds)
        let seconds = (end.microseconds - now.microseconds + 999_999) / 1_000_000
        throw DomainError.tooMany(bound, retryAfterSeconds: Swift.max(1, Int(seconds)))
    }
}

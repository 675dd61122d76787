import Domain
import Postgres

/// Passwords that are forgotten or changed.
package struct PasswordResets: Sendable {
    let database: Database

    /// Mails a link that sets a new password, if there is an account with the address that can sign
    /// in; links from before are void. Beyond the bound of a day nothing is mailed.
    ///
    /// - Returns: whether a link was mailed, which whoever asked is never told.
    @discardableResult
    package func send(
        _ token: MailToken, to email: EmailAddress, at now: Instant, in transaction: Transaction
    ) async throws -> Bool {
        let found = try await AccountLock.find("a.email_key = \(email.key)", in: transaction)
        guard let account = found, account.isActive else { return false }
        let sent = try await MailTokens.count(
            .resetPassword, of: account.id, at: now, in: transaction)
        guard sent.count < MailedLinkPolicy.resetsMax else { return false }
        try await MailTokens.void(.resetPassword, of: account.id, at: now, in: transaction)
        let id = try await MailTokens.keep(
            token, for: .resetPassword, of: account.id, mailedTo: account.email, at: now,
            in: transaction)
        var payload = JSONObject()
        payload.set("token", token.text)
        payload.set("address", account.email.text)
        payload.set("name", account.name.text)
        try await Outbox.add(
            .passwordReset, to: .account(account.id), about: "mail_token:\(id)", payload: payload,
            at: now, in: transaction)
        return true
    }

    /// Sets the password of whoever a link was mailed to, and ends every session; what else guards
    /// the account stays.
    ///
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)` for one that was used, is void or too
    ///   old.
    package func finish(
        _ token: MailToken, passwordHash: String, at now: Instant, in transaction: Transaction
    ) async throws {
        guard
            let used = try await MailTokens.use(
                token, for: .resetPassword, at: now, in: transaction), let id = used.account
        else {
            _ = try await MailTokens.find(token, for: .resetPassword, in: transaction)
            throw DomainError.gone(.mailedLink)
        }
        let account = try await AccountLock.find(id, in: transaction)
        guard account.isActive, account.email == used.email else {
            throw DomainError.gone(.mailedLink)
        }
        // The link came to this very address.
        try await transaction.execute(
            """
            UPDATE account SET email_confirmed_at = coalesce(email_confirmed_at, \(now))
            WHERE id = \(id)
            """)
        // Whoever forgot a password has often tried too many before.
        try await transaction.execute(
            """
            DELETE FROM sign_in_failure WHERE scope = 'account' AND subject = \(account.email.key)
            """)
        try await set(passwordHash, of: account, at: now, in: transaction)
    }

    /// Sets another password for somebody who has shown that they know the present one; every session
    /// ends.
    package func change(
        _ account: AccountID, passwordHash: String, at now: Instant, in transaction: Transaction
    ) async throws {
        let known = try await AccountLock.find(account, in: transaction)
        try await set(passwordHash, of: known, at: now, in: transaction)
    }

    private func set(
        _ hash: String, of account: AccountLock, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Accounts.setPasswordHash(hash, of: account.id, at: now, in: transaction)
        try await MailTokens.void(.resetPassword, of: account.id, at: now, in: transaction)
        let audit = try await AuditLog.append(
            "account.password_changed", by: .account(account.id, account.role), on: "account",
            account.id.rawValue, at: now, in: transaction)
        // Programs go on with their tokens: the owner reads which there are.
        let tokens = try await transaction.query(
            """
            SELECT name FROM api_token WHERE account_id = \(account.id) AND revoked_at IS NULL
            ORDER BY id DESC LIMIT \(APITokens.perAccountMax)
            """
        ) { row in try row.next(TokenName.self) }
        var payload = JSONObject()
        payload.set("address", account.email.text)
        payload.set("name", account.name.text)
        payload.set("api_tokens", tokens.map(\.text).joined(separator: ", "))
        try await Outbox.add(
            .passwordChanged, to: .account(account.id), about: "audit:\(audit)", payload: payload,
            at: now, in: transaction)
    }
}

import Domain
import Postgres

/// Showing that mails to an account's address reach its owner, and changing the address.
package struct AddressConfirmations: Sendable {
    let database: Database

    /// Mails a link to the address that an account is to confirm: the one it wants to change to, or
    /// else its own; where nothing is left to confirm, nothing is mailed.
    ///
    /// Links to the same address that were mailed before go on working.
    ///
    /// - Throws: `tooMany(.confirmations, …)`.
    package func send(
        _ token: MailToken, for account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        let known = try await AccountLock.find(account, in: transaction)
        let wanted = try await transaction.first(
            Self.wantedStatement(account, at: now)
        ) { row in try row.next(EmailAddress.self) }
        guard let address = wanted ?? (known.isConfirmed ? nil : known.email) else { return }
        try await mail(token, to: address, of: known, at: now, in: transaction)
    }

    /// Mails a link to the address that an account is to have from then on; until it is followed,
    /// everything goes to the old one.
    ///
    /// - Throws: `duplicate(.email)`, `tooMany(.confirmations, …)`.
    package func change(
        to address: EmailAddress, _ token: MailToken, for account: AccountID, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let known = try await AccountLock.find(account, in: transaction)
        let isTaken = try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM account WHERE email_key = \(address.key) AND id <> \(account))
            """
        ) { row in try row.next(Bool.self) }
        guard isTaken != true else { throw DomainError.duplicate(.email) }
        // Whoever goes back to the address they have takes back the change.
        try await MailTokens.void(
            .confirmAddress, of: account, except: address, at: now, in: transaction)
        guard address.key != known.email.key || !known.isConfirmed else { return }
        try await mail(token, to: address, of: known, at: now, in: transaction)
    }

    /// The address that an account asked to have, while the link to it works; nil when there is none.
    package func wanted(by account: AccountID, at now: Instant) async throws -> EmailAddress? {
        try await database.readFirst(Self.wantedStatement(account, at: now)) { row in
            try row.next(EmailAddress.self)
        }
    }

    /// Confirms the address that a link was mailed to; the same link again confirms it again.
    ///
    /// - Returns: whose account it is.
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)` for one that is void or too old,
    ///   `duplicate(.email)` when somebody else has the address by now.
    package func confirm(
        _ token: MailToken, at now: Instant, in transaction: Transaction
    ) async throws -> AccountID {
        guard
            let used = try await MailTokens.use(
                token, for: .confirmAddress, at: now, in: transaction),
            let id = used.account, let address = used.email
        else { return try await confirmedBefore(token, in: transaction) }
        let known = try await AccountLock.find(id, in: transaction)
        try await transaction.execute(
            """
            UPDATE account SET email = \(address), email_key = \(address.key),
                email_folded = \(address.folded), email_confirmed_at = \(now)
            WHERE id = \(id)
            """)
        try await MailTokens.void(.confirmAddress, of: id, at: now, in: transaction)
        if known.email.key != address.key {
            try await tellOld(known, new: address, token, at: now, in: transaction)
        }
        return id
    }

    private func confirmedBefore(
        _ token: MailToken, in transaction: Transaction
    ) async throws -> AccountID {
        let found = try await MailTokens.find(token, for: .confirmAddress, in: transaction)
        guard found.usedAt != nil, let id = found.account else {
            throw DomainError.gone(.mailedLink)
        }
        let known = try await AccountLock.find(id, in: transaction)
        guard known.isConfirmed, known.email == found.email else {
            throw DomainError.gone(.mailedLink)
        }
        return id
    }

    private func mail(
        _ token: MailToken, to address: EmailAddress, of account: AccountLock, at now: Instant,
        in transaction: Transaction
    ) async throws {
        let sent = try await MailTokens.count(
            .confirmAddress, of: account.id, at: now, in: transaction)
        guard sent.count < MailedLinkPolicy.confirmationsMax else {
            throw DomainError.tooMany(
                .confirmations, retryAfterSeconds: MailedLinkPolicy.wait(since: sent.since, at: now)
            )
        }
        let id = try await MailTokens.keep(
            token, for: .confirmAddress, of: account.id, mailedTo: address, at: now,
            in: transaction)
        var payload = JSONObject()
        payload.set("token", token.text)
        payload.set("address", address.text)
        payload.set("name", account.name.text)
        payload.set("is_change", address.key == account.email.key ? "no" : "yes")
        try await Outbox.add(
            .confirmAddress, to: .account(account.id), about: "mail_token:\(id)",
            payload: payload, at: now, in: transaction)
    }

    /// The old address hears of it, in case it was not its owner; links to it are void.
    private func tellOld(
        _ account: AccountLock, new address: EmailAddress, _ token: MailToken, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await MailTokens.void(.resetPassword, of: account.id, at: now, in: transaction)
        let audit = try await AuditLog.append(
            "account.address_changed", by: .account(account.id, account.role), on: "account",
            account.id.rawValue, at: now, in: transaction)
        var payload = JSONObject()
        payload.set("address", account.email.text)
        payload.set("new_address", address.text)
        payload.set("name", account.name.text)
        try await Outbox.add(
            .addressChanged, to: .account(account.id), about: "audit:\(audit)", payload: payload,
            at: now, in: transaction)
    }

    private static func wantedStatement(_ account: AccountID, at now: Instant) -> SQL {
        """
        SELECT t.email FROM mail_token t JOIN account a ON a.id = t.account_id
        WHERE t.account_id = \(account) AND t.purpose = \(MailPurpose.confirmAddress)
            AND t.used_at IS NULL AND t.expires_at > \(now) AND lower(t.email) <> a.email_key
        ORDER BY t.created_at DESC LIMIT 1
        """
    }
}

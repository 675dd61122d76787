import Domain
import Postgres

/// The people who run the platform: who they are, whom they let in, whom they shut out.
package struct Admins: Sendable {
    let database: Database

    /// How far an admin's account has come.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Asked by mail; cannot sign in before they have set a password.
        case invited
        case active, disabled
    }

    /// An admin of the list.
    package struct Summary: Hashable, Sendable {
        package let id: AccountID
        package let name: PersonName
        package let email: EmailAddress
        package let state: State
        package let createdAt: Instant
    }

    /// More admins than this nobody needs to see.
    private static let listMax = 200

    /// All admins, in the order in which they came.
    package func list() async throws -> [Summary] {
        try await database.query(
            """
            SELECT id, name, email, created_at, disabled_at IS NOT NULL,
                password_hash = \(AccountLock.noPassword)
            FROM account WHERE role = 'admin' ORDER BY id LIMIT \(Self.listMax)
            """
        ) { row in
            let id: AccountID = try row.next()
            let name: PersonName = try row.next()
            let email: EmailAddress = try row.next()
            let createdAt: Instant = try row.next()
            let isDisabled: Bool = try row.next()
            let isInvited: Bool = try row.next()
            return Summary(
                id: id, name: name, email: email,
                state: isDisabled ? .disabled : isInvited ? .invited : .active,
                createdAt: createdAt)
        }
    }

    /// Invites somebody to be an admin; whoever was invited or disabled before is invited anew, and
    /// links from before are void.
    ///
    /// - Throws: `forbidden` for anybody but an admin, `duplicate(.email)` when the address has an
    ///   account that signs in, `tooMany(.confirmations, …)`.
    package func invite(
        _ new: Accounts.New, _ token: MailToken, by principal: Principal, at now: Instant,
        in transaction: Transaction
    ) async throws {
        try await demandActive(principal, in: transaction)
        let id = try await account(for: new, at: now, in: transaction)
        let sent = try await MailTokens.count(
            .acceptInvitation, of: id, at: now, in: transaction)
        guard sent.count < MailedLinkPolicy.confirmationsMax else {
            throw DomainError.tooMany(
                .confirmations, retryAfterSeconds: MailedLinkPolicy.wait(since: sent.since, at: now)
            )
        }
        try await MailTokens.void(.acceptInvitation, of: id, at: now, in: transaction)
        let key = try await MailTokens.keep(
            token, for: .acceptInvitation, of: id, mailedTo: new.email, at: now, in: transaction)
        try await AuditLog.append(
            "account.admin_invited", by: Actor(principal), on: "account", id.rawValue, at: now,
            in: transaction)
        let inviter = try await AccountLock.find(principal.account, in: transaction)
        var payload = JSONObject()
        payload.set("token", token.text)
        payload.set("address", new.email.text)
        payload.set("name", new.name.text)
        payload.set("invited_by", inviter.name.text)
        try await Outbox.add(
            .adminInvited, to: .account(id), about: "mail_token:\(key)", payload: payload, at: now,
            in: transaction)
    }

    private func account(
        for new: Accounts.New, at now: Instant, in transaction: Transaction
    ) async throws -> AccountID {
        let known = try await AccountLock.find("a.email_key = \(new.email.key)", in: transaction)
        guard let known else {
            let silent = Accounts.New(
                email: new.email, name: new.name, passwordHash: AccountLock.noPassword,
                language: new.language)
            return try await Accounts(database: database).insert(
                silent, role: .admin, company: nil, affiliate: nil, at: now, in: transaction
            ).id
        }
        guard known.role == .admin, !known.isActive else { throw DomainError.duplicate(.email) }
        try await transaction.execute(
            """
            UPDATE account SET name = \(new.name), language = \(new.language), disabled_at = NULL,
                password_hash = \(AccountLock.noPassword), email_confirmed_at = NULL
            WHERE id = \(known.id)
            """)
        return known.id
    }

    /// Sets the first password of whoever was invited: from now on they can sign in.
    ///
    /// - Throws: `notFound(.mailedLink)`, `gone(.mailedLink)` for a link that was used, is void or too
    ///   old.
    package func accept(
        _ token: MailToken, passwordHash: String, at now: Instant, in transaction: Transaction
    ) async throws {
        guard
            let used = try await MailTokens.use(
                token, for: .acceptInvitation, at: now, in: transaction), let id = used.account
        else {
            _ = try await MailTokens.find(token, for: .acceptInvitation, in: transaction)
            throw DomainError.gone(.mailedLink)
        }
        try await transaction.execute(
            """
            UPDATE account SET password_hash = \(passwordHash), email_confirmed_at = \(now)
            WHERE id = \(id) AND role = 'admin' AND password_hash = \(AccountLock.noPassword)
            """)
        try await AuditLog.append(
            "account.admin_accepted", by: .account(id, .admin), on: "account", id.rawValue,
            at: now, in: transaction)
    }

    /// Shuts an admin out: sessions, tokens and links end at once; one who is out stays out.
    ///
    /// - Throws: `forbidden`, `notFound(.account)` for somebody who is no admin,
    ///   `conflict(.lastAdmin)`, `conflict(.ownAccount)`.
    package func disable(
        _ id: AccountID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        // All of them: two who disable each other at once must not both succeed.
        let admins = try await transaction.query(
            """
            SELECT id, disabled_at IS NULL AND password_hash <> \(AccountLock.noPassword)
            FROM account WHERE role = 'admin' ORDER BY id FOR NO KEY UPDATE
            """
        ) { row in (id: try row.next(AccountID.self), isActive: try row.next(Bool.self)) }
        try await demandActive(principal, in: transaction)
        guard admins.contains(where: { $0.id == id }) else {
            throw DomainError.notFound(.account)
        }
        guard admins.contains(where: { $0.isActive && $0.id != id }) else {
            throw DomainError.conflict(.lastAdmin)
        }
        guard id != principal.account else { throw DomainError.conflict(.ownAccount) }
        let changed = try await transaction.execute(
            "UPDATE account SET disabled_at = \(now) WHERE id = \(id) AND disabled_at IS NULL")
        guard changed == 1 else { return }
        try await Sessions.revokeAll(of: id, at: now, in: transaction)
        try await transaction.execute(
            """
            UPDATE api_token SET revoked_at = \(now) WHERE account_id = \(id) AND revoked_at IS NULL
            """)
        for purpose in MailPurpose.allCases {
            try await MailTokens.void(purpose, of: id, at: now, in: transaction)
        }
        try await AuditLog.append(
            "account.admin_disabled", by: Actor(principal), on: "account", id.rawValue, at: now,
            in: transaction)
    }

    /// Whoever was disabled a moment ago decides nothing any more.
    private func demandActive(_ principal: Principal, in transaction: Transaction) async throws {
        guard principal.role == .admin,
            try await AccountLock.find(principal.account, in: transaction).isActive
        else { throw DomainError.forbidden }
    }
}

import Domain
import Postgres

/// People who sign in.
package struct Accounts: Sendable {
    let database: Database

    /// What a new account starts with.
    package struct New: Hashable, Sendable {
        package let email: EmailAddress
        package let name: PersonName
        /// The hash with its parameters and salt; the password itself never comes here.
        package let passwordHash: String
        package let language: Language

        package init(
            email: EmailAddress, name: PersonName, passwordHash: String, language: Language
        ) {
            self.email = email
            self.name = name
            self.passwordHash = passwordHash
            self.language = language
        }
    }

    /// What signing in needs.
    package struct Credentials: Hashable, Sendable {
        package let account: Account
        package let passwordHash: String
    }

    /// Makes a company and its first account.
    ///
    /// - Parameter random: at least eight random bytes, for an address when the name's is taken.
    /// - Throws: `DomainError.duplicate(.email)`.
    package func signUp(
        company name: CompanyName, _ new: New, random: [UInt8], at now: Instant,
        in transaction: Transaction
    ) async throws -> Account {
        let company = try await Companies.create(name, random: random, at: now, in: transaction)
        let account = try await insert(
            new, role: .company, company: company, affiliate: nil, at: now, in: transaction)
        try await logSignUp(of: account, at: now, in: transaction)
        return account
    }

    /// Makes an affiliate and its account.
    ///
    /// - Throws: `DomainError.duplicate(.email)`.
    package func signUpAffiliate(
        _ new: New, at now: Instant, in transaction: Transaction
    ) async throws -> Account {
        let affiliate = try await transaction.first(
            "INSERT INTO affiliate (created_at) VALUES (\(now)) RETURNING id"
        ) { row in try row.next(AffiliateID.self) }
        let account = try await insert(
            new, role: .affiliate, company: nil, affiliate: affiliate, at: now, in: transaction)
        try await logSignUp(of: account, at: now, in: transaction)
        return account
    }

    /// Notes who came; name and address stand in the account, which can change and be erased.
    private func logSignUp(
        of account: Account, at now: Instant, in transaction: Transaction
    ) async throws {
        let principal = account.principal
        var detail = JSONObject()
        detail.set("to", principal.role.rawValue)
        if let company = principal.company { detail.set("company", company) }
        if let affiliate = principal.affiliate { detail.set("affiliate", affiliate) }
        try await AuditLog.append(
            "account.signed_up", by: Actor(principal), on: "account", account.id.rawValue,
            detail: detail, at: now, in: transaction)
    }

    /// Makes an admin whose address needs no link: whoever runs the command line vouches for it.
    ///
    /// - Throws: `DomainError.duplicate(.email)`.
    package func createAdmin(
        _ new: New, at now: Instant, in transaction: Transaction
    ) async throws -> Account {
        let account = try await insert(
            new, role: .admin, company: nil, affiliate: nil, confirmedAt: now, at: now,
            in: transaction)
        var detail = JSONObject()
        detail.set("to", Role.admin.rawValue)
        try await AuditLog.append(
            "account.admin_created", by: .system, on: "account", account.id.rawValue,
            detail: detail, at: now, in: transaction)
        return account
    }

    func insert(
        _ new: New, role: Role, company: CompanyID?, affiliate: AffiliateID?,
        confirmedAt: Instant? = nil, at now: Instant, in transaction: Transaction
    ) async throws -> Account {
        let account = try await transaction.first(
            """
            INSERT INTO account (role, company_id, affiliate_id, email, email_key, email_folded,
                name, password_hash, language, created_at, email_confirmed_at)
            VALUES (\(role), \(company), \(affiliate), \(new.email), \(new.email.key),
                \(new.email.folded), \(new.name), \(new.passwordHash), \(new.language), \(now),
                \(confirmedAt))
            RETURNING id, role, company_id, affiliate_id, email, name, language, created_at,
                disabled_at IS NOT NULL, email_confirmed_at IS NOT NULL
            """, Self.account)
        guard let account = account ?? nil else { throw DomainError.notFound(.account) }
        return account
    }

    /// The account with an address, in any case of letters; nil when there is none or it is disabled.
    package func credentials(for email: EmailAddress) async throws -> Credentials? {
        let found = try await database.readFirst(
            """
            SELECT id, role, company_id, affiliate_id, email, name, language, created_at,
                disabled_at IS NOT NULL, email_confirmed_at IS NOT NULL, password_hash
            FROM account WHERE email_key = \(email.key) AND disabled_at IS NULL
            """
        ) { row -> Credentials? in
            guard let account = try Self.account(&row) else { return nil }
            return Credentials(account: account, passwordHash: try row.next())
        }
        return found ?? nil
    }

    /// The account with an id; nil when there is none.
    package func find(_ id: AccountID) async throws -> Account? {
        let found = try await database.readFirst(
            """
            SELECT id, role, company_id, affiliate_id, email, name, language, created_at,
                disabled_at IS NOT NULL, email_confirmed_at IS NOT NULL
            FROM account WHERE id = \(id)
            """, Self.account)
        return found ?? nil
    }

    /// Whether there is any account at all: demo data go into an empty database only.
    package func areThereAny() async throws -> Bool {
        try await database.readFirst("SELECT EXISTS (SELECT FROM account)") { row in
            try row.next(Bool.self)
        } ?? false
    }

    package func setLanguage(
        _ language: Language, of account: AccountID, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            "UPDATE account SET language = \(language) WHERE id = \(account)")
    }

    /// Replaces the password's hash and ends every session of the account.
    package func setPasswordHash(
        _ hash: String, of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await Self.setPasswordHash(hash, of: account, at: now, in: transaction)
    }

    static func setPasswordHash(
        _ hash: String, of account: AccountID, at now: Instant, in transaction: Transaction
    ) async throws {
        try await transaction.execute(
            "UPDATE account SET password_hash = \(hash) WHERE id = \(account)")
        try await Sessions.revokeAll(of: account, at: now, in: transaction)
    }

    static func account(_ row: inout Row) throws -> Account? {
        guard let principal = try row.principal() else { return nil }
        return Account(
            id: principal.account, principal: principal, email: try row.next(),
            name: try row.next(), language: try row.next(), createdAt: try row.next(),
            isDisabled: try row.next(), isConfirmed: try row.next())
    }
}

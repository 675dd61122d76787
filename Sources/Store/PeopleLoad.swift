import Domain
import Postgres

/// Many companies and affiliates at once, each with the account that signs in for it, whose address is
/// confirmed.
package struct PeopleLoad: Sendable {
    /// A company with its first account.
    package struct NewCompany: Sendable {
        package let slug: CompanySlug
        package let page: Companies.Page
        /// What stands on its invoices.
        package let billing: BillingDetails
        package let contact: Accounts.New
        package let createdAt: Instant
        /// Nil for one that waits for an admin.
        package let verifiedAt: Instant?

        package init(
            slug: CompanySlug, page: Companies.Page, billing: BillingDetails, contact: Accounts.New,
            createdAt: Instant,
            verifiedAt: Instant?
        ) {
            self.slug = slug
            self.page = page
            self.billing = billing
            self.contact = contact
            self.createdAt = createdAt
            self.verifiedAt = verifiedAt
        }
    }

    /// An affiliate's account.
    package struct NewAffiliate: Sendable {
        package let account: Accounts.New
        package let createdAt: Instant

        package init(account: Accounts.New, createdAt: Instant) {
            self.account = account
            self.createdAt = createdAt
        }
    }

    /// Inserts companies with their accounts; returns who signs in for each, in the same order.
    ///
    /// - Throws: `DomainError.duplicate(.slug)`, `duplicate(.email)`.
    package func insert(
        _ companies: [NewCompany], in transaction: Transaction
    ) async throws -> [Principal] {
        let rows = try await transaction.query(
            """
            INSERT INTO company (slug, name, about, website, country, city, billing_name,
                billing_address, tax_id, created_at, updated_at, verified_at)
            SELECT slug, name, about, website, country, city, billing_name, billing_address,
                tax_id, created_at, coalesce(verified_at, created_at), verified_at
            FROM unnest(\(companies.map(\.slug.text)), \(companies.map(\.page.name.text)),
                \(companies.map(\.page.about.text)), \(companies.map { $0.page.website?.text }),
                \(companies.map(\.page.country.text)), \(companies.map { $0.page.city?.text }),
                \(companies.map { $0.billing.name?.text }),
                \(companies.map { $0.billing.address?.text }),
                \(companies.map { $0.billing.taxID?.text }),
                \(companies.map { PostgresTimestamp($0.createdAt) }),
                \(companies.map { $0.verifiedAt.map { PostgresTimestamp($0) } }))
                WITH ORDINALITY AS loaded (slug, name, about, website, country, city, billing_name,
                    billing_address, tax_id, created_at, verified_at, position)
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(CompanyID.self) }
        let ids = rows.sorted()
        let accounts = try await insert(
            companies.map { ($0.contact, $0.createdAt) }, role: .company,
            companies: ids, affiliates: [], in: transaction)
        return zip(accounts, ids).map { .company($0, $1) }
    }

    /// Inserts affiliates with their accounts; returns who signs in for each, in the same order.
    ///
    /// - Throws: `DomainError.duplicate(.email)`.
    package func insert(
        _ affiliates: [NewAffiliate], in transaction: Transaction
    ) async throws -> [Principal] {
        let rows = try await transaction.query(
            """
            INSERT INTO affiliate (created_at)
            SELECT created_at
            FROM unnest(\(affiliates.map { PostgresTimestamp($0.createdAt) }))
                WITH ORDINALITY AS loaded (created_at, position)
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(AffiliateID.self) }
        let ids = rows.sorted()
        let accounts = try await insert(
            affiliates.map { ($0.account, $0.createdAt) }, role: .affiliate, companies: [],
            affiliates: ids, in: transaction)
        return zip(accounts, ids).map { .affiliate($0, $1) }
    }

    /// Keys are given in the order of the rows, so sorted they belong to them one by one.
    private func insert(
        _ accounts: [(new: Accounts.New, createdAt: Instant)], role: Role,
        companies: [CompanyID], affiliates: [AffiliateID], in transaction: Transaction
    ) async throws -> [AccountID] {
        let rows = try await transaction.query(
            """
            INSERT INTO account (role, company_id, affiliate_id, email, email_key, email_folded,
                name, password_hash, language, created_at, email_confirmed_at)
            SELECT \(role), company_id, affiliate_id, email, email_key, email_folded, name,
                password_hash, language, created_at, created_at
            FROM unnest(\(companies.map(\.rawValue)), \(affiliates.map(\.rawValue)),
                \(accounts.map(\.new.email.text)), \(accounts.map(\.new.email.key)),
                \(accounts.map(\.new.email.folded)), \(accounts.map(\.new.name.text)),
                \(accounts.map(\.new.passwordHash)), \(accounts.map(\.new.language.rawValue)),
                \(accounts.map { PostgresTimestamp($0.createdAt) }))
                WITH ORDINALITY AS loaded (company_id, affiliate_id, email, email_key,
                    email_folded, name, password_hash, language, created_at, position)
            ORDER BY position RETURNING id
            """
        ) { row in try row.next(AccountID.self) }
        return rows.sorted()
    }
}

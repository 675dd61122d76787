import Domain
import Postgres

/// Companies and their public pages.
package struct Companies: Sendable {
    let database: Database

    /// What a company shows of itself.
    package struct Profile: Hashable, Sendable {
        package let id: CompanyID
        package let slug: CompanySlug
        package let page: Page
        package let isVerified: Bool
        package let updatedAt: Instant
    }

    /// The part of a profile that the company writes.
    package struct Page: Hashable, Sendable {
        package var name: CompanyName
        package var about: AboutText
        package var website: WebAddress?
        package var country: CountryCode
        package var city: CityName?

        package init(
            name: CompanyName, about: AboutText, website: WebAddress?, country: CountryCode,
            city: CityName?
        ) {
            self.name = name
            self.about = about
            self.website = website
            self.country = country
            self.city = city
        }
    }

    /// The company at an address; nil when there is none.
    package func find(_ slug: CompanySlug) async throws -> Profile? {
        try await database.readFirst(
            """
            SELECT id, slug, name, about, website, country, city, verified_at IS NOT NULL,
                updated_at
            FROM company WHERE slug = \(slug)
            """, Self.profile)
    }

    /// The company with an id; nil when there is none.
    package func find(_ id: CompanyID) async throws -> Profile? {
        try await database.readFirst(
            """
            SELECT id, slug, name, about, website, country, city, verified_at IS NOT NULL,
                updated_at
            FROM company WHERE id = \(id)
            """, Self.profile)
    }

    /// Changes what a company shows of itself; its jobs are found by the new name.
    package func edit(
        _ id: CompanyID, _ page: Page, at now: Instant, in transaction: Transaction
    ) async throws {
        let old = try await transaction.first(
            "SELECT name FROM company WHERE id = \(id) FOR NO KEY UPDATE"
        ) { row in try row.next(CompanyName.self) }
        guard let old else { throw DomainError.notFound(.company) }
        try await transaction.execute(
            """
            UPDATE company SET name = \(page.name), about = \(page.about),
                website = \(page.website), country = \(page.country), city = \(page.city),
                updated_at = \(now)
            WHERE id = \(id)
            """)
        if old != page.name {
            try await Jobs.renew(searchOf: id, named: page.name, in: transaction)
        }
    }

    /// A company of the admins' list.
    package struct Summary: Hashable, Sendable {
        package let profile: Profile
        package let registeredAt: Instant
        package let openJobs: Int
    }

    /// All companies: those that wait for an admin first, then the others, newest first in each.
    package func list(
        after cursor: Cursor? = nil, limit: PageLimit = .usual, today: CalendarDate
    ) async throws -> Listing<Summary> {
        let rows = try await database.query(
            """
            SELECT id, slug, name, about, website, country, city, verified_at IS NOT NULL,
                updated_at, created_at, (SELECT count(*) FROM job
                    WHERE company_id = company.id AND state = 'published'
                        AND valid_through >= \(today))
            FROM company\(fragment: Self.after(cursor))
            ORDER BY verified_at IS NOT NULL, -id LIMIT \(limit.fetched)
            """
        ) { row in
            Summary(
                profile: try Self.profile(&row), registeredAt: try row.next(),
                openJobs: try row.next())
        }
        return Listing(rows, limit: limit) { company in
            Cursor(
                time: Instant(microseconds: company.profile.isVerified ? 1 : 0),
                id: company.profile.id.rawValue)
        }
    }

    private static func after(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return .empty }
        let isVerified = cursor.time.microseconds > 0
        return " WHERE (verified_at IS NOT NULL, -id) > (\(isVerified), \(-cursor.id))"
    }

    /// Says that an admin knows the company.
    ///
    /// - Throws: `DomainError.notFound(.company)`.
    package func verify(
        _ id: CompanyID, by principal: Principal, at now: Instant, in transaction: Transaction
    ) async throws {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let isVerified = try await transaction.first(
            "SELECT verified_at IS NOT NULL FROM company WHERE id = \(id) FOR NO KEY UPDATE"
        ) { row in try row.next(Bool.self) }
        guard let isVerified else { throw DomainError.notFound(.company) }
        guard !isVerified else { return }
        try await transaction.execute(
            """
            UPDATE company SET verified_at = \(now), updated_at = \(now) WHERE id = \(id)
            """)
        var detail = JSONObject()
        detail.set("from", "waiting")
        detail.set("to", "verified")
        try await AuditLog.append(
            "company.verified", by: Actor(principal), on: "company", id.rawValue,
            detail: detail, at: now, in: transaction)
    }

    static func create(
        _ name: CompanyName, random: [UInt8], at now: Instant, in transaction: Transaction
    ) async throws -> CompanyID {
        let own = CompanySlug(words: name.text)
        let coded = CompanySlug(words: name.text, random: random)
        for slug in [own ?? coded, coded] {
            let id = try await transaction.first(
                """
                INSERT INTO company (slug, name, created_at, updated_at)
                VALUES (\(slug), \(name), \(now), \(now))
                ON CONFLICT (slug) DO NOTHING RETURNING id
                """
            ) { row in try row.next(CompanyID.self) }
            if let id { return id }
        }
        throw DomainError.duplicate(.slug)
    }

    static func profile(_ row: inout Row) throws -> Profile {
        Profile(
            id: try row.next(), slug: try row.next(),
            page: Page(
                name: try row.next(), about: try row.next(), website: try row.next(),
                country: try row.next(), city: try row.next()),
            isVerified: try row.next(), updatedAt: try row.next())
    }
}

import Domain
import Store

/// A company as everybody may read it.
struct CompanyResource: JSONWritable {
    let company: Companies.Profile

    static let schemaName = "Company"
    static let schema = Schema.object([
        .always("slug", .slug),
        .always("name", .text()),
        .always("about", .text()),
        .always("website", .optional(.text(format: .uri))),
        .always("country", .text(pattern: "^[A-Z]{2}$")),
        .always("city", .optional(.text())),
        .always("is_verified", .boolean),
        .always("updated_at", .moment),
    ])

    func write(to json: inout JSONWriter) {
        let page = company.page
        json.object { json in
            json.member("slug", company.slug.text)
            json.member("name", page.name.text)
            json.member("about", page.about.text)
            json.member("website", page.website?.text)
            json.member("country", page.country.text)
            json.member("city", page.city?.text)
            json.member("is_verified", company.isVerified)
            json.member("updated_at", company.updatedAt)
        }
    }

    /// The company of a job.
    struct Reference: JSONWritable {
        let slug: CompanySlug
        let name: CompanyName
        let isVerified: Bool

        init(_ company: Companies.Profile) {
            slug = company.slug
            name = company.page.name
            isVerified = company.isVerified
        }

        static let schemaName = "CompanyReference"
        static let schema = Schema.object([
            .always("slug", .slug),
            .always("name", .text()),
            .always("is_verified", .boolean),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("slug", slug.text)
                json.member("name", name.text)
                json.member("is_verified", isVerified)
            }
        }
    }

    /// A company that an admin said is known.
    struct Verified: JSONWritable {
        let id: CompanyID

        static let schemaName = "VerifiedCompany"
        static let schema = Schema.object([
            .always("id", .id), .always("is_verified", .boolean),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("id", id)
                json.member("is_verified", true)
            }
        }
    }

    /// A company as an admin sees it.
    struct AdminRow: JSONWritable {
        let summary: Companies.Summary

        static let schemaName = "CompanyRow"
        static let schema = Schema.object([
            .always("id", .id),
            .always("slug", .slug),
            .always("name", .text()),
            .always("is_verified", .boolean),
            .always("registered_at", .moment),
            .always("open_jobs", .integer(min: 0)),
        ])

        func write(to json: inout JSONWriter) {
            let company = summary.profile
            json.object { json in
                json.member("id", company.id)
                json.member("slug", company.slug.text)
                json.member("name", company.page.name.text)
                json.member("is_verified", company.isVerified)
                json.member("registered_at", summary.registeredAt)
                json.member("open_jobs", summary.openJobs)
            }
        }
    }
}

/// Whoever a token belongs to.
struct AccountResource: JSONWritable {
    let account: Account

    static let schemaName = "Account"
    static let schema = Schema.object([
        .always("id", .id),
        .always("role", .any(of: Role.self)),
        .always("name", .text()),
        .always("email", .text(format: .email)),
        .always("language", .any(of: Language.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", account.id)
            json.member("role", account.role.rawValue)
            json.member("name", account.name.text)
            json.member("email", account.email.text)
            json.member("language", account.language.rawValue)
        }
    }
}

/// What a company owes for hires, one sum per currency.
struct OwedResource: JSONWritable {
    let owed: [Money]

    static let schemaName = "Owed"
    static let schema = Schema.object([.always("owed", .list(.named(Money.self)))])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("owed", owed) }
    }
}

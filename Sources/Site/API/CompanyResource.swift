import Domain

/// A company as everybody may read it.
struct CompanyResource: JSONWritable {
    let slug: CompanySlug
    let name: CompanyName
    let about: AboutText
    let website: WebAddress?
    let isVerified: Bool

    static let schemaName = "Company"
    static let schema = Schema.object([
        .always("slug", .slug),
        .always("name", .text()),
        .always("about", .text()),
        .always("website", .optional(.text(format: .uri))),
        .always("is_verified", .boolean),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug.text)
            json.member("name", name.text)
            json.member("about", about.text)
            json.member("website", website?.text)
            json.member("is_verified", isVerified)
        }
    }

    /// The company of a job.
    struct Reference: JSONWritable {
        let slug: CompanySlug
        let name: CompanyName
        let isVerified: Bool

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
        let id: CompanyID
        let slug: CompanySlug
        let name: CompanyName
        let isVerified: Bool

        static let schemaName = "CompanyRow"
        static let schema = Schema.object([
            .always("id", .id),
            .always("slug", .slug),
            .always("name", .text()),
            .always("is_verified", .boolean),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("id", id)
                json.member("slug", slug.text)
                json.member("name", name.text)
                json.member("is_verified", isVerified)
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

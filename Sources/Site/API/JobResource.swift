import Domain

/// A job as everybody may read it.
struct JobResource: JSONWritable {
    let slug: JobSlug
    let details: JobDetails
    let company: CompanyResource.Reference
    let offer: TermsOffer
    let publishedOn: CalendarDate
    let url: String

    static let schemaName = "Job"
    static let schema = Schema.object([
        .always("slug", .slug),
        .always("url", .text(format: .uri)),
        .always("title", .text()),
        .always("company", .named(CompanyResource.Reference.self)),
        .always("description", .text()),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(Location.self)),
        .always("salary", .optional(.named(SalaryRange.self))),
        .always("terms", .named(TermsOffer.self)),
        .always("published_on", .date),
        .always("valid_through", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug.text)
            json.member("url", url)
            json.member("title", details.title.text)
            json.member("company", company)
            json.member("description", details.description.text)
            json.member("employment_type", details.employmentType.rawValue)
            json.member("location", details.location)
            json.member("salary", details.salary)
            json.member("terms", offer)
            json.member("published_on", publishedOn)
            json.member("valid_through", details.validThrough)
        }
    }
}

/// A job as a row of a public list.
struct JobRowResource: JSONWritable {
    let slug: JobSlug
    let title: JobTitle
    let companyName: CompanyName
    let location: Location
    let employmentType: EmploymentType
    let salary: SalaryRange?
    let commission: Money
    let publishedOn: CalendarDate
    let url: String

    static let schemaName = "JobRow"
    static let schema = Schema.object([
        .always("slug", .slug),
        .always("url", .text(format: .uri)),
        .always("title", .text()),
        .always("company_name", .text()),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(Location.self)),
        .always("salary", .optional(.named(SalaryRange.self))),
        .always("commission", .named(Money.self)),
        .always("published_on", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug.text)
            json.member("url", url)
            json.member("title", title.text)
            json.member("company_name", companyName.text)
            json.member("employment_type", employmentType.rawValue)
            json.member("location", location)
            json.member("salary", salary)
            json.member("commission", commission)
            json.member("published_on", publishedOn)
        }
    }
}

/// A job as its own company sees it.
struct OwnJobResource: JSONWritable {
    let id: JobID
    let slug: JobSlug
    let state: JobState
    let details: JobDetails
    let offer: TermsOffer
    let termsVersion: Int

    static let schemaName = "OwnJob"
    static let schema = Schema.object([
        .always("id", .id),
        .always("slug", .slug),
        .always("state", .any(of: JobState.self)),
        .always("title", .text()),
        .always("description", .text()),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(Location.self)),
        .always("salary", .optional(.named(SalaryRange.self))),
        .always("terms", .named(TermsOffer.self)),
        .always("terms_version", .integer(min: 1)),
        .always("valid_through", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("slug", slug.text)
            json.member("state", state.rawValue)
            json.member("title", details.title.text)
            json.member("description", details.description.text)
            json.member("employment_type", details.employmentType.rawValue)
            json.member("location", details.location)
            json.member("salary", details.salary)
            json.member("terms", offer)
            json.member("terms_version", termsVersion)
            json.member("valid_through", details.validThrough)
        }
    }
}

/// A job as a row of its company's list.
struct OwnJobRowResource: JSONWritable {
    let id: JobID
    let slug: JobSlug
    let title: JobTitle
    let state: JobState
    let validThrough: CalendarDate

    static let schemaName = "OwnJobRow"
    static let schema = Schema.object([
        .always("id", .id),
        .always("slug", .slug),
        .always("title", .text()),
        .always("state", .any(of: JobState.self)),
        .always("valid_through", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("slug", slug.text)
            json.member("title", title.text)
            json.member("state", state.rawValue)
            json.member("valid_through", validThrough)
        }
    }
}

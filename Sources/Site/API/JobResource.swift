import Domain
import Store

/// A job as everybody may read it.
struct JobResource: JSONWritable {
    let job: PublicJobs.Job
    let visibility: JobVisibility
    let url: String

    static let schemaName = "Job"
    static let schema = Schema.object(
        [
            .always("slug", .slug),
            .always("url", .text(format: .uri)),
            .always("state", .choice([JobVisibility.open, .paused].map(\.rawValue))),
            .always("company", .named(CompanyResource.Reference.self)),
            .always("published_at", .moment),
            .always("updated_at", .moment),
        ] + AdMembers.schema)

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", job.slug.text)
            json.member("url", url)
            json.member("state", visibility.rawValue)
            json.member("company", CompanyResource.Reference(job.company))
            json.member("published_at", job.publishedAt ?? job.createdAt)
            json.member("updated_at", job.updatedAt)
            AdMembers(details: job.details, termsVersion: job.termsVersion, offer: job.offer)
                .write(to: &json)
        }
    }
}

/// What everybody and the company itself read of a job alike: the ad and its terms.
struct AdMembers {
    let details: JobDetails
    let termsVersion: Int
    let offer: TermsOffer

    static let schema: [Schema.Member] = [
        .always("title", .text()),
        .always("description", .text()),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(Location.self)),
        .always("salary", .optional(.named(SalaryRange.self))),
        .always("terms_version", .integer(min: 1)),
        .always("terms", .named(TermsOffer.self)),
        .always("valid_through", .date),
    ]

    func write(to json: inout JSONWriter) {
        json.member("title", details.title.text)
        json.member("description", details.description.text)
        json.member("employment_type", details.employmentType.rawValue)
        json.member("location", details.location)
        json.member("salary", details.salary)
        json.member("terms_version", termsVersion)
        json.member("terms", offer)
        json.member("valid_through", details.validThrough)
    }
}

/// A job as a row of a public list.
struct JobRowResource: JSONWritable {
    let job: PublicJobs.Summary
    let url: String

    static let schemaName = "JobRow"
    static let schema = Schema.object([
        .always("slug", .slug),
        .always("url", .text(format: .uri)),
        .always("title", .text()),
        .always("company", .slug),
        .always("company_name", .text()),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(Location.self)),
        .always("salary", .optional(.named(SalaryRange.self))),
        .always("terms", .named(TermsOffer.self)),
        .always("published_at", .moment),
        .always("updated_at", .moment),
        .always("valid_through", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", job.slug.text)
            json.member("url", url)
            json.member("title", job.title.text)
            json.member("company", job.companySlug.text)
            json.member("company_name", job.companyName.text)
            json.member("employment_type", job.employmentType.rawValue)
            json.member("location", job.location)
            json.member("salary", job.salary)
            json.member("terms", job.offer)
            json.member("published_at", job.publishedAt)
            json.member("updated_at", job.updatedAt)
            json.member("valid_through", job.validThrough)
        }
    }
}

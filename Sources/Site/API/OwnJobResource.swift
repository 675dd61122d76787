import Domain
import Store

/// A job as its own company sees it.
struct OwnJobResource: JSONWritable {
    let job: Jobs.OwnJob

    static let schemaName = "OwnJob"
    static let schema = Schema.object(
        [
            .always("id", .id),
            .always("slug", .slug),
            .always("state", .any(of: JobState.self)),
            .always("created_at", .moment),
            .always("updated_at", .moment),
            .always("published_at", .optional(.moment)),
        ] + AdMembers.schema)

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", job.id)
            json.member("slug", job.slug.text)
            json.member("state", job.state.rawValue)
            json.member("created_at", job.createdAt)
            json.member("updated_at", job.updatedAt)
            json.member("published_at", job.publishedAt)
            AdMembers(details: job.details, termsVersion: job.termsVersion, offer: job.offer)
                .write(to: &json)
        }
    }
}

/// A job as a row of its company's list.
struct OwnJobRowResource: JSONWritable {
    let summary: Jobs.Summary

    static let schemaName = "OwnJobRow"
    static let schema = Schema.object([
        .always("id", .id),
        .always("slug", .slug),
        .always("title", .text()),
        .always("state", .any(of: JobState.self)),
        .always("terms", .named(TermsOffer.self)),
        .always("valid_through", .date),
        .always(
            "candidates", .object(Stage.allCases.map { .maybe($0.rawValue, .integer(min: 1)) })),
    ])

    func write(to json: inout JSONWriter) {
        let job = summary.job
        json.object { json in
            json.member("id", job.id)
            json.member("slug", job.slug.text)
            json.member("title", job.details.title.text)
            json.member("state", job.state.rawValue)
            json.member("terms", job.offer)
            json.member("valid_through", job.details.validThrough)
            json.name("candidates")
            json.object { json in
                for stage in Stage.allCases {
                    guard let count = summary.candidates[stage] else { continue }
                    json.name(text: stage.rawValue)
                    json.number(Int64(count))
                }
            }
        }
    }
}

/// One version of a job's terms, and when it was in force.
struct TermsVersionResource: JSONWritable {
    let terms: Terms

    static let schemaName = "TermsVersion"
    static let schema = Schema.object([
        .always("version", .integer(min: 1)),
        .always("terms", .named(TermsOffer.self)),
        .always("in_force_from", .moment),
        .always("in_force_until", .optional(.moment)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("version", terms.version)
            json.member("terms", terms.offer)
            json.member("in_force_from", terms.inForceFrom)
            json.member("in_force_until", terms.inForceUntil)
        }
    }
}

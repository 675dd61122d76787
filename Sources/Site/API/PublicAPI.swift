import Domain
import HTTP
import Store

/// What programs may ask without a token, and whose a token is.
struct PublicAPI {
    let visit: Visit

    func jobs() async throws -> Response {
        let filter = JobFilter { visit.query[$0] }
        let found = try await visit.store.publicJobs.list(
            filter.search, after: visit.cursor, limit: visit.limit, today: visit.today)
        return visit.json(found) { job in
            JobRowResource(
                slug: job.slug, title: job.title, companyName: job.companyName,
                location: job.location, employmentType: job.employmentType, salary: job.salary,
                commission: job.commission, publishedOn: job.publishedAt.date,
                url: visit.url(PublicRoute.job(job.slug).path))
        }
    }

    func job(_ slug: JobSlug) async throws -> Response {
        guard let job = try await visit.store.publicJobs.find(slug) else {
            throw DomainError.notFound(.job)
        }
        switch job.visibility(on: visit.today) {
        case .open: break
        case .draft: throw DomainError.notFound(.job)
        case .paused: throw DomainError.conflict(.jobNotPublished)
        case .filled, .closed, .expired: throw DomainError.gone(.job)
        }
        return visit.json(
            JobResource(
                slug: job.slug, details: job.details,
                company: CompanyResource.Reference(
                    slug: job.company.slug, name: job.company.page.name,
                    isVerified: job.company.isVerified),
                offer: job.offer, publishedOn: (job.publishedAt ?? job.createdAt).date,
                url: visit.url(PublicRoute.job(job.slug).path)))
    }

    func company(_ slug: CompanySlug) async throws -> Response {
        guard let company = try await visit.store.companies.find(slug) else {
            throw DomainError.notFound(.company)
        }
        return visit.json(
            CompanyResource(
                slug: company.slug, name: company.page.name, about: company.page.about,
                website: company.page.website, isVerified: company.isVerified))
    }

    func me() async throws -> Response {
        let account = try await visit.store.accounts.find(try visit.principal().account)
        guard let account else { throw DomainError.notFound(.account) }
        return visit.json(AccountResource(account: account))
    }

    /// The key, where one is sent, is the application's own: no account is needed.
    func apply(_ slug: JobSlug) async throws -> Response {
        let members = try visit.sentObject()
        let fields = Fields.json(members)
        let form = try ApplicationForm(
            fields, cv: try Self.cv(members),
            language: Language(rawValue: fields[.language]) ?? visit.language)
        let outcome = try await ApplicationHandlers(visit: visit).submit(
            form, to: slug, via: LinkCode(fields["via"]), key: try visit.sentKey())
        switch outcome {
        case .accepted(_, let receipt):
            return visit.json(
                ReceiptResource(
                    receipt: receipt, url: visit.url(PublicRoute.receipt(receipt).path)),
                status: .created)
        case .duplicate(let match): throw DomainError.duplicate(.candidate(match))
        }
    }

    private static func cv(
        _ members: [String: JSONValue]
    ) throws(DomainError) -> (name: String, bytes: [UInt8])? {
        guard let cv = members["cv"], cv != .null else { return nil }
        guard let name = cv["file_name"]?.text, let content = cv["content"]?.text,
            let bytes = Base64.decoded(content)
        else { throw .invalid([ValidationError(.cv, .malformed)]) }
        return (name, bytes)
    }
}

import Domain
import HTTP
import Store

/// What programs may ask without a token, and whose a token is.
struct PublicAPI {
    let visit: Visit

    func jobs() async throws -> Response {
        let query = try visit.listQuery()
        let search = PublicJobs.Search(
            words: query["q"] ?? "", country: query["country"].map { CountryCode(stored: $0) },
            employmentType: query["employment_type"].flatMap(EmploymentType.init(rawValue:)),
            remote: query["remote"].flatMap(Remote.init(rawValue:)))
        let found = try await visit.store.publicJobs.list(
            search, after: query.after, limit: query.limit, today: visit.today)
        return visit.json(found) { job in
            JobRowResource(job: job, url: visit.url(PublicRoute.job(job.slug).path))
        }
    }

    func job(_ slug: JobSlug) async throws -> Response {
        guard let job = try await visit.store.publicJobs.find(slug) else {
            throw DomainError.notFound(.job)
        }
        let visibility = job.visibility(on: visit.today)
        switch visibility {
        case .open, .paused: break
        case .draft: throw DomainError.notFound(.job)
        case .filled, .closed, .expired: throw DomainError.gone(.job)
        }
        return visit.json(
            JobResource(
                job: job, visibility: visibility,
                url: visit.url(PublicRoute.job(job.slug).path)),
            // Its members without the text take about a thousand bytes.
            capacity: 1_024 + job.details.description.text.utf8.count * 9 / 8)
    }

    func company(_ slug: CompanySlug) async throws -> Response {
        guard let company = try await visit.store.companies.find(slug) else {
            throw DomainError.notFound(.company)
        }
        return visit.json(CompanyResource(company: company))
    }

    func me() async throws -> Response {
        let account = try await visit.store.accounts.find(try visit.principal().account)
        guard let account else { throw DomainError.notFound(.account) }
        return visit.json(AccountResource(account: account))
    }
}

import Admission
import Domain
import HTTP
import Store

/// The jobs as everybody sees them.
struct PublicJobHandlers {
    let visit: Visit

    private var jobs: PublicJobs { visit.store.publicJobs }

    func list() async throws -> Response {
        let filter = JobFilter { visit.query[$0] }
        var search = filter.search
        var leftOut: Set<LeftOut> = []
        // Finding words costs many times what the rows of an index do.
        if visit.services.brownout >= .plainSearch, !search.words.isEmpty {
            search.words = ""
            leftOut.insert(.search)
        }
        let found = try await jobs.list(search, after: visit.cursor, today: visit.today)
        // Only the first page says how many there are.
        var total: Int?
        if visit.cursor == nil {
            if visit.services.brownout < .noCounts {
                let search = search
                total = try await visit.memory.count(search) {
                    try await jobs.count(search, today: visit.today)
                }
            } else {
                leftOut.insert(.counts)
            }
        }
        if !leftOut.isEmpty { visit.shared?.leavesOut() }
        return visit.page(
            JobListPage(
                filter: filter, jobs: found.items.map { JobCard($0) }, total: total,
                isFirst: visit.cursor == nil, nextCursor: found.next?.text,
                leftOut: leftOut))
    }

    func show(_ slug: JobSlug) async throws -> Response {
        guard let job = try await jobs.find(slug) else { throw DomainError.notFound(.job) }
        visit.shared?.shows(only: job.company.id)
        switch job.visibility(on: visit.today) {
        case .open: return try await open(job)
        case .draft:
            guard mayPreview(job) else { throw DomainError.notFound(.job) }
            return visit.page(page(job, similar: [], isPreview: true))
        case .paused, .filled, .closed, .expired: return try await gone(job)
        }
    }

    private func open(_ job: PublicJobs.Job) async throws -> Response {
        visit.page(page(job, similar: try await similar(to: job), isPreview: false))
    }

    private func page(
        _ job: PublicJobs.Job, similar: [JobCard], isPreview: Bool
    ) -> JobPage {
        let via = visit.shared?.code ?? visit.query["via"].flatMap { LinkCode($0) }
        return JobPage(
            slug: job.slug, details: job.details,
            publishedOn: ZonedTime(job.publishedAt ?? job.createdAt).date,
            company: CompanySummary(job.company), offer: via == nil ? job.offer : nil, via: via,
            isPreview: isPreview, similar: similar,
            leftOut: leavesOutSimilar && !isPreview ? [.similarJobs] : [])
    }

    /// What stands at the address of a job that nobody can apply for: 410 when it is over.
    func gone(_ job: PublicJobs.Job) async throws -> Response {
        let visibility = job.visibility(on: visit.today)
        return visit.page(
            JobGonePage(
                jobTitle: job.details.title, company: job.company.page.name,
                visibility: visibility, validThrough: job.details.validThrough,
                similar: try await similar(to: job)),
            status: visibility == .paused ? .ok : .gone)
    }

    private func similar(to job: PublicJobs.Job) async throws -> [JobCard] {
        if leavesOutSimilar {
            visit.shared?.leavesOut()
            return []
        }
        let others = try await jobs.list(
            of: job.company.id, limit: PageLimit(clamping: 4), today: visit.today)
        return others.items.filter { $0.id != job.id }.prefix(3).map { JobCard($0) }
    }

    private var leavesOutSimilar: Bool { visit.services.brownout >= .noSimilarJobs }

    private func mayPreview(_ job: PublicJobs.Job) -> Bool {
        guard let principal = visit.person?.principal else { return false }
        return principal.role == .admin || principal.company == job.company.id
    }
}

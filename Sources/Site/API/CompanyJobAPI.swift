import Domain
import HTTP
import Store

/// A company's own jobs for programs.
struct CompanyJobAPI {
    let visit: Visit

    private var jobs: Jobs { visit.store.jobs }

    func list() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await jobs.list(
            of: try visit.company(), after: query.after, limit: query.limit)
        return visit.json(found) { OwnJobRowResource(summary: $0) }
    }

    func show(_ id: JobID) async throws -> Response {
        visit.json(OwnJobResource(job: try await jobs.find(id, for: try visit.principal())))
    }

    func create() async throws -> Response {
        let fields = try JobInput.fields(try visit.sentContent())
        let principal = try visit.principal()
        let company = try visit.company()
        let random = visit.services.random.bytes(8)
        return try await visit.write(
            at: { APIRoute.companyJob($0.job.id).path },
            { transaction in
                // Judged only when it is new: a day that has passed since must not keep a repeated
                // request from its answer.
                let form = try JobForm(fields, today: visit.today)
                return OwnJobResource(
                    job: try await jobs.create(
                        form.details, offer: form.offer, for: company, random: random,
                        by: principal, at: visit.now, in: transaction))
            })
    }

    func save(_ id: JobID) async throws -> Response {
        let fields = try JobInput.fields(try visit.sentContent())
        let principal = try visit.principal()
        let old = try await jobs.find(id, for: principal)
        return try await visit.write { transaction in
            let form = try JobForm(
                fields, today: visit.today, old: old.details.validThrough)
            return OwnJobResource(
                job: try await jobs.edit(
                    id, form.details, offer: form.offer, by: principal, at: visit.now,
                    in: transaction))
        }
    }

    func move(_ id: JobID, to state: JobState) async throws -> Response {
        _ = try visit.sentContent()
        let principal = try visit.principal()
        return try await visit.write { transaction in
            OwnJobResource(
                job: try await jobs.move(
                    id, to: state, by: principal, at: visit.now, in: transaction))
        }
    }

    /// Every version; there are too few for pages.
    func terms(_ id: JobID) async throws -> Response {
        _ = try visit.listQuery()
        _ = try await jobs.find(id, for: try visit.principal())
        return visit.json(try await jobs.terms(of: id)) { TermsVersionResource(terms: $0) }
    }
}

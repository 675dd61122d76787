import Domain
import HTTP
import Store

/// A company's own jobs.
struct CompanyJobHandlers {
    let visit: Visit

    private var jobs: Jobs { visit.store.jobs }

    func list() async throws -> Response {
        let found = try await jobs.list(of: try visit.company(), after: visit.cursor)
        return visit.page(
            CompanyJobsPage(
                jobs: found.items.map { CompanyJobsPage.Row($0, today: visit.today) },
                isFirst: visit.cursor == nil, nextCursor: found.next?.text))
    }

    func show(_ id: JobID) async throws -> Response {
        let job = try await jobs.find(id, for: try visit.principal())
        let terms = try await jobs.terms(of: id)
        let candidates = try await visit.store.candidates.list(
            of: id, limit: PageLimit(clamping: PageLimit.max))
        return visit.page(
            CompanyJobPage(
                id: id, slug: job.slug, details: job.details, state: job.state, terms: terms,
                candidates: candidates.items.map { CandidateRow($0) }))
    }

    func newForm() -> Response { visit.page(JobFormPage(input: JobFormPage.defaults)) }

    func create() async throws -> Response {
        let fields = visit.fields
        do {
            let form = try JobForm(fields, today: visit.today)
            return visit.redirect(to: try await create(form), notice: .jobSaved)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                JobFormPage(input: fields.typed(failure: error)),
                after: error)
        }
    }

    func editForm(_ id: JobID) async throws -> Response {
        let job = try await jobs.find(id, for: try visit.principal())
        return visit.page(
            JobFormPage(
                job: (id, job.details.title), input: JobForm.input(of: job),
                isPublished: job.state == .published))
    }

    func save(_ id: JobID) async throws -> Response {
        let job = try await jobs.find(id, for: try visit.principal())
        let fields = visit.fields
        do {
            let form = try JobForm(fields, today: visit.today, old: job.details.validThrough)
            _ = try await visit.store.write { transaction in
                try await jobs.edit(
                    id, form.details, offer: form.offer, by: try visit.principal(),
                    at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                JobFormPage(
                    job: (id, job.details.title), input: fields.typed(failure: error),
                    isPublished: job.state == .published),
                after: error)
        }
        return visit.redirect(to: CompanyRoute.job(id).path, notice: .jobSaved)
    }

    func move(_ id: JobID, to state: JobState) async throws -> Response {
        let principal = try visit.principal()
        do {
            _ = try await visit.store.write { transaction in
                try await jobs.move(
                    id, to: state, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError {
            guard error == .conflict(.salaryMissing) || error == .conflict(.jobExpired) else {
                throw error
            }
            return try await wanting(id, error)
        }
        return visit.redirect(to: CompanyRoute.job(id).path, notice: Self.notice(of: state))
    }

    /// The form, with what is missing before the job can be published said beside its field.
    private func wanting(_ id: JobID, _ error: DomainError) async throws -> Response {
        let job = try await jobs.find(id, for: try visit.principal())
        var input = JobForm.input(of: job)
        input.failure =
            error == .conflict(.salaryMissing)
            ? .invalid([ValidationError(.salary, .missing)])
            : .invalid([ValidationError(.validThrough, .inThePast)])
        return visit.page(
            JobFormPage(job: (id, job.details.title), input: input), status: .conflict)
    }

    /// Makes the job and gives the path of its page; the same form sent twice makes one job.
    private func create(_ form: JobForm) async throws -> String {
        let random = visit.services.random.bytes(8)
        let principal = try visit.principal()
        let request = try visit.keyedForm(of: principal.account)
        let answer = try await visit.store.once(request, at: visit.now) { transaction in
            let job = try await jobs.create(
                form.details, offer: form.offer, for: try visit.company(), random: random,
                by: principal, at: visit.now, in: transaction)
            return StoredAnswer(
                status: 303, location: CompanyRoute.job(job.id).path, body: [])
        }
        return answer.location ?? CompanyRoute.jobs.path
    }

    private static func notice(of state: JobState) -> Notice {
        switch state {
        case .draft: .jobSaved
        case .published: .jobPublished
        case .paused: .jobPaused
        case .filled: .jobFilled
        case .closed: .jobClosed
        }
    }
}

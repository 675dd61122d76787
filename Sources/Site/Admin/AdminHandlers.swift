import Domain
import HTTP
import Store

/// The admin's desk.
struct AdminHandlers {
    let visit: Visit

    func desk() async throws -> Response {
        let store = visit.store
        async let openCommissions = store.desks.openCommissions()
        let parts = try await store.adminQueue.parts(today: visit.today)
        return visit.page(
            AdminDeskPage(parts: parts, openCommissions: try await openCommissions))
    }

    /// Sends a mail again that was given up.
    func resend(_ id: OutboxID) async throws -> Response {
        let principal = try visit.principal()
        try await visit.store.write { transaction in
            try await visit.store.mailDelivery.resend(
                id, by: principal, at: visit.now, in: transaction)
        }
        return visit.redirect(to: AdminRoute.overview.path, notice: .mailResent)
    }

    func audit() async throws -> Response {
        let filter = AuditFilter { visit.query[$0] }
        guard let wanted = filter.wanted else {
            return visit.page(AuditLogPage(entries: [], filter: filter))
        }
        let found = try await visit.store.audit.list(wanted, after: visit.cursor)
        return visit.page(
            AuditLogPage(
                entries: found.items, filter: filter, isFirst: visit.cursor == nil,
                nextCursor: found.next?.text))
    }

    func search() async throws -> Response {
        let question: SearchQuestion?
        do throws(ValidationError) {
            question = try SearchQuestion(visit.query["q"] ?? "")
        } catch {
            let page = AdminSearchPage(form: SearchForm(failure: error), groups: [])
            return visit.page(page, status: .unprocessableContent)
        }
        guard let question else {
            return visit.page(AdminSearchPage(form: SearchForm(), groups: []))
        }
        let groups = try await visit.store.adminSearch.find(question)
        return visit.page(
            AdminSearchPage(form: SearchForm(text: question.text), groups: groups))
    }

    /// Reads everything that was ever booked.
    func books() async throws -> Response {
        visit.page(BooksPage(try await visit.store.books.check(deadline: .seconds(20))))
    }

    /// A job in whatever state, also one that the public page does not show.
    func job(_ id: JobID) async throws -> Response {
        let job = try await visit.store.jobs.find(id, for: try visit.principal())
        guard let company = try await visit.store.companies.find(job.company) else {
            throw DomainError.notFound(.company)
        }
        return visit.page(
            AdminJobPage(
                id: id, slug: job.slug, details: job.details,
                visibility: job.visibility(on: visit.today), company: CompanySummary(company),
                createdAt: job.createdAt, publishedAt: job.publishedAt,
                terms: try await visit.store.jobs.terms(of: id)))
    }

    func companies() async throws -> Response {
        let found = try await visit.store.companies.list(
            after: visit.cursor, today: visit.today)
        let rows = found.items.map { company in
            AdminCompaniesPage.Row(
                id: company.profile.id, company: CompanySummary(company.profile),
                registeredAt: company.registeredAt, openJobs: company.openJobs)
        }
        return visit.page(
            AdminCompaniesPage(
                companies: rows, isFirst: visit.cursor == nil, nextCursor: found.next?.text))
    }

    func verify(_ id: CompanyID) async throws -> Response {
        let principal = try visit.principal()
        try await visit.store.write { transaction in
            try await visit.store.companies.verify(
                id, by: principal, at: visit.now, in: transaction)
        }
        return visit.redirect(to: AdminRoute.companies.path, notice: .companyVerified)
    }
}

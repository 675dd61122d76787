import Domain
import HTTP
import Store

/// The admin's desk.
struct AdminHandlers {
    let visit: Visit

    private static let hiresOnDesk = PageLimit(clamping: 5)

    func desk() async throws -> Response {
        let figures = try await visit.store.desks.admin()
        let reported = try await visit.store.hires.reported(limit: Self.hiresOnDesk)
        return visit.page(
            AdminDeskPage(
                reported: reported.items.map { AdminHireRow($0) },
                reportedCount: figures.reportedHires,
                unverifiedCompanies: figures.unverifiedCompanies,
                openCommissions: figures.openCommissions))
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

import Domain
import HTTP
import Postgres
import Store

/// The first page, and what belongs to no resource.
struct HomeHandlers {
    let visit: Visit

    private static let jobsOnHome = PageLimit(clamping: 6)

    func show() async throws -> Response {
        let jobs = visit.store.publicJobs
        let newest = try await jobs.list(limit: Self.jobsOnHome, today: visit.today)
        let figures = try await visit.store.desks.front(today: visit.today)
        return visit.page(
            HomePage(
                jobs: newest.items.map { JobCard($0) }, openJobCount: figures.openJobs,
                companyCount: figures.companies, largestCommission: figures.largestCommission))
    }

    /// Sets the language and goes back to where the reader was.
    func choose(_ language: Language) -> Response {
        var response = Response.redirect(
            to: LocalAddress(visit.query["back"])?.text ?? PublicRoute.home.path)
        response.fields.add(ReaderLanguage.set(language, isSecure: visit.isSecure))
        return response
    }

    func apiGuide() -> Response {
        let routes = Route.table.compactMap { maker -> APIPage.RouteLine? in
            let row = maker.sample.row
            guard let contract = row.contract else { return nil }
            var role: Role?
            if case .token(let wanted) = row.access { role = wanted }
            return APIPage.RouteLine(
                method: row.method.name.description, path: row.pattern.description,
                summary: contract.summary, role: role)
        }
        return visit.page(APIPage(routes: routes))
    }

    func openAPI() -> Response {
        .json(OpenAPI(origin: visit.services.settings.publicOrigin).bytes)
    }
}

/// A path on this site that came from a request: never an address on another one.
struct LocalAddress {
    let text: String

    /// Takes a path with its query; nil for anything that a browser could take elsewhere.
    init?(_ input: String?) {
        guard let input, input.hasPrefix("/"), !input.hasPrefix("//"), !input.hasPrefix("/\\"),
            input.utf8.count <= 2_000, input.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        text = input
    }
}

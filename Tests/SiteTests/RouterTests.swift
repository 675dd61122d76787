import Domain
import HTTP
import Testing

@testable import Site

@Suite struct RouterTests {
    private let router = Router()

    @Test(arguments: Route.table)
    func `a route finds itself by its own address`(maker: RouteMaker) {
        let route = maker.sample

        let found = find(route.row.method, route.row.path)

        #expect(found == route)
    }

    @Test func `no two routes have the same method and pattern`() {
        let places = Route.table.map { "\($0.sample.row.method) \($0.sample.row.pattern)" }
        #expect(Set(places).count == places.count)
    }

    @Test func `no two routes have the same name`() {
        #expect(Set(Route.table.map(\.name)).count == Route.table.count)
        #expect(Route.table.contains { $0.name == "company.publish" })
    }

    @Test(arguments: Route.table)
    func `the braces of a pattern and the value of a case go together`(maker: RouteMaker) {
        let row = maker.sample.row
        #expect(row.pattern.description.contains("{") == (row.parameter != nil))
        #expect((maker.parameterSchema != nil) == (row.parameter != nil))
    }

    @Test(arguments: [
        "/nothing", "/jobs/", "//jobs", "/jobs/Upper", "/jobs/a/b", "/company/jobs/0",
        "/company/jobs/-1", "/company/jobs/01", "/company/jobs/x/publish", "/r/short",
        "/applications/7k2m9p4qab", "/language/xx", "", "jobs",
    ])
    func `a path that names nothing is not found`(path: String) {
        #expect(find(.get, path) == nil)
        guard case .notFound = match(.get, path) else {
            Issue.record("found something at \(path)")
            return
        }
    }

    @Test func `a path that exists tells which methods it allows`() {
        guard case .methodNotAllowed(let allow) = match(.delete, "/sign-in") else {
            Issue.record("no 405")
            return
        }
        #expect(allow == "GET, HEAD, OPTIONS, POST")
    }

    @Test func `a value that cannot be is not found with any method`() {
        guard case .notFound = match(.delete, "/company/jobs/abc/publish") else {
            Issue.record("it was named")
            return
        }
    }

    @Test func `HEAD finds what GET finds`() {
        #expect(find(.head, "/jobs") == .open(.jobs))
    }

    @Test func `a literal segment goes before a value`() {
        #expect(find(.get, "/company/jobs/new") == .company(.newJobForm))
        #expect(find(.get, "/company/jobs/12") == .company(.job(.init(12))))
    }

    @Test(arguments: Route.table)
    func `every route with content bounds it`(maker: RouteMaker) {
        let row = maker.sample.row
        #expect((row.bodyBytesMax == 0) == (row.method == .get && row.kind != .api))
        #expect(row.kind != .form || row.bodyBytesMax > 0)
        #expect((row.kind == .api) == (row.contract != nil))
    }

    private func find(_ method: Method, _ path: String) -> Route? {
        guard case .found(let route, _) = match(method, path) else { return nil }
        return route
    }

    private func match(_ method: Method, _ path: String) -> Router.Match {
        var path = path
        return path.withUTF8 { router.match(method, $0) }
    }
}

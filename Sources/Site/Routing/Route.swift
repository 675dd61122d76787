import HTML

/// Everything that can be asked of the site. A case prints its own address, so that no link can be
/// mistyped.
package enum Route: Hashable, Sendable {
    case open(PublicRoute)
    case account(AccountRoute)
    case company(CompanyRoute)
    case affiliate(AffiliateRoute)
    case admin(AdminRoute)
    case mail(MailRoute)
    case dispute(DisputeRoute)
    case api(APIRoute)

    /// Its row of the table.
    package var row: RouteRow {
        switch self {
        case .open(let route): route.row
        case .account(let route): route.row
        case .company(let route): route.row
        case .affiliate(let route): route.row
        case .admin(let route): route.row
        case .mail(let route): route.row
        case .dispute(let route): route.row
        case .api(let route): route.row
        }
    }

    /// All routes there are.
    static let table: [RouteMaker] =
        PublicRoute.all.map { $0.inside(Route.open) }
        + AccountRoute.all.map { $0.inside(Route.account) }
        + CompanyRoute.all.map { $0.inside(Route.company) }
        + AffiliateRoute.all.map { $0.inside(Route.affiliate) }
        + AdminRoute.all.map { $0.inside(Route.admin) }
        + MailRoute.all.map { $0.inside(Route.mail) }
        + DisputeRoute.all.map { $0.inside(Route.dispute) }
        + APIRoute.all.map { $0.inside(Route.api) }
}

/// The routes of one part of the site.
package protocol RouteGroup: Hashable, Sendable {
    /// The row of the table.
    var row: RouteRow { get }

    /// How each case is made of the segment that its path has in braces.
    static var all: [CaseMaker<Self>] { get }
}

extension RouteGroup {
    /// The address, for links and redirects.
    package var path: String { row.path }

    /// The address for a page, with query parameters.
    func link(_ query: [(name: String, value: String)] = []) -> URLReference {
        URLReference(path: row.path, query: query)
    }
}

/// Makes one case of a group.
package struct CaseMaker<Group: RouteGroup>: Sendable {
    let sample: Group
    let parameterSchema: Schema?
    private let make: @Sendable (String) -> Group?

    /// A case without a value.
    static func fixed(_ route: Group) -> CaseMaker {
        CaseMaker(sample: route, parameterSchema: nil) { _ in route }
    }

    /// A case whose value stands in its path.
    static func by<Parameter: PathParameter>(
        _ make: @escaping @Sendable (Parameter) -> Group
    ) -> CaseMaker {
        CaseMaker(sample: make(Parameter.sample), parameterSchema: Parameter.schema) { segment in
            Parameter(segment: segment).map(make)
        }
    }

    private init(
        sample: Group, parameterSchema: Schema?, make: @escaping @Sendable (String) -> Group?
    ) {
        self.sample = sample
        self.parameterSchema = parameterSchema
        self.make = make
    }

    /// The same case as one of the whole site's.
    func inside(_ wrap: @escaping @Sendable (Group) -> Route) -> RouteMaker {
        let make = make
        return RouteMaker(
            sample: wrap(sample), name: Self.name(of: sample), parameterSchema: parameterSchema
        ) { segment in make(segment).map(wrap) }
    }

    /// `company.publish` for `CompanyRoute.publish(12)`.
    private static func name(of route: Group) -> String {
        let group = String(describing: Group.self).dropLast("Route".count).lowercased()
        return group + "." + String(describing: route).prefix { $0 != "(" }
    }
}

/// Makes one route of the site, and names it for logs and for the API's description.
package struct RouteMaker: Sendable {
    package let sample: Route
    package let name: String
    package let parameterSchema: Schema?
    let make: @Sendable (_ segment: String) -> Route?
}

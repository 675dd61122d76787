import Domain

/// The admin's desk.
package enum AdminRoute: RouteGroup {
    case overview
    case hires
    case hire(HireID)
    case recordHire(HireID)
    case companies
    case verifyCompany(CompanyID)

    package var row: RouteRow {
        switch self {
        case .overview: .page("/admin", for: .admin, .admin)
        case .hires: .page("/admin/hires", for: .admin, .admin)
        case .hire(let id): .page("/admin/hires/{hire}", id, for: .admin, .admin)
        case .recordHire(let id): .form("/admin/hires/{hire}/record", id, for: .admin, .admin)
        case .companies: .page("/admin/companies", for: .admin, .admin)
        case .verifyCompany(let id):
            .form("/admin/companies/{company}/verify", id, for: .admin, .admin)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.overview), .fixed(.hires), .by(Self.hire), .by(Self.recordHire),
        .fixed(.companies), .by(Self.verifyCompany),
    ]
}

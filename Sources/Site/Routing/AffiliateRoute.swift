import Domain

/// An affiliate's desk.
package enum AffiliateRoute: RouteGroup {
    case overview
    case jobs
    case takeLinkForm(JobSlug)
    case takeLink(JobSlug)
    case recommend(JobSlug)
    case links
    case introductions
    case commission(CommissionID)
    case payouts
    case savePayoutAccount
    case statement(CalendarMonth)
    case statementFile(CalendarMonth)
    case events

    package var row: RouteRow {
        switch self {
        case .overview: .page("/affiliate", for: .affiliate, .member)
        case .jobs: .page("/affiliate/jobs", for: .affiliate, .member)
        case .takeLinkForm(let slug):
            .page("/affiliate/jobs/{slug}", slug, for: .affiliate, .member)
        case .takeLink(let slug): .form("/affiliate/jobs/{slug}", slug, for: .affiliate, .member)
        case .recommend(let slug):
            .form("/affiliate/jobs/{slug}/recommendations", slug, for: .affiliate, .member)
        case .links: .page("/affiliate/links", for: .affiliate, .member)
        case .introductions: .page("/affiliate/introductions", for: .affiliate, .member)
        case .commission(let id):
            .page("/affiliate/commissions/{commission}", id, for: .affiliate, .member)
        case .payouts: .page("/affiliate/payouts", for: .affiliate, .member)
        case .savePayoutAccount: .form("/affiliate/payouts", for: .affiliate, .member).aboutMoney
        case .statement(let month):
            .page("/affiliate/statements/{month}", month, for: .affiliate, .member)
        case .statementFile(let month):
            .document("/affiliate/statements/{month}/csv", month, for: .affiliate, .member)
        case .events: .document("/affiliate/events", for: .affiliate, .member)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.overview), .fixed(.jobs), .by(Self.takeLinkForm), .by(Self.takeLink),
        .by(Self.recommend),
        .fixed(.links), .fixed(.introductions), .by(Self.commission),
        .fixed(.payouts), .fixed(.savePayoutAccount), .by(Self.statement), .by(Self.statementFile),
        .fixed(.events),
    ]
}

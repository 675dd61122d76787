import Domain

/// Disputes about commissions: both sides and the admins have the same pages.
package enum DisputeRoute: RouteGroup {
    case list
    case show(DisputeID)
    case answer(DisputeID)
    case addEvidence(DisputeID)
    case evidence(EvidenceID)
    case withdraw(DisputeID)
    case claimForm(CommissionID)
    case claim(CommissionID)
    case objectionForm(HireID)
    case object(HireID)
    case decisionForm(DisputeID)
    case decide(DisputeID)

    package var row: RouteRow {
        switch self {
        case .list: .page("/disputes", for: .party, .member)
        case .show(let id): .page("/disputes/{dispute}", id, for: .party, .member)
        case .answer(let id): .form("/disputes/{dispute}/answer", id, for: .party, .member)
        case .addEvidence(let id):
            .form(
                "/disputes/{dispute}/evidence", id, for: .party, .member,
                bodyBytesMax: PublicRoute.applicationBytesMax)
        case .evidence(let id): .document("/evidence/{evidence}", id, for: .party, .member)
        case .withdraw(let id): .form("/disputes/{dispute}/withdraw", id, for: .party, .member)
        case .claimForm(let id):
            .page("/affiliate/commissions/{commission}/dispute", id, for: .affiliate, .member)
        case .claim(let id):
            .form("/affiliate/commissions/{commission}/dispute", id, for: .affiliate, .member)
        case .objectionForm(let id):
            .page("/company/hires/{hire}/dispute", id, for: .company, .member)
        case .object(let id): .form("/company/hires/{hire}/dispute", id, for: .company, .member)
        case .decisionForm(let id): .page("/admin/disputes/{dispute}", id, for: .admin, .admin)
        case .decide(let id): .form("/admin/disputes/{dispute}", id, for: .admin, .admin).aboutMoney
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.list), .by(Self.show), .by(Self.answer), .by(Self.addEvidence),
        .by(Self.evidence), .by(Self.withdraw), .by(Self.claimForm), .by(Self.claim),
        .by(Self.objectionForm), .by(Self.object), .by(Self.decisionForm), .by(Self.decide),
    ]
}

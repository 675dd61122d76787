import Domain

/// A company's desk.
package enum CompanyRoute: RouteGroup {
    case overview
    case profileForm
    case saveProfile
    case jobs
    case newJobForm
    case createJob
    case job(JobID)
    case editJobForm(JobID)
    case saveJob(JobID)
    case publish(JobID)
    case pause(JobID)
    case fill(JobID)
    case close(JobID)
    case introduction(IntroductionID)
    case moveStage(IntroductionID)
    case cv(IntroductionID)
    case reportHire(IntroductionID)
    case hires
    case invoices
    case invoice(InvoiceNumber)
    case events

    package var row: RouteRow {
        switch self {
        case .overview: .page("/company", for: .company, .member)
        case .profileForm: .page("/company/profile", for: .company, .member)
        case .saveProfile: .form("/company/profile", for: .company, .member)
        case .jobs: .page("/company/jobs", for: .company, .member)
        case .newJobForm: .page("/company/jobs/new", for: .company, .member)
        case .createJob: .form("/company/jobs/new", for: .company, .member)
        case .job(let id): .page("/company/jobs/{job}", id, for: .company, .member)
        case .editJobForm(let id): .page("/company/jobs/{job}/edit", id, for: .company, .member)
        case .saveJob(let id): .form("/company/jobs/{job}/edit", id, for: .company, .member)
        case .publish(let id): .form("/company/jobs/{job}/publish", id, for: .company, .member)
        case .pause(let id): .form("/company/jobs/{job}/pause", id, for: .company, .member)
        case .fill(let id): .form("/company/jobs/{job}/fill", id, for: .company, .member)
        case .close(let id): .form("/company/jobs/{job}/close", id, for: .company, .member)
        case .introduction(let id):
            .page("/company/introductions/{introduction}", id, for: .company, .member)
        case .moveStage(let id):
            .form("/company/introductions/{introduction}/stage", id, for: .company, .member)
        case .cv(let id):
            .document("/company/introductions/{introduction}/cv", id, for: .company, .member)
        case .reportHire(let id):
            .form("/company/introductions/{introduction}/hire", id, for: .company, .member)
        case .hires: .page("/company/hires", for: .company, .member)
        case .invoices: .page("/company/invoices", for: .company, .member)
        case .invoice(let number):
            .page("/company/invoices/{number}", number, for: .company, .member)
        case .events: .document("/company/events", for: .company, .member)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.overview), .fixed(.profileForm), .fixed(.saveProfile), .fixed(.jobs),
        .fixed(.newJobForm), .fixed(.createJob), .by(Self.job), .by(Self.editJobForm),
        .by(Self.saveJob), .by(Self.publish), .by(Self.pause), .by(Self.fill), .by(Self.close),
        .by(Self.introduction), .by(Self.moveStage), .by(Self.cv), .by(Self.reportHire),
        .fixed(.hires), .fixed(.invoices), .by(Self.invoice), .fixed(.events),
    ]
}

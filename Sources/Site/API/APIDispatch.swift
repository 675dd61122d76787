import Domain
import HTTP

extension Dispatch {
    /// From a route of the API to its handler.
    func answer(_ route: APIRoute) async throws -> Response {
        let company = CompanyAPI(visit: visit)
        let affiliate = AffiliateAPI(visit: visit)
        let admin = AdminAPI(visit: visit)
        let jobs = CompanyJobAPI(visit: visit)
        let open = PublicAPI(visit: visit)
        let applications = ApplicationAPI(visit: visit)
        return switch route {
        case .jobs: try await open.jobs()
        case .job(let slug): try await open.job(slug)
        case .apply(let slug): try await applications.apply(slug)
        case .application(let code): try await applications.application(code)
        case .withdraw(let code): try await applications.withdraw(code)
        case .company(let slug): try await open.company(slug)
        case .me: try await open.me()
        case .companyJobs: try await jobs.list()
        case .createJob: try await jobs.create()
        case .companyJob(let id): try await jobs.show(id)
        case .saveJob(let id): try await jobs.save(id)
        case .publish(let id): try await jobs.move(id, to: .published)
        case .pause(let id): try await jobs.move(id, to: .paused)
        case .fill(let id): try await jobs.move(id, to: .filled)
        case .close(let id): try await jobs.move(id, to: .closed)
        case .terms(let id): try await jobs.terms(id)
        case .candidates(let id): try await company.candidates(id)
        case .introduction(let id): try await company.introduction(id)
        case .moveStage(let id): try await company.moveStage(id)
        case .cv(let id): try await IntroductionHandlers(visit: visit).cv(id)
        case .reportHire(let id): try await company.reportHire(id)
        case .companyHires: try await company.hires()
        case .owed: try await company.owed()
        case .links: try await affiliate.links()
        case .takeLink: try await affiliate.takeLink()
        case .recommend(let slug): try await affiliate.recommend(slug)
        case .introductions: try await affiliate.introductions()
        case .ownIntroduction(let id): try await affiliate.introduction(id)
        case .commissions: try await affiliate.commissions()
        case .commission(let id): try await affiliate.commission(id)
        case .balance: try await affiliate.balance()
        case .hires: try await admin.hires()
        case .hire(let id): try await admin.hire(id)
        case .recordHire(let id): try await admin.record(id)
        case .companies: try await admin.companies()
        case .verifyCompany(let id): try await admin.verify(id)
        }
    }
}

import Domain
import HTTP

extension APIRoute {
    var publicRow: RouteRow {
        switch self {
        case .job(let slug):
            .rememberedAPI(
                "/api/v1/jobs/{slug}", slug,
                .one(JobResource.self, "One open job."))
        case .company(let slug):
            .rememberedAPI(
                "/api/v1/companies/{slug}", slug,
                .one(CompanyResource.self, "One company."))
        case .me:
            .api(
                .get, "/api/v1/me", for: .token(nil), .member,
                .one(AccountResource.self, "The account that the token belongs to."))
        case .events:
            .api(
                .get, "/api/v1/events", for: .token(nil), .member,
                .events(
                    "What happens, as it happens: commissions and payouts of an affiliate, "
                        + "candidates and invoices of a company; the data are JSON."))
        default:
            .rememberedAPI(
                "/api/v1/jobs", nil,
                .list(
                    of: JobRowResource.self,
                    by: [
                        .maybe("q", .text(lengthMax: 200)),
                        .maybe("country", .choice(CountryCode.known.map(\.text))),
                        .maybe("employment_type", .any(of: EmploymentType.self)),
                        .maybe("remote", .any(of: Remote.self)),
                    ],
                    "Open jobs, newest first."))
        }
    }

    var applicationRow: RouteRow {
        switch self {
        case .application(let code):
            .api(
                .get, "/api/v1/applications/{receipt}", code, for: .candidate, .conversion,
                .one(ApplicationResource.self, "What became of an application."))
        case .withdraw(let code):
            .api(
                .post, "/api/v1/applications/{receipt}/withdraw", code, for: .candidate,
                .conversion,
                .write(answers: ApplicationResource.self, "Withdraw an application."))
        case .exportApplication(let code):
            .api(
                .get, "/api/v1/applications/{receipt}/export", code, for: .candidate,
                .conversion,
                .one(ExportResource.self, "Everything that is kept of a candidate."))
        case .eraseApplication(let code):
            .api(
                .post, "/api/v1/applications/{receipt}/erase", code, for: .candidate,
                .conversion,
                .write(
                    ErasureInput.self, answers: ErasedResource.self,
                    "Erase a candidate; what was promised and paid stays."))
        case .apply(let slug): Self.apply(slug)
        default: Self.apply(JobSlug.sample)
        }
    }

    private static func apply(_ slug: JobSlug) -> RouteRow {
        .api(
            .post, "/api/v1/jobs/{slug}/applications", slug, for: .everyone, .conversion,
            .write(
                ApplicationInput.self, answers: ReceiptResource.self, status: 201,
                kept: KeptResource.self,
                "Apply for a job; no token is needed."),
            bodyBytesMax: applicationBytesMax)
    }

    /// A CV of 5 MB in base64, and the texts beside it.
    private static let applicationBytesMax =
        CVFile.bytesMax / 3 * 4 + 4 + RouteRow.formBytesMax

    var jobRow: RouteRow {
        switch self {
        case .createJob:
            .api(
                .post, "/api/v1/company/jobs", for: .token(.company), .member,
                .write(
                    JobInput.self, answers: OwnJobResource.self, status: 201, key: .required,
                    "Write a job; it stays a draft until it is published."))
        case .companyJob(let id):
            .api(
                .get, "/api/v1/company/jobs/{job}", id, for: .token(.company), .member,
                .one(OwnJobResource.self, "One job of the company."))
        case .saveJob(let id):
            .api(
                .put, "/api/v1/company/jobs/{job}", id, for: .token(.company), .member,
                .write(
                    JobInput.self, answers: OwnJobResource.self,
                    "Change a job; other terms become a new version."))
        case .publish(let id): Self.move(id, "/api/v1/company/jobs/{job}/publish", "Publish a job.")
        case .pause(let id): Self.move(id, "/api/v1/company/jobs/{job}/pause", "Pause a job.")
        case .fill(let id):
            Self.move(id, "/api/v1/company/jobs/{job}/fill", "Say that a job is filled.")
        case .terms(let id):
            .api(
                .get, "/api/v1/company/jobs/{job}/terms", id, for: .token(.company), .member,
                .list(
                    of: TermsVersionResource.self,
                    "Every version of a job's terms, newest first."))
        case .close(let id): Self.move(id, "/api/v1/company/jobs/{job}/close", "Close a job.")
        default:
            .api(
                .get, "/api/v1/company/jobs", for: .token(.company), .member,
                .list(of: OwnJobRowResource.self, "The company's jobs, newest first."))
        }
    }

    private static func move(
        _ id: JobID, _ pattern: StaticString, _ summary: String
    ) -> RouteRow {
        .api(
            .post, pattern, id, for: .token(.company), .member,
            .write(answers: OwnJobResource.self, summary))
    }

    var introductionRow: RouteRow {
        switch self {
        case .candidates(let id):
            .api(
                .get, "/api/v1/company/jobs/{job}/introductions", id, for: .token(.company),
                .member,
                .list(
                    of: CandidateRowResource.self, by: [.maybe("stage", .any(of: Stage.self))],
                    "The candidates for a job, newest first."))
        case .introduction(let id):
            .api(
                .get, "/api/v1/company/introductions/{introduction}", id, for: .token(.company),
                .member, .one(IntroductionResource.self, "One candidate."))
        case .moveStage(let id):
            .api(
                .post, "/api/v1/company/introductions/{introduction}/stage", id,
                for: .token(.company), .member,
                .write(
                    StageInput.self, answers: StageResource.self,
                    "Move a candidate along, or reject them with a reason."))
        case .cv(let id):
            .api(
                .get, "/api/v1/company/introductions/{introduction}/cv", id,
                for: .token(.company), .member, .file("A candidate's CV as a PDF file."))
        case .reportHire(let id):
            .api(
                .post, "/api/v1/company/introductions/{introduction}/hire", id,
                for: .token(.company), .member,
                .write(
                    HireInput.self, answers: ReportedHireResource.self, status: 201,
                    "Report a hire."))
        case .owed:
            .api(
                .get, "/api/v1/company/balance", for: .token(.company), .member,
                .one(OwedResource.self, "What the company owes for hires."))
        default:
            .api(
                .get, "/api/v1/company/hires", for: .token(.company), .member,
                .list(of: HireResource.self, "The company's hires, newest first."))
        }
    }

    var affiliateRow: RouteRow {
        switch self {
        case .takeLink:
            .api(
                .post, "/api/v1/affiliate/links", for: .token(.affiliate), .member,
                .write(
                    LinkInput.self, answers: LinkResource.self,
                    "Take a link to a job; taking it twice gives the same one."))
        case .recommend(let slug):
            .api(
                .post, "/api/v1/affiliate/jobs/{slug}/recommendations", slug,
                for: .token(.affiliate), .member,
                .write(
                    RecommendationInput.self, answers: RecommendationResource.self, status: 201,
                    key: .required,
                    "Recommend a person by name; the company sees nothing until they agree."))
        case .introductions:
            .api(
                .get, "/api/v1/affiliate/introductions", for: .token(.affiliate), .member,
                .list(
                    of: AffiliateIntroductionResource.self,
                    "The candidates that the affiliate brought, newest first."))
        case .ownIntroduction(let id):
            .api(
                .get, "/api/v1/affiliate/introductions/{introduction}", id,
                for: .token(.affiliate), .member,
                .one(
                    AffiliateIntroductionHistoryResource.self,
                    "One candidate that the affiliate brought, with every step."))
        case .commissions:
            .api(
                .get, "/api/v1/affiliate/commissions", for: .token(.affiliate), .member,
                .list(of: CommissionResource.self, "The affiliate's commissions, newest first."))
        case .commission(let id):
            .api(
                .get, "/api/v1/affiliate/commissions/{commission}", id, for: .token(.affiliate),
                .member, .one(CommissionResource.self, "One commission, explained."))
        case .balance:
            .api(
                .get, "/api/v1/affiliate/balance", for: .token(.affiliate), .member,
                .one(BalanceResource.self, "What the affiliate is owed and was paid."))
        default:
            .api(
                .get, "/api/v1/affiliate/links", for: .token(.affiliate), .member,
                .list(of: LinkRowResource.self, "The affiliate's links, newest first."))
        }
    }

    var adminRow: RouteRow {
        switch self {
        case .hire(let id):
            .api(
                .get, "/api/v1/admin/hires/{hire}", id, for: .token(.admin), .admin,
                .one(AdminHireResource.self, "One hire with its commissions."))
        case .recordHire(let id):
            .api(
                .post, "/api/v1/admin/hires/{hire}/record", id, for: .token(.admin), .admin,
                .write(
                    RecordingInput.self, answers: RecordedHireResource.self, key: .required,
                    "Record a reported hire: this makes the commission."))
        case .handRecord(let id):
            .api(
                .post, "/api/v1/admin/introductions/{introduction}/hire", id,
                for: .token(.admin), .admin,
                .write(
                    HandRecordingInput.self, answers: RecordedHireResource.self, key: .required,
                    "Record a hire that the company has not reported."))
        case .companies:
            .api(
                .get, "/api/v1/admin/companies", for: .token(.admin), .admin,
                .list(
                    of: CompanyResource.AdminRow.self,
                    "All companies, those that wait to be verified first."))
        case .verifyCompany(let id):
            .api(
                .post, "/api/v1/admin/companies/{company}/verify", id, for: .token(.admin),
                .admin,
                .write(answers: CompanyResource.Verified.self, "Say that a company is known."))
        default:
            .api(
                .get, "/api/v1/admin/hires", for: .token(.admin), .admin,
                .list(
                    of: AdminHireRowResource.self,
                    by: [
                        .maybe(
                            "state", .choice([HireState.reported, .recorded].map(\.rawValue)))
                    ],
                    "Reported hires, oldest first; or those that were recorded, newest first."))
        }
    }
}

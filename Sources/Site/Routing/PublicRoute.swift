import Domain

/// What anybody may ask for.
package enum PublicRoute: RouteGroup {
    case home
    case jobs
    case job(JobSlug)
    case applicationForm(JobSlug)
    case apply(JobSlug)
    case company(CompanySlug)
    case share(LinkCode)
    case receipt(ReceiptCode)
    case keptReceipt(ReceiptCode)
    case withdraw(ReceiptCode)
    case applicationData(ReceiptCode)
    case exportApplication(ReceiptCode)
    case eraseApplicationForm(ReceiptCode)
    case eraseApplication(ReceiptCode)
    case recommendation(MailToken)
    case confirmRecommendation(MailToken)
    case refuseRecommendation(MailToken)
    case language(Language)
    case apiGuide
    case openAPI
    case sitemap
    case robots
    case jobsAtom
    case jobsFeed
    case healthz
    case readyz
    case status

    package var row: RouteRow {
        switch self {
        case .home: .sharedPage("/")
        case .jobs: .sharedPage("/jobs")
        case .job(let slug): .sharedPage("/jobs/{slug}", slug)
        case .applicationForm(let slug):
            .sharedForm("/jobs/{slug}/apply", slug, .conversion)
        case .apply(let slug):
            .form(
                "/jobs/{slug}/apply", slug, for: .everyone, .conversion,
                bodyBytesMax: Self.applicationBytesMax)
        case .company(let slug): .sharedPage("/companies/{slug}", slug)
        case .share(let code): .document("/r/{code}", code, for: .everyone, .visitor)
        case .receipt(let code):
            .page("/applications/{receipt}", code, for: .candidate, .conversion)
        case .keptReceipt(let code):
            .page("/receipts/{receipt}", code, for: .candidate, .conversion)
        case .withdraw(let code):
            .form("/applications/{receipt}/withdraw", code, for: .candidate, .conversion)
        case .applicationData(let code):
            .page("/applications/{receipt}/data", code, for: .candidate, .conversion)
        case .exportApplication(let code):
            .document("/applications/{receipt}/export", code, for: .candidate, .conversion)
        case .eraseApplicationForm(let code):
            .page("/applications/{receipt}/erase", code, for: .candidate, .conversion)
        case .eraseApplication(let code):
            .form(
                "/applications/{receipt}/erase", code, for: .candidate, .conversion,
                bodyBytesMax: 8_192)
        case .recommendation(let token):
            .page("/recommendations/{mailed}", token, for: .candidate, .conversion)
        case .confirmRecommendation(let token):
            .form(
                "/recommendations/{mailed}", token, for: .candidate, .conversion,
                bodyBytesMax: Self.applicationBytesMax)
        case .refuseRecommendation(let token):
            .form(
                "/recommendations/{mailed}/refuse", token, for: .candidate, .conversion,
                bodyBytesMax: 8_192)
        case .language(let language):
            .staticDocument("/language/{language}", language, .visitor)
        case .apiGuide: .sharedPage("/api")
        case .openAPI: .sharedDocument("/api/openapi.json")
        case .sitemap: .sharedDocument("/sitemap.xml")
        case .robots: .sharedDocument("/robots.txt")
        case .jobsAtom: .sharedDocument("/jobs.atom")
        case .jobsFeed: .sharedDocument("/feeds/jobs.xml")
        case .healthz: .document("/healthz", for: .everyone, .status)
        case .readyz: .document("/readyz", for: .everyone, .status)
        case .status: .page("/status", for: .everyone, .status)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.home), .fixed(.jobs), .by(Self.job), .by(Self.applicationForm), .by(Self.apply),
        .by(Self.company), .by(Self.share), .by(Self.receipt), .by(Self.keptReceipt),
        .by(Self.withdraw),
        .by(Self.applicationData), .by(Self.exportApplication), .by(Self.eraseApplicationForm),
        .by(Self.eraseApplication),
        .by(Self.recommendation), .by(Self.confirmRecommendation),
        .by(Self.refuseRecommendation),
        .by(Self.language), .fixed(.apiGuide), .fixed(.openAPI), .fixed(.sitemap),
        .fixed(.robots), .fixed(.jobsAtom), .fixed(.jobsFeed), .fixed(.healthz), .fixed(.readyz),
        .fixed(.status),
    ]

    /// A CV of 5 MB, and the texts beside it.
    static let applicationBytesMax = CVFile.bytesMax + RouteRow.formBytesMax
}

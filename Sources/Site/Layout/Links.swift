import Domain
import HTML

/// The addresses that pages link to and send their forms to.
enum Links {
    static let home = URLReference(path: "/")
    static let signIn = URLReference(path: "/sign-in")
    static let signOut = URLReference(path: "/sign-out")
    static let signUpCompany = URLReference(path: "/sign-up/company")
    static let signUpAffiliate = URLReference(path: "/sign-up/affiliate")
    static let account = URLReference(path: "/account")
    static let accountLanguage = URLReference(path: "/account/language")
    static let accountTokens = URLReference(path: "/account/tokens")
    static let status = URLReference(path: "/status")
    static let api = URLReference(path: "/api")
    static let openAPI = URLReference(path: "/api/openapi.json")
    static let jobFeed = URLReference(path: "/jobs.atom")

    static func asset(_ name: String, version: String) -> URLReference {
        URLReference(target: version.isEmpty ? "/assets/\(name)" : "/assets/\(name)?v=\(version)")
    }

    static func icon(_ name: String, version: String) -> URLReference {
        URLReference(target: "/assets/icons.svg?v=\(version)#\(name)")
    }

    /// Sets the language and comes back to where the reader was.
    static func language(_ language: Language, backTo target: String) -> URLReference {
        URLReference(path: "/language/" + language.rawValue, query: [("back", target)])
    }

    static func desk(of role: Role) -> URLReference { URLReference(path: "/" + role.rawValue) }

    static func revokeToken(_ id: APITokenID) -> URLReference {
        URLReference(path: "/account/tokens/\(id)/revoke")
    }
}

// MARK: - Public pages

extension Links {
    static let jobs = URLReference(path: "/jobs")

    static func jobs(_ filter: JobFilter, after cursor: String?) -> URLReference {
        var query = filter.parameters
        if let cursor { query.append(("after", cursor)) }
        return URLReference(path: "/jobs", query: query)
    }

    /// The page of a job; without a code it is the canonical one.
    static func job(_ slug: JobSlug, via code: LinkCode? = nil) -> URLReference {
        URLReference(path: "/jobs/" + slug.text, query: via(code))
    }

    static func apply(_ slug: JobSlug, via code: LinkCode?) -> URLReference {
        URLReference(path: "/jobs/\(slug)/apply", query: via(code))
    }

    static func company(_ slug: CompanySlug) -> URLReference {
        URLReference(path: "/companies/" + slug.text)
    }

    static func share(_ code: LinkCode) -> URLReference { URLReference(path: "/r/" + code.text) }

    static func receipt(_ code: ReceiptCode) -> URLReference {
        URLReference(path: "/applications/" + code.text)
    }

    static func withdraw(_ code: ReceiptCode) -> URLReference {
        URLReference(path: "/applications/\(code.text)/withdraw")
    }

    private static func via(_ code: LinkCode?) -> [(name: String, value: String)] {
        code.map { [("via", $0.text)] } ?? []
    }
}

// MARK: - Company

extension Links {
    static let company = URLReference(path: "/company")
    static let companyJobs = URLReference(path: "/company/jobs")
    static func companyJobs(after cursor: String) -> URLReference {
        URLReference(path: "/company/jobs", query: [("after", cursor)])
    }

    static let newJob = URLReference(path: "/company/jobs/new")
    static let companyHires = URLReference(path: "/company/hires")
    static let companyProfile = URLReference(path: "/company/profile")

    static func companyJob(_ id: JobID) -> URLReference {
        URLReference(path: "/company/jobs/\(id)")
    }

    static func editJob(_ id: JobID) -> URLReference {
        URLReference(path: "/company/jobs/\(id)/edit")
    }

    /// Where the buttons of a job send to: `publish`, `pause`, `fill` or `close`.
    static func moveJob(_ id: JobID, to state: JobState) -> URLReference {
        let verb =
            switch state {
            case .draft: "draft"
            case .published: "publish"
            case .paused: "pause"
            case .filled: "fill"
            case .closed: "close"
            }
        return URLReference(path: "/company/jobs/\(id)/\(verb)")
    }

    static func introduction(_ id: IntroductionID) -> URLReference {
        URLReference(path: "/company/introductions/\(id)")
    }

    static func moveStage(_ id: IntroductionID) -> URLReference {
        URLReference(path: "/company/introductions/\(id)/stage")
    }

    static func reportHire(_ id: IntroductionID) -> URLReference {
        URLReference(path: "/company/introductions/\(id)/hire")
    }

    static func cv(_ id: IntroductionID) -> URLReference {
        URLReference(path: "/company/introductions/\(id)/cv")
    }
}

// MARK: - Affiliate

extension Links {
    static let affiliate = URLReference(path: "/affiliate")
    static let affiliateJobs = URLReference(path: "/affiliate/jobs")
    static let affiliateLinks = URLReference(path: "/affiliate/links")
    static let affiliateIntroductions = URLReference(path: "/affiliate/introductions")

    static func affiliateLinks(after cursor: String) -> URLReference {
        URLReference(path: "/affiliate/links", query: [("after", cursor)])
    }

    static func affiliateIntroductions(after cursor: String) -> URLReference {
        URLReference(path: "/affiliate/introductions", query: [("after", cursor)])
    }

    static func affiliateJobs(_ filter: JobFilter, after cursor: String?) -> URLReference {
        var query = filter.parameters
        if let cursor { query.append(("after", cursor)) }
        return URLReference(path: "/affiliate/jobs", query: query)
    }

    /// The form that takes a link to one job.
    static func takeLink(_ slug: JobSlug) -> URLReference {
        URLReference(path: "/affiliate/jobs/" + slug.text)
    }

    static func commission(_ id: CommissionID) -> URLReference {
        URLReference(path: "/affiliate/commissions/\(id)")
    }
}

// MARK: - Admin

extension Links {
    static let admin = URLReference(path: "/admin")
    static let adminHires = URLReference(path: "/admin/hires")
    static let adminCompanies = URLReference(path: "/admin/companies")

    static func adminCompanies(after cursor: String) -> URLReference {
        URLReference(path: "/admin/companies", query: [("after", cursor)])
    }

    static func adminHire(_ id: HireID) -> URLReference {
        URLReference(path: "/admin/hires/\(id)")
    }

    static func recordHire(_ id: HireID) -> URLReference {
        URLReference(path: "/admin/hires/\(id)/record")
    }

    static func verifyCompany(_ id: CompanyID) -> URLReference {
        URLReference(path: "/admin/companies/\(id)/verify")
    }
}

import Domain
import HTML
import Store

/// The addresses that pages link to and send their forms to; each is printed by its route.
///
/// Those without a value are kept, because every page has a dozen of them.
enum Links {
    static let home = PublicRoute.home.link()
    static let api = PublicRoute.apiGuide.link()
    static let openAPI = PublicRoute.openAPI.link()
    static let jobFeed = PublicRoute.jobsAtom.link()

    static func asset(_ name: String, version: String) -> URLReference {
        URLReference(target: version.isEmpty ? "/assets/\(name)" : "/assets/\(name)?v=\(version)")
    }

    static func icon(_ name: String, version: String) -> URLReference {
        URLReference(target: "/assets/icons.svg?v=\(version)#\(name)")
    }

    /// Sets the language and comes back to where the reader was.
    static func language(_ language: Language, backTo target: String) -> URLReference {
        PublicRoute.language(language).link([("back", target)])
    }

    private static func after(_ cursor: String?) -> [(name: String, value: String)] {
        cursor.map { [("after", $0)] } ?? []
    }

    private static func via(_ code: LinkCode?) -> [(name: String, value: String)] {
        code.map { [("via", $0.text)] } ?? []
    }
}

// MARK: - Public pages

extension Links {
    static let jobs = PublicRoute.jobs.link()

    static func jobs(_ filter: JobFilter, after cursor: String?) -> URLReference {
        PublicRoute.jobs.link(filter.parameters + after(cursor))
    }

    /// The page of a job; without a code it is the canonical one.
    static func job(_ slug: JobSlug, via code: LinkCode? = nil) -> URLReference {
        PublicRoute.job(slug).link(via(code))
    }

    static func apply(_ slug: JobSlug, via code: LinkCode?) -> URLReference {
        PublicRoute.apply(slug).link(via(code))
    }

    static func company(_ slug: CompanySlug) -> URLReference { PublicRoute.company(slug).link() }

    static func share(_ code: LinkCode) -> URLReference { PublicRoute.share(code).link() }

    static func keptReceipt(_ code: ReceiptCode) -> URLReference {
        PublicRoute.keptReceipt(code).link()
    }

    static func receipt(_ code: ReceiptCode) -> URLReference { PublicRoute.receipt(code).link() }

    static func confirmRecommendation(_ token: MailToken) -> URLReference {
        PublicRoute.confirmRecommendation(token).link()
    }

    static func refuseRecommendation(_ token: MailToken) -> URLReference {
        PublicRoute.refuseRecommendation(token).link()
    }

    static func applicationData(_ code: ReceiptCode) -> URLReference {
        PublicRoute.applicationData(code).link()
    }

    static func exportApplication(_ code: ReceiptCode) -> URLReference {
        PublicRoute.exportApplication(code).link()
    }

    static func eraseApplication(_ code: ReceiptCode) -> URLReference {
        PublicRoute.eraseApplicationForm(code).link()
    }

    static func withdraw(_ code: ReceiptCode) -> URLReference { PublicRoute.withdraw(code).link() }
}

// MARK: - Accounts

extension Links {
    static let signIn = AccountRoute.signIn.link()
    static let signOut = AccountRoute.signOut.link()
    static let signUpCompany = AccountRoute.signUpCompany.link()
    static let signUpAffiliate = AccountRoute.signUpAffiliate.link()
    static let account = AccountRoute.overview.link()
    static let accountLanguage = AccountRoute.saveLanguage.link()
    static let accountTokens = AccountRoute.createToken.link()
    static let signOutEverywhere = AccountRoute.signOutEverywhere.link()
    static let signInCode = AccountRoute.signInCode.link()
    static let secondFactor = AccountRoute.secondFactor.link()
    static let replaceFactor = AccountRoute.replaceFactorForm.link()
    static let renewRecoveryCodes = AccountRoute.renewRecoveryCodes.link()
    static let removeFactor = AccountRoute.removeFactor.link()

    static let forgot = AccountRoute.forgot.link()
    static let sendConfirmation = AccountRoute.sendConfirmation.link()
    static let changeAddress = AccountRoute.changeAddress.link()
    static let changePassword = AccountRoute.changePassword.link()

    static func confirm(_ token: MailToken) -> URLReference { AccountRoute.confirm(token).link() }

    static func acceptInvitation(_ token: MailToken) -> URLReference {
        AccountRoute.acceptInvitation(token).link()
    }

    static func reset(_ token: MailToken) -> URLReference { AccountRoute.reset(token).link() }

    static func revokeToken(_ id: APITokenID) -> URLReference {
        AccountRoute.revokeToken(id).link()
    }
}

// MARK: - Company

extension Links {
    static let company = CompanyRoute.overview.link()
    static let companyJobs = CompanyRoute.jobs.link()
    static let newJob = CompanyRoute.newJobForm.link()
    static let companyHires = CompanyRoute.hires.link()
    static let companyProfile = CompanyRoute.profileForm.link()

    static func companyJobs(after cursor: String) -> URLReference {
        CompanyRoute.jobs.link(after(cursor))
    }

    static func companyJob(_ id: JobID) -> URLReference { CompanyRoute.job(id).link() }

    static func editJob(_ id: JobID) -> URLReference { CompanyRoute.editJobForm(id).link() }

    /// Where the button of a job sends to that takes it to a state; nothing leads back to a draft.
    static func moveJob(_ id: JobID, to state: JobState) -> URLReference {
        switch state {
        case .published: CompanyRoute.publish(id).link()
        case .paused: CompanyRoute.pause(id).link()
        case .filled: CompanyRoute.fill(id).link()
        case .closed, .draft: CompanyRoute.close(id).link()
        }
    }

    static func introduction(_ id: IntroductionID) -> URLReference {
        CompanyRoute.introduction(id).link()
    }

    static func moveStage(_ id: IntroductionID) -> URLReference {
        CompanyRoute.moveStage(id).link()
    }

    static func reportHire(_ id: IntroductionID) -> URLReference {
        CompanyRoute.reportHire(id).link()
    }

    static func cv(_ id: IntroductionID) -> URLReference { CompanyRoute.cv(id).link() }
}

// MARK: - Affiliate

extension Links {
    static let affiliateEvents = AffiliateRoute.events.link()
    static let affiliate = AffiliateRoute.overview.link()
    static let affiliateJobs = AffiliateRoute.jobs.link()
    static let affiliateLinks = AffiliateRoute.links.link()
    static let affiliateIntroductions = AffiliateRoute.introductions.link()

    static func affiliateJobs(_ filter: JobFilter, after cursor: String?) -> URLReference {
        AffiliateRoute.jobs.link(filter.parameters + after(cursor))
    }

    static func affiliateLinks(after cursor: String) -> URLReference {
        AffiliateRoute.links.link(after(cursor))
    }

    static func affiliateIntroductions(after cursor: String) -> URLReference {
        AffiliateRoute.introductions.link(after(cursor))
    }

    /// The form that takes a link to one job.
    static func takeLink(_ slug: JobSlug) -> URLReference {
        AffiliateRoute.takeLinkForm(slug).link()
    }

    /// The form on the same page that names a person for the job.
    static func recommend(_ slug: JobSlug) -> URLReference {
        AffiliateRoute.recommend(slug).link()
    }

    static func commission(_ id: CommissionID) -> URLReference {
        AffiliateRoute.commission(id).link()
    }
}

// MARK: - Admin

extension Links {
    static let admin = AdminRoute.overview.link()
    static let adminHires = AdminRoute.hires.link()
    static let adminCompanies = AdminRoute.companies.link()

    static func adminCompanies(after cursor: String) -> URLReference {
        AdminRoute.companies.link(after(cursor))
    }

    static func adminJob(_ id: JobID) -> URLReference { AdminRoute.job(id).link() }

    static func adminHire(_ id: HireID) -> URLReference { AdminRoute.hire(id).link() }

    static func recordHire(_ id: HireID) -> URLReference { AdminRoute.recordHire(id).link() }

    static let admins = AdminRoute.admins.link()
    static let inviteAdmin = AdminRoute.inviteAdmin.link()

    static func disableAdmin(_ id: AccountID) -> URLReference {
        AdminRoute.disableAdmin(id).link()
    }

    static func verifyCompany(_ id: CompanyID) -> URLReference {
        AdminRoute.verifyCompany(id).link()
    }

    static func endHire(_ id: HireID) -> URLReference { AdminRoute.endHire(id).link() }

    static func adminCommissions(
        _ state: CommissionState, after cursor: String? = nil
    ) -> URLReference {
        AdminRoute.commissions.link([("state", state.rawValue)] + after(cursor))
    }

    /// What is held, from this commission on, which is chosen already.
    static func adminHeld(_ id: CommissionID) -> URLReference {
        AdminRoute.commissions.link([
            ("state", CommissionState.held.rawValue),
            ("after", Cursor(before: id.rawValue).text), ("commission", id.description),
        ])
    }

    static let adminSpool = AdminRoute.spool.link()
    static let adminWaiting = AdminRoute.waiting.link()
    static let resolveFlag = AdminRoute.resolveFlag.link()

    static func receiveInvoice(_ id: InvoiceID) -> URLReference {
        AdminRoute.receiveInvoice(id).link()
    }

    static func reopenInvoice(_ id: InvoiceID) -> URLReference {
        AdminRoute.reopenInvoice(id).link()
    }

    static let adminPayouts = AdminRoute.payouts.link()
    static let adminAudit = AdminRoute.audit.link()
    static let adminSearch = AdminRoute.search.link()
    static let adminBooks = AdminRoute.books.link()
    static let adminOverload = AdminRoute.overload.link()

    /// The log, narrowed.
    static func adminAudit(_ filter: AuditFilter, after cursor: String? = nil) -> URLReference {
        AdminRoute.audit.link(filter.parameters + after(cursor))
    }

    /// The run of one currency.
    static func adminPayouts(_ currency: Currency) -> URLReference {
        AdminRoute.payouts.link([
            (ValidationError.Field.commissionCurrency.rawValue, currency.rawValue)
        ])
    }

    /// What confirming a hire does, before it is done.
    static func confirmHire(_ id: HireID) -> URLReference {
        AdminRoute.endHireForm(id).link([
            (ValidationError.Field.outcome.rawValue, HireState.confirmed.rawValue)
        ])
    }

    static func grantCommission(_ id: HireID) -> URLReference {
        AdminRoute.grantCommission(id).link()
    }

    static func resendMail(_ id: OutboxID) -> URLReference { AdminRoute.resendMail(id).link() }

    static func adminBatch(_ id: PayoutBatchID) -> URLReference { AdminRoute.batch(id).link() }

    static func batchFile(_ id: PayoutBatchID) -> URLReference { AdminRoute.batchFile(id).link() }
}

// MARK: - Invoices

extension Links {
    static let companyEvents = CompanyRoute.events.link()
    static let companyInvoices = CompanyRoute.invoices.link()
    static let adminInvoices = AdminRoute.invoices.link()

    static func companyInvoice(_ number: InvoiceNumber) -> URLReference {
        CompanyRoute.invoice(number).link()
    }

    static func adminInvoice(_ number: InvoiceNumber) -> URLReference {
        AdminRoute.invoice(number).link()
    }
}

// MARK: - The affiliate's money

extension Links {
    static let affiliatePayouts = AffiliateRoute.payouts.link()

    static func statementFile(_ month: CalendarMonth) -> URLReference {
        AffiliateRoute.statementFile(month).link()
    }

    static func statement(_ month: CalendarMonth) -> URLReference {
        AffiliateRoute.statement(month).link()
    }
}

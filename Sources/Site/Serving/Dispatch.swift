import Domain
import HTTP

/// From a route to its handler.
struct Dispatch {
    let visit: Visit

    func answer() async throws -> Response {
        switch visit.route {
        case .open(let route): try await answer(route)
        case .account(let route): try await answer(route)
        case .company(let route): try await answer(route)
        case .affiliate(let route): try await answer(route)
        case .admin(let route): try await answer(route)
        case .mail(let route): try await answer(route)
        case .dispute(let route): try await answer(route)
        case .api(let route): try await answer(route)
        }
    }

    private func answer(_ route: MailRoute) async throws -> Response {
        let mails = MailHandlers(visit: visit)
        return switch route {
        case .unsubscribeForm(let code): mails.unsubscribeForm(code)
        case .unsubscribe(let code): try await mails.unsubscribe(code)
        case .mailbox: try await mails.mailbox()
        case .mail(let id): try await mails.show(id)
        case .mailHTML(let id): try await mails.html(id)
        case .delivery: try await mails.delivery()
        case .allowAddress: try await mails.allow()
        }
    }

    private func answer(_ route: PublicRoute) async throws -> Response {
        let jobs = PublicJobHandlers(visit: visit)
        let applications = ApplicationHandlers(visit: visit)
        let recommendations = RecommendationHandlers(visit: visit)
        let feeds = FeedHandlers(visit: visit)
        let home = HomeHandlers(visit: visit)
        switch route {
        case .home: return try await home.show()
        case .jobs: return try await jobs.list()
        case .job(let slug): return try await jobs.show(slug)
        case .applicationForm(let slug): return try await applications.form(slug)
        case .apply(let slug): return try await applications.apply(slug)
        case .company(let slug): return try await CompanyHandlers(visit: visit).show(slug)
        case .share(let code):
            return try await LinkHandlers(visit: visit).follow(code)
        case .receipt(let code): return try await applications.receipt(code)
        case .keptReceipt(let code):
            return try await KeptReceiptHandlers(visit: visit).show(code)
        case .withdraw(let code): return try await applications.withdraw(code)
        case .applicationData(let code): return try await applications.data(code)
        case .exportApplication(let code): return try await applications.export(code)
        case .eraseApplicationForm(let code): return try await applications.eraseForm(code)
        case .eraseApplication(let code): return try await applications.erase(code)
        case .recommendation(let token): return try await recommendations.show(token)
        case .confirmRecommendation(let token): return try await recommendations.confirm(token)
        case .refuseRecommendation(let token): return try await recommendations.refuse(token)
        case .language(let language): return home.choose(language)
        case .apiGuide: return home.apiGuide()
        case .openAPI: return home.openAPI()
        case .sitemap: return try await feeds.sitemap()
        case .robots: return feeds.robots()
        case .jobsAtom: return try await feeds.atom()
        case .jobsFeed: return try await feeds.jobs()
        // The first of them is answered before it gets here.
        case .healthz, .readyz, .status:
            return visit.services.board.response(to: route, visit.head)
        }
    }

    private func answer(_ route: DisputeRoute) async throws -> Response {
        let disputes = DisputeHandlers(visit: visit)
        return switch route {
        case .list: try await disputes.list()
        case .show(let id): try await disputes.show(id)
        case .answer(let id): try await disputes.answer(id)
        case .addEvidence(let id): try await disputes.addEvidence(id)
        case .evidence(let id): try await disputes.evidence(id)
        case .withdraw(let id): try await disputes.withdraw(id)
        case .claimForm(let id): try await disputes.claimForm(id)
        case .claim(let id): try await disputes.claim(id)
        case .objectionForm(let id): try await disputes.objectionForm(id)
        case .object(let id): try await disputes.object(id)
        case .decisionForm(let id): try await disputes.decisionForm(id)
        case .decide(let id): try await disputes.decide(id)
        }
    }

    private func answer(_ route: AccountRoute) async throws -> Response {
        let signIn = SignInHandlers(visit: visit)
        let signUp = SignUpHandlers(visit: visit)
        let account = AccountHandlers(visit: visit)
        let address = AddressHandlers(visit: visit)
        let password = PasswordHandlers(visit: visit)
        let admins = AdminAccountHandlers(visit: visit)
        let factor = SecondFactorHandlers(visit: visit)
        return switch route {
        case .signInForm: signIn.form()
        case .signIn: try await signIn.signIn()
        case .signInCodeForm: SignInCodeHandlers(visit: visit).form()
        case .signInCode: try await SignInCodeHandlers(visit: visit).check()
        case .signOut: try await signIn.signOut()
        case .signUpCompanyForm: signUp.form(.company)
        case .signUpCompany: try await signUp.signUp(.company)
        case .signUpAffiliateForm: signUp.form(.affiliate)
        case .signUpAffiliate: try await signUp.signUp(.affiliate)
        case .forgotForm: password.forgotForm()
        case .forgot: try await password.forgot()
        case .resetForm(let token): try await password.resetForm(token)
        case .reset(let token): try await password.reset(token)
        case .invitationForm(let token): try await admins.invitationForm(token)
        case .acceptInvitation(let token): try await admins.accept(token)
        case .confirmForm(let token): try await address.confirmForm(token)
        case .confirm(let token): try await address.confirm(token)
        case .sendConfirmation: try await address.sendAgain()
        case .changeAddress: try await address.change()
        case .changePassword: try await password.change()
        case .overview: try await account.show()
        case .saveLanguage: try await account.saveLanguage()
        case .createToken: try await account.createToken()
        case .revokeToken(let id): try await account.revokeToken(id)
        case .signOutEverywhere: try await account.signOutEverywhere()
        case .secondFactor: try await factor.show()
        case .replaceFactorForm: try await factor.replaceForm()
        case .saveFactor: try await factor.save()
        case .renewRecoveryCodes: try await factor.renewCodes()
        case .removeFactor: try await factor.remove()
        }
    }

    private func answer(_ route: CompanyRoute) async throws -> Response {
        let company = CompanyHandlers(visit: visit)
        let jobs = CompanyJobHandlers(visit: visit)
        let introductions = IntroductionHandlers(visit: visit)
        return switch route {
        case .overview: try await company.desk()
        case .profileForm: try await company.profileForm()
        case .saveProfile: try await company.saveProfile()
        case .jobs: try await jobs.list()
        case .newJobForm: jobs.newForm()
        case .createJob: try await jobs.create()
        case .job(let id): try await jobs.show(id)
        case .editJobForm(let id): try await jobs.editForm(id)
        case .saveJob(let id): try await jobs.save(id)
        case .publish(let id): try await jobs.move(id, to: .published)
        case .pause(let id): try await jobs.move(id, to: .paused)
        case .fill(let id): try await jobs.move(id, to: .filled)
        case .close(let id): try await jobs.move(id, to: .closed)
        case .introduction(let id): try await introductions.show(id)
        case .moveStage(let id): try await introductions.move(id)
        case .cv(let id): try await introductions.cv(id)
        case .reportHire(let id): try await introductions.reportHire(id)
        case .hires: try await company.hires()
        case .invoices: try await InvoiceHandlers(visit: visit, reader: .company).list()
        case .invoice(let number):
            try await InvoiceHandlers(visit: visit, reader: .company).show(number)
        case .events: try await NewsHandlers(visit: visit).open()
        }
    }

    private func answer(_ route: AffiliateRoute) async throws -> Response {
        let affiliate = AffiliateHandlers(visit: visit)
        let links = LinkHandlers(visit: visit)
        let money = AffiliateMoneyHandlers(visit: visit)
        return switch route {
        case .overview: try await affiliate.desk()
        case .jobs: try await affiliate.jobs()
        case .takeLinkForm(let slug): try await links.form(slug)
        case .takeLink(let slug): try await links.take(slug)
        case .recommend(let slug):
            try await RecommendationHandlers(visit: visit).recommend(slug)
        case .links: try await links.list()
        case .introductions: try await affiliate.introductions()
        case .commission(let id): try await affiliate.commission(id)
        case .payouts: try await money.show()
        case .savePayoutAccount: try await money.save()
        case .statement(let month): try await money.statement(month)
        case .statementFile(let month): try await money.statementFile(month)
        case .events: try await NewsHandlers(visit: visit).open()
        }
    }

    private func answer(_ route: AdminRoute) async throws -> Response {
        let admin = AdminHandlers(visit: visit)
        let admins = AdminAccountHandlers(visit: visit)
        let hires = HireHandlers(visit: visit)
        let ends = EndHireHandlers(visit: visit)
        let commissions = AdminCommissionHandlers(visit: visit)
        let payouts = PayoutHandlers(visit: visit)
        let waiting = WaitingHandlers(visit: visit)
        let grants = GrantCommissionHandlers(visit: visit)
        return switch route {
        case .overview: try await admin.desk()
        case .hires: try await hires.list()
        case .hire(let id): try await hires.show(id)
        case .recordHire(let id): try await hires.record(id)
        case .handRecordForm(let id): try await hires.handRecordForm(id)
        case .handRecord(let id): try await hires.handRecord(id)
        case .endHireForm(let id): try await ends.form(id)
        case .endHire(let id): try await ends.end(id)
        case .grantCommissionForm(let id): try await grants.form(id)
        case .grantCommission(let id): try await grants.grant(id)
        case .commissions: try await commissions.list()
        case .decideCommissions: try await commissions.decide()
        case .payouts: try await payouts.list()
        case .createBatch: try await payouts.create()
        case .batch(let id): try await payouts.show(id)
        case .settlePayouts(let id): try await payouts.settle(id)
        case .batchFile(let id): try await payouts.file(id)
        case .waiting: try await waiting.show()
        case .resolveFlag: try await waiting.resolve()
        case .spool: await SpoolHandlers(visit: visit).show()
        case .decideSpool: try await SpoolHandlers(visit: visit).decide()
        case .overload: visit.page(OverloadPage(OverloadHandlers(visit: visit).view))
        case .setOverload: try await OverloadHandlers(visit: visit).change()
        case .invoices: try await InvoiceHandlers(visit: visit, reader: .admin).list()
        case .invoice(let number):
            try await InvoiceHandlers(visit: visit, reader: .admin).show(number)
        case .receiveInvoice(let id):
            try await InvoiceHandlers(visit: visit, reader: .admin).receive(id)
        case .reopenInvoiceForm(let id): try await ReopenInvoiceHandlers(visit: visit).form(id)
        case .reopenInvoice(let id): try await ReopenInvoiceHandlers(visit: visit).reopen(id)
        case .admins: try await admins.list()
        case .inviteAdmin: try await admins.invite()
        case .disableAdmin(let id): try await admins.disable(id)
        case .job(let id): try await admin.job(id)
        case .companies: try await admin.companies()
        case .verifyCompany(let id): try await admin.verify(id)
        case .resendMail(let id): try await admin.resend(id)
        case .audit: try await admin.audit()
        case .search: try await admin.search()
        case .books: try await admin.books()
        }
    }
}

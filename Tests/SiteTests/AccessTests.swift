import Domain
import HTTP
import Testing

@testable import Site

/// Who gets in where: each route by each person.
///
/// The columns are a visitor, the company whose job it is, another company, the affiliate whose
/// link it is, another affiliate, and an admin.
@Suite struct AccessTests {
    /// y: let in (what then comes of an empty form is another test's matter), s: sent to sign in,
    /// d: sent to their desk, n: 403, -: 404, t: 401.
    private static let matrix: [String: String] = [
        "public.home": "yyyyyy", "public.jobs": "yyyyyy", "public.job": "yyyyyy",
        "public.applicationForm": "yyyyyy", "public.apply": "yyyyyy", "public.company": "yyyyyy",
        "public.share": "yyyyyy", "public.receipt": "yyyyyy", "public.withdraw": "yyyyyy",
        "public.keptReceipt": "yyyyyy",
        "public.applicationData": "yyyyyy", "public.exportApplication": "yyyyyy",
        "public.eraseApplicationForm": "yyyyyy", "public.eraseApplication": "yyyyyy",
        "public.recommendation": "yyyyyy", "public.confirmRecommendation": "yyyyyy",
        "public.refuseRecommendation": "yyyyyy",
        "public.language": "yyyyyy", "public.apiGuide": "yyyyyy", "public.openAPI": "yyyyyy",
        "public.sitemap": "yyyyyy", "public.robots": "yyyyyy", "public.jobsAtom": "yyyyyy",
        "public.jobsFeed": "yyyyyy", "public.healthz": "yyyyyy", "public.readyz": "yyyyyy",
        "public.status": "yyyyyy",

        "account.signInForm": "yddddd", "account.signIn": "yyyyyy", "account.signOut": "yyyyyy",
        "account.signUpCompanyForm": "yddddd", "account.signUpCompany": "yddddd",
        "account.signUpAffiliateForm": "yddddd", "account.signUpAffiliate": "yddddd",
        "account.forgotForm": "yyyyyy", "account.forgot": "yyyyyy",
        "account.resetForm": "yyyyyy", "account.reset": "yyyyyy",
        "account.invitationForm": "yyyyyy", "account.acceptInvitation": "yyyyyy",
        "account.confirmForm": "yyyyyy",
        // Whose it is, goes to their desk afterwards; others to the form that signs in.
        "account.confirm": "sdssss",
        "account.sendConfirmation": "syyyyy", "account.changeAddress": "syyyyy",
        "account.changePassword": "syyyyy", "account.overview": "syyyyy",
        "account.saveLanguage": "syyyyy",
        "account.createToken": "syyyyy", "account.revokeToken": "sy----",
        "account.signOutEverywhere": "syyyyy",
        // Without a password shown before there is nothing to go on with.
        "account.signInCodeForm": "sddddd", "account.signInCode": "ssssss",
        "account.secondFactor": "syyyyy", "account.replaceFactorForm": "syyyyy",
        "account.saveFactor": "syyyyy",
        // Only the admin has one, and admins cannot do without.
        "account.renewRecoveryCodes": "s----y", "account.removeFactor": "s----n",

        "company.overview": "syynnn", "company.profileForm": "syynnn",
        "company.saveProfile": "syynnn", "company.jobs": "syynnn", "company.newJobForm": "syynnn",
        "company.createJob": "syynnn", "company.job": "sy-nnn", "company.editJobForm": "sy-nnn",
        "company.saveJob": "sy-nnn", "company.publish": "sy-nnn", "company.pause": "sy-nnn",
        "company.fill": "sy-nnn", "company.close": "sy-nnn", "company.introduction": "sy-nnn",
        "company.moveStage": "sy-nnn", "company.cv": "sy-nnn", "company.reportHire": "sy-nnn",
        "company.hires": "syynnn", "company.invoices": "syynnn", "company.events": "syynnn",
        // No commission was approved here; `InvoicePagesTests` approves one.
        "company.invoice": "s--nnn",

        "affiliate.overview": "snnyyn", "affiliate.jobs": "snnyyn",
        "affiliate.takeLinkForm": "snnyyn", "affiliate.takeLink": "snnyyn",
        "affiliate.recommend": "snnyyn", "affiliate.links": "snnyyn",
        "affiliate.introductions": "snnyyn",
        "affiliate.commission": "snny-n", "affiliate.payouts": "snnyyn",
        "affiliate.savePayoutAccount": "snnyyn", "affiliate.statement": "snnyyn",
        "affiliate.statementFile": "snnyyn",
        "affiliate.events": "snnyyn",

        // The affiliate of the main line has opened it; the company has the word.
        "dispute.list": "syyyyy", "dispute.show": "sy-y-y", "dispute.answer": "sy-y-n",
        "dispute.addEvidence": "sy-y-n", "dispute.evidence": "sy-y-y",
        "dispute.withdraw": "sn-y-n",
        "dispute.claimForm": "snny-n", "dispute.claim": "snny-n",
        "dispute.objectionForm": "sy-nnn", "dispute.object": "sy-nnn",
        "dispute.decisionForm": "snnnny", "dispute.decide": "snnnny",
        "api.disputes": "tyyyyy", "api.openDispute": "tyyyyy", "api.dispute": "ty-y-y",
        "api.answerDispute": "ty-y-n", "api.addEvidence": "ty-y-n",
        "api.withdrawDispute": "tn-y-n",
        "api.evidence": "ty-y-y", "api.decideDispute": "tnnnny",

        "admin.handRecordForm": "snnnny", "admin.handRecord": "snnnny",
        "api.handRecord": "tnnnny",
        "admin.overview": "snnnny", "admin.hires": "snnnny", "admin.hire": "snnnny",
        "admin.recordHire": "snnnny", "admin.companies": "snnnny",
        "admin.admins": "snnnny", "admin.inviteAdmin": "snnnny", "admin.disableAdmin": "snnnny",
        "admin.verifyCompany": "snnnny", "admin.endHireForm": "snnnny",
        "admin.endHire": "snnnny", "admin.commissions": "snnnny",
        "admin.decideCommissions": "snnnny", "admin.payouts": "snnnny",
        "admin.createBatch": "snnnny", "admin.waiting": "snnnny",
        "admin.resolveFlag": "snnnny", "admin.spool": "snnnny",
        // Sent back to the list.
        "admin.decideSpool": "snnnny",
        "admin.invoices": "snnnny", "admin.invoice": "snnnn-", "admin.receiveInvoice": "snnnn-",
        "admin.reopenInvoiceForm": "snnnn-", "admin.reopenInvoice": "snnnn-",
        // No batch was made here; `MoneyPagesTests` makes one.
        "admin.audit": "snnnny", "admin.job": "snnnny", "admin.search": "snnnny",
        "admin.books": "snnnny", "admin.overload": "snnnny", "admin.setOverload": "snnnny",
        // Sent back to the desk, where the button was.
        "admin.resendMail": "snnnnd",
        // The hire of this world was only reported; `AdminDeskTests` has a recorded one.
        "admin.grantCommissionForm": "snnnn-", "admin.grantCommission": "snnnn-",
        "admin.batch": "snnnn-", "admin.settlePayouts": "snnnn-", "admin.batchFile": "snnnn-",

        "mail.unsubscribeForm": "yyyyyy", "mail.mailbox": "yyyyyy",
        // No mail was sent here; `MailTests` sends some.
        "mail.unsubscribe": "------", "mail.mail": "------", "mail.mailHTML": "------",
        "mail.delivery": "snnnny", "mail.allowAddress": "snnnny",

        "api.jobs": "yyyyyy", "api.job": "yyyyyy", "api.apply": "yyyyyy", "api.company": "yyyyyy",
        "api.application": "yyyyyy", "api.withdraw": "yyyyyy",
        "api.exportApplication": "yyyyyy", "api.eraseApplication": "yyyyyy",
        "api.me": "tyyyyy", "api.companyJobs": "tyynnn", "api.createJob": "tyynnn",
        "api.companyJob": "ty-nnn", "api.saveJob": "ty-nnn", "api.publish": "ty-nnn",
        "api.pause": "ty-nnn", "api.fill": "ty-nnn", "api.close": "ty-nnn",
        "api.terms": "ty-nnn", "api.owed": "tyynnn",
        "api.candidates": "ty-nnn", "api.introduction": "ty-nnn", "api.moveStage": "ty-nnn",
        "api.cv": "ty-nnn", "api.reportHire": "ty-nnn", "api.companyHires": "tyynnn",
        "api.links": "tnnyyn", "api.takeLink": "tnnyyn", "api.recommend": "tnnyyn",
        "api.introductions": "tnnyyn",
        "api.ownIntroduction": "tnny-n",
        "api.commissions": "tnnyyn", "api.commission": "tnny-n", "api.balance": "tnnyyn",
        "api.hires": "tnnnny", "api.hire": "tnnnny", "api.recordHire": "tnnnny",
        "api.companies": "tnnnny", "api.verifyCompany": "tnnnny",
        "api.payoutAccount": "tnnyyn", "api.savePayoutAccount": "tnnyyn",
        "api.payouts": "tnnyyn", "api.statement": "tnnyyn", "api.statementFile": "tnnyyn",
        "api.queue": "tnnnny", "api.audit": "tnnnny", "api.search": "tnnnny",
        "api.books": "tnnnny", "api.overload": "tnnnny", "api.setOverload": "tnnnny",
        "api.hireDecision": "tnnnny", "api.decideHire": "tnnnny",
        "api.grantCommission": "tnnnny", "api.adminCommissions": "tnnnny",
        "api.decideCommissions": "tnnnny", "api.payoutRun": "tnnnny", "api.batches": "tnnnny",
        "api.createBatch": "tnnnny", "api.batch": "tnnnn-", "api.batchPayouts": "tnnnn-",
        "api.batchFile": "tnnnn-", "api.settlePayouts": "tnnnn-",
        "api.events": "tyyyyn", "api.companyInvoices": "tyynnn", "api.companyInvoice": "t--nnn",
        // The commission that was granted before made one.
        "api.adminInvoices": "tnnnny", "api.adminInvoice": "tnnnny",
        "api.receiveInvoice": "tnnnny", "api.reopenInvoice": "tnnnny",
    ]

    @Test func `every route has its row`() {
        #expect(Set(Route.table.map(\.name)) == Set(Self.matrix.keys))
    }

    @Test(arguments: Array(0..<6))
    func `each person gets in where the row says so`(column: Int) async throws {
        try await withWorld { world in
            let people: [Account?] = [
                nil, world.company, world.rival, world.affiliate, world.other, world.admin,
            ]
            for maker in Route.table {
                let row = try #require(Self.matrix[maker.name])
                let expected = Array(row)[column]
                let ask = try await world.ask(maker, by: people[column])
                let answer = try await world.site.send(ask)
                #expect(
                    Self.symbol(answer) == expected, "\(maker.name): \(answer.status)")
            }
        }
    }

    @Test func `no form is taken without its token`() async throws {
        try await withWorld { world in
            for maker in Route.table where maker.sample.row.kind == .form {
                let owner: Account? =
                    switch maker.sample.row.access {
                    case .company, .signedIn, .party: world.company
                    case .affiliate: world.affiliate
                    case .admin: world.admin
                    case .everyone, .guest, .candidate, .token: nil
                    }
                let cookie = try await world.session(of: owner).cookie ?? ""
                let foreign = try await world.session(of: world.rival).token
                for fields in [[], [("csrf", foreign)], [("csrf", "AAAA")]] {
                    let ask = Ask.form(world.path(maker), fields).with("Cookie", cookie)
                    #expect(try await world.site.send(ask).status == 403, "\(maker.name)")
                }
            }
        }
    }

    private static func symbol(_ answer: Answer) -> Character {
        switch answer.status {
        case 401: "t"
        case 403: "n"
        case 404: "-"
        case 303 where answer.location?.hasPrefix("/sign-in") == true: "s"
        case 303
        where ["/company", "/affiliate", "/admin"].contains(answer.location)
            && answer.cookie("vouch-session") == nil:
            "d"
        case 200...399, 409, 410, 422: "y"
        default: "?"
        }
    }
}

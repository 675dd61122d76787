import Domain

/// What programs ask for, as JSON under `/api/v1`.
package enum APIRoute: RouteGroup {
    case jobs
    case job(JobSlug)
    case apply(JobSlug)
    case application(ReceiptCode)
    case withdraw(ReceiptCode)
    case exportApplication(ReceiptCode)
    case eraseApplication(ReceiptCode)
    case company(CompanySlug)
    case me
    case companyJobs
    case createJob
    case companyJob(JobID)
    case saveJob(JobID)
    case publish(JobID)
    case pause(JobID)
    case fill(JobID)
    case close(JobID)
    case terms(JobID)
    case candidates(JobID)
    case introduction(IntroductionID)
    case moveStage(IntroductionID)
    case cv(IntroductionID)
    case reportHire(IntroductionID)
    case companyHires
    case owed
    case links
    case takeLink
    case recommend(JobSlug)
    case introductions
    case ownIntroduction(IntroductionID)
    case commissions
    case commission(CommissionID)
    case balance
    case hires
    case hire(HireID)
    case recordHire(HireID)
    case handRecord(IntroductionID)
    case companies
    case verifyCompany(CompanyID)
    case payoutAccount
    case savePayoutAccount
    case payouts
    case statement(CalendarMonth)
    case statementFile(CalendarMonth)
    case queue
    case audit
    case search
    case books
    case overload
    case setOverload
    case hireDecision(HireID)
    case decideHire(HireID)
    case grantCommission(HireID)
    case adminCommissions
    case decideCommissions
    case payoutRun
    case batches
    case createBatch
    case batch(PayoutBatchID)
    case batchPayouts(PayoutBatchID)
    case batchFile(PayoutBatchID)
    case settlePayouts(PayoutBatchID)
    case disputes
    case openDispute
    case dispute(DisputeID)
    case answerDispute(DisputeID)
    case addEvidence(DisputeID)
    case evidence(EvidenceID)
    case withdrawDispute(DisputeID)
    case decideDispute(DisputeID)
    case events
    case companyInvoices
    case companyInvoice(InvoiceNumber)
    case adminInvoices
    case adminInvoice(InvoiceNumber)
    case receiveInvoice(InvoiceID)
    case reopenInvoice(InvoiceID)

    package var row: RouteRow {
        switch self {
        case .jobs, .job, .company, .me, .events: publicRow
        case .apply, .application, .withdraw, .exportApplication, .eraseApplication:
            applicationRow
        case .companyJobs, .createJob, .companyJob, .saveJob, .publish, .pause, .fill, .close,
            .terms:
            jobRow
        case .candidates, .introduction, .moveStage, .cv, .reportHire, .companyHires, .owed:
            introductionRow
        case .links, .takeLink, .recommend, .introductions, .ownIntroduction, .commissions,
            .commission,
            .balance:
            affiliateRow
        case .hires, .hire, .recordHire, .handRecord, .companies, .verifyCompany: adminRow
        case .payoutAccount, .savePayoutAccount, .payouts, .statement, .statementFile:
            affiliateMoneyRow
        case .queue, .audit, .search, .books, .overload, .setOverload: deskRow
        case .hireDecision, .decideHire, .grantCommission, .adminCommissions,
            .decideCommissions:
            decisionRow
        case .payoutRun, .batches, .createBatch, .batch, .batchPayouts, .batchFile,
            .settlePayouts:
            payoutRow
        case .disputes, .openDispute, .dispute, .answerDispute, .addEvidence, .evidence,
            .withdrawDispute, .decideDispute:
            disputeRow
        case .companyInvoices, .companyInvoice, .adminInvoices, .adminInvoice,
            .receiveInvoice, .reopenInvoice:
            invoiceRow
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.jobs), .by(Self.job), .by(Self.apply), .by(Self.application),
        .by(Self.withdraw), .by(Self.exportApplication), .by(Self.eraseApplication),
        .by(Self.company), .fixed(.me),
        .fixed(.companyJobs), .fixed(.createJob), .by(Self.companyJob), .by(Self.saveJob),
        .by(Self.publish), .by(Self.pause), .by(Self.fill), .by(Self.close), .by(Self.terms),
        .by(Self.candidates), .by(Self.introduction), .by(Self.moveStage), .by(Self.cv),
        .by(Self.reportHire), .fixed(.companyHires), .fixed(.owed), .fixed(.links),
        .fixed(.takeLink), .by(Self.recommend),
        .fixed(.introductions), .by(Self.ownIntroduction), .fixed(.commissions),
        .by(Self.commission), .fixed(.balance),
        .fixed(.hires), .by(Self.hire), .by(Self.recordHire), .by(Self.handRecord),
        .fixed(.companies),
        .by(Self.verifyCompany),
        .fixed(.payoutAccount), .fixed(.savePayoutAccount), .fixed(.payouts),
        .by(Self.statement), .by(Self.statementFile), .fixed(.queue), .fixed(.audit),
        .fixed(.search), .fixed(.books), .fixed(.overload), .fixed(.setOverload),
        .by(Self.hireDecision), .by(Self.decideHire),
        .by(Self.grantCommission), .fixed(.adminCommissions), .fixed(.decideCommissions),
        .fixed(.payoutRun), .fixed(.batches), .fixed(.createBatch), .by(Self.batch),
        .by(Self.batchPayouts), .by(Self.batchFile), .by(Self.settlePayouts),
        .fixed(.disputes), .fixed(.openDispute), .by(Self.dispute), .by(Self.answerDispute),
        .by(Self.addEvidence), .by(Self.evidence), .by(Self.withdrawDispute),
        .by(Self.decideDispute),
        .fixed(.events), .fixed(.companyInvoices), .by(Self.companyInvoice), .fixed(.adminInvoices),
        .by(Self.adminInvoice), .by(Self.receiveInvoice),
        .by(Self.reopenInvoice),
    ]
}

import Domain

/// The admin's desk.
package enum AdminRoute: RouteGroup {
    case overview
    case hires
    case hire(HireID)
    case recordHire(HireID)
    case handRecordForm(IntroductionID)
    case handRecord(IntroductionID)
    case endHireForm(HireID)
    case endHire(HireID)
    case grantCommissionForm(HireID)
    case grantCommission(HireID)
    case commissions
    case decideCommissions
    case payouts
    case createBatch
    case batch(PayoutBatchID)
    case settlePayouts(PayoutBatchID)
    case batchFile(PayoutBatchID)
    case waiting
    case resolveFlag
    case spool
    case decideSpool
    case invoices
    case invoice(InvoiceNumber)
    case receiveInvoice(InvoiceID)
    case reopenInvoiceForm(InvoiceID)
    case reopenInvoice(InvoiceID)
    case admins
    case inviteAdmin
    case disableAdmin(AccountID)
    case job(JobID)
    case companies
    case verifyCompany(CompanyID)
    case resendMail(OutboxID)
    case audit
    case search
    case books
    case overload
    case setOverload

    package var row: RouteRow {
        switch self {
        case .overview: .page("/admin", for: .admin, .admin)
        case .hires: .page("/admin/hires", for: .admin, .admin)
        case .hire(let id): .page("/admin/hires/{hire}", id, for: .admin, .admin)
        case .recordHire(let id):
            .form("/admin/hires/{hire}/record", id, for: .admin, .admin).aboutMoney
        case .handRecordForm(let id):
            .page("/admin/introductions/{introduction}", id, for: .admin, .admin)
        case .handRecord(let id):
            .form("/admin/introductions/{introduction}", id, for: .admin, .admin).aboutMoney
        case .endHireForm(let id): .page("/admin/hires/{hire}/end", id, for: .admin, .admin)
        case .endHire(let id): .form("/admin/hires/{hire}/end", id, for: .admin, .admin).aboutMoney
        case .grantCommissionForm(let id):
            .page("/admin/hires/{hire}/commission", id, for: .admin, .admin)
        case .grantCommission(let id):
            .form("/admin/hires/{hire}/commission", id, for: .admin, .admin).aboutMoney
        case .commissions: .page("/admin/commissions", for: .admin, .admin)
        case .decideCommissions: .form("/admin/commissions", for: .admin, .admin).aboutMoney
        case .payouts: .page("/admin/payouts", for: .admin, .admin)
        case .createBatch: .form("/admin/payouts", for: .admin, .admin).aboutMoney
        case .batch(let id): .page("/admin/payouts/{batch}", id, for: .admin, .admin)
        case .settlePayouts(let id):
            .form("/admin/payouts/{batch}", id, for: .admin, .admin).aboutMoney
        case .batchFile(let id):
            .form("/admin/payouts/{batch}/file", id, for: .admin, .admin).aboutMoney
        case .waiting: .page("/admin/waiting", for: .admin, .admin)
        case .resolveFlag: .form("/admin/waiting", for: .admin, .admin)
        case .spool: .page("/admin/spool", for: .admin, .admin)
        case .decideSpool: .form("/admin/spool", for: .admin, .admin, bodyBytesMax: 8_192)
        case .invoices: .page("/admin/invoices", for: .admin, .admin)
        case .invoice(let number):
            .page("/admin/invoices/{number}", number, for: .admin, .admin)
        case .receiveInvoice(let id):
            .form("/admin/invoices/{invoice}/receive", id, for: .admin, .admin).aboutMoney
        case .reopenInvoiceForm(let id):
            .page("/admin/invoices/{invoice}/reopen", id, for: .admin, .admin)
        case .reopenInvoice(let id):
            .form("/admin/invoices/{invoice}/reopen", id, for: .admin, .admin).aboutMoney
        case .admins: .page("/admin/admins", for: .admin, .admin)
        case .inviteAdmin: .form("/admin/admins", for: .admin, .admin, bodyBytesMax: 8_192)
        case .disableAdmin(let id):
            .form("/admin/admins/{account}/disable", id, for: .admin, .admin)
        case .job(let id): .page("/admin/jobs/{job}", id, for: .admin, .admin)
        case .companies: .page("/admin/companies", for: .admin, .admin)
        case .verifyCompany(let id):
            .form("/admin/companies/{company}/verify", id, for: .admin, .admin)
        case .resendMail(let id): .form("/admin/mails/{message}/resend", id, for: .admin, .admin)
        case .audit: .page("/admin/audit", for: .admin, .admin)
        case .search: .page("/admin/search", for: .admin, .admin)
        case .books: .page("/admin/books", for: .admin, .admin)
        case .overload: .page("/admin/overload", for: .admin, .admin)
        case .setOverload: .form("/admin/overload", for: .admin, .admin, bodyBytesMax: 8_192)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .fixed(.overview), .fixed(.hires), .by(Self.hire), .by(Self.recordHire),
        .by(Self.handRecordForm), .by(Self.handRecord),
        .by(Self.endHireForm), .by(Self.endHire), .by(Self.grantCommissionForm),
        .by(Self.grantCommission), .fixed(.commissions),
        .fixed(.decideCommissions), .fixed(.payouts), .fixed(.createBatch), .by(Self.batch),
        .by(Self.settlePayouts), .by(Self.batchFile),
        .fixed(.waiting), .fixed(.resolveFlag), .fixed(.spool), .fixed(.decideSpool),
        .by(Self.receiveInvoice), .by(Self.reopenInvoiceForm), .by(Self.reopenInvoice),
        .fixed(.invoices), .by(Self.invoice),
        .fixed(.admins), .fixed(.inviteAdmin), .by(Self.disableAdmin),
        .by(Self.job), .fixed(.companies), .by(Self.verifyCompany), .by(Self.resendMail),
        .fixed(.audit),
        .fixed(.search), .fixed(.books), .fixed(.overload), .fixed(.setOverload),
    ]
}

import Domain
import HTTP

// The rows of invoices, of a company and of admins.

extension APIRoute {
    var invoiceRow: RouteRow {
        switch self {
        case .companyInvoice(let number):
            .api(
                .get, "/api/v1/company/invoices/{number}", number, for: .token(.company),
                .member,
                .one(InvoiceDocumentResource.self, "One invoice of the company."))
        case .adminInvoices:
            .api(
                .get, "/api/v1/admin/invoices", for: .token(.admin), .admin,
                .list(
                    of: InvoiceResource.self, by: Self.standings,
                    "The invoices of all companies, newest first."))
        case .adminInvoice(let number):
            .api(
                .get, "/api/v1/admin/invoices/{number}", number, for: .token(.admin), .admin,
                .one(InvoiceDocumentResource.self, "One invoice."))
        case .receiveInvoice(let id):
            .api(
                .post, "/api/v1/admin/invoices/{invoice}/receive", id, for: .token(.admin),
                .admin,
                .write(
                    ReceiveInput.self, answers: InvoiceResource.self, key: .required,
                    "Say that an invoice was paid, or a credit note paid out."))
        case .reopenInvoice(let id):
            .api(
                .post, "/api/v1/admin/invoices/{invoice}/reopen", id, for: .token(.admin),
                .admin,
                .write(
                    ReopenInput.self, answers: InvoiceResource.self, key: .required,
                    "Undo a payment that was noted for an invoice."))
        default:
            .api(
                .get, "/api/v1/company/invoices", for: .token(.company), .member,
                .list(
                    of: InvoiceResource.self, by: Self.standings,
                    "The company's invoices and credit notes, newest first."))
        }
    }

    private static let standings: [Schema.Member] = [
        .maybe(InvoicesPage.standing, .any(of: InvoiceStanding.self))
    ]
}

import Domain
import HTTP
import Store

/// Undoing a payment that was noted for an invoice, by an admin.
struct ReopenInvoiceHandlers {
    let visit: Visit

    /// What would happen, and the form that does it.
    func form(_ id: InvoiceID) async throws -> Response {
        visit.page(try await page(id))
    }

    /// Undoes the payment that the page showed; whoever presses twice gets one answer.
    func reopen(_ id: InvoiceID) async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        let invoice: Invoices.Invoice
        do {
            let reopening = try Self.read(fields)
            invoice = try await visit.store.write { transaction in
                try await visit.store.invoices.reopen(
                    id, reopening, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(id, input: fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(
            to: AdminRoute.invoice(invoice.number).path, notice: .invoiceReopened)
    }

    /// What the form and the API send.
    static func read(_ fields: Fields) throws(DomainError) -> InvoiceReopening {
        var validation = Validation()
        let reason = InvoiceReopeningReason(rawValue: fields[.reason])
        if reason == nil {
            validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
        }
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        try validation.finish()
        guard let reason, let note else { throw .invalid(validation.errors) }
        // Never typed: the page knows it.
        guard let payment = Int(fields[ReopenInvoicePage.payment]) else {
            throw .conflict(.invoiceNotReceived)
        }
        return try InvoiceReopening(payment: payment, reason: reason, note: note)
    }

    private func page(
        _ id: InvoiceID, input: FormInput = FormInput()
    ) async throws -> ReopenInvoicePage {
        guard let number = try await visit.store.invoices.number(of: id) else {
            throw DomainError.notFound(.invoice)
        }
        let invoice = try await visit.store.invoices.find(number, of: nil).invoice
        let owed = try await visit.store.desks.owed(by: invoice.company).first {
            $0.currency == invoice.amount.currency
        }
        return ReopenInvoicePage(
            id: id, number: number, company: invoice.companyName, amount: invoice.amount,
            dueOn: invoice.dueOn, receivedOn: invoice.receivedOn,
            bankReference: invoice.bankReference, payment: invoice.payments,
            owed: owed ?? .zero(invoice.amount.currency), input: input)
    }
}

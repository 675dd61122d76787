import Domain
import Postgres

// A payment that was noted and had not come, or not for this invoice.

extension Invoices {
    /// Opens an invoice again that was marked as received; undoing the same payment again changes
    /// nothing.
    ///
    /// The books are not rewritten: they get the opposite transfer.
    ///
    /// - Throws: `forbidden`, `notFound(.invoice)`, `conflict(.invoiceNotReceived)` when there is no
    ///   such payment, and `conflict(.invoiceTakenBack)` when a later document stands on it: an open
    ///   invoice for a commission that is reversed would ask for what nobody owes.
    package func reopen(
        _ id: InvoiceID, _ reopening: InvoiceReopening, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws -> Invoice {
        guard principal.role == .admin else { throw DomainError.forbidden }
        let invoice = try await Self.lock(id, in: transaction)
        guard try await Self.isToUndo(reopening.payment, of: invoice, in: transaction) else {
            return invoice
        }
        try await transaction.execute(
            """
            UPDATE invoice SET state = 'open', received_on = NULL, received_by = NULL,
                bank_reference = '' WHERE id = \(id)
            """)
        try await Ledger().post(
            .companyUnpaid(invoice.amount, vat: invoice.vat.amount, company: invoice.company),
            about: Ledger.Subject(
                hire: invoice.hire, invoice: id, payment: reopening.payment),
            at: now, in: transaction)
        try await Self.tell(of: invoice, reopening, by: principal, at: now, in: transaction)
        return try await Self.lock(id, in: transaction)
    }

    /// False for what was undone already.
    private static func isToUndo(
        _ payment: Int, of invoice: Invoice, in transaction: Transaction
    ) async throws -> Bool {
        guard payment >= 1, payment <= invoice.payments else {
            throw DomainError.conflict(.invoiceNotReceived)
        }
        // Only the last payment can stand.
        guard payment == invoice.payments, invoice.state == .received else { return false }
        let isTakenBack = try await transaction.first(
            """
            SELECT EXISTS (SELECT FROM invoice WHERE state <> 'void' AND id <> \(invoice.id)
                AND (credits = \(invoice.id)
                    OR commission_id = \(invoice.commission) AND id > \(invoice.id)))
            """
        ) { row in try row.next(Bool.self) }
        guard isTakenBack != true else { throw DomainError.conflict(.invoiceTakenBack) }
        return true
    }

    private static func tell(
        of invoice: Invoice, _ reopening: InvoiceReopening, by principal: Principal,
        at now: Instant, in transaction: Transaction
    ) async throws {
        var payload = JSONObject()
        payload.set("invoice", invoice.id)
        payload.set("number", invoice.number.text)
        payload.set("amount", invoice.total)
        payload.set("reason", reopening.reason.rawValue)
        payload.set("note", reopening.note.text)
        var detail = payload
        detail.set("received_on", invoice.receivedOn?.description)
        detail.set("bank_reference", invoice.bankReference.text)
        detail.set("from", invoice.state.rawValue)
        detail.set("to", InvoiceState.open.rawValue)
        try await AuditLog.append(
            "invoice.reopened", by: Actor(principal), on: "invoice", invoice.id.rawValue,
            detail: detail, at: now, in: transaction)
        try await Outbox.add(
            .invoiceReopened, to: .company(invoice.company),
            about: key(invoice.id, payment: reopening.payment), payload: payload, at: now,
            in: transaction)
    }
}

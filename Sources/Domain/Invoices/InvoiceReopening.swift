/// Why an invoice that was marked as received is open again; the raw value is what is kept.
package enum InvoiceReopeningReason: String, Hashable, Sendable, CaseIterable {
    /// The payment was for another invoice.
    case otherInvoice = "other_invoice"
    /// The bank took the payment back.
    case returnedByBank = "returned_by_bank"
    case enteredByMistake = "entered_by_mistake"
    case other
}

/// What an admin says when a payment is undone.
package struct InvoiceReopening: Hashable, Sendable {
    /// Which payment of the invoice is meant, counted from 1: undoing it twice is undoing it once, also
    /// where the invoice was paid again in between.
    package let payment: Int
    package let reason: InvoiceReopeningReason
    package let note: Note

    /// - Throws: `invalid` where another reason has no note.
    package init(
        payment: Int, reason: InvoiceReopeningReason, note: Note
    ) throws(DomainError) {
        guard reason != .other || !note.text.isEmpty else {
            throw .invalid([ValidationError(.note, .missing)])
        }
        self.payment = payment
        self.reason = reason
        self.note = note
    }
}

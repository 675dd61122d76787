import Domain
import HTML

/// One invoice or credit note, as it is shown, printed and paid.
package struct InvoicePage: Page {
    let reader: InvoiceReader
    let invoice: Facts
    let payer: PaymentFile.Payer?
    let input: FormInput

    /// - Parameters:
    ///   - payer: whose account is paid to where the invoice names none; nil where none is set.
    ///   - input: of the form that marks it as received.
    package init(
        reader: InvoiceReader, invoice: Facts, payer: PaymentFile.Payer?,
        input: FormInput = FormInput()
    ) {
        self.reader = reader
        self.invoice = invoice
        self.payer = payer
        self.input = input
    }

    package var section: Section { reader.section }

    package func title(_ texts: Texts) -> String {
        let number = invoice.number.text
        return invoice.isCreditNote
            ? texts.invoice.creditNote(number) : texts.invoice.invoice(number)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.invoice.title, reader.list(), context)
        html(.article, .class("invoice")) { html in
            html.heading(title(texts)) { html in html.badge(invoice.standing, texts) }
            if reader == .admin { html.errorSummary(Form(input, context)) }
            if reader == .admin, invoice.issuer == nil {
                html(.p, .class("next no-print"), text: texts.invoice.issuerUnknown)
            }
            InvoiceSheet(reader: reader, invoice: invoice, payer: payer).print(&html, context)
        }
        if reader == .admin, invoice.isOpen { receiveForm(&html, context) }
        if reader == .admin, invoice.standing == .paid {
            html(.p, .class("no-print")) { html in
                html(
                    .a, .class("button quiet"), .href(Links.reopenInvoice(invoice.id)),
                    text: texts.invoice.reopen)
            }
        }
        if reader == .admin {
            html(.p, .class("no-print")) { html in
                let log = AuditFilter(subject: "invoice", id: invoice.id.rawValue)
                html(.a, .href(Links.adminAudit(log)), text: texts.admin.logOfThis)
            }
        } else {
            html(.p, .class("hint no-print"), text: texts.invoice.printHint)
        }
    }

    private func receiveForm(_ html: inout HTMLPrinter, _ context: PageContext) {
        let words = context.texts.invoice
        var input = input
        if input.failure == nil { input[.receivedOn] = context.today.description }
        let form = Form(input, context)
        html(.section, .class("card no-print")) { html in
            html(.h2, text: words.received)
            html(.p, text: words.receivedWhy)
            html.postForm(Links.receiveInvoice(invoice.id), context) { html in
                html.textField(
                    .receivedOn, form, FieldNote(isNarrow: true), attributes: [.type("date")])
                html.textField(
                    .bankReference, form, FieldNote(isOptional: true),
                    attributes: [
                        .type("text"), .maxLength(TextRules.BankReference.lengthMax),
                    ])
                html(.button, .type("submit"), text: words.received)
            }
        }
    }
}

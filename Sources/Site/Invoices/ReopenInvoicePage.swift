import Domain
import HTML

/// What undoing a payment does, before it is done.
package struct ReopenInvoicePage: Page {
    let id: InvoiceID
    let number: InvoiceNumber
    let company: CompanyName
    let amount: Money
    let dueOn: CalendarDate
    let receivedOn: CalendarDate?
    let bankReference: BankReference
    let payment: Int
    let owed: Money
    let input: FormInput

    /// The name of the field that says which payment is meant.
    static let payment = "payment"

    /// - Parameters:
    ///   - amount: as the books hold it.
    ///   - receivedOn: nil where nothing is there to be undone.
    ///   - owed: what the company owes now, in the invoice's currency.
    package init(
        id: InvoiceID, number: InvoiceNumber, company: CompanyName, amount: Money,
        dueOn: CalendarDate, receivedOn: CalendarDate?, bankReference: BankReference, payment: Int,
        owed: Money, input: FormInput = FormInput()
    ) {
        self.id = id
        self.number = number
        self.company = company
        self.amount = amount
        self.dueOn = dueOn
        self.receivedOn = receivedOn
        self.bankReference = bankReference
        self.payment = payment
        self.owed = owed
        self.input = input
    }

    package var section: Section { InvoiceReader.admin.section }

    package func title(_ texts: Texts) -> String { texts.invoice.reopenTitle(number.text) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let words = context.texts.invoice
        html(.div, .class("form-page")) { html in
            html.backLink(words.invoice(number.text), Links.adminInvoice(number), context)
            html.heading(title(context.texts), lead: words.reopenLead)
            html.errorSummary(Form(input, context))
            guard let receivedOn else {
                html(.p, .class("next"), text: context.texts.invoice.nothingToReopen)
                return
            }
            facts(receivedOn, &html, context.texts)
            effects(&html, context.texts)
            form(&html, context)
        }
    }

    private func facts(_ day: CalendarDate, _ html: inout HTMLPrinter, _ texts: Texts) {
        html(.dl, .class("facts")) { html in
            html.fact(texts.invoice.company, text: company.text)
            html.fact(texts.invoice.receivedOn) { html in html.date(day, texts) }
            if !bankReference.text.isEmpty {
                html.fact(texts.invoice.bankReference, text: bankReference.text)
            }
            html.fact(texts.invoice.net) { html in html.money(amount, texts) }
        }
    }

    private func effects(_ html: inout HTMLPrinter, _ texts: Texts) {
        let (words, value) = (texts.invoice, texts.value)
        html(.section, .class("card")) { html in
            html(.h2, text: words.reopenWhat)
            html(.ul, .class("ticks")) { html in
                html(.li, text: words.opensAgain(value.date(dueOn)))
                html(.li, text: words.ledgerGoesBack(value.money(amount), company.text))
                if let after = try? owed.adding(amount) {
                    html(
                        .li,
                        text: words.owesThen(
                            company.text, before: sum(owed, texts), after: sum(after, texts)))
                }
                html(.li, text: words.isTold(company.text))
            }
        }
    }

    private func sum(_ money: Money, _ texts: Texts) -> String {
        money.isZero ? texts.invoice.nothingOwed : texts.value.money(money)
    }

    private func form(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.postForm(Links.reopenInvoice(id), context) { html in
            html(.input, .type("hidden"), .name(Self.payment), .value(String(payment)))
            html.selectField(
                .reason, form,
                options: InvoiceReopeningReason.allCases.map {
                    ($0.rawValue, texts.invoice.reason($0))
                })
            html.textArea(
                .note, form, FieldNote(isOptional: true), rows: 3,
                attributes: [.maxLength(TextRules.Note.lengthMax)])
            html(.button, .type("submit"), .class("danger"), text: texts.invoice.doReopen)
        }
    }
}

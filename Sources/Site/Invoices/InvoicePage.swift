import Domain
import HTML

/// One invoice or credit note, as it is shown, printed and paid.
package struct InvoicePage: Page {
    let reader: InvoiceReader
    let invoice: Facts
    let issuer: PaymentFile.Payer?
    let input: FormInput

    /// What stands on it.
    package struct Facts: Sendable {
        package let id: InvoiceID
        package let number: InvoiceNumber
        package let reference: CreditorReference
        package let standing: InvoiceStanding
        package let amount: Money
        package let issuedAt: Instant
        package let dueOn: CalendarDate
        package let company: CompanyName
        package let country: CountryCode
        package let city: CityName?
        package let hire: HireID
        package let introduction: IntroductionID
        package let candidate: PersonName
        package let job: JobTitle
        package let startsOn: CalendarDate
        package let instalment: Int
        package let instalmentCount: Int
        package let receivedOn: CalendarDate?
        package let bankReference: BankReference
        /// Of a credit note: what it takes back.
        package let credited: InvoiceNumber?
        package let creditNotes: [InvoiceNumber]

        package init(
            id: InvoiceID, number: InvoiceNumber, reference: CreditorReference,
            standing: InvoiceStanding, amount: Money, issuedAt: Instant, dueOn: CalendarDate,
            company: CompanyName, country: CountryCode, city: CityName?, hire: HireID,
            introduction: IntroductionID, candidate: PersonName, job: JobTitle,
            startsOn: CalendarDate, instalment: Int, instalmentCount: Int,
            receivedOn: CalendarDate? = nil, bankReference: BankReference,
            credited: InvoiceNumber? = nil, creditNotes: [InvoiceNumber] = []
        ) {
            self.id = id
            self.number = number
            self.reference = reference
            self.standing = standing
            self.amount = amount
            self.issuedAt = issuedAt
            self.dueOn = dueOn
            self.company = company
            self.country = country
            self.city = city
            self.hire = hire
            self.introduction = introduction
            self.candidate = candidate
            self.job = job
            self.startsOn = startsOn
            self.instalment = instalment
            self.instalmentCount = instalmentCount
            self.receivedOn = receivedOn
            self.bankReference = bankReference
            self.credited = credited
            self.creditNotes = creditNotes
        }

        var isCreditNote: Bool { !amount.isPositive }

        var isOpen: Bool { standing == .due || standing == .overdue }
    }

    /// - Parameters:
    ///   - issuer: whose account is paid to; nil where none is set.
    ///   - input: of the form that marks it as received.
    package init(
        reader: InvoiceReader, invoice: Facts, issuer: PaymentFile.Payer?,
        input: FormInput = FormInput()
    ) {
        self.reader = reader
        self.invoice = invoice
        self.issuer = issuer
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
            parties(&html, texts)
            line(&html, texts)
            payment(&html, context)
        }
        if reader == .admin, invoice.isOpen { receiveForm(&html, context) }
        if reader == .admin {
            html(.p, .class("no-print")) { html in
                let log = AuditFilter(subject: "invoice", id: invoice.id.rawValue)
                html(.a, .href(Links.adminAudit(log)), text: texts.admin.logOfThis)
            }
        } else {
            html(.p, .class("hint no-print"), text: texts.invoice.printHint)
        }
    }

    private func parties(_ html: inout HTMLPrinter, _ texts: Texts) {
        let words = texts.invoice
        html(.dl, .class("facts")) { html in
            html.fact(words.issuer) { html in
                html(.strong, text: issuer?.name.text ?? "Vouch")
            }
            html.fact(words.recipient) { html in
                html(.strong, text: invoice.company.text)
                html(.span, .class("muted")) { html in
                    if let city = invoice.city { html.text(city.text + ", ") }
                    html.text(texts.value.country(invoice.country))
                }
            }
            html.fact(words.issuedOn) { html in html.date(invoice.issuedAt.date, texts) }
            html.fact(words.dueOn) { html in html.date(invoice.dueOn, texts) }
            html.fact(words.reference, text: invoice.reference.text)
            if let day = invoice.receivedOn {
                html.fact(words.receivedOn) { html in html.date(day, texts) }
                if !invoice.bankReference.text.isEmpty {
                    html.fact(words.bankReference, text: invoice.bankReference.text)
                }
            }
            related(&html, words)
        }
    }

    private func related(_ html: inout HTMLPrinter, _ words: InvoiceTexts) {
        if let credited = invoice.credited {
            html.fact(words.credits) { html in
                html(.a, .href(reader.page(credited)), text: credited.text)
            }
        }
        guard !invoice.creditNotes.isEmpty else { return }
        html.fact(words.creditedBy) { html in
            for note in invoice.creditNotes {
                html(.a, .href(reader.page(note)), text: note.text)
                html.text(" ")
            }
        }
    }

    private func line(_ html: inout HTMLPrinter, _ texts: Texts) {
        let words = texts.invoice
        let table = Table(
            caption: words.what,
            columns: [
                Table.Column(name: words.what), Table.Column(name: words.instalment),
                Table.Column(name: words.amount, isNumeric: true),
            ])
        let hire: URLReference =
            switch reader {
            case .company: Links.introduction(invoice.introduction)
            case .admin: Links.adminHire(invoice.hire)
            }
        html.table(table, rows: [invoice]) { invoice, row, html in
            row.header(&html) { html in
                html(
                    .a, .href(hire),
                    text: words.hiring(invoice.candidate.text, invoice.job.text))
                html(
                    .span, .class("sub"),
                    text: words.firstDay(texts.value.date(invoice.startsOn)))
            }
            row.cell(
                &html,
                text: words.instalment(
                    texts.value.number(invoice.instalment),
                    of: texts.value.number(invoice.instalmentCount)))
            row.cell(&html) { html in html.money(invoice.amount, texts) }
        }
    }

    // MARK: Paying

    private func payment(_ html: inout HTMLPrinter, _ context: PageContext) {
        let words = context.texts.invoice
        switch (invoice.standing, invoice.isCreditNote) {
        case (.void, _): html(.p, .class("next"), text: words.notToPay)
        case (.paid, false): html(.p, .class("next"), text: words.isPaid)
        case (.paid, true): html(.p, .class("next"), text: words.isPaidOut)
        case (_, true): html(.p, .class("next"), text: words.wePay)
        case (_, false): transfer(&html, context)
        }
    }

    private func transfer(_ html: inout HTMLPrinter, _ context: PageContext) {
        let (texts, words) = (context.texts, context.texts.invoice)
        let amount = texts.value.money(invoice.amount)
        let day = texts.value.date(invoice.dueOn)
        html(.section, .class("card")) { html in
            html(.h2, text: words.toPay)
            guard let issuer else {
                html(.p, text: words.transfer(amount, by: day))
                html(.p, text: words.noAccount)
                return
            }
            html(.p, text: words.transfer(amount, to: issuer.name.text, by: day))
            html(.p) { html in
                html.text(words.account + ": ")
                html(.strong, text: texts.value.iban(issuer.iban))
            }
            html(.p, text: words.writeThis)
            html.copyLine(invoice.reference.text, label: words.writeThis, context)
            html(.p, .class("hint"), text: words.writeThisWhy)
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

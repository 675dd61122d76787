import Domain
import HTML

/// What is printed of an invoice: who, to whom, for what, how much, and how to pay it.
struct InvoiceSheet {
    let reader: InvoiceReader
    let invoice: InvoicePage.Facts
    let payer: PaymentFile.Payer?

    func print(_ html: inout HTMLPrinter, _ context: PageContext) {
        parties(&html, context.texts)
        line(&html, context.texts)
        sums(&html, context.texts)
        payment(&html, context)
    }

    private func parties(_ html: inout HTMLPrinter, _ texts: Texts) {
        let words = texts.invoice
        html(.dl, .class("facts")) { html in
            html.fact(words.issuer) { html in
                guard let issuer = invoice.issuer else {
                    html(.strong, text: payer?.name.text ?? "Vouch")
                    return
                }
                party(
                    issuer.name, issuer.address, issuer.country, issuer.taxID, &html, texts)
            }
            html.fact(words.recipient) { html in
                let recipient = invoice.recipient
                party(
                    recipient.name, recipient.address, recipient.country, recipient.taxID, &html,
                    texts)
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

    private func party(
        _ name: CompanyName, _ address: BillingAddress?, _ country: CountryCode, _ taxID: TaxID?,
        _ html: inout HTMLPrinter, _ texts: Texts
    ) {
        html(.strong, text: name.text)
        let lines = (address?.text.split(separator: "\n").map(String.init) ?? [])
        for line in lines + [texts.value.country(country)] {
            html(.span, .class("sub"), text: line)
        }
        if let taxID {
            html(.span, .class("sub"), text: texts.invoice.taxNumber(taxID.text))
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
                Table.Column(name: words.net, isNumeric: true),
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

    /// Net, tax and total, and why there is no tax where there is none.
    private func sums(_ html: inout HTMLPrinter, _ texts: Texts) {
        let (words, vat) = (texts.invoice, invoice.vat)
        html(.dl, .class("facts sums")) { html in
            if let rate = vat.rate {
                html.fact(words.net) { html in html.money(invoice.amount, texts) }
                html.fact(words.vat(texts.value.rate(rate))) { html in
                    html.money(vat.amount, texts)
                }
            }
            html.fact(words.total) { html in
                html(.strong) { html in html.money(invoice.total, texts) }
            }
        }
        if let sentence = words.vat(vat.treatment, isIssuerKnown: invoice.issuer != nil) {
            html(.p, .class("mention"), text: sentence)
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

    /// The account that the invoice names, or else that of the settings.
    private var account: (name: String, iban: IBAN)? {
        if let issuer = invoice.issuer, let iban = issuer.iban {
            return (issuer.name.text, iban)
        }
        return payer.map { ($0.name.text, $0.iban) }
    }

    private func transfer(_ html: inout HTMLPrinter, _ context: PageContext) {
        let (texts, words) = (context.texts, context.texts.invoice)
        let amount = texts.value.money(invoice.total)
        let day = texts.value.date(invoice.dueOn)
        html(.section, .class("card")) { html in
            html(.h2, text: words.toPay)
            guard let account else {
                html(.p, text: words.transfer(amount, by: day))
                html(.p, text: words.noAccount)
                return
            }
            html(.p, text: words.transfer(amount, to: account.name, by: day))
            html(.p) { html in
                html.text(words.account + ": ")
                html(.strong, text: texts.value.iban(account.iban))
            }
            html(.p, text: words.writeThis)
            html.copyLine(invoice.reference.text, label: words.writeThis, context)
            html(.p, .class("hint"), text: words.writeThisWhy)
        }
    }
}

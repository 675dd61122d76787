import Domain
import HTML

/// What waits for an admin besides hires: marks of self-dealing, and invoices to be received.
package struct AdminWaitingPage: Page {
    let flags: [Flag]
    let invoices: [Invoice]
    let isFirst: Bool
    let nextCursor: String?
    let input: FormInput

    /// A mark.
    package struct Flag: Sendable {
        package let subject: Subject
        package let flag: SelfDealing
        package let foundAt: Instant
        /// Whether what was typed for it cannot be used.
        package let wasRefused: Bool

        /// What it is on.
        package enum Subject: Sendable {
            case introduction(IntroductionID)
            case affiliates(AffiliateFlagID, AffiliateID, AffiliateID)
        }

        package init(
            subject: Subject, flag: SelfDealing, foundAt: Instant, wasRefused: Bool = false
        ) {
            self.subject = subject
            self.flag = flag
            self.foundAt = foundAt
            self.wasRefused = wasRefused
        }
    }

    /// An open invoice, or a credit note.
    package struct Invoice: Sendable {
        package let id: InvoiceID
        package let number: InvoiceNumber
        package let reference: CreditorReference
        package let company: CompanyName
        package let amount: Money
        package let dueOn: CalendarDate

        package init(
            id: InvoiceID, number: InvoiceNumber, reference: CreditorReference,
            company: CompanyName,
            amount: Money, dueOn: CalendarDate
        ) {
            self.id = id
            self.number = number
            self.reference = reference
            self.company = company
            self.amount = amount
            self.dueOn = dueOn
        }
    }

    /// - Parameter input: of the form of the mark that was sent and refused.
    package init(
        flags: [Flag], invoices: [Invoice], isFirst: Bool = true, nextCursor: String? = nil,
        input: FormInput = FormInput()
    ) {
        self.flags = flags
        self.invoices = invoices
        self.isFirst = isFirst
        self.nextCursor = nextCursor
        self.input = input
    }

    /// The names of the hidden fields that say which mark is meant.
    static let introduction = "introduction"
    static let affiliateFlag = "affiliate_flag"
    static let flag = "flag"

    package var section: Section { .adminWaiting }

    package func title(_ texts: Texts) -> String { texts.money.waiting }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.money.waiting, lead: texts.money.waitingLead)
        html.errorSummary(Form(input, context))
        html(.h2, text: texts.money.flags)
        if flags.isEmpty {
            html.emptyState(texts.money.noFlags, texts.money.noFlagsHint, context)
        } else {
            flagTable(&html, context)
        }
        html(.h2, text: texts.money.invoices)
        if invoices.isEmpty {
            html.emptyState(texts.money.noInvoices, texts.money.noInvoicesHint, context)
        } else {
            invoiceTable(&html, context)
        }
        html(.p) { html in
            html(.a, .href(Links.adminInvoices), text: texts.money.allInvoices)
        }
        html.pagination(
            first: isFirst ? nil : Links.adminWaiting,
            next: nextCursor.map { AdminRoute.waiting.link([("after", $0)]) }, texts)
    }

    private func flagTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.money.flags,
            columns: [
                Table.Column(name: texts.money.mark), Table.Column(name: texts.money.found),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: flags) { flag, row, html in
            let name = Self.name(flag, texts)
            row.header(&html) { html in
                html.badge(texts.value.selfDealing(flag.flag), .attention)
                html(.span, .class("sub"), text: name)
            }
            row.cell(&html) { html in html.moment(flag.foundAt, texts) }
            row.cell(&html) { html in
                html.postForm(Links.resolveFlag, context) { html in
                    for (field, value) in Self.fields(flag) {
                        html(.input, .type("hidden"), .name(field), .value(value))
                    }
                    let length = Attribute.maxLength(TextRules.Note.lengthMax)
                    if flag.wasRefused {
                        html.textField(
                            .note, Form(input, context),
                            FieldNote(label: texts.money.resolveNamed(name)),
                            attributes: [.type("text"), length])
                    } else {
                        html(
                            .input, .type("text"), .name(ValidationError.Field.note.rawValue),
                            length, .required(), .ariaLabel(texts.money.resolveNamed(name)))
                    }
                    html(
                        .button, .type("submit"), .class("small"), text: texts.money.resolve)
                }
            }
        }
    }

    private static func name(_ flag: Flag, _ texts: Texts) -> String {
        switch flag.subject {
        case .introduction(let id): texts.money.introduction(id.description)
        case .affiliates(_, let one, let other):
            texts.money.affiliates(one.description, other.description)
        }
    }

    private static func fields(_ flag: Flag) -> [(String, String)] {
        switch flag.subject {
        case .introduction(let id):
            [(introduction, id.description), (Self.flag, flag.flag.rawValue)]
        case .affiliates(let id, _, _): [(affiliateFlag, id.description)]
        }
    }

    private func invoiceTable(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.money.invoices,
            columns: [
                Table.Column(name: texts.money.number), Table.Column(name: texts.admin.company),
                Table.Column(name: texts.money.reference), Table.Column(name: texts.admin.due),
                Table.Column(name: texts.admin.amount, isNumeric: true),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: invoices) { invoice, row, html in
            row.header(&html) { html in
                html(.a, .href(Links.adminInvoice(invoice.number)), text: invoice.number.text)
            }
            row.cell(&html, text: invoice.company.text)
            row.cell(&html, text: invoice.reference.text)
            row.cell(&html) { html in html.date(invoice.dueOn, texts) }
            row.cell(&html) { html in html.money(invoice.amount, texts) }
            row.cell(&html) { html in
                html.postForm(Links.receiveInvoice(invoice.id), context) { html in
                    html(
                        .input, .type("date"),
                        .name(ValidationError.Field.receivedOn.rawValue),
                        .value(context.today.description),
                        .ariaLabel(texts.money.receivedNamed(invoice.number.text)))
                    html(
                        .input, .type("text"),
                        .name(ValidationError.Field.bankReference.rawValue),
                        .maxLength(TextRules.BankReference.lengthMax),
                        .ariaLabel(texts.money.bankReference(invoice.number.text)))
                    html(
                        .button, .type("submit"), .class("small"), text: texts.money.received)
                }
            }
        }
    }
}

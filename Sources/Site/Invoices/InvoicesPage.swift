import Domain
import HTML

/// Who looks at invoices: the company that owes them, or an admin, who sees everybody's.
package enum InvoiceReader: Sendable {
    case company, admin

    func list(_ standing: InvoiceStanding? = nil, after cursor: String? = nil) -> URLReference {
        let parameters = [
            standing.map { (InvoicesPage.standing, $0.rawValue) }, cursor.map { ("after", $0) },
        ].compactMap { $0 }
        return switch self {
        case .company: CompanyRoute.invoices.link(parameters)
        case .admin: AdminRoute.invoices.link(parameters)
        }
    }

    func page(_ number: InvoiceNumber) -> URLReference {
        switch self {
        case .company: Links.companyInvoice(number)
        case .admin: Links.adminInvoice(number)
        }
    }

    var section: Section {
        switch self {
        case .company: .companyInvoices
        case .admin: .adminWaiting
        }
    }
}

/// Invoices, newest first, and what they come to.
package struct InvoicesPage: Page {
    let reader: InvoiceReader
    let standing: InvoiceStanding?
    let sums: [InvoiceStanding: [Money]]
    let invoices: [Row]
    let isFirst: Bool
    let nextCursor: String?

    /// One invoice, or a credit note.
    package struct Row: Sendable {
        package let number: InvoiceNumber
        package let company: CompanyName
        package let amount: Money
        package let issuedAt: Instant
        package let dueOn: CalendarDate
        package let standing: InvoiceStanding

        package init(
            number: InvoiceNumber, company: CompanyName, amount: Money, issuedAt: Instant,
            dueOn: CalendarDate, standing: InvoiceStanding
        ) {
            self.number = number
            self.company = company
            self.amount = amount
            self.issuedAt = issuedAt
            self.dueOn = dueOn
            self.standing = standing
        }
    }

    /// - Parameter sums: one per currency; of everybody's only what is open.
    package init(
        reader: InvoiceReader, standing: InvoiceStanding? = nil,
        sums: [InvoiceStanding: [Money]], invoices: [Row], isFirst: Bool = true,
        nextCursor: String? = nil
    ) {
        self.reader = reader
        self.standing = standing
        self.sums = sums
        self.invoices = invoices
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    /// The query parameter that narrows the list.
    static let standing = "standing"

    package var section: Section { reader.section }

    package func title(_ texts: Texts) -> String { texts.invoice.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        if reader == .admin { html.backLink(texts.money.waiting, Links.adminWaiting, context) }
        html.heading(texts.invoice.title, lead: texts.invoice.lead)
        figures(&html, texts)
        filter(&html, texts)
        if invoices.isEmpty {
            html.emptyState(texts.invoice.none, texts.invoice.noneHint, context)
        } else {
            table(&html, texts)
        }
        html.pagination(
            first: isFirst ? nil : reader.list(standing),
            next: nextCursor.map { reader.list(standing, after: $0) }, texts)
    }

    private func figures(_ html: inout HTMLPrinter, _ texts: Texts) {
        let shown: [InvoiceStanding] =
            switch reader {
            case .company: [.due, .overdue, .paid]
            case .admin: [.due, .overdue]
            }
        html(.dl, .class("figures")) { html in
            for standing in shown {
                let sums = sums[standing] ?? []
                html.figure(
                    sums.isEmpty ? texts.invoice.nothing : texts.value.money(sums),
                    texts.invoice.standing(standing), isStrong: standing == .overdue)
            }
        }
    }

    private func filter(_ html: inout HTMLPrinter, _ texts: Texts) {
        html(.nav, .class("choices"), .ariaLabel(texts.invoice.filter)) { html in
            for choice in [nil] + InvoiceStanding.allCases.map(Optional.some) {
                html(
                    .a, .class("button quiet"), .href(reader.list(choice)),
                    .when(choice == standing, .ariaCurrent("page")),
                    text: choice.map(texts.invoice.standing) ?? texts.invoice.allOfThem)
            }
        }
    }

    private func table(_ html: inout HTMLPrinter, _ texts: Texts) {
        var columns = [Table.Column(name: texts.invoice.number)]
        if reader == .admin { columns.append(Table.Column(name: texts.invoice.company)) }
        columns += [
            Table.Column(name: texts.invoice.state), Table.Column(name: texts.invoice.issuedOn),
            Table.Column(name: texts.invoice.dueOn),
            Table.Column(name: texts.invoice.total, isNumeric: true),
        ]
        let table = Table(caption: texts.invoice.title, columns: columns)
        html.table(table, rows: invoices) { invoice, row, html in
            row.header(&html) { html in
                html(.a, .href(reader.page(invoice.number)), text: invoice.number.text)
            }
            if reader == .admin { row.cell(&html, text: invoice.company.text) }
            row.cell(&html) { html in html.badge(invoice.standing, texts) }
            row.cell(&html) { html in html.date(invoice.issuedAt.date, texts) }
            row.cell(&html) { html in html.date(invoice.dueOn, texts) }
            row.cell(&html) { html in html.money(invoice.amount, texts) }
        }
    }
}

extension HTMLPrinter {
    mutating func badge(_ standing: InvoiceStanding, _ texts: Texts) {
        let tone: BadgeTone =
            switch standing {
            case .due: .waiting
            case .overdue: .attention
            case .paid: .good
            case .void: .over
            }
        badge(texts.invoice.standing(standing), tone)
    }
}

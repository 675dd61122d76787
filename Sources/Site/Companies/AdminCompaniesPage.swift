import Domain
import HTML

/// The companies that wait to be verified, and the others.
package struct AdminCompaniesPage: Page {
    let companies: [Row]
    let isFirst: Bool
    let nextCursor: String?

    /// One company of the list.
    package struct Row: Sendable {
        package let id: CompanyID
        package let company: CompanySummary
        package let registeredAt: Instant
        package let openJobs: Int

        package init(
            id: CompanyID, company: CompanySummary, registeredAt: Instant, openJobs: Int
        ) {
            self.id = id
            self.company = company
            self.registeredAt = registeredAt
            self.openJobs = openJobs
        }
    }

    /// - Parameter companies: those that wait come first.
    package init(companies: [Row], isFirst: Bool = true, nextCursor: String?) {
        self.companies = companies
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    package var section: Section { .adminCompanies }

    package func title(_ texts: Texts) -> String { texts.admin.companiesTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.companiesTitle, lead: texts.admin.companiesLead)
        if companies.isEmpty {
            html.emptyState(texts.admin.noCompanies, texts.admin.noCompaniesHint, context)
        } else {
            table(&html, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.adminCompanies,
            next: nextCursor.map { Links.adminCompanies(after: $0) }, texts)
    }

    private func table(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.admin.companiesTitle,
            columns: [
                Table.Column(name: texts.admin.company),
                Table.Column(name: texts.admin.website),
                Table.Column(name: texts.admin.registered),
                Table.Column(name: texts.admin.openJobs, isNumeric: true),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: companies) { entry, row, html in
            row.header(&html) { html in
                html(
                    .a, .href(Links.company(entry.company.slug)), text: entry.company.name.text)
            }
            row.cell(&html) { html in
                if let website = entry.company.website, let link = URLReference(web: website.text) {
                    html(.a, .href(link), .rel("nofollow noopener"), text: website.text)
                } else {
                    html.text("–")
                }
            }
            row.cell(&html) { html in html.moment(entry.registeredAt, texts) }
            row.cell(&html, text: texts.value.number(entry.openJobs))
            row.cell(&html) { html in
                html.badge(
                    entry.company.isVerified ? texts.admin.verified : texts.admin.waiting,
                    entry.company.isVerified ? .good : .waiting)
            }
            row.cell(&html) { html in
                guard !entry.company.isVerified else { return }
                html.postForm(Links.verifyCompany(entry.id), context, style: "plain") { html in
                    html(
                        .button, .type("submit"), .class("small"),
                        .ariaLabel(texts.admin.verifyNamed(entry.company.name.text)),
                        text: texts.admin.verify)
                }
            }
        }
    }
}

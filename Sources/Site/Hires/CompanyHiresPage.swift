import Domain
import HTML

/// The hires of a company, and what it owes for each.
package struct CompanyHiresPage: Page {
    let hires: [Row]
    let owed: [Money]

    /// One hire of the list.
    package struct Row: Sendable {
        package let introduction: IntroductionID
        package let candidate: PersonName
        package let job: JobTitle
        package let state: HireState
        package let startsOn: CalendarDate
        /// The whole commission; nil when nobody brought the candidate.
        package let commission: Money?
        package let affiliate: PersonName?
        /// Where a commission is promised for it, to be disputed.
        package let disputable: HireID?
        /// Issued for it, oldest first.
        package let invoices: [InvoiceNumber]

        package init(
            introduction: IntroductionID, candidate: PersonName, job: JobTitle, state: HireState,
            startsOn: CalendarDate, commission: Money?, affiliate: PersonName?,
            invoices: [InvoiceNumber] = [], disputable: HireID? = nil
        ) {
            self.disputable = disputable
            self.introduction = introduction
            self.candidate = candidate
            self.job = job
            self.state = state
            self.startsOn = startsOn
            self.commission = commission
            self.affiliate = affiliate
            self.invoices = invoices
        }
    }

    /// - Parameter owed: open commissions, one sum per currency.
    package init(hires: [Row], owed: [Money]) {
        self.hires = hires
        self.owed = owed
    }

    package var section: Section { .companyHires }

    package func title(_ texts: Texts) -> String { texts.company.hiresTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.company.hiresTitle, lead: texts.company.hiresLead)
        guard !hires.isEmpty else {
            html.emptyState(
                texts.company.noHires, texts.company.noHiresHint,
                action: (texts.company.jobsTitle, Links.companyJobs), context)
            return
        }
        html(.dl, .class("figures")) { html in
            html.figure(
                owed.isEmpty ? texts.company.owedNothing : texts.value.money(owed),
                texts.company.owed, link: Links.companyInvoices, isStrong: true)
        }
        let table = Table(
            caption: texts.company.hiresTitle,
            columns: [
                Table.Column(name: texts.company.candidate),
                Table.Column(name: texts.company.job),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.company.startsOn),
                Table.Column(name: texts.company.introducedBy),
                Table.Column(name: texts.company.commission, isNumeric: true),
                Table.Column(name: texts.dispute.title, isAction: true),
            ])
        html.table(table, rows: hires) { hire, row, html in
            row.header(&html) { html in
                html(
                    .a, .href(Links.introduction(hire.introduction)), text: hire.candidate.text)
            }
            row.cell(&html, text: hire.job.text)
            row.cell(&html) { html in html.badge(hire.state, texts) }
            row.cell(&html) { html in html.date(hire.startsOn, texts) }
            row.cell(&html, text: hire.affiliate?.text ?? texts.company.cameAlone)
            row.cell(&html) { html in
                html.money(hire.commission, texts)
                for number in hire.invoices {
                    html(.span, .class("sub")) { html in
                        html(.a, .href(Links.companyInvoice(number)), text: number.text)
                    }
                }
            }
            row.cell(&html) { html in
                guard let id = hire.disputable else { return }
                html(
                    .a, .href(DisputeRoute.objectionForm(id).link()),
                    .ariaLabel(texts.admin.named(texts.dispute.openLink, hire.candidate.text)),
                    text: texts.dispute.openLink)
            }
        }
    }
}

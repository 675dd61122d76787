import Domain
import HTML

/// All jobs of a company, for the company.
package struct CompanyJobsPage: Page {
    let jobs: [Row]
    let isFirst: Bool
    let nextCursor: String?

    /// One job of the list.
    package struct Row: Sendable {
        package let id: JobID
        package let title: JobTitle
        package let visibility: JobVisibility
        package let commission: Money
        package let validThrough: CalendarDate
        package let candidateCount: Int
        /// Candidates still at `submitted`.
        package let newCount: Int

        package init(
            id: JobID, title: JobTitle, visibility: JobVisibility, commission: Money,
            validThrough: CalendarDate, candidateCount: Int, newCount: Int
        ) {
            self.id = id
            self.title = title
            self.visibility = visibility
            self.commission = commission
            self.validThrough = validThrough
            self.candidateCount = candidateCount
            self.newCount = newCount
        }
    }

    package init(jobs: [Row], isFirst: Bool = true, nextCursor: String?) {
        self.jobs = jobs
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    package var section: Section { .companyJobs }

    package func title(_ texts: Texts) -> String { texts.company.jobsTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.company.jobsTitle) { html in
            html(.a, .class("button"), .href(Links.newJob), text: texts.common.postJob)
        }
        if jobs.isEmpty {
            html.emptyState(
                texts.company.noJobs, texts.company.noJobsHint,
                action: (texts.common.postJob, Links.newJob), context)
        } else {
            html.companyJobTable(jobs, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.companyJobs,
            next: nextCursor.map { Links.companyJobs(after: $0) }, texts)
    }
}

extension HTMLPrinter {
    mutating func companyJobTable(_ jobs: [CompanyJobsPage.Row], _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.company.jobsTitle,
            columns: [
                Table.Column(name: texts.company.job),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.company.commission, isNumeric: true),
                Table.Column(name: texts.company.until),
                Table.Column(name: texts.company.candidates, isNumeric: true),
            ])
        self.table(table, rows: jobs) { job, row, html in
            row.header(&html) { html in
                html(.a, .href(Links.companyJob(job.id)), text: job.title.text)
            }
            row.cell(&html) { html in html.badge(job.visibility, texts) }
            row.cell(&html) { html in html.money(job.commission, texts) }
            row.cell(&html) { html in html.date(job.validThrough, texts) }
            row.cell(&html) { html in
                html.text(texts.value.number(job.candidateCount))
                if job.newCount > 0 {
                    html.text(" ")
                    html.badge(texts.company.newOf(job.newCount), .attention)
                }
            }
        }
    }
}

import Domain
import HTML

/// The first page of a company's desk.
package struct CompanyDeskPage: Page {
    let company: CompanyName
    let isVerified: Bool
    let figures: Figures
    let waiting: [CandidateRow]
    let jobs: [CompanyJobsPage.Row]

    /// What the company has to know at a glance.
    package struct Figures: Sendable {
        package let openJobs: Int
        package let newCandidates: Int
        package let candidatesInProgress: Int
        package let hires: Int
        /// Open commissions, one sum per currency.
        package let owed: [Money]

        package init(
            openJobs: Int, newCandidates: Int, candidatesInProgress: Int, hires: Int,
            owed: [Money]
        ) {
            self.openJobs = openJobs
            self.newCandidates = newCandidates
            self.candidatesInProgress = candidatesInProgress
            self.hires = hires
            self.owed = owed
        }
    }

    /// - Parameters:
    ///   - waiting: candidates at `submitted`, the oldest first.
    ///   - jobs: the latest few.
    package init(
        company: CompanyName, isVerified: Bool, figures: Figures, waiting: [CandidateRow],
        jobs: [CompanyJobsPage.Row]
    ) {
        self.company = company
        self.isVerified = isVerified
        self.figures = figures
        self.waiting = waiting
        self.jobs = jobs
    }

    package var section: Section { .companyOverview }

    package func title(_ texts: Texts) -> String { company.text }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(company.text, lead: texts.company.overviewLead) { html in
            html(.a, .class("button"), .href(Links.newJob), text: texts.common.postJob)
        }
        if !isVerified { html(.p, .class("notice info"), text: texts.company.notVerified) }
        figureList(&html, context)
        if jobs.isEmpty {
            html.emptyState(
                texts.company.noJobs, texts.company.noJobsHint,
                action: (texts.common.postJob, Links.newJob), context)
            return
        }
        html(.h2, text: texts.company.waiting)
        if waiting.isEmpty {
            html.emptyState(texts.company.noneWaiting, texts.company.noneWaitingHint, context)
        } else {
            html(.div, .class("card")) { html in html.candidateList(waiting, context) }
        }
        html(.h2, text: texts.company.jobsTitle)
        html.companyJobTable(jobs, context)
    }

    private func figureList(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let value = texts.value
        html(.dl, .class("figures")) { html in
            html.figure(
                value.number(figures.openJobs), texts.company.openJobs, link: Links.companyJobs)
            html.figure(value.number(figures.newCandidates), texts.company.newCandidates)
            html.figure(value.number(figures.candidatesInProgress), texts.company.inProgress)
            html.figure(
                value.number(figures.hires), texts.company.hires, link: Links.companyHires)
            html.figure(
                figures.owed.isEmpty ? texts.company.owedNothing : value.money(figures.owed),
                texts.company.owed, link: Links.companyInvoices, isStrong: true)
        }
    }
}

import Domain
import HTML

/// What stands at the address of a job that is paused or over (410 when it is over).
package struct JobGonePage: Page {
    let jobTitle: JobTitle
    let company: CompanyName
    let visibility: JobVisibility
    let validThrough: CalendarDate
    let similar: [JobCard]

    package init(
        jobTitle: JobTitle, company: CompanyName, visibility: JobVisibility,
        validThrough: CalendarDate, similar: [JobCard]
    ) {
        self.jobTitle = jobTitle
        self.company = company
        self.visibility = visibility
        self.validThrough = validThrough
        self.similar = similar
    }

    package var section: Section { .jobs }

    package func title(_ texts: Texts) -> String {
        visibility == .paused ? texts.job.pausedTitle : texts.job.goneTitle
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        html.heading(title(context.texts), lead: reason(context.texts))
        html(.p, text: texts.goneHint)
        html(.p) { html in
            html(.a, .class("button"), .href(Links.jobs), text: texts.clearFilters)
        }
        guard !similar.isEmpty else { return }
        html(.section, .class("more")) { html in
            html(.h2, text: texts.moreJobs)
            html.jobCards(similar, context)
        }
    }

    private func reason(_ texts: Texts) -> String {
        switch visibility {
        case .filled: texts.job.goneFilled(jobTitle.text, company.text)
        case .expired:
            texts.job.goneExpired(jobTitle.text, company.text, texts.value.date(validThrough))
        case .paused: texts.job.pausedText(jobTitle.text, company.text)
        case .draft, .open, .closed: texts.job.goneClosed(jobTitle.text, company.text)
        }
    }
}

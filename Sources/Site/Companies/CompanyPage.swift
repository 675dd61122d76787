import Domain
import HTML

/// The public page of a company with its open jobs.
package struct CompanyPage: Page {
    let company: CompanySummary
    let jobs: [JobCard]

    package init(company: CompanySummary, jobs: [JobCard]) {
        self.company = company
        self.jobs = jobs
    }

    package var section: Section { .jobs }

    package func title(_ texts: Texts) -> String { texts.job.jobsAt(company.name.text) }

    package func metadata(_ context: PageContext) -> PageMetadata {
        PageMetadata(
            description: Prose.summary(of: company.about.text, lengthMax: 155),
            canonical: Links.company(company.slug))
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        html(.div, .class("page-heading")) { html in
            html(.div) { html in
                html(.h1, text: company.name.text)
                html(.p, .class("job-facts")) { html in
                    if company.isVerified { html.verifiedMark(context) }
                    if let website = company.website, let link = URLReference(web: website.text) {
                        html(.a, .href(link), .rel("nofollow noopener"), text: texts.website)
                    }
                }
            }
        }
        html(.div, .class("reading")) { html in html.prose(company.about.text, headings: .h2) }
        html(.section, .class("more")) { html in
            html(.h2, text: texts.open(jobs.count))
            if jobs.isEmpty {
                html.emptyState(
                    texts.noneOpen, texts.noneOpenHint, action: (texts.clearFilters, Links.jobs),
                    context)
            } else {
                html.jobCards(jobs, context)
            }
        }
    }
}

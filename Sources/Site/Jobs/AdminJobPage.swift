import Domain
import HTML

/// A job as an admin reads it, in whatever state.
package struct AdminJobPage: Page {
    let id: JobID
    let slug: JobSlug
    let details: JobDetails
    let visibility: JobVisibility
    let company: CompanySummary
    let createdAt: Instant
    let publishedAt: Instant?
    let terms: [Terms]

    /// - Parameter terms: newest first.
    package init(
        id: JobID, slug: JobSlug, details: JobDetails, visibility: JobVisibility,
        company: CompanySummary, createdAt: Instant, publishedAt: Instant?, terms: [Terms]
    ) {
        self.id = id
        self.slug = slug
        self.details = details
        self.visibility = visibility
        self.company = company
        self.createdAt = createdAt
        self.publishedAt = publishedAt
        self.terms = terms
    }

    package var section: Section { .adminOverview }

    package func title(_ texts: Texts) -> String {
        texts.job.titleAtCompany(details.title.text, company.name.text)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.admin.searchTitle, Links.adminSearch, context)
        html.heading(details.title.text, lead: company.name.text) { html in
            html.badge(visibility, texts)
        }
        facts(&html, context)
        html(.section) { html in
            html(.h2, text: texts.job.aboutTheJob)
            html.prose(details.description.text)
        }
        html.termsTable(terms, context)
        html(.p) { html in
            let log = AuditFilter(subject: "job", id: id.rawValue)
            html(.a, .href(Links.adminAudit(log)), text: texts.admin.logOfThis)
        }
    }

    private func facts(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.dl, .class("facts")) { html in
            html.fact(texts.admin.company) { html in
                html(.a, .href(Links.company(company.slug)), text: company.name.text)
            }
            html.fact(
                texts.job.salary,
                text: details.salary.map(texts.value.salary) ?? texts.job.noSalary)
            html.fact(texts.job.location, text: texts.job.place(details.location))
            html.fact(
                texts.job.employment, text: texts.value.employmentType(details.employmentType))
            html.fact(texts.admin.written) { html in html.moment(createdAt, texts) }
            if let publishedAt {
                html.fact(texts.job.postedOn) { html in html.moment(publishedAt, texts) }
            }
            html.fact(texts.job.applyUntil) { html in html.date(details.validThrough, texts) }
            html.fact(texts.job.reference) { html in
                // What is no longer public says so at its address; a draft has none yet.
                if visibility == .draft {
                    html.text(slug.text)
                } else {
                    html(.a, .href(Links.job(slug)), text: slug.text)
                }
            }
        }
    }
}

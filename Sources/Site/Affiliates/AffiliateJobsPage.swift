import Domain
import HTML

/// Open jobs for an affiliate: what each hire pays, and the way to a link.
package struct AffiliateJobsPage: Page {
    let filter: JobFilter
    let jobs: [Row]
    let isFirst: Bool
    let nextCursor: String?

    /// One job with its offer.
    package struct Row: Sendable {
        package let slug: JobSlug
        package let title: JobTitle
        package let company: CompanyName
        package let location: Location
        package let offer: TermsOffer
        package let validThrough: CalendarDate
        /// Whether the affiliate has a link to it.
        package let hasLink: Bool

        package init(
            slug: JobSlug, title: JobTitle, company: CompanyName, location: Location,
            offer: TermsOffer, validThrough: CalendarDate, hasLink: Bool
        ) {
            self.slug = slug
            self.title = title
            self.company = company
            self.location = location
            self.offer = offer
            self.validThrough = validThrough
            self.hasLink = hasLink
        }
    }

    package init(filter: JobFilter, jobs: [Row], isFirst: Bool = true, nextCursor: String?) {
        self.filter = filter
        self.jobs = jobs
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    package var section: Section { .affiliateJobs }

    package func title(_ texts: Texts) -> String { texts.affiliate.findTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.affiliate.findTitle, lead: texts.affiliate.findLead)
        html.jobFilterForm(filter, in: .affiliate, context)
        if jobs.isEmpty {
            html.emptyState(
                filter.isEmpty ? texts.job.noneOpen : texts.job.noneMatch,
                filter.isEmpty ? texts.job.noneOpenHint : texts.job.noneMatchHint,
                action: filter.isEmpty ? nil : (texts.job.clearFilters, Links.affiliateJobs),
                context)
        } else {
            table(&html, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.affiliateJobs(filter, after: nil),
            next: nextCursor.map { Links.affiliateJobs(filter, after: $0) }, texts)
    }

    private func table(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.affiliate.findTitle,
            columns: [
                Table.Column(name: texts.affiliate.job),
                Table.Column(name: texts.company.commission, isNumeric: true),
                Table.Column(name: texts.company.guarantee),
                Table.Column(name: texts.company.until),
                Table.Column(name: texts.affiliate.link, isAction: true),
            ])
        html.table(table, rows: jobs) { job, row, html in
            row.header(&html) { html in
                html(.a, .href(Links.job(job.slug)), text: job.title.text)
                html(.span, .class("sub")) { html in
                    html.text(job.company.text + " · " + texts.job.place(job.location))
                }
            }
            row.cell(&html) { html in
                html(.strong) { html in html.money(job.offer.commission, texts) }
            }
            row.cell(&html, text: texts.value.days(job.offer.guaranteeDays))
            row.cell(&html) { html in html.date(job.validThrough, texts) }
            row.cell(&html) { html in
                html(
                    .a, .class(job.hasLink ? "button small quiet" : "button small"),
                    .href(Links.takeLink(job.slug)),
                    .ariaLabel(texts.affiliate.takeLinkTitle(job.title.text)),
                    text: job.hasLink ? texts.affiliate.linkReady : texts.affiliate.takeLink)
            }
        }
    }
}

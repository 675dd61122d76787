import Domain
import HTML

/// The public list of open jobs, searched and narrowed by its address.
package struct JobListPage: Page {
    let filter: JobFilter
    let jobs: [JobCard]
    let total: Int?
    let isFirst: Bool
    let nextCursor: String?
    let leftOut: Set<LeftOut>

    /// - Parameters:
    ///   - total: how many jobs match in all; nil when that was not counted.
    ///   - isFirst: whether the list starts with the newest job.
    ///   - nextCursor: where the next rows begin; nil at the end.
    ///   - leftOut: what the list does without at the moment.
    package init(
        filter: JobFilter, jobs: [JobCard], total: Int?, isFirst: Bool = true,
        nextCursor: String?, leftOut: Set<LeftOut> = []
    ) {
        self.filter = filter
        self.jobs = jobs
        self.total = total
        self.isFirst = isFirst
        self.nextCursor = nextCursor
        self.leftOut = leftOut
    }

    package var section: Section { .jobs }

    package func title(_ texts: Texts) -> String { texts.job.listTitle }

    package func metadata(_ context: PageContext) -> PageMetadata {
        PageMetadata(description: context.texts.job.listDescription, canonical: Links.jobs)
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.job.listTitle, lead: texts.job.listLead)
        html.jobFilterForm(filter, in: .open, context)
        html.leftOut(.search, of: leftOut, context)
        if jobs.isEmpty {
            emptyList(&html, context)
        } else {
            if let total {
                html(.p, .class("result-count"), .role("status")) { html in
                    html.text(filter.isEmpty ? texts.job.open(total) : texts.job.found(total))
                    if !filter.isEmpty {
                        html.text(" · ")
                        html(.a, .href(Links.jobs), text: texts.job.clearFilters)
                    }
                }
            }
            html.leftOut(.counts, of: leftOut, context)
            html.jobCards(jobs, context)
        }
        html.pagination(
            first: isFirst ? nil : Links.jobs(filter, after: nil),
            next: nextCursor.map { Links.jobs(filter, after: $0) }, texts)
    }

    private func emptyList(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.job
        if filter.isEmpty {
            html.emptyState(texts.noneOpen, texts.noneOpenHint, context)
        } else {
            html.emptyState(
                texts.noneMatch, texts.noneMatchHint,
                action: (texts.clearFilters, Links.jobs), context)
        }
    }
}

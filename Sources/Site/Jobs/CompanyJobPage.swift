import Domain
import HTML

/// One job for its company: its state, its terms, and its candidates by stage.
package struct CompanyJobPage: Page {
    let id: JobID
    let slug: JobSlug
    let details: JobDetails
    let state: JobState
    let terms: [Terms]
    let candidates: [CandidateRow]

    /// - Parameters:
    ///   - terms: all versions, the newest first.
    ///   - candidates: whoever confirmed, the newest first; they are grouped by stage here.
    package init(
        id: JobID, slug: JobSlug, details: JobDetails, state: JobState, terms: [Terms],
        candidates: [CandidateRow]
    ) {
        self.id = id
        self.slug = slug
        self.details = details
        self.state = state
        self.terms = terms
        self.candidates = candidates
    }

    package var section: Section { .companyJobs }

    package func title(_ texts: Texts) -> String { details.title.text }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let visibility = JobVisibility(
            state: state, validThrough: details.validThrough, today: context.today)
        html.backLink(texts.company.jobsTitle, Links.companyJobs, context)
        html.heading(details.title.text) { html in
            html(.a, .class("button quiet"), .href(Links.job(slug)), text: texts.company.preview)
            if !state.isFinal {
                html(.a, .class("button quiet"), .href(Links.editJob(id)), text: texts.common.edit)
            }
        }
        html(.section, .class("card state-card")) { html in
            html(.p) { html in
                html.badge(visibility, texts)
                html.text(" ")
                html.text(texts.company.jobHint(visibility))
            }
            moves(visibility, &html, context)
        }
        html(.h2, text: texts.company.candidates)
        candidateGroups(&html, context)
        html.termsTable(terms, context)
    }

    private func moves(
        _ visibility: JobVisibility, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let order: [JobState] = [.published, .paused, .filled, .closed]
        let moves = order.filter { state.next.contains($0) }
        guard !moves.isEmpty else { return }
        html(.div, .class("actions")) { html in
            for target in moves {
                html.postForm(Links.moveJob(id, to: target), context, style: "plain") { html in
                    html(
                        .button, .type("submit"),
                        .class(
                            target == .published ? "" : target == .closed ? "quiet danger" : "quiet"
                        ),
                        text: verb(target, context.texts.company))
                }
            }
        }
    }

    private func verb(_ target: JobState, _ texts: CompanyTexts) -> String {
        switch target {
        case .published: state == .paused ? texts.publishAgain : texts.publish
        case .paused: texts.pause
        case .filled: texts.fill
        case .closed, .draft: texts.close
        }
    }

    private func candidateGroups(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        guard !candidates.isEmpty else {
            html.emptyState(texts.company.noCandidates, texts.company.noCandidatesHint, context)
            return
        }
        let stages: [Stage] = [
            .submitted, .shortlisted, .interview, .offer, .hired, .rejected, .withdrawn,
        ]
        html(.div, .class("stages")) { html in
            for stage in stages {
                let group = candidates.filter { $0.stage == stage }
                if !group.isEmpty {
                    html(.section, .class("stage"), .ariaLabelledBy("stage-" + stage.rawValue)) {
                        html in
                        html(.h3, .id("stage-" + stage.rawValue)) { html in
                            html.badge(stage, texts)
                            html(
                                .span, .class("stage-count"),
                                text: texts.value.number(group.count))
                        }
                        html.candidateList(group, context)
                    }
                }
            }
        }
    }
}

extension HTMLPrinter {
    /// Every version of a job's terms, and when it was in force.
    mutating func termsTable(_ terms: [Terms], _ context: PageContext) {
        let texts = context.texts
        let table = Table(
            caption: texts.company.terms,
            columns: [
                Table.Column(name: texts.company.version),
                Table.Column(name: texts.company.commission, isNumeric: true),
                Table.Column(name: texts.company.guarantee),
                Table.Column(name: texts.company.instalments),
                Table.Column(name: texts.company.inForce),
            ])
        self(.h2, text: texts.company.terms)
        self(.p, .class("muted"), text: texts.company.promiseHint)
        self.table(table, rows: terms) { version, row, html in
            row.header(&html) { html in html.text(version.version) }
            row.cell(&html) { html in html.money(version.offer.commission, texts) }
            row.cell(&html, text: texts.value.days(version.offer.guaranteeDays))
            row.cell(&html, text: version.offer.instalments.text)
            row.cell(&html, text: texts.company.inForce(version, texts.value))
        }
    }
}

extension CompanyTexts {
    fileprivate func inForce(_ terms: Terms, _ value: ValueTexts) -> String {
        let start = value.date(ZonedTime(terms.inForceFrom).date)
        guard let end = terms.inForceUntil else { return since(start) }
        return between(start, value.date(ZonedTime(end).date))
    }
}

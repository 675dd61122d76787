import Domain
import HTML

/// A candidate as a line of a company's list.
package struct CandidateRow: Sendable {
    package let id: IntroductionID
    package let name: PersonName
    package let stage: Stage
    /// When the candidate came to this stage.
    package let since: Instant
    /// Who brought the candidate; nil for one who came alone.
    package let affiliate: PersonName?
    package let hasCV: Bool
    /// The job, where the list has candidates of several.
    package let job: JobTitle?

    package init(
        id: IntroductionID, name: PersonName, stage: Stage, since: Instant,
        affiliate: PersonName?, hasCV: Bool, job: JobTitle? = nil
    ) {
        self.id = id
        self.name = name
        self.stage = stage
        self.since = since
        self.affiliate = affiliate
        self.hasCV = hasCV
        self.job = job
    }
}

extension HTMLPrinter {
    mutating func candidateList(_ candidates: [CandidateRow], _ context: PageContext) {
        let texts = context.texts
        self(.ul, .class("candidates")) { html in
            for candidate in candidates {
                html(.li) { html in
                    html(
                        .a, .href(Links.introduction(candidate.id)), text: candidate.name.text)
                    if let job = candidate.job { html(.span, text: job.text) }
                    html(.span, .class("muted")) { html in
                        html.text(
                            candidate.affiliate.map { texts.company.broughtBy($0.text) }
                                ?? texts.company.cameAlone)
                        html.text(" · ")
                        html.text(
                            texts.value.distance(
                                to: ZonedTime(candidate.since).date, from: context.today))
                    }
                }
            }
        }
    }
}

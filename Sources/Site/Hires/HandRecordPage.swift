import Domain
import HTML

/// A hire that the company has not reported: the first day, then what recording does, then the
/// button that does it.
package struct HandRecordPage: Page {
    let introduction: IntroductionID
    let candidate: PersonName
    let job: JobTitle
    /// Nil for a candidate who came alone.
    let affiliate: PersonName?
    let offer: TermsOffer
    let stage: Stage
    let history: [HistoryRow]
    /// The first day whose consequences are shown; nil before it is chosen.
    let shown: CalendarDate?
    let input: FormInput

    package init(
        introduction: IntroductionID, candidate: PersonName, job: JobTitle,
        affiliate: PersonName?, offer: TermsOffer, stage: Stage, history: [HistoryRow],
        shown: CalendarDate? = nil, input: FormInput = FormInput()
    ) {
        self.introduction = introduction
        self.candidate = candidate
        self.job = job
        self.affiliate = affiliate
        self.offer = offer
        self.stage = stage
        self.history = history
        self.shown = shown
        self.input = input
    }

    func showing(_ startsOn: CalendarDate) -> HandRecordPage {
        HandRecordPage(
            introduction: introduction, candidate: candidate, job: job, affiliate: affiliate,
            offer: offer, stage: stage, history: history, shown: startsOn, input: input)
    }

    package var section: Section { .adminHires }

    package func title(_ texts: Texts) -> String { texts.admin.handRecordTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.backLink(texts.admin.queueTitle, Links.adminHires, context)
        html.heading(
            texts.admin.handRecordTitle,
            lead: texts.job.titleAtCompany(candidate.text, job.text))
        html(.p) { html in html.badge(stage, texts) }
        html.errorSummary(form)
        html(.div, .class("job-columns")) { html in
            html(.div) { html in
                html(.p, text: texts.admin.handRecordLead)
                html(
                    .form, .method(.get),
                    .action(AdminRoute.handRecordForm(introduction).link()),
                    .class("form card"), .noValidate
                ) { html in
                    html.textField(
                        .startsOn, form,
                        FieldNote(label: texts.admin.startsOn, isNarrow: true),
                        attributes: [.type("date")])
                    html(
                        .button, .type("submit"), .class("quiet"),
                        text: texts.money.showConsequences)
                }
                html(.section) { html in
                    html(.h2, text: texts.company.history)
                    html.stageHistory(history, context)
                }
            }
            html(.div, .class("job-side")) { html in
                if let shown { consequences(shown, &html, context) }
            }
        }
    }

    private func consequences(
        _ startsOn: CalendarDate, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        html(.section, .class("card vouch-card")) { html in
            html(.h2, text: texts.money.consequences)
            html(.ul, .class("ticks")) { html in
                for line in lines(startsOn, texts) { html(.li, text: line) }
            }
            html.postForm(AdminRoute.handRecord(introduction).link(), context) { html in
                html(
                    .input, .type("hidden"), .name(ValidationError.Field.startsOn.rawValue),
                    .value(startsOn.description))
                html(.button, .type("submit"), .class("large wide"), text: texts.admin.record)
            }
        }
    }

    private func lines(_ startsOn: CalendarDate, _ texts: Texts) -> [String] {
        let value = texts.value
        var lines = [texts.admin.candidateBecomesHired(candidate.text)]
        if let affiliate {
            lines.append(
                texts.admin.affiliateWins(affiliate.text, value.money(offer.commission)))
            lines += CommissionSchedule(offer: offer, startsOn: startsOn).instalments.map {
                texts.dispute.row(value.money($0.amount), due: value.date($0.dueOn))
            }
            lines.append(texts.money.tells(affiliate.text))
        } else {
            lines.append(texts.admin.nobodyWins)
        }
        return lines + [texts.admin.auditWritten]
    }
}

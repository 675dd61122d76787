import Domain
import HTML

/// One commission for its affiliate, explained in full (rule 7 of the money path).
package struct CommissionPage: Page {
    let id: CommissionID
    let explanation: Explanation

    package init(id: CommissionID, explanation: Explanation) {
        self.id = id
        self.explanation = explanation
    }

    package var section: Section { .affiliateOverview }

    package func title(_ texts: Texts) -> String { texts.affiliate.commissionTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("narrow-page")) { html in
            html.backLink(texts.common.overview, Links.affiliate, context)
            html.heading(
                texts.affiliate.headline(explanation, texts.value),
                lead: texts.affiliate.why(explanation.why))
            html(.p) { html in html.badge(explanation.state, texts) }
            if let kind = texts.money.kind(of: explanation) { html(.p, text: kind) }
            html(.section, .class("card next")) { html in
                html(.h2, text: texts.affiliate.whenPaid)
                html(.p, text: texts.affiliate.next(explanation.next, today: context.today))
                if let reason { html(.p, text: texts.value.commissionReason(reason)) }
                if let dispute = explanation.disputeThatMatters {
                    html(.p) { html in
                        html.text(
                            texts.value.outcomeReason(dispute.reason, openedBy: dispute.openedBy))
                        html.text(" · ")
                        html(
                            .a, .href(DisputeRoute.show(dispute.id).link()),
                            text: texts.mail.openDispute)
                    }
                }
                if let note = explanation.noteThatMatters { html.prose(note.text) }
            }
            html(.section, .class("card")) { html in
                html(.h2, text: texts.affiliate.underTerms)
                agreed(&html, texts)
            }
            html(.section, .class("card")) { html in
                html(.h2, text: texts.affiliate.explained)
                origin(&html, texts)
            }
            html(.p) { html in
                html(
                    .a, .href(DisputeRoute.claimForm(id).link()), text: texts.dispute.openLink)
            }
        }
    }

    /// Why there is such a row; the next step says it of what is held or reversed, and a dispute of
    /// what was won in it.
    private var reason: CommissionReason? {
        switch explanation.next {
        case .decision, .reversed: nil
        case .guaranteeEnds, .approval, .payoutBatch, .bankTransfer, .paid:
            explanation.kind == .instalment || explanation.isWonInDispute
                ? nil : explanation.reason
        }
    }

    private func agreed(_ html: inout HTMLPrinter, _ texts: Texts) {
        let terms = explanation.terms
        html(.p, text: texts.affiliate.bound(terms, texts.value))
        html(.p, text: texts.job.payment(of: terms.offer))
        if !terms.remainder.isZero {
            html(.p, text: texts.affiliate.remainder(texts.value.money(terms.remainder)))
        }
    }

    private func origin(_ html: inout HTMLPrinter, _ texts: Texts) {
        let why = explanation.why
        html(.dl, .class("facts")) { html in
            html.fact(texts.affiliate.person, text: why.candidateName.text)
            html.fact(
                texts.affiliate.job,
                text: texts.job.titleAtCompany(why.jobTitle.text, why.companyName.text))
            html.fact(texts.company.startsOn) { html in html.date(why.startsOn, texts) }
            html.fact(texts.affiliate.recorded) { html in html.moment(why.recordedAt, texts) }
            if let channel = why.channel {
                html.fact(
                    texts.affiliate.viaChannel,
                    text: channel.text.isEmpty ? texts.affiliate.noChannel : channel.text)
            }
        }
        if why.isCarriedOver { html(.p, text: texts.affiliate.carriedOver) }
    }
}

import Domain
import HTML

/// A commission with everything it can say of itself.
package struct CommissionCard: Sendable {
    package let id: CommissionID
    package let explanation: Explanation

    package init(id: CommissionID, explanation: Explanation) {
        self.id = id
        self.explanation = explanation
    }
}

extension HTMLPrinter {
    /// What was won, why, and what happens next, for a list.
    mutating func commissionCard(_ card: CommissionCard, _ context: PageContext) {
        let texts = context.texts
        let explanation = card.explanation
        self(.li, .class("win"), .id("commission-\(card.id)")) { html in
            html(.h3) { html in
                html(
                    .a, .href(Links.commission(card.id)),
                    text: texts.affiliate.headline(explanation, texts.value))
            }
            html(.p) { html in html.badge(explanation.state, texts) }
            html(.p, text: texts.affiliate.why(explanation.why))
            if let kind = texts.money.kind(of: explanation) { html(.p, text: kind) }
            html(.p, .class("muted"), text: texts.affiliate.bound(explanation.terms, texts.value))
            html(
                .p, .class("next"),
                text: texts.affiliate.next(explanation.next, today: context.today))
            if let note = explanation.noteThatMatters { html.prose(note.text) }
        }
    }
}

extension AffiliateTexts {
    /// What was won, or that it was taken back.
    func headline(_ explanation: Explanation, _ value: ValueTexts) -> String {
        let amount = value.money(explanation.amount)
        if explanation.kind == .clawback, let lost = try? explanation.amount.negated() {
            return takenBack(value.money(lost))
        }
        return explanation.state == .reversed ? takenBack(amount) : won(amount)
    }

    /// Who was hired for what.
    func why(_ why: Explanation.Why) -> String {
        hiredFor(why.candidateName.text, why.jobTitle.text, why.companyName.text)
    }

    /// Under which version of the terms, and which instalment of them.
    func bound(_ terms: Explanation.AgreedTerms, _ value: ValueTexts) -> String {
        let version = self.terms(
            terms.version, value.money(terms.offer.commission),
            value.days(terms.offer.guaranteeDays))
        guard terms.instalmentCount > 1 else { return version }
        return version + " "
            + instalment(terms.instalment, terms.instalmentCount, value.percent(terms.share))
    }
}

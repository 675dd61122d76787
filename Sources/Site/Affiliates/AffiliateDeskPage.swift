import Domain
import HTML

/// The first page of an affiliate's desk: what was won, why, and when it is paid.
package struct AffiliateDeskPage: Page {
    let name: PersonName
    let balances: Balances
    let runningIntroductions: Int
    let clicks: Int
    let commissions: [CommissionCard]

    /// The affiliate's money by where it stands, one sum per currency.
    package struct Balances: Sendable {
        package let pending: [Money]
        /// Approved or in a batch.
        package let payable: [Money]
        package let paid: [Money]

        package init(pending: [Money], payable: [Money], paid: [Money]) {
            self.pending = pending
            self.payable = payable
            self.paid = paid
        }
    }

    /// - Parameter commissions: the latest, newest first.
    package init(
        name: PersonName, balances: Balances, runningIntroductions: Int, clicks: Int,
        commissions: [CommissionCard]
    ) {
        self.name = name
        self.balances = balances
        self.runningIntroductions = runningIntroductions
        self.clicks = clicks
        self.commissions = commissions
    }

    package var section: Section { .affiliateOverview }

    package func title(_ texts: Texts) -> String { texts.common.overview }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(
            texts.affiliate.hello(name.text), lead: texts.affiliate.overviewLead
        ) { html in
            html(.a, .class("button"), .href(Links.affiliateJobs), text: texts.common.findJobs)
        }
        html(.dl, .class("figures")) { html in
            html.figure(
                amount(balances.pending, texts), texts.affiliate.guaranteeRunning, isStrong: true)
            html.figure(amount(balances.payable, texts), texts.affiliate.toBePaid, isStrong: true)
            html.figure(amount(balances.paid, texts), texts.affiliate.paid, isStrong: true)
            html.figure(
                texts.value.number(runningIntroductions), texts.affiliate.introductionsRunning,
                link: Links.affiliateIntroductions)
            html.figure(
                texts.value.number(clicks), texts.affiliate.clicks, link: Links.affiliateLinks)
        }
        html(.h2, text: texts.affiliate.wonTitle)
        guard !commissions.isEmpty else {
            html.emptyState(
                texts.affiliate.nothingWon, texts.affiliate.nothingWonHint,
                action: (texts.common.findJobs, Links.affiliateJobs), context)
            return
        }
        html(.ul, .class("wins")) { html in
            for commission in commissions { html.commissionCard(commission, context) }
        }
    }

    private func amount(_ amounts: [Money], _ texts: Texts) -> String {
        texts.value.money(amounts.isEmpty ? [.zero(.eur)] : amounts)
    }
}

import Domain
import HTML

/// The first page of an admin's desk: what waits for a decision.
package struct AdminDeskPage: Page {
    let reported: [AdminHireRow]
    let reportedCount: Int
    let unverifiedCompanies: Int
    let openCommissions: [Money]

    /// - Parameters:
    ///   - reported: the oldest few of the queue.
    ///   - openCommissions: what is owed to affiliates, one sum per currency.
    package init(
        reported: [AdminHireRow], reportedCount: Int, unverifiedCompanies: Int,
        openCommissions: [Money]
    ) {
        self.reported = reported
        self.reportedCount = reportedCount
        self.unverifiedCompanies = unverifiedCompanies
        self.openCommissions = openCommissions
    }

    package var section: Section { .adminOverview }

    package func title(_ texts: Texts) -> String { texts.admin.overviewTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.overviewTitle, lead: texts.admin.overviewLead)
        html(.dl, .class("figures")) { html in
            html.figure(
                texts.value.number(reportedCount), texts.admin.reportedHires,
                link: Links.adminHires, isStrong: reportedCount > 0)
            html.figure(
                texts.value.number(unverifiedCompanies), texts.admin.unverifiedCompanies,
                link: Links.adminCompanies)
            html.figure(
                openCommissions.isEmpty
                    ? texts.value.money(.zero(.eur)) : texts.value.money(openCommissions),
                texts.admin.openCommissions)
        }
        html(.h2, text: texts.admin.queueTitle)
        html.hireQueue(reported, context)
    }
}

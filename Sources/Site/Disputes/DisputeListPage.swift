import Domain
import HTML
import Store

/// The disputes that somebody has a part in; an admin sees those of everybody.
package struct DisputeListPage: Page {
    let role: Role
    let disputes: [Disputes.Dispute]
    let nextCursor: String?

    package init(role: Role, disputes: [Disputes.Dispute], nextCursor: String? = nil) {
        self.role = role
        self.disputes = disputes
        self.nextCursor = nextCursor
    }

    package var section: Section { .disputes }

    package func title(_ texts: Texts) -> String { texts.dispute.listTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.dispute.listTitle, lead: texts.dispute.listLead(role))
        guard !disputes.isEmpty else {
            html.emptyState(texts.dispute.none, texts.dispute.noneHint(role), context)
            return
        }
        let table = Table(
            caption: texts.dispute.listTitle,
            columns: [
                Table.Column(name: texts.company.candidate),
                Table.Column(name: texts.company.job),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.dispute.openedBy),
                Table.Column(name: texts.dispute.until),
                Table.Column(name: texts.dispute.amount, isNumeric: true),
            ])
        html.table(table, rows: disputes) { dispute, row, html in
            row.header(&html) { html in
                html(.a, .href(link(dispute)), text: dispute.candidateName.text)
            }
            row.cell(&html) { html in
                html.text(
                    texts.job.titleAtCompany(dispute.jobTitle.text, dispute.companyName.text))
            }
            row.cell(&html) { html in html.badge(dispute, texts) }
            row.cell(&html, text: texts.dispute.side(dispute.side))
            row.cell(&html) { html in
                if let dueOn = dispute.dueOn { html.date(dueOn, texts) }
            }
            row.cell(&html) { html in html.money(dispute.amount, texts) }
        }
        if let nextCursor {
            html(
                .a, .class("button quiet"),
                .href(DisputeRoute.list.link([("after", nextCursor)])), text: texts.dispute.older)
        }
    }

    private func link(_ dispute: Disputes.Dispute) -> URLReference {
        role == .admin
            ? DisputeRoute.decisionForm(dispute.id).link() : DisputeRoute.show(dispute.id).link()
    }
}

import Domain
import HTML
import Store

/// The first page of an admin's desk: everything that waits, each with the one action that it needs.
package struct AdminDeskPage: Page {
    let parts: [AdminQueue.Part]
    let openCommissions: [Money]

    /// - Parameters:
    ///   - parts: the queue, kind by kind.
    ///   - openCommissions: what is owed to affiliates, one sum per currency.
    package init(parts: [AdminQueue.Part], openCommissions: [Money]) {
        self.parts = parts
        self.openCommissions = openCommissions
    }

    package var section: Section { .adminOverview }

    package func title(_ texts: Texts) -> String { texts.admin.overviewTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.overviewTitle, lead: texts.admin.overviewLead)
        html.searchForm(SearchForm(), context)
        html(.dl, .class("figures")) { html in
            for part in parts {
                html.figure(
                    number(part, texts), texts.admin.queue(part.kind), link: Self.list(part.kind),
                    isStrong: part.count > 0)
            }
        }
        if !openCommissions.isEmpty {
            html(.p) { html in
                html(.a, .href(Links.adminBooks), text: texts.admin.openCommissions)
                html.text(": ")
                html(.span, .class("money"), text: texts.value.money(openCommissions))
            }
        }
        guard parts.contains(where: { $0.count > 0 }) else {
            html.emptyState(texts.admin.nothingWaits, texts.admin.nothingWaitsHint, context)
            return
        }
        for part in parts where part.count > 0 {
            html(.section) { html in
                html(.h2, text: texts.admin.queue(part.kind))
                table(part, &html, context)
                if part.count > part.items.count {
                    html(.p) { html in
                        html(.a, .href(Self.list(part.kind)), text: texts.admin.showAll)
                    }
                }
            }
        }
    }

    private func number(_ part: AdminQueue.Part, _ texts: Texts) -> String {
        let number = texts.value.number(part.count)
        return part.count < AdminQueue.countMax ? number : texts.admin.orMore(number)
    }

    private func table(
        _ part: AdminQueue.Part, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        let hasAmounts = part.items.contains { $0.amount != nil }
        var columns = [
            Table.Column(name: texts.admin.what),
            Table.Column(name: texts.admin.since(part.kind)),
        ]
        if hasAmounts { columns.append(Table.Column(name: texts.admin.amount, isNumeric: true)) }
        columns.append(Table.Column(name: texts.common.actions, isAction: true))
        let table = Table(caption: texts.admin.queue(part.kind), columns: columns)
        html.table(table, rows: part.items) { item, row, html in
            row.header(&html) { html in
                if part.kind == .mails {
                    html(.code, text: item.name)
                } else {
                    html.text(item.name)
                }
                if !item.about.isEmpty { html(.span, .class("sub"), text: item.about) }
                if case .introductionFlag(_, let flag) = item.subject {
                    html.badge(texts.value.selfDealing(flag), .attention)
                }
                if case .affiliateFlag = item.subject {
                    html.badge(texts.value.selfDealing(.sharedPayoutAccount), .attention)
                }
            }
            row.cell(&html) { html in html.date(item.at.date, texts) }
            if hasAmounts { row.cell(&html) { html in html.money(item.amount, texts) } }
            row.cell(&html) { html in action(item, &html, context) }
        }
    }

    // MARK: The one action

    private func action(
        _ item: AdminQueue.Item, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        switch item.subject {
        case .company(let id):
            button(item, texts.admin.verify, Links.verifyCompany(id), [], &html, context)
        case .commission(let id):
            let fields = [
                (ValidationError.Field.outcome.rawValue, CommissionDecision.approve.rawValue),
                ("commission", id.description),
            ]
            button(
                item, texts.money.decision(.approve), Links.adminCommissions(.pending), fields,
                &html, context)
        case .held(let id):
            link(item, texts.admin.releaseOrReverse, Links.adminHeld(id), &html, texts)
        case .mail(let id):
            button(item, texts.admin.sendAgain, Links.resendMail(id), [], &html, context)
        case .hire(let id):
            link(item, texts.admin.review, Links.adminHire(id), &html, texts)
        case .guarantee(let id, _):
            link(item, texts.admin.confirm, Links.confirmHire(id), &html, texts)
        case .dispute(let id, _):
            link(
                item, texts.admin.review, DisputeRoute.decisionForm(id).link(), &html, texts)
        case .introductionFlag, .affiliateFlag:
            link(item, texts.admin.review, Links.adminWaiting, &html, texts)
        case .invoice(_, let number):
            link(item, texts.admin.review, Links.adminInvoice(number), &html, texts)
        case .payout(_, let currency):
            link(item, texts.admin.pay, Links.adminPayouts(currency), &html, texts)
        }
    }

    private func button(
        _ item: AdminQueue.Item, _ label: String, _ target: URLReference,
        _ fields: [(name: String, value: String)], _ html: inout HTMLPrinter,
        _ context: PageContext
    ) {
        html.postForm(target, context, style: "plain") { html in
            for field in fields {
                html(.input, .type("hidden"), .name(field.name), .value(field.value))
            }
            html(
                .button, .type("submit"), .class("small"),
                .ariaLabel(context.texts.admin.named(label, item.name)), text: label)
        }
    }

    private func link(
        _ item: AdminQueue.Item, _ label: String, _ target: URLReference,
        _ html: inout HTMLPrinter, _ texts: Texts
    ) {
        html(
            .a, .class("button small"), .href(target),
            .ariaLabel(texts.admin.named(label, item.name)), text: label)
    }

    /// Where all of a kind are.
    private static func list(_ kind: AdminQueue.Kind) -> URLReference {
        switch kind {
        case .companies: Links.adminCompanies
        case .hires, .guarantees: Links.adminHires
        case .commissions: Links.adminCommissions(.pending)
        case .held: Links.adminCommissions(.held)
        case .disputes: DisputeRoute.list.link()
        case .flags: Links.adminWaiting
        case .payouts: Links.adminPayouts
        case .invoices: InvoiceReader.admin.list(.overdue)
        case .mails: MailRoute.delivery.link()
        }
    }
}

import Domain
import HTML

/// One batch: its file, its lines, and what the bank did with each.
package struct AdminBatchPage: Page {
    let batch: PayoutBatchID
    let total: Money
    let hasPayer: Bool
    let payouts: [Payout]
    let isFirst: Bool
    let nextCursor: String?
    let input: FormInput

    /// One line.
    package struct Payout: Sendable {
        package let id: PayoutID
        package let holder: AccountHolder
        package let iban: IBAN
        package let amount: Money
        package let state: PayoutState
        package let failure: PayoutFailure?

        package init(
            id: PayoutID, holder: AccountHolder, iban: IBAN, amount: Money, state: PayoutState,
            failure: PayoutFailure?
        ) {
            self.id = id
            self.holder = holder
            self.iban = iban
            self.amount = amount
            self.state = state
            self.failure = failure
        }
    }

    /// - Parameter hasPayer: whether the settings name an account to pay from.
    package init(
        batch: PayoutBatchID, total: Money, hasPayer: Bool, payouts: [Payout],
        isFirst: Bool = true, nextCursor: String? = nil, input: FormInput = FormInput()
    ) {
        self.batch = batch
        self.total = total
        self.hasPayer = hasPayer
        self.payouts = payouts
        self.isFirst = isFirst
        self.nextCursor = nextCursor
        self.input = input
    }

    package var section: Section { .adminPayouts }

    package func title(_ texts: Texts) -> String { texts.money.batch(batch.description) }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.money.payouts, Links.adminPayouts, context)
        html.heading(
            texts.money.batch(batch.description), lead: texts.value.money(total))
        html.errorSummary(Form(input, context))
        html(.p) { html in
            let filter = AuditFilter(subject: "payout_batch", id: batch.rawValue)
            html(.a, .href(Links.adminAudit(filter)), text: texts.admin.logOfThis)
        }
        if hasPayer {
            html.postForm(Links.batchFile(batch), context) { html in
                html(.p, .class("hint"), text: texts.money.fileHint)
                html(.button, .type("submit"), text: texts.money.file)
            }
        } else {
            html(.p, .class("hint"), text: texts.money.noPayer)
        }
        html.postForm(Links.adminBatch(batch), context) { html in
            table(&html, texts)
            if payouts.contains(where: { !$0.state.isSettled }) { answer(&html, context) }
        }
        html.pagination(
            first: isFirst ? nil : Links.adminBatch(batch),
            next: nextCursor.map { AdminRoute.batch(batch).link([("after", $0)]) }, texts)
    }

    private func table(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.lines,
            columns: [
                Table.Column(name: texts.money.holder), Table.Column(name: texts.money.account),
                Table.Column(name: texts.admin.amount, isNumeric: true),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.money.choose, isAction: true),
            ])
        html.table(table, rows: payouts) { payout, row, html in
            row.header(&html) { html in
                html.text(payout.holder.text)
                html(.span, .class("sub")) { html in
                    let filter = AuditFilter(subject: "payout", id: payout.id.rawValue)
                    html(
                        .a, .href(Links.adminAudit(filter)),
                        text: texts.admin.logOf(payout.id.description))
                }
            }
            row.cell(&html, text: texts.value.iban(payout.iban))
            row.cell(&html) { html in html.money(payout.amount, texts) }
            row.cell(&html) { html in
                html.badge(texts.money.state(payout.state), Self.tone(payout.state))
                if let failure = payout.failure {
                    html(.span, .class("sub"), text: texts.money.failure(failure))
                }
            }
            row.cell(&html) { html in
                guard !payout.state.isSettled else { return }
                html(
                    .input, .type("checkbox"), .name("payout"), .value(payout.id.description),
                    .ariaLabel(texts.money.chooseNamed(payout.holder.text)))
            }
        }
    }

    private func answer(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.selectField(
            .outcome, form, FieldNote(label: texts.money.bankSays),
            options: [
                (PayoutState.paid.rawValue, texts.money.paid),
                (PayoutState.failed.rawValue, texts.money.failed),
            ])
        html.selectField(
            .failure, form, FieldNote(isOptional: true),
            options: PayoutFailure.allCases.map { ($0.rawValue, texts.money.failure($0)) })
        html.textArea(
            .note, form, FieldNote(hint: texts.money.noteHint, isOptional: true), rows: 2,
            attributes: [.maxLength(TextRules.Note.lengthMax)])
        html(.button, .type("submit"), text: texts.common.save)
    }

    static func tone(_ state: PayoutState) -> BadgeTone {
        switch state {
        case .pending: .waiting
        case .processing: .running
        case .paid: .good
        case .failed: .bad
        }
    }
}

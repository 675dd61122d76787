import Domain
import HTML

/// The next payout run as it would be now, and the batches that were made.
package struct AdminPayoutsPage: Page {
    let run: Run
    let batches: [Batch]
    let isFirst: Bool
    let nextCursor: String?
    let input: FormInput

    /// What a run would pay, and whom it would pass over.
    package struct Run: Sendable {
        package let currency: Currency
        package let cutOff: CalendarDate
        package let minimum: Money
        package let total: Money
        package let fingerprint: Fingerprint
        package let lines: [Line]
        package let skipped: [Skipped]

        package init(
            currency: Currency, cutOff: CalendarDate, minimum: Money, total: Money,
            fingerprint: Fingerprint, lines: [Line], skipped: [Skipped]
        ) {
            self.currency = currency
            self.cutOff = cutOff
            self.minimum = minimum
            self.total = total
            self.fingerprint = fingerprint
            self.lines = lines
            self.skipped = skipped
        }
    }

    /// One affiliate of a run.
    package struct Line: Sendable {
        package let affiliate: AffiliateID
        package let holder: AccountHolder
        package let iban: IBAN
        package let amount: Money
        package let commissions: Int

        package init(
            affiliate: AffiliateID, holder: AccountHolder, iban: IBAN, amount: Money,
            commissions: Int
        ) {
            self.affiliate = affiliate
            self.holder = holder
            self.iban = iban
            self.amount = amount
            self.commissions = commissions
        }
    }

    /// Somebody who is not paid this time.
    package struct Skipped: Sendable {
        package let name: PersonName
        package let amount: Money
        package let reason: PayoutRun.Skipped.Reason

        package init(name: PersonName, amount: Money, reason: PayoutRun.Skipped.Reason) {
            self.name = name
            self.amount = amount
            self.reason = reason
        }
    }

    /// One batch of the list.
    package struct Batch: Sendable {
        package let id: PayoutBatchID
        package let createdAt: Instant
        package let count: Int
        package let total: Money

        package init(id: PayoutBatchID, createdAt: Instant, count: Int, total: Money) {
            self.id = id
            self.createdAt = createdAt
            self.count = count
            self.total = total
        }
    }

    package init(
        run: Run, batches: [Batch], isFirst: Bool = true, nextCursor: String? = nil,
        input: FormInput = FormInput()
    ) {
        self.run = run
        self.batches = batches
        self.isFirst = isFirst
        self.nextCursor = nextCursor
        self.input = input
    }

    package var section: Section { .adminPayouts }

    package func title(_ texts: Texts) -> String { texts.money.payouts }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.money.payouts, lead: texts.money.payoutsLead)
        html.errorSummary(Form(input, context))
        html(.h2, text: texts.money.nextRun)
        choice(&html, context)
        if run.lines.isEmpty {
            html.emptyState(texts.money.nothingToPay, texts.money.nothingToPayHint, context)
        } else {
            lines(&html, texts)
            confirmation(&html, context)
        }
        if !run.skipped.isEmpty { skipped(&html, texts) }
        guard !batches.isEmpty else { return }
        html(.h2, text: texts.money.batches)
        batchTable(&html, texts)
        html.pagination(
            first: isFirst ? nil : Links.adminPayouts,
            next: nextCursor.map { AdminRoute.payouts.link([("after", $0)]) }, texts)
    }

    private func choice(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let typed = input[.cutOff]
        let form = Form(
            FormInput(
                [
                    .commissionCurrency: run.currency.rawValue,
                    .cutOff: typed.isEmpty ? run.cutOff.description : typed,
                ], failure: input.failure), context)
        html(
            .form, .method(.get), .action(Links.adminPayouts), .class("form"), .noValidate
        ) { html in
            html.selectField(
                .commissionCurrency, form, FieldNote(label: texts.money.currency, isNarrow: true),
                hasEmptyChoice: false,
                options: Currency.allCases.map { ($0.rawValue, $0.rawValue) })
            html.textField(
                .cutOff, form,
                FieldNote(
                    hint: texts.money.minimum(texts.value.money(run.minimum)), isNarrow: true),
                attributes: [.type("date")])
            html(.button, .type("submit"), .class("quiet"), text: texts.money.show)
        }
    }

    private func lines(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.nextRun,
            columns: [
                Table.Column(name: texts.money.holder), Table.Column(name: texts.money.account),
                Table.Column(name: texts.money.commissions, isNumeric: true),
                Table.Column(name: texts.admin.amount, isNumeric: true),
            ])
        html.table(table, rows: run.lines) { line, row, html in
            row.header(&html) { html in html.text(line.holder.text) }
            row.cell(&html, text: texts.value.iban(line.iban))
            row.cell(&html, text: texts.value.number(line.commissions))
            row.cell(&html) { html in html.money(line.amount, texts) }
        }
    }

    private func confirmation(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.postForm(Links.adminPayouts, context) { html in
            for (name, value) in [
                (ValidationError.Field.commissionCurrency.rawValue, run.currency.rawValue),
                (ValidationError.Field.cutOff.rawValue, run.cutOff.description),
                (HireDeedForm.fingerprint, run.fingerprint.text),
            ] {
                html(.input, .type("hidden"), .name(name), .value(value))
            }
            html(.p) { html in
                html.text(texts.money.total)
                html.text(" ")
                html.money(run.total, texts)
            }
            html(.button, .type("submit"), text: texts.money.makeBatch)
        }
    }

    private func skipped(_ html: inout HTMLPrinter, _ texts: Texts) {
        html(.h2, text: texts.money.passedOver)
        let table = Table(
            caption: texts.money.passedOver,
            columns: [
                Table.Column(name: texts.admin.affiliate),
                Table.Column(name: texts.common.reason),
                Table.Column(name: texts.admin.amount, isNumeric: true),
            ])
        html.table(table, rows: run.skipped) { line, row, html in
            row.header(&html) { html in html.text(line.name.text) }
            row.cell(&html, text: texts.money.skipped(line.reason))
            row.cell(&html) { html in html.money(line.amount, texts) }
        }
    }

    private func batchTable(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.batches,
            columns: [
                Table.Column(name: texts.money.batches), Table.Column(name: texts.common.date),
                Table.Column(name: texts.money.lines, isNumeric: true),
                Table.Column(name: texts.money.total, isNumeric: true),
            ])
        html.table(table, rows: batches) { batch, row, html in
            row.header(&html) { html in
                html(
                    .a, .href(Links.adminBatch(batch.id)),
                    text: texts.money.batch(batch.id.description))
            }
            row.cell(&html) { html in html.moment(batch.createdAt, texts) }
            row.cell(&html, text: texts.value.number(batch.count))
            row.cell(&html) { html in html.money(batch.total, texts) }
        }
    }
}

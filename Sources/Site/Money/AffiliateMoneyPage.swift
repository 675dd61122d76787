import Domain
import HTML

/// What an affiliate is owed by state, where it is paid, what was paid, and the statements.
package struct AffiliateMoneyPage: Page {
    let balances: [Balance]
    let payouts: [Payout]
    let months: [CalendarMonth]
    let input: FormInput

    /// The sums of one currency.
    package struct Balance: Sendable {
        package let currency: Currency
        package let sums: [CommissionState: Money]

        package init(currency: Currency, sums: [CommissionState: Money]) {
            self.currency = currency
            self.sums = sums
        }
    }

    /// One transfer.
    package struct Payout: Sendable {
        package let createdAt: Instant
        package let iban: IBAN
        package let amount: Money
        package let state: PayoutState
        package let failure: PayoutFailure?

        package init(
            createdAt: Instant, iban: IBAN, amount: Money, state: PayoutState,
            failure: PayoutFailure?
        ) {
            self.createdAt = createdAt
            self.iban = iban
            self.amount = amount
            self.state = state
            self.failure = failure
        }
    }

    /// - Parameters:
    ///   - months: those that are over, newest first.
    ///   - input: where the affiliate is paid now, or what was typed.
    package init(
        balances: [Balance], payouts: [Payout], months: [CalendarMonth], input: FormInput
    ) {
        self.balances = balances
        self.payouts = payouts
        self.months = months
        self.input = input
    }

    package var section: Section { .affiliatePayouts }

    package func title(_ texts: Texts) -> String { texts.money.myMoney }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.money.myMoney, lead: texts.money.myMoneyLead)
        html.errorSummary(Form(input, context))
        if !balances.isEmpty { balance(&html, texts) }
        html(.h2, text: texts.money.payouts)
        if payouts.isEmpty {
            html.emptyState(texts.money.noPayouts, texts.money.noPayoutsHint, context)
        } else {
            payoutTable(&html, texts)
        }
        html(.h2, text: texts.money.whereToPay)
        account(&html, context)
        guard !months.isEmpty else { return }
        html(.h2, text: texts.money.statements)
        html(.p, .class("hint"), text: texts.money.statementsHint)
        html(.ul) { html in
            for month in months {
                html(.li) { html in
                    html(.a, .href(Links.statement(month))) { html in
                        html(
                            .time, .dateTime(month.description), text: texts.value.month(month))
                    }
                }
            }
        }
    }

    private func balance(_ html: inout HTMLPrinter, _ texts: Texts) {
        let states = CommissionState.allCases
        let table = Table(
            caption: texts.money.balance,
            columns: [Table.Column(name: texts.money.currency)]
                + states.map {
                    Table.Column(name: texts.value.commissionState($0), isNumeric: true)
                })
        html.table(table, rows: balances) { balance, row, html in
            row.header(&html) { html in html.text(balance.currency.rawValue) }
            for state in states {
                row.cell(&html) { html in html.money(balance.sums[state], texts) }
            }
        }
    }

    private func payoutTable(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.payouts,
            columns: [
                Table.Column(name: texts.common.date), Table.Column(name: texts.money.account),
                Table.Column(name: texts.admin.amount, isNumeric: true),
                Table.Column(name: texts.common.state),
            ])
        html.table(table, rows: payouts) { payout, row, html in
            row.header(&html) { html in html.moment(payout.createdAt, texts) }
            row.cell(&html, text: texts.value.masked(payout.iban))
            row.cell(&html) { html in html.money(payout.amount, texts) }
            row.cell(&html) { html in
                html.badge(texts.money.state(payout.state), AdminBatchPage.tone(payout.state))
                if let failure = payout.failure {
                    html(.span, .class("sub"), text: texts.money.failure(failure))
                }
            }
        }
    }

    private func account(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.postForm(Links.affiliatePayouts, context) { html in
            html.textField(
                .holder, form,
                attributes: [
                    .type("text"), .autocomplete("name"),
                    .maxLength(TextRules.AccountHolder.lengthMax),
                ])
            html.textField(
                .iban, form, attributes: [.type("text"), .maxLength(42), .spellCheck(false)])
            html.selectField(
                .country, form,
                options: texts.value.countries.map { ($0.code.text, $0.name) })
            html.textField(
                .taxID, form, FieldNote(isNarrow: true),
                attributes: [.type("text"), .maxLength(30), .spellCheck(false)])
            html.textField(
                .password, form, FieldNote(hint: texts.money.passwordHint),
                attributes: [.type("password"), .autocomplete("current-password")])
            html(.button, .type("submit"), text: texts.money.saveAccount)
        }
    }
}

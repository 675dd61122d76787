import Domain
import HTML

/// What an admin may decide about commissions; the raw value is what the form says.
package enum CommissionDecision: String, Sendable, CaseIterable {
    case approve, hold, release, reverse
}

/// The commissions of one state, to be decided about in bulk.
package struct AdminCommissionsPage: Page {
    let state: CommissionState
    let rows: [Row]
    let cursor: String?
    let nextCursor: String?
    let input: FormInput

    /// One commission.
    package struct Row: Sendable {
        package let id: CommissionID
        package let affiliate: PersonName
        package let candidate: PersonName
        package let company: CompanyName
        package let amount: Money
        package let dueOn: CalendarDate
        package let isChosen: Bool

        package init(
            id: CommissionID, affiliate: PersonName, candidate: PersonName,
            company: CompanyName, amount: Money, dueOn: CalendarDate, isChosen: Bool = false
        ) {
            self.id = id
            self.affiliate = affiliate
            self.candidate = candidate
            self.company = company
            self.amount = amount
            self.dueOn = dueOn
            self.isChosen = isChosen
        }
    }

    /// - Parameter cursor: behind which the rows stand; nil for the first ones.
    package init(
        state: CommissionState, rows: [Row], cursor: String? = nil, nextCursor: String? = nil,
        input: FormInput = FormInput()
    ) {
        self.state = state
        self.rows = rows
        self.cursor = cursor
        self.nextCursor = nextCursor
        self.input = input
    }

    /// The states in which something can be decided.
    static let states: [CommissionState] = [.pending, .approved, .held, .paid]

    package var section: Section { .adminCommissions }

    package func title(_ texts: Texts) -> String { texts.money.commissions }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.money.commissions, lead: texts.money.commissionsLead)
        html.errorSummary(Form(input, context))
        html(.nav, .class("pagination"), .ariaLabel(texts.common.state)) { html in
            for state in Self.states {
                html(
                    .a, .class("button quiet"), .href(Links.adminCommissions(state)),
                    .when(state == self.state, .ariaCurrent("page")),
                    text: texts.value.commissionState(state))
            }
        }
        guard !rows.isEmpty else {
            html.emptyState(texts.money.noCommissions, texts.money.noCommissionsHint, context)
            return
        }
        html.postForm(Links.adminCommissions(state, after: cursor), context) { html in
            table(&html, texts)
            decision(&html, context)
        }
        html.pagination(
            first: cursor == nil ? nil : Links.adminCommissions(state),
            next: nextCursor.map { Links.adminCommissions(state, after: $0) }, texts)
    }

    private func table(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.commissions,
            columns: [
                Table.Column(name: texts.admin.affiliate),
                Table.Column(name: texts.admin.candidate),
                Table.Column(name: texts.admin.company),
                Table.Column(name: texts.admin.due),
                Table.Column(name: texts.admin.amount, isNumeric: true),
                Table.Column(name: texts.money.choose, isAction: true),
            ])
        html.table(table, rows: rows) { commission, row, html in
            row.header(&html) { html in
                html.text(commission.affiliate.text)
                html(.span, .class("sub")) { html in
                    let filter = AuditFilter(
                        subject: "commission", id: commission.id.rawValue)
                    html(
                        .a, .href(Links.adminAudit(filter)),
                        text: texts.admin.logOf(commission.id.description))
                }
            }
            row.cell(&html, text: commission.candidate.text)
            row.cell(&html, text: commission.company.text)
            row.cell(&html) { html in html.date(commission.dueOn, texts) }
            row.cell(&html) { html in html.money(commission.amount, texts) }
            row.cell(&html) { html in
                html(
                    .input, .type("checkbox"), .name("commission"),
                    .value(commission.id.description), .checked(commission.isChosen),
                    .ariaLabel(texts.money.chooseNamed(commission.candidate.text)))
            }
        }
    }

    private var decisions: [CommissionDecision] {
        state == .held ? [.release, .reverse] : CommissionDecision.allCases
    }

    private func decision(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html.selectField(
            .outcome, form, FieldNote(label: texts.money.decision),
            options: decisions.map {
                ($0.rawValue, texts.money.decision($0))
            })
        html.selectField(
            .reason, form, FieldNote(isOptional: true),
            options: CommissionReason.allCases.map {
                ($0.rawValue, texts.value.commissionReason($0))
            })
        html.textArea(
            .note, form, FieldNote(hint: texts.money.noteHint, isOptional: true), rows: 3,
            attributes: [.maxLength(TextRules.Note.lengthMax)])
        html(.button, .type("submit"), text: texts.money.decide)
    }
}

import Domain
import HTML

/// A month of an affiliate's account, as it is shown, printed and handed to an accountant.
package struct StatementPage: Page {
    let statement: Statement
    let holder: PersonName
    /// Whether the month is over, so that this never changes any more.
    let isClosed: Bool

    package init(statement: Statement, holder: PersonName, isClosed: Bool) {
        self.statement = statement
        self.holder = holder
        self.isClosed = isClosed
    }

    package var section: Section { .affiliatePayouts }

    package func title(_ texts: Texts) -> String {
        texts.money.statement(texts.value.month(statement.month))
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(title(texts), lead: isClosed ? texts.money.closed : texts.money.running)
        html(.p, text: holder.text)
        if statement.sections.isEmpty {
            html.emptyState(texts.money.nothingHappened, texts.money.nothingHappenedHint, context)
        }
        for section in statement.sections { table(&html, section, texts) }
        html(.p, .class("no-print")) { html in
            if isClosed {
                html(
                    .a, .class("button quiet"), .href(Links.statementFile(statement.month)),
                    .download, text: texts.money.asCSV)
                html.text(" ")
            }
            html(.a, .href(Links.affiliatePayouts), text: texts.money.myMoney)
        }
    }

    private func table(
        _ html: inout HTMLPrinter, _ section: Statement.Section, _ texts: Texts
    ) {
        let currency = section.opening.currency.rawValue
        html(.h2, text: currency)
        let table = Table(
            caption: currency,
            columns: [
                Table.Column(name: texts.common.date), Table.Column(name: texts.money.what),
                Table.Column(name: texts.admin.amount, isNumeric: true),
                Table.Column(name: texts.money.owed, isNumeric: true),
            ])
        html.table(table, rows: rows(section, texts)) { line, row, html in
            row.header(&html) { html in
                html(
                    .time, .dateTime(line.on.description), text: texts.value.date(line.on))
            }
            row.cell(&html) { html in
                html.text(line.what)
                if let commission = line.commission {
                    html(.span, .class("sub")) { html in
                        html(
                            .a, .href(Links.commission(commission)),
                            text: texts.money.commissionNumber("\(commission)"))
                    }
                }
            }
            row.cell(&html) { html in
                if let amount = line.amount { html.money(amount, texts) }
            }
            row.cell(&html) { html in html.money(line.balance, texts) }
        }
    }

    private struct Row {
        let on: CalendarDate
        let what: String
        let commission: CommissionID?
        let amount: Money?
        let balance: Money
    }

    private func rows(_ section: Statement.Section, _ texts: Texts) -> [Row] {
        let month = statement.month
        let opening = Row(
            on: month.firstDay, what: texts.money.opening, commission: nil, amount: nil,
            balance: section.opening)
        let lines = section.lines.map { line in
            Row(
                on: line.on, what: texts.money.movement(line.kind), commission: line.commission,
                amount: line.amount, balance: line.balance)
        }
        let closing = Row(
            on: isClosed
                ? month.next.firstDay.adding(days: -1)
                : section.lines.last?.on
                    ?? month.firstDay,
            what: isClosed ? texts.money.closing : texts.money.soFar, commission: nil, amount: nil,
            balance: section.closing)
        return [opening] + lines + [closing]
    }
}

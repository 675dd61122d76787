import Domain
import HTML
import Store

/// The proof that the books balance, or the rows that are off.
package struct BooksPage: Page {
    let accounts: [Books.Balance]
    let totals: [Books.Total]
    let transfers: Int
    let entries: Int
    let problems: [Problem]

    /// Something that is off.
    package struct Problem: Sendable {
        package let subject: Subject
        /// What the rows say.
        package let said: Money?
        /// What the ledger says.
        package let booked: Money?

        /// What it is about.
        package enum Subject: Hashable, Sendable {
            case transfer(TransferID)
            case clearing
            case affiliate(AffiliateID)
            case row(Books.Fault.Row)
        }

        package init(subject: Subject, said: Money?, booked: Money?) {
            self.subject = subject
            self.said = said
            self.booked = booked
        }
    }

    package init(
        accounts: [Books.Balance], totals: [Books.Total], transfers: Int, entries: Int,
        problems: [Problem]
    ) {
        self.accounts = accounts
        self.totals = totals
        self.transfers = transfers
        self.entries = entries
        self.problems = problems
    }

    package var section: Section { .adminBooks }

    package func title(_ texts: Texts) -> String { texts.admin.booksTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.booksTitle, lead: texts.admin.booksLead)
        html(.p) { html in
            html.badge(
                problems.isEmpty ? texts.admin.balanced : texts.admin.notBalanced,
                problems.isEmpty ? .good : .bad)
        }
        if !problems.isEmpty {
            html(.h2, text: texts.admin.whatIsOff)
            problemTable(&html, texts)
        }
        html(.h2, text: texts.admin.sums)
        html(
            .p, .class("hint"),
            text: texts.admin.counted(
                texts.value.number(transfers), texts.value.number(entries)))
        guard !accounts.isEmpty else {
            html.emptyState(texts.admin.nothingBooked, texts.admin.nothingBookedHint, context)
            return
        }
        accountTable(&html, texts)
        totalTable(&html, texts)
    }

    private func accountTable(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.admin.sums,
            columns: [
                Table.Column(name: texts.admin.ledgerAccount),
                Table.Column(name: texts.money.currency),
                Table.Column(name: texts.admin.debit, isNumeric: true),
                Table.Column(name: texts.admin.credit, isNumeric: true),
            ])
        html.table(table, rows: accounts) { balance, row, html in
            let amount = balance.amount
            row.header(&html) { html in html.text(texts.admin.ledgerAccount(balance.kind)) }
            row.cell(&html, text: amount.currency.rawValue)
            row.cell(&html) { html in html.money(amount.minorUnits >= 0 ? amount : nil, texts) }
            row.cell(&html) { html in
                html.money(amount.minorUnits < 0 ? try? amount.negated() : nil, texts)
            }
        }
    }

    private func totalTable(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.money.total,
            columns: [
                Table.Column(name: texts.money.total),
                Table.Column(name: texts.admin.debit, isNumeric: true),
                Table.Column(name: texts.admin.credit, isNumeric: true),
            ])
        html.table(table, rows: totals) { total, row, html in
            row.header(&html) { html in html.text(total.debits.currency.rawValue) }
            row.cell(&html) { html in html.money(total.debits, texts) }
            row.cell(&html) { html in html.money(try? total.credits.negated(), texts) }
        }
    }

    private func problemTable(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.admin.whatIsOff,
            columns: [
                Table.Column(name: texts.admin.what),
                Table.Column(name: texts.admin.rowsSay, isNumeric: true),
                Table.Column(name: texts.admin.ledgerSays, isNumeric: true),
            ])
        html.table(table, rows: problems) { problem, row, html in
            row.header(&html) { html in
                if let link = Self.link(problem.subject) {
                    html(.a, .href(link), text: texts.admin.problem(problem.subject))
                } else {
                    html.text(texts.admin.problem(problem.subject))
                }
            }
            row.cell(&html) { html in html.money(problem.said, texts) }
            row.cell(&html) { html in html.money(problem.booked, texts) }
        }
    }

    /// What was done to the row; nil for what has no row of its own.
    private static func link(_ subject: Problem.Subject) -> URLReference? {
        switch subject {
        case .row(.commission(let id)):
            Links.adminAudit(AuditFilter(subject: "commission", id: id.rawValue))
        case .row(.payout(let id)):
            Links.adminAudit(AuditFilter(subject: "payout", id: id.rawValue))
        case .row(.company(let id)):
            Links.adminAudit(AuditFilter(subject: "company", id: id.rawValue))
        case .affiliate(let id):
            Links.adminAudit(AuditFilter(subject: "affiliate", id: id.rawValue))
        case .transfer, .clearing, .row(.inTransit), .row(.bank), .row(.vat): nil
        }
    }
}

extension BooksPage {
    /// What a check of the books found.
    init(_ report: Books.Report) {
        var problems = report.unbalanced.map {
            Problem(subject: .transfer($0), said: nil, booked: nil)
        }
        problems += report.clearing.filter { !$0.isZero }.map {
            Problem(subject: .clearing, said: .zero($0.currency), booked: $0)
        }
        problems += report.mismatches.map {
            Problem(subject: .affiliate($0.affiliate), said: $0.open, booked: $0.payable)
        }
        problems += report.faults.map {
            Problem(subject: .row($0.row), said: $0.said, booked: $0.booked)
        }
        self.init(
            accounts: report.accounts, totals: report.totals, transfers: report.transfers,
            entries: report.entries, problems: problems)
    }
}

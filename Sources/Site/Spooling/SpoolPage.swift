import Domain
import HTML

/// What was kept on this server and could not be taken.
package struct SpoolPage: Page {
    let rows: [Row]
    let waiting: Int
    let isFirst: Bool
    /// Behind which there are more.
    let next: UInt64?

    /// One of them.
    package struct Row: Sendable {
        package let sequence: UInt64
        package let sentAt: Instant
        package let reason: SpoolReason
        /// Nil where it cannot be read.
        package let sender: Sender?

        package init(sequence: UInt64, sentAt: Instant, reason: SpoolReason, sender: Sender?) {
            self.sequence = sequence
            self.sentAt = sentAt
            self.reason = reason
            self.sender = sender
        }
    }

    /// Who applied, and for what.
    package struct Sender: Sendable {
        package let name: PersonName
        package let email: EmailAddress
        package let job: JobSlug

        package init(name: PersonName, email: EmailAddress, job: JobSlug) {
            self.name = name
            self.email = email
            self.job = job
        }
    }

    enum Action: String { case tryAgain = "try_again", putAway = "put_away" }

    /// - Parameter waiting: how many wait for the database.
    package init(rows: [Row], waiting: Int, isFirst: Bool = true, next: UInt64? = nil) {
        self.rows = rows
        self.waiting = waiting
        self.isFirst = isFirst
        self.next = next
    }

    static let after = "after"
    static let sequence = "sequence"
    static let action = "action"

    package var section: Section { .adminSpool }

    package func title(_ texts: Texts) -> String { texts.spool.listTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.spool.listTitle, lead: texts.spool.listLead)
        if waiting > 0 { html(.p, text: texts.spool.waiting(waiting)) }
        guard !rows.isEmpty else {
            return html.emptyState(texts.spool.nothing, texts.spool.nothingHint, context)
        }
        let table = Table(
            caption: texts.spool.listTitle,
            columns: [
                Table.Column(name: texts.spool.who), Table.Column(name: texts.spool.sent),
                Table.Column(name: texts.spool.why),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        html.table(table, rows: rows) { item, row, html in
            row.header(&html) { html in
                if let sender = item.sender {
                    html.text(sender.name.text)
                    html(.span, .class("sub"), text: sender.email.text)
                    html(.a, .class("sub"), .href(Links.job(sender.job)), text: sender.job.text)
                } else {
                    html.text(texts.spool.unreadable)
                }
            }
            row.cell(&html) { html in html.moment(item.sentAt, texts) }
            row.cell(&html, text: texts.spool.reason(item.reason))
            row.cell(&html) { html in
                html.postForm(Links.adminSpool, context) { html in
                    html(
                        .input, .type("hidden"), .name(Self.sequence),
                        .value(String(item.sequence)))
                    button(.tryAgain, texts.spool.tryAgain, item, &html, texts)
                    button(.putAway, texts.spool.putAway, item, &html, texts)
                }
            }
        }
        html.pagination(
            first: isFirst ? nil : Links.adminSpool,
            next: next.map { AdminRoute.spool.link([(Self.after, String($0))]) }, texts)
    }

    private func button(
        _ action: Action, _ text: String, _ item: Row, _ html: inout HTMLPrinter, _ texts: Texts
    ) {
        html(
            .button, .type("submit"), .name(Self.action), .value(action.rawValue),
            .class(action == .putAway ? "small quiet" : "small"),
            .ariaLabel(text + ": " + texts.spool.number(item.sequence)), text: text)
    }
}

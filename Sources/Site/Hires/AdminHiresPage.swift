import Domain
import HTML

/// The queue of hires that companies reported, and those recorded lately.
package struct AdminHiresPage: Page {
    let reported: [AdminHireRow]
    let recorded: [AdminHireRow]

    /// - Parameters:
    ///   - reported: the oldest first.
    ///   - recorded: the newest first.
    package init(reported: [AdminHireRow], recorded: [AdminHireRow]) {
        self.reported = reported
        self.recorded = recorded
    }

    package var section: Section { .adminHires }

    package func title(_ texts: Texts) -> String { texts.admin.queueTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.admin
        html.heading(texts.queueTitle, lead: texts.queueLead)
        html.hireQueue(reported, context)
        guard !recorded.isEmpty else { return }
        html(.h2, text: texts.recordedTitle)
        html.adminHireTable(recorded, caption: texts.recordedTitle, context)
    }
}

/// A hire as a row of an admin's list.
package struct AdminHireRow: Sendable {
    package let id: HireID
    package let candidate: PersonName
    package let job: JobTitle
    package let company: CompanyName
    /// Who brought the candidate; nil for one who came alone.
    package let affiliate: PersonName?
    package let state: HireState
    package let reportedAt: Instant
    package let startsOn: CalendarDate
    package let commission: Money?
    package let flags: [SelfDealing]

    package init(
        id: HireID, candidate: PersonName, job: JobTitle, company: CompanyName,
        affiliate: PersonName?, state: HireState, reportedAt: Instant, startsOn: CalendarDate,
        commission: Money?, flags: [SelfDealing]
    ) {
        self.id = id
        self.candidate = candidate
        self.job = job
        self.company = company
        self.affiliate = affiliate
        self.state = state
        self.reportedAt = reportedAt
        self.startsOn = startsOn
        self.commission = commission
        self.flags = flags
    }
}

extension HTMLPrinter {
    mutating func hireQueue(_ hires: [AdminHireRow], _ context: PageContext) {
        let texts = context.texts.admin
        if hires.isEmpty {
            emptyState(texts.queueEmpty, texts.queueEmptyHint, context)
        } else {
            adminHireTable(hires, caption: texts.queueTitle, context)
        }
    }

    mutating func adminHireTable(
        _ hires: [AdminHireRow], caption: String, _ context: PageContext
    ) {
        let texts = context.texts
        let table = Table(
            caption: caption,
            columns: [
                Table.Column(name: texts.admin.candidate),
                Table.Column(name: texts.admin.company),
                Table.Column(name: texts.admin.affiliate),
                Table.Column(name: texts.admin.startsOn),
                Table.Column(name: texts.admin.commission, isNumeric: true),
                Table.Column(name: texts.common.state),
                Table.Column(name: texts.common.actions, isAction: true),
            ])
        self.table(table, rows: hires) { hire, row, html in
            row.header(&html) { html in
                html.text(hire.candidate.text)
                html(.span, .class("sub"), text: hire.job.text)
            }
            row.cell(&html, text: hire.company.text)
            row.cell(&html) { html in
                html.text(hire.affiliate?.text ?? texts.admin.nobody)
                for flag in hire.flags {
                    html.badge(texts.value.selfDealing(flag), .attention)
                }
            }
            row.cell(&html) { html in html.date(hire.startsOn, texts) }
            row.cell(&html) { html in html.money(hire.commission, texts) }
            row.cell(&html) { html in html.badge(hire.state, texts) }
            row.cell(&html) { html in
                html(
                    .a,
                    .class(hire.state == .reported ? "button small" : "button small quiet"),
                    .href(Links.adminHire(hire.id)),
                    .ariaLabel(texts.admin.reviewHire(hire.candidate.text)),
                    text: hire.state == .reported ? texts.admin.review : texts.common.details)
            }
        }
    }
}

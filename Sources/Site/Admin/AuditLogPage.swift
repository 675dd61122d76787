import Domain
import HTML
import Store

/// The audit log: who changed what, when, from where, before and after.
package struct AuditLogPage: Page {
    let entries: [AuditLog.Entry]
    let filter: AuditFilter
    let isFirst: Bool
    let nextCursor: String?

    /// - Parameter filter: as it was asked for.
    package init(
        entries: [AuditLog.Entry], filter: AuditFilter, isFirst: Bool = true,
        nextCursor: String? = nil
    ) {
        self.entries = entries
        self.filter = filter
        self.isFirst = isFirst
        self.nextCursor = nextCursor
    }

    package var section: Section { .adminAudit }

    package func title(_ texts: Texts) -> String { texts.admin.auditTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.heading(texts.admin.auditTitle, lead: texts.admin.auditLead)
        form(&html, texts)
        if entries.isEmpty {
            html.emptyState(texts.admin.noAudit, texts.admin.noAuditHint, context)
        } else {
            table(&html, texts)
        }
        html.pagination(
            first: isFirst ? nil : Links.adminAudit(filter),
            next: nextCursor.map { Links.adminAudit(filter, after: $0) }, texts)
    }

    private func form(_ html: inout HTMLPrinter, _ texts: Texts) {
        let labels = [
            (AuditFilter.subject, texts.admin.auditSubject, "text"),
            (AuditFilter.id, texts.admin.number, "text"),
            (AuditFilter.account, texts.admin.auditAccount, "text"),
            (AuditFilter.action, texts.admin.auditAction, "text"),
            (AuditFilter.day, texts.common.date, "date"),
        ]
        html(
            .form, .class("filters"), .method(.get), .action(Links.adminAudit), .role("search"),
            .ariaLabel(texts.admin.auditFilter)
        ) { html in
            for (name, label, type) in labels {
                html(.div, .class("filter")) { html in
                    html(.label, .for("audit-" + name), text: label)
                    html(
                        .input, .type(type), .id("audit-" + name), .name(name),
                        .value(filter[name]), .maxLength(60), .autocomplete("off"))
                }
            }
            html(.button, .type("submit"), text: texts.money.show)
        }
    }

    private func table(_ html: inout HTMLPrinter, _ texts: Texts) {
        let table = Table(
            caption: texts.admin.auditTitle,
            columns: [
                Table.Column(name: texts.admin.auditAction), Table.Column(name: texts.admin.when),
                Table.Column(name: texts.admin.who), Table.Column(name: texts.admin.fromWhere),
                Table.Column(name: texts.admin.auditSubject),
                Table.Column(name: texts.admin.auditDetail),
            ])
        html.table(table, rows: entries) { entry, row, html in
            row.header(&html) { html in html(.code, text: entry.action) }
            row.cell(&html) { html in html.moment(entry.at, texts) }
            row.cell(&html) { html in who(entry, &html, texts) }
            row.cell(&html, text: entry.address ?? "–")
            row.cell(&html) { html in subject(entry, &html, texts) }
            row.cell(&html) { html in detail(AuditDetail(entry), &html, texts) }
        }
    }

    private func who(_ entry: AuditLog.Entry, _ html: inout HTMLPrinter, _ texts: Texts) {
        if let account = entry.account {
            html(
                .a, .href(Links.adminAudit(AuditFilter(account: account))),
                text: entry.actorName?.text ?? account.description)
        }
        html(.span, .class("sub"), text: texts.admin.actor(entry.actor))
    }

    private func subject(_ entry: AuditLog.Entry, _ html: inout HTMLPrinter, _ texts: Texts) {
        let filter = AuditFilter(subject: entry.subject, id: entry.subjectID)
        html(.a, .href(Links.adminAudit(filter))) { html in
            html(.code, text: entry.subject)
            html.text(" \(entry.subjectID)")
        }
        if let link = AuditSubject.link(entry.subject, entry.subjectID) {
            html(.span, .class("sub")) { html in
                html(
                    .a, .href(link),
                    .ariaLabel(
                        texts.admin.named(texts.common.details, "\(entry.subjectID)")),
                    text: texts.common.details)
            }
        }
    }

    private func detail(_ detail: AuditDetail, _ html: inout HTMLPrinter, _ texts: Texts) {
        html(.ul, .class("plain")) { html in
            for line in detail.lines {
                html(.li) { html in
                    if !line.name.isEmpty {
                        html(.span, .class("muted"), text: texts.admin.detailName(line.name))
                        html.text(": ")
                    }
                    if let before = line.before {
                        html.text(before + " → ")
                    }
                    if let money = line.money {
                        html.money(money, texts)
                    } else {
                        html.text(line.value)
                    }
                }
            }
        }
    }
}

/// The pages of what the log tells about.
enum AuditSubject {
    /// Nil for what has no page of its own.
    static func link(_ subject: String, _ id: Int64) -> URLReference? {
        switch subject {
        case "hire": Links.adminHire(HireID(id))
        case "payout_batch": Links.adminBatch(PayoutBatchID(id))
        default: nil
        }
    }
}

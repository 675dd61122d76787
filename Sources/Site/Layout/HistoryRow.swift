import Domain
import HTML

/// One step of an introduction: who moved it, when, from where to where, and why.
package struct HistoryRow: Sendable {
    package let at: Instant
    package let from: Stage?
    package let to: Stage
    /// Who did it; nil for the candidate.
    package let by: String?
    package let reason: RejectionReason?
    package let note: Note

    package init(
        at: Instant, from: Stage?, to: Stage, by: String?, reason: RejectionReason?, note: Note
    ) {
        self.at = at
        self.from = from
        self.to = to
        self.by = by
        self.reason = reason
        self.note = note
    }
}

extension HTMLPrinter {
    mutating func stageHistory(_ rows: [HistoryRow], _ context: PageContext) {
        let texts = context.texts
        timeline(rows) { row, html in
            html(.p) { html in
                html(.strong, text: texts.value.stage(row.to))
                html.text(" ")
                html(.span, .class("muted")) { html in
                    html.moment(row.at, texts)
                    html.text(" · ")
                    html.text(row.by ?? texts.company.candidate)
                }
            }
            if let reason = row.reason {
                html(.p) { html in
                    html.text(texts.common.reason + ": ")
                    html.text(texts.value.rejection(reason))
                }
            }
            if !row.note.text.isEmpty { html.prose(row.note.text) }
        }
    }
}

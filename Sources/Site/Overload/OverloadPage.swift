import Admission
import Domain
import HTML

/// What the overload control of this server does, and did in the last hour.
package struct OverloadPage: Page {
    let view: OverloadView
    let input: FormInput

    package init(_ view: OverloadView, input: FormInput = FormInput()) {
        self.view = view
        self.input = input
    }

    package var section: Section { .adminOverload }

    package func title(_ texts: Texts) -> String { texts.overload.title }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.overload
        html.heading(texts.title, lead: texts.lead)
        html(.dl, .class("facts")) { html in
            html.fact(texts.now, text: texts.load(view.load))
            html.fact(texts.mode) { html in
                html.text(texts.mode(view.mode))
                html(.span, .class("sub"), text: texts.explanation(view.mode))
            }
            html.fact(texts.pages, text: texts.level(view.level))
            html.fact(texts.inFlight, text: String(view.inFlight))
        }
        form(&html, context)
        html(.h2, text: texts.lastHour)
        guard !view.parts.isEmpty else {
            return html.emptyState(texts.nothing, texts.nothingHint, context)
        }
        chart(&html, texts)
        table(&html, context.texts)
    }

    private func form(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.overload
        var typed = input
        if typed[.mode].isEmpty { typed = FormInput([.mode: view.mode.name]) }
        let form = Form(typed, context)
        html.errorSummary(form)
        html.postForm(Links.adminOverload, context, style: "form") { html in
            html.selectField(
                .mode, form, FieldNote(hint: texts.switchHint), hasEmptyChoice: false,
                options: AdmissionMode.allCases.reversed().map { mode in
                    (mode.name, texts.mode(mode))
                })
            html(.button, .type("submit"), text: texts.doSwitch)
        }
    }

    // MARK: The last hour

    private static let height = 100
    private static let partsMax = 360

    /// One column for each ten seconds, the refused on top of those let in.
    private func chart(_ html: inout HTMLPrinter, _ texts: OverloadTexts) {
        let parts = view.parts.suffix(Self.partsMax)
        let most = parts.map { $0.summary.admittedSum + $0.summary.refusedSum }.max() ?? 0
        html(
            .svg, .class("chart"), .viewBox("0 0 \(Self.partsMax) \(Self.height)"), .role("img"),
            .ariaLabel(texts.chart(most))
        ) { html in
            var admitted = ""
            var refused = ""
            let scale = max(1, most)
            for (place, part) in parts.enumerated() {
                let left = Self.partsMax - parts.count + place
                let low = part.summary.admittedSum * Self.height / scale
                let high =
                    (part.summary.admittedSum + part.summary.refusedSum) * Self.height / scale
                admitted += Self.column(left, from: 0, to: low)
                refused += Self.column(left, from: low, to: high)
            }
            html(.path, .class("admitted"), .pathData(admitted)) { _ in }
            html(.path, .class("refused"), .pathData(refused)) { _ in }
        }
        html(.p, .class("muted"), text: texts.chart(most))
    }

    private static func column(_ left: Int, from low: Int, to high: Int) -> String {
        guard high > low else { return "" }
        return "M\(left) \(height - low)V\(height - high)h1V\(height - low)z"
    }

    private func table(_ html: inout HTMLPrinter, _ all: Texts) {
        let texts = all.overload
        let table = Table(
            caption: texts.lastMinutes,
            columns: [
                Table.Column(name: texts.until),
                Table.Column(name: texts.admitted, isNumeric: true),
                Table.Column(name: texts.refused, isNumeric: true),
                Table.Column(name: texts.wouldRefuse, isNumeric: true),
                Table.Column(name: texts.delay, isNumeric: true),
                Table.Column(name: texts.lag, isNumeric: true),
                Table.Column(name: texts.pages),
            ])
        html.table(table, rows: view.parts.suffix(12).reversed()) { part, row, html in
            row.header(&html) { html in
                html.text(
                    texts.secondsAgo(
                        Int(view.at.secondsSinceEpoch - part.at.secondsSinceEpoch)))
            }
            row.cell(&html, text: String(part.summary.admittedSum))
            row.cell(&html, text: String(part.summary.refusedSum))
            row.cell(&html, text: String(part.summary.wouldRefuse))
            row.cell(&html, text: texts.milliseconds(part.summary.delayMost))
            row.cell(&html, text: texts.milliseconds(part.summary.lagMost))
            row.cell(&html, text: texts.level(part.summary.levelMost))
        }
    }
}

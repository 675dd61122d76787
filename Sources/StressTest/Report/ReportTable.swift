/// A report for people: a table for each phase, and what is to be known about it.
package struct ReportTable: CustomStringConvertible {
    private let report: RunReport

    package init(_ report: RunReport) { self.report = report }

    /// The whole text, with its last line feed.
    package var description: String {
        var lines = ["\(report.target)"]
        for (index, phase) in report.phases.enumerated() {
            lines.append("")
            lines.append(
                "phase \(index + 1): \(Self.number(phase.factor))x, "
                    + "\(Self.number(phase.seconds)) s counted")
            lines += Self.table(phase.classes + (phase.classes.count > 1 ? [phase.all] : []))
            lines.append(Self.settled(phase.all))
        }
        lines.append("")
        lines += reasons + generator
        lines += report.warnings.map { "NOTE: \($0)" }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func settled(_ all: Figures) -> String {
        guard let after = all.settledAfter else {
            return "99 of 100 never stayed within 250 ms"
        }
        return "99 of 100 within 250 ms in every 100 ms from \(milliseconds(after)) on"
    }

    private static let titles = [
        "requests", "good", "late", "refused", "failed", "gave up", "unsent", "goodput/s", "p50",
        "p90", "p99", "p99.9", "visits", "whole",
    ]

    private static func table(_ rows: [Figures]) -> [String] {
        let cells = rows.map { row in
            let share = row.visits == 0 ? 0 : Double(row.visitsCompleted) / Double(row.visits)
            return [
                row.name, "\(row.requests)", percent(row.goodShare), "\(row.late)",
                "\(row.refused)", "\(row.failed)", "\(row.gaveUp)", "\(row.unsent)",
                number(row.goodput), milliseconds(row.p50), milliseconds(row.p90),
                milliseconds(row.p99), milliseconds(row.p999), "\(row.visits)", percent(share),
            ]
        }
        let all = [[""] + titles] + cells
        let widths = all[0].indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }
    }

    private var reasons: [String] {
        var lines: [String] = []
        for row in report.classes {
            let reasons = (row.failures.map { $0 } + row.statuses.map { $0 })
                .sorted { $0.key < $1.key }
            if !reasons.isEmpty {
                let text = reasons.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
                lines.append("\(row.name) failed: \(text)")
            }
            if row.refused > 0 {
                lines.append(
                    "\(row.name) refused: 99 of 100 within \(Self.milliseconds(row.refusalP99)), "
                        + "\(row.refusalsWithoutRetryAfter) without Retry-After, "
                        + "\(row.refusalsThatClosed) closed a kept connection")
            }
        }
        return lines
    }

    private var generator: [String] {
        let own = report.generator
        return [
            "generator: lag \(Self.milliseconds(own.lagP50)), 99 of 100 within "
                + "\(Self.milliseconds(own.lagP99)), at most \(Self.milliseconds(own.lagLongest)); "
                + "\(own.connectionsOpened) connections opened, at most \(own.connectionsOpenMax) "
                + "of \(own.connectionsAllowed) at once, \(own.sessionsResumed) TLS sessions "
                + "resumed, \(own.requestsRetried) requests sent again, "
                + "\(own.visitsUnfinished) visits cut short"
        ]
    }

    private static func milliseconds(_ value: Double) -> String {
        value < 10 ? "\((value * 100).rounded() / 100) ms" : "\(Int(value.rounded())) ms"
    }

    private static func percent(_ share: Double) -> String {
        // Never 100 % where one was lost.
        "\((share * 10_000).rounded(.down) / 100) %"
    }

    /// Six digits are enough to see by how much a bound was missed.
    static func exact(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }

    private static func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}

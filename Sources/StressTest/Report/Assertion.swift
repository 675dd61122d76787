/// A condition on a report, for scripts: `member.good>=0.999`, `status.p99<=50ms`,
/// `all.goodput@2>=400`, `lag.p99<=5ms`.
package struct Assertion: Sendable, CustomStringConvertible {
    private enum Comparison: String, CaseIterable {
        // The longer ones first: `>` would be found in `>=`.
        case atLeast = ">="
        case atMost = "<="
        case equal = "=="
        case above = ">"
        case below = "<"
    }

    private enum Subject: Sendable {
        case lag
        case traffic(String)
    }

    /// The text that it was made of.
    package let description: String
    private let subject: Subject
    private let metric: String
    /// Counted from 1; nil for the whole run.
    private let phase: Int?
    private let comparison: String
    private let bound: Double

    /// What can be asked for.
    package static let metrics = [
        "requests", "good", "late", "refused", "failed", "gaveup", "unsent", "prompt", "goodput",
        "visits", "whole", "p50", "p90", "p99", "p999", "max", "refusal", "unkind",
        "settled",
    ]

    /// Reads a condition; nil where it is none.
    package init?(_ text: String) {
        description = text
        guard
            let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }),
            let middle = text.firstRange(of: comparison.rawValue)
        else { return nil }
        var left = text[..<middle.lowerBound]
        if let at = left.firstIndex(of: "@") {
            guard let number = Int(left[left.index(after: at)...]), number > 0 else { return nil }
            phase = number
            left = left[..<at]
        } else {
            phase = nil
        }
        let halves = left.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, Self.metrics.contains(String(halves[1])) else {
            return nil
        }
        metric = String(halves[1])
        subject = halves[0] == "lag" ? .lag : .traffic(String(halves[0]))
        self.comparison = comparison.rawValue
        let right = String(text[middle.upperBound...])
        let isTime =
            metric.hasPrefix("p") && metric != "prompt"
            || ["max", "refusal", "settled"].contains(metric)
        if isTime {
            guard let bound = Duration(shortText: right) else { return nil }
            self.bound = bound.inMilliseconds
        } else {
            guard let bound = Double(right), bound.isFinite else { return nil }
            self.bound = bound
        }
        // A whole run has no beginning from which it could settle.
        if metric == "settled", phase == nil { return nil }
        if case .lag = subject, !["p50", "p99", "max"].contains(metric) || phase != nil {
            return nil
        }
    }

    /// What is wrong with the report, as a sentence; nil where the condition holds.
    package func complaint(about report: RunReport) -> String? {
        guard let value = value(in: report) else {
            return "\(description): there is no such class or phase, or nothing was counted"
        }
        let holds =
            switch Comparison(rawValue: comparison) {
            case .atLeast: value >= bound
            case .atMost: value <= bound
            case .equal: value == bound
            case .above: value > bound
            case .below, nil: value < bound
            }
        return holds ? nil : "\(description): it is \(ReportTable.exact(value))"
    }

    private func value(in report: RunReport) -> Double? {
        switch subject {
        case .lag:
            switch metric {
            case "p50": return report.generator.lagP50
            case "p99": return report.generator.lagP99
            default: return report.generator.lagLongest
            }
        case .traffic(let name):
            if let phase, phase > report.phases.count { return nil }
            let place = phase.map { report.phases[$0 - 1] }
            let sums = place.map { [$0.all, $0.scaled] } ?? [report.all, report.scaled]
            let classes = place?.classes ?? report.classes
            guard let figures = (sums + classes).first(where: { $0.name == name }),
                figures.requests > 0
            else { return nil }
            return Self.value(metric, of: figures)
        }
    }

    /// Outcomes as shares of all requests, times in milliseconds, all else as counts.
    private static func value(_ metric: String, of figures: Figures) -> Double? {
        let all = Double(figures.requests)
        return switch metric {
        case "requests": all
        case "good": figures.goodShare
        case "prompt": figures.promptShare
        case "late": Double(figures.late) / all
        case "refused": Double(figures.refused) / all
        case "failed": Double(figures.failed) / all
        case "gaveup": Double(figures.gaveUp) / all
        case "unsent": Double(figures.unsent) / all
        case "goodput": figures.goodput
        case "visits": Double(figures.visits)
        case "whole":
            figures.visits == 0 ? nil : Double(figures.visitsCompleted) / Double(figures.visits)
        case "p50": figures.p50
        case "p90": figures.p90
        case "p99": figures.p99
        case "p999": figures.p999
        case "max": figures.longest
        case "refusal": figures.refusalP99
        // What never settles is later than any bound.
        case "settled": figures.settledAfter ?? .infinity
        default: Double(figures.refusalsWithoutRetryAfter + figures.refusalsThatClosed)
        }
    }
}

import Admission

/// The same traffic under each control, and the table of it.
package enum Comparison {
    /// The controls that are compared, made anew for each run.
    package static let policies: [@Sendable (Scenario) -> Policy] = [
        { Policy.none($0) },
        { Policy.classical($0) },
        { CoDelPolicy(slots: $0.slots) },
        { AIMDPolicy(slots: $0.slots) },
        { GradientPolicy(slots: $0.slots) },
        { VegasPolicy(slots: $0.slots) },
        { VouchPolicy("this, hard bounds only", slots: $0.slots, parts: []) },
        {
            VouchPolicy(
                "this, without the cut", slots: $0.slots,
                parts: [.door, .unread, .listener, .sieve])
        },
        {
            VouchPolicy(
                "this, without bounded refusing", slots: $0.slots, parts: [.cut, .listener])
        },
        {
            VouchPolicy(
                "this, without the sieve", slots: $0.slots,
                parts: [.cut, .door, .unread, .listener])
        },
        {
            VouchPolicy(
                "this, one listener", slots: $0.slots, parts: [.cut, .door, .unread, .sieve])
        },
        { VouchPolicy("this", slots: $0.slots) },
    ]

    /// Runs a control once for each factor.
    package static func measure(
        _ scenario: Scenario, factors: [Double], _ policy: @Sendable (Scenario) -> Policy
    ) -> [Measures] {
        factors.map { factor in
            var scenario = scenario
            scenario.factor = factor
            var simulation = Simulation(scenario, policy(scenario))
            return simulation.run()
        }
    }

    /// The lines of a scenario's table, one at a time as they are measured: goodput as part of
    /// that at 1x; then at 10x what part of the requests of admins and members was good, within
    /// what time 99 of 100 were answered, how many of the visits that had anything had all, what
    /// part was refused and what part of the core that took, and the seconds until it was stable
    /// after the step and until all was normal after the fall.
    package static func table(_ scenario: Scenario, _ say: (String) -> Void) {
        let capacity = Int(scenario.capacity.rounded())
        say("\(scenario.name): 1x is \(capacity) requests a second")
        say(row("", titles))
        for policy in policies {
            let runs = measure(scenario, factors: [2, 5, 10], policy)
            guard let last = runs.last else { continue }
            say(row(policy(scenario).name, runs.map { percent($0.goodput) } + cells(last)))
        }
        say("")
    }

    /// The first three: goodput at so many times the capacity; the rest: at ten times.
    private static let titles = [
        "2x", "5x", "10x", "important", "p99 ms", "visits", "refused", "refusing", "stable",
        "normal",
    ]

    private static func cells(_ measures: Measures) -> [String] {
        [
            percent(measures.importantGood, digits: 1), milliseconds(measures.importantP99),
            percent(measures.wholeVisits), percent(measures.refused),
            percent(measures.refusingShare), seconds(measures.stableAfter),
            seconds(measures.normalAfter),
        ]
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        let title = name + String(repeating: " ", count: max(0, 32 - name.count))
        return cells.reduce(title) { line, cell in
            line + String(repeating: " ", count: max(1, 10 - cell.count)) + cell
        }
    }

    private static func percent(_ share: Double, digits: Int = 0) -> String {
        if digits == 0 { return "\(Int((share * 100).rounded())) %" }
        let tenths = Int((share * 1_000).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func milliseconds(_ seconds: Double) -> String {
        seconds.isFinite ? "\(Int((seconds * 1_000).rounded()))" : "never"
    }

    private static func seconds(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "never" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

import AdmissionSimulating
import Glibc

/// `admissionsim [kept|new|database|failing|cost]`: simulates the controls side by side, or measures what
/// one decision costs; without an argument all of it.
@main
enum AdmissionSim {
    static func main() {
        let wanted = CommandLine.arguments.dropFirst().first
        let scenarios = [
            ("kept", Scenario.kept), ("new", Scenario.new), ("database", Scenario.database),
            ("failing", Scenario.failing),
        ]
        guard wanted == nil || wanted == "cost" || scenarios.contains(where: { $0.0 == wanted })
        else {
            say("admissionsim [kept|new|database|failing|cost]")
            exit(64)
        }
        for (name, scenario) in scenarios where wanted == nil || wanted == name {
            Comparison.table(scenario, say)
        }
        guard wanted == nil || wanted == "cost" else { return }
        for (name, nanoseconds) in DecisionBench.run() {
            say("one decision, \(name): \(Int(nanoseconds.rounded())) ns")
        }
    }

    private static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDOUT_FILENO, line, line.count)
    }
}

import Admission
import AdmissionSimulating
import Testing

/// The control against the model of a server that `make simulate` uses, on a machine ten times
/// slower, so that it takes seconds.
@Suite struct `The control in the simulator` {
    private static let vouch: @Sendable (Scenario) -> Policy = {
        VouchPolicy("this", slots: $0.slots)
    }

    private func run(
        _ scenario: Scenario, _ policy: @Sendable (Scenario) -> Policy = vouch
    ) -> Measures {
        Comparison.measure(scenario.shortened(slower: 10), factors: [10], policy)[0]
    }

    @Test func `at ten times the capacity goodput stays, on kept connections`() {
        let measures = run(.kept)

        #expect(measures.goodput >= 0.9)
        #expect(measures.importantGood >= 0.999)
        #expect(measures.importantP99 <= 0.25)
        #expect(measures.normalAfter <= 1)
    }

    @Test func `at ten times the capacity goodput stays, on new connections`() {
        let measures = run(.new)

        #expect(measures.goodput >= 0.75)
        #expect(measures.importantGood >= 0.99)
        #expect(measures.importantP99 <= 0.25)
    }

    @Test func `at ten times the capacity goodput stays, before a slow database`() {
        let measures = run(.database)

        #expect(measures.goodput >= 0.9)
        #expect(measures.importantGood >= 0.999)
        #expect(measures.importantP99 <= 0.25)
    }

    @Test(arguments: [Scenario.kept, .new])
    func `refusing takes at most fifteen hundredths of the core`(scenario: Scenario) {
        let measures = run(scenario)

        #expect(measures.refusingShare > 0)
        #expect(measures.refusingShare <= 0.15)
    }

    @Test func `the model is as cruel as a server without control finds the world`() {
        let measures = run(.kept) { Policy.none($0) }

        #expect(measures.goodput < 0.5)
        #expect(measures.importantGood < 0.5)
    }

    @Test(arguments: [Scenario.kept, .new])
    func `it is better than the classical refusal`(scenario: Scenario) {
        let classical = run(scenario) { Policy.classical($0) }
        let measures = run(scenario)

        #expect(measures.goodput > classical.goodput)
        #expect(measures.importantGood > classical.importantGood)
        #expect(measures.wholeVisits > classical.wholeVisits)
    }

    @Test func `the cut is what makes visits whole`() {
        let without = run(.database) {
            VouchPolicy(
                "without", slots: $0.slots, parts: [.door, .unread, .listener, .sieve])
        }

        #expect(run(.database).wholeVisits > 2 * without.wholeVisits)
    }

    @Test func `the sieve keeps those out who come again too late`() {
        let without = run(.new) {
            VouchPolicy(
                "without", slots: $0.slots, parts: [.cut, .door, .unread, .listener])
        }

        #expect(run(.new).goodput > without.goodput)
    }

    @Test func `the same seed gives the same figures and another does not`() {
        var other = Scenario.database
        other.seed = 2

        #expect(run(.database).goodput == run(.database).goodput)
        #expect(run(.database).goodput != run(other).goodput)
    }
}

import EventLoop

/// What became of one class's requests, per 100 ms of when they were meant to be sent.
package struct Timeline: Sendable {
    /// 100 ms of one class.
    package struct Slot: Sendable {
        /// Requests by what became of them; indexed by `Outcome.rawValue`.
        package fileprivate(set) var outcomes = [UInt32](
            repeating: 0, count: Outcome.allCases.count)
        /// Of good and late answers and of visitors who gave up.
        package fileprivate(set) var latency = LatencyHistogram(.coarse)

        package subscript(_ outcome: Outcome) -> Int { Int(outcomes[outcome.rawValue]) }
    }

    /// The length of a slot.
    package static let slotLength = Duration.milliseconds(100)
    /// What a run of the longest length, and the last visitors' further steps, can fill.
    private static let slotsMax = 40_000

    /// From the start of the run on; the last one is the last in which anything was to be sent.
    package private(set) var slots: [Slot] = []

    package init() {}

    package mutating func count(_ outcome: Outcome, latency: Duration, at offset: Duration) {
        let wanted = offset.wholeNanoseconds / Self.slotLength.wholeNanoseconds
        let index = min(max(0, Int(wanted)), Self.slotsMax)
        while slots.count <= index { slots.append(Slot()) }
        slots[index].outcomes[outcome.rawValue] += 1
        switch outcome {
        case .good, .late, .gaveUp: slots[index].latency.record(latency)
        case .refused, .failed, .unsent: break
        }
    }

    package mutating func merge(_ other: Timeline) {
        while slots.count < other.slots.count { slots.append(Slot()) }
        for (index, slot) in other.slots.enumerated() {
            for outcome in slot.outcomes.indices {
                slots[index].outcomes[outcome] += slot.outcomes[outcome]
            }
            slots[index].latency.merge(slot.latency)
        }
    }
}

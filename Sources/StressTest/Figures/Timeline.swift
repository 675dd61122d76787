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

    /// How long after `start` the last slot before `end` was in which one of a hundred waited longer
    /// than `bound`; nil where that was so to the end. Whole slots only.
    package func settled(from start: Duration, to end: Duration, within bound: Duration)
        -> Duration?
    {
        let length = Self.slotLength.wholeNanoseconds
        let first = Int((start.wholeNanoseconds + length - 1) / length)
        let last = min(slots.count, Int(end.wholeNanoseconds / length))
        guard first < last else { return .zero }
        let range = first..<last
        guard let slow = range.last(where: { slots[$0].latency.value(at: 0.99) > bound }) else {
            return .zero
        }
        return slow == last - 1 ? nil : Self.slotLength * (slow + 1) - start
    }

    /// Counts what became of a request that was meant to be sent at `offset`.
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

    /// Adds the counts of another timeline.
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

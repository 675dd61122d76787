/// A share of the CPU for work that must not crowd out other work: a token bucket of CPU time.
///
/// Refusing costs about what serving costs, because most of it is the kernel's part. With work w
/// and refusal r per request, answering everybody at m times capacity leaves
/// (1 - m r/w) / (1 - r/w) of the goodput: so refusals are bounded by what they cost, not by
/// how many there are to refuse.
package struct CPUBudget: Sendable {
    /// The part of a core that there is: less than 1 where the process may not use all of one, or
    /// shares it with others. A share of the whole core would then be more than there is.
    package var availability = 1.0
    private let share: Double
    private let period: Double
    private var credit: Double
    private var filledAt: Moment
    /// What one piece of the work costs, in nanoseconds, as measured lately.
    package private(set) var unitCost: Double

    /// The part of a new measurement in the unit's cost.
    private static let costShare = 0.1

    /// - Parameters:
    ///   - share: of one core; 0.15 of each core where it is for all.
    ///   - period: what is saved up at most, in time.
    ///   - unitCost: what a piece costs until it was measured.
    package init(share: Double, period: Duration, unitCost: Duration, now: Moment) {
        self.share = max(0, share)
        self.period = Double(period.nanosecondCount)
        credit = self.period * self.share
        filledAt = now
        self.unitCost = max(1, Double(unitCost.nanosecondCount))
    }

    private var creditMax: Double { period * share * availability }

    /// How many pieces may be done now; refills first.
    package mutating func units(_ now: Moment) -> Int {
        // Backwards gives nothing; forwards no more than one period.
        let earned = Double(now.nanoseconds(since: filledAt)) * share * availability
        filledAt = now
        credit = min(creditMax, credit + earned)
        return credit <= 0 ? 0 : Int((credit / unitCost).rounded(.up))
    }

    /// Charges so many pieces that took so much CPU time together.
    package mutating func spend(_ count: Int, cost: Duration) {
        guard count > 0 else { return }
        let cost = Double(cost.nanosecondCount)
        unitCost += Self.costShare * (max(1, cost / Double(count)) - unitCost)
        // A debt of more than a period would be a punishment for one bad measurement.
        credit = max(-creditMax, credit - cost)
    }

    /// Charges so many pieces at what one costs lately.
    package mutating func spend(_ count: Int) {
        credit = max(-creditMax, credit - Double(count) * unitCost)
    }
}

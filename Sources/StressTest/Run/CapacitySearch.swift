/// Finds the highest rate at which something holds: doubles until it does not, then halves the gap.
///
/// A pure state machine: the caller makes the runs.
package struct CapacitySearch: Sendable {
    /// The rate to be tried next; nil when the search is over.
    package private(set) var next: Double?
    /// The highest rate at which it held; nil where it never did.
    package private(set) var capacity: Double?

    private var failing: Double?
    private let rateMin: Double
    private let rateMax: Double
    private let precision: Double
    private let triesMax: Int
    private var tries = 0

    /// Of the answers, this share must be good and within 250 ms.
    package static let promptShareMin = 0.99

    /// - Parameters:
    ///   - precision: the search ends when the gap is this share of the rate.
    ///   - triesMax: a rate that does not hold is tried so often: a busy machine's bad moment is not
    ///     the server's capacity.
    ///   - rateMin: below this the search gives up.
    ///   - rateMax: above this it does not go: the generator's own bound.
    package init(
        start: Double, precision: Double, triesMax: Int = 1, rateMin: Double = 0.5, rateMax: Double
    ) {
        self.triesMax = triesMax
        next = min(start, rateMax)
        self.precision = precision
        self.rateMin = rateMin
        self.rateMax = rateMax
    }

    /// Says whether it held at `next`.
    package mutating func note(holds: Bool) {
        guard let rate = next else { return }
        tries += 1
        if !holds, tries < triesMax { return }
        tries = 0
        if holds {
            capacity = max(rate, capacity ?? 0)
        } else {
            failing = min(rate, failing ?? rate)
        }
        next = following
    }

    private var following: Double? {
        switch (capacity, failing) {
        case (nil, nil): return nil
        case (let held?, nil): return held >= rateMax ? nil : min(held * 2, rateMax)
        case (nil, let failed?): return failed / 2 < rateMin ? nil : failed / 2
        case (let held?, let failed?):
            return failed - held <= held * precision ? nil : (held + failed) / 2
        }
    }

    /// Whether a run at one rate was within capacity: 99 % of all that were meant to be sent had a
    /// good answer within 250 ms.
    package static func holds(_ figures: Figures) -> Bool {
        figures.requests > 0 && figures.promptShare >= promptShareMin
    }

    /// Whether a run says anything about the server: the generator was in time, and sent all.
    package static func isTelling(_ report: RunReport) -> Bool {
        report.all.unsent == 0
            && report.generator.lagP99 <= RunReport.lagP99Max.inMilliseconds
    }
}

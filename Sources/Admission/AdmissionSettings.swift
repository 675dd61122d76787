/// The bounds and set points of the overload control.
package struct AdmissionSettings: Sendable {
    /// Requests that may use the database at once, over all loops.
    package var slots = AdmissionSettings.slots(cores: 1)
    /// Requests that may wait, per slot: a longer queue only makes answers late. Over all loops.
    package var waitingPerSlot = 3
    /// The part of the slots that only `admin` and `member` may use; at least one slot.
    package var reserveShare = 0.2
    /// Of so many requests that get a slot one is a conversion, where one waits: a floor of 10 %
    /// under the strict order, so that a crowd of members cannot starve the applications.
    package var conversionFloor = 10
    /// How long a request of each class may wait for a slot; with 0 it never does.
    package var waits = PerClass<Duration>(
        admin: .seconds(2), member: .seconds(1), conversion: .milliseconds(300),
        visitor: .milliseconds(100), background: .zero)
    /// `Retry-After` of a refusal, in seconds: a random number in the range, so that those who
    /// were refused together do not come back together.
    package var retryAfter = PerClass<ClosedRange<Int>>(
        admin: 1...2, member: 1...3, conversion: 2...6, visitor: 5...15, background: 30...90)

    /// Overloaded where the least queue delay of a tick is longer: a standing queue (CoDel,
    /// Nichols and Jacobson, ACM Queue 2012: the minimum tells it from a burst).
    package var delayLeastMax = Duration.milliseconds(10)
    /// Overloaded where the mean queue delay of a tick is longer.
    package var delayMeanMax = Duration.milliseconds(20)
    /// Overloaded where a loop's events wait longer for their turn: the CPU is the bottleneck.
    package var lagMax = Duration.milliseconds(5)
    /// Overloaded where the hard bounds refuse more than this part of a tick's arrivals: a short
    /// queue before fast statements is full long before its delay shows.
    package var hardRefusalsMax = 0.05

    /// The first cut lets in this part of what was completed in the best of the last ten ticks;
    /// and so much is let in again as soon as the delay is short.
    package var cutShare = 0.95
    /// What a tick's target becomes while overloaded.
    package var decrease = 0.95
    /// The same while the delay is short.
    package var increase = 1.02
    /// The same while there is next to none.
    package var quickIncrease = 1.10
    /// How long nobody must be cut, with a short delay, until the overload is over.
    package var calmSpan = Duration.seconds(1)

    /// Without a tick for so long everybody is let in, within the hard bounds: fail open.
    package var staleSpan = Duration.seconds(1)
    /// A ticket that was not finished for so long is a bug; its slot is taken back. Longer than
    /// any statement may run.
    package var ticketTimeMax = Duration.seconds(60)

    package init() {}

    /// PostgreSQL does most with about twice as many busy connections as it has cores (its wiki,
    /// "Number Of Database Connections"), and one more keeps a disk busy.
    package static func slots(cores: Int) -> Int { 2 * max(1, cores) + 1 }

    /// How often `tick` is to be called.
    package static let tick = Duration.milliseconds(100)

    /// Slots that only `admin` and `member` may use.
    var reserve: Int {
        let share = (Double(slots) * min(max(reserveShare, 0), 1)).rounded(.up)
        return min(max(1, Int(share)), slots - 1)
    }

    /// The same with every bound in its range: at least two slots, so that one can be kept.
    var checked: AdmissionSettings {
        var settings = self
        settings.slots = min(max(2, slots), 10_000)
        settings.waitingPerSlot = min(max(0, waitingPerSlot), 100)
        settings.conversionFloor = max(2, conversionFloor)
        return settings
    }
}

/// Whether the control acts. The hard bounds (slots, queue, waits, reserve) hold in each mode:
/// connections and memory are finite in each.
package enum AdmissionMode: UInt8, Sendable, CaseIterable {
    /// Nothing is measured against its bound: the hard bounds only, first come first served.
    case off
    /// Decides and counts what it would have refused, and refuses nothing by it.
    case observe
    /// Cuts, serves the newest first, and browns out.
    case on
}

/// How plain the site is to become; each step includes those before it.
///
/// Optional work goes before anybody is refused (Klein et al., "Brownout", ICSE 2014).
package enum BrownoutLevel: UInt8, Sendable, CaseIterable, Comparable {
    /// Everything is shown.
    case none
    /// Clicks are counted through the spool.
    case clicksToSpool
    /// No similar jobs.
    case noSimilarJobs
    /// No counts beside filters and lists.
    case noCounts
    /// Search by the plain index only.
    case plainSearch

    @inline(__always)
    package static func < (left: BrownoutLevel, right: BrownoutLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}

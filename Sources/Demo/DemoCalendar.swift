import Domain

/// The time the demo data is made for: everything in it happened before the day began, so that the
/// same day gives the same rows at any hour.
struct DemoCalendar: Sendable {
    let today: CalendarDate

    init(_ now: Instant) {
        today = now.date
    }

    /// The midnight at which today began.
    var midnight: Instant { Instant(today) }

    /// A moment of office hours, so many days ago.
    func moment(daysAgo days: ClosedRange<Int>, _ random: inout DemoRandom) -> Instant {
        let day = today.adding(days: -max(1, random.number(in: days)))
        return Instant(day).adding(seconds: random.number(in: 6 * 3600...18 * 3600))
    }

    /// So many moments between two, in order and all different.
    func moments(
        _ count: Int, from start: Instant, to end: Instant, _ random: inout DemoRandom
    ) -> [Instant] {
        guard count > 0 else { return [] }
        let span = Int(end.secondsSinceEpoch - start.secondsSinceEpoch)
        guard span > 2 * count else {
            return (0..<count).map { start.adding(seconds: $0 + 1) }
        }
        // One in each of `count` equal parts.
        let part = span / count
        return (0..<count).map { index in
            start.adding(seconds: index * part + 1 + random.below(part - 1))
        }
    }
}

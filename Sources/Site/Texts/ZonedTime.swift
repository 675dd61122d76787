import Domain

/// A moment as clocks in Romania show it, the platform's home; pages say so in their footer.
struct ZonedTime {
    let date: CalendarDate
    let hour: Int
    let minute: Int

    init(_ instant: Instant) {
        let offset = Self.isSummer(instant) ? 3 : 2
        let local = instant.adding(seconds: offset * 3600)
        date = local.date
        (hour, minute, _) = local.timeOfDay
    }

    /// Directive 2000/84/EC: summer time lasts from the last Sunday of March to that of October,
    /// both at 01:00 UTC.
    private static func isSummer(_ instant: Instant) -> Bool {
        let year = instant.date.year
        guard let march = CalendarDate(year: year, month: 3, day: 31),
            let october = CalendarDate(year: year, month: 10, day: 31)
        else { return false }
        return (change(after: march)..<change(after: october)).contains(instant)
    }

    private static func change(after lastOfMonth: CalendarDate) -> Instant {
        // Weekdays count from Monday, 1; a Sunday is 7.
        let sunday = lastOfMonth.adding(days: -(lastOfMonth.weekday % 7))
        return Instant(sunday).adding(seconds: 3600)
    }
}

/// A month of a year.
package struct CalendarMonth: Hashable, Sendable {
    package let year: Int
    /// From 1 to 12.
    package let month: Int

    /// Nil outside the years 1 to 9998 and the months 1 to 12.
    package init?(year: Int, month: Int) {
        guard (1...9998).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// The month of a day.
    package init(_ date: CalendarDate) {
        (year, month, _) = date.civil
    }

    /// Reads `2026-11`, and nothing else.
    package init?(_ text: String) {
        guard text.utf8.count == 7, let date = CalendarDate(text + "-01"), date.year <= 9998 else {
            return nil
        }
        self.init(date)
    }

    package var firstDay: CalendarDate {
        CalendarDate(year: year, month: month, day: 1) ?? CalendarDate(daysSinceEpoch: 0)
    }

    package var next: CalendarMonth { CalendarMonth(firstDay.adding(days: 31)) }

    /// Its first moment, in UTC.
    package var start: Instant { Instant(firstDay) }

    /// The first moment after it, in UTC.
    package var end: Instant { next.start }
}

extension CalendarMonth: CustomStringConvertible {
    /// `2026-11`.
    package var description: String { padded(year, 4) + "-" + padded(month, 2) }
}

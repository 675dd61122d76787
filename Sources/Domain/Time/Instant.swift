/// A moment, in microseconds since 1970-01-01T00:00:00Z, which is what PostgreSQL keeps.
package struct Instant: Hashable, Sendable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Midnight UTC at the start of a day.
    package init(_ date: CalendarDate) {
        microseconds = Int64(date.daysSinceEpoch) * Self.microsecondsPerDay
    }

    /// Whole seconds since 1970, rounded down.
    package var secondsSinceEpoch: Int64 { Self.floorDivide(microseconds, 1_000_000) }

    /// The day in UTC.
    package var date: CalendarDate {
        CalendarDate(
            daysSinceEpoch: Int32(
                clamping: Self.floorDivide(microseconds, Self.microsecondsPerDay)))
    }

    /// Hour, minute and second in UTC.
    package var timeOfDay: (hour: Int, minute: Int, second: Int) {
        let days = Self.floorDivide(microseconds, Self.microsecondsPerDay)
        let seconds = Int((microseconds - days * Self.microsecondsPerDay) / 1_000_000)
        return (seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// `2026-11-30T09:30:00Z`, the date-time of RFC 3339, in whole seconds.
    package var rfc3339: String {
        let (hour, minute, second) = timeOfDay
        return
            "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))Z"
    }

    package func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    package func adding(days: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(days) * Self.microsecondsPerDay)
    }

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Instant: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }
}

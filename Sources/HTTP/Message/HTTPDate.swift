/// A date of HTTP (RFC 9110 5.6.7): whole seconds, UTC.
package struct HTTPDate: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01 00:00:00, from year 1 to 9999.
    package let secondsSinceEpoch: Int64

    /// A date by its seconds; what lies beyond years 1 to 9999 becomes the nearest.
    package init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = min(max(secondsSinceEpoch, -62_135_596_800), 253_402_300_799)
    }

    /// Whether the date is earlier.
    package static func < (left: HTTPDate, right: HTTPDate) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    /// The 29 bytes of the preferred form, `Sun, 06 Nov 1994 08:49:37 GMT`.
    package var bytes: [UInt8] {
        let days = secondsSinceEpoch.quotient(dividingBy: 86_400)
        let second = Int(secondsSinceEpoch - days * 86_400)
        let date = CivilDate(daysSinceEpoch: Int(days))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        bytes.append(contentsOf: Self.weekdays[date.weekday].utf8.prefix(3))
        bytes.append(", ")
        bytes.append(twoDigits: date.day)
        bytes.append(" ")
        bytes.append(Self.months[date.month - 1])
        bytes.append(" ")
        bytes.append(twoDigits: date.year / 100)
        bytes.append(twoDigits: date.year % 100)
        bytes.append(" ")
        bytes.append(twoDigits: second / 3_600)
        bytes.append(":")
        bytes.append(twoDigits: second / 60 % 60)
        bytes.append(":")
        bytes.append(twoDigits: second % 60)
        bytes.append(" GMT")
        return bytes
    }

    static let weekdays: [StaticString] = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

extension HTTPDate: CustomStringConvertible {
    /// The date in the preferred form.
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// A day of the Gregorian calendar, extended backwards.
struct CivilDate: Equatable {
    var year: Int
    var month: Int
    var day: Int
    /// 0 is Sunday.
    var weekday: Int

    /// The day that lies this many days after 1970-01-01, a Thursday.
    ///
    /// Years are counted from March, so that the leap day is the last of its year; 146,097 days
    /// are 400 years, and 153 days are five months from any March or August.
    init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = shifted.quotient(dividingBy: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = (days + 4) - (days + 4).quotient(dividingBy: 7) * 7
    }

    /// Days since 1970-01-01, or nil if there is no such day.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day), (1...9999).contains(year) else {
            return nil
        }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.quotient(dividingBy: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let back = CivilDate(daysSinceEpoch: days)
        return back.day == day && back.month == month ? days : nil
    }
}

extension BinaryInteger {
    /// The quotient rounded down, also for negative numbers.
    func quotient(dividingBy divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension [UInt8] {
    fileprivate mutating func append(twoDigits number: Int) {
        append(0x30 &+ UInt8(truncatingIfNeeded: number / 10))
        append(0x30 &+ UInt8(truncatingIfNeeded: number % 10))
    }
}

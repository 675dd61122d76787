extension HTTPDate {
    /// Reads one of the three forms (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`,
    /// `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`; nil for anything else.
    ///
    /// Two digits of a year from 70 mean the last century: close enough to the fifty-years rule
    /// for a form that nobody has sent for decades, and it needs no clock. That the day of the
    /// week is the right one is not checked.
    package init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ HTTPDate(bytes: $0) }) else { return nil }
        self = date
    }

    init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 24, bytes.count <= 33 else { return nil }
        var scanner = DateScanner(bytes: bytes)
        let date: HTTPDate?
        if bytes[3] == Octet.comma {
            date = scanner.preferred()
        } else if bytes[3] == Octet.space {
            date = scanner.asctime()
        } else {
            date = scanner.rfc850()
        }
        guard let date, scanner.isAtEnd else { return nil }
        self = date
    }
}

/// Reads the pieces of a date; every function moves on only by what it has read.
private struct DateScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var index = 0

    var isAtEnd: Bool { index == bytes.count }

    mutating func preferred() -> HTTPDate? {
        guard weekday(abbreviated: true), take(", "), let day = number(digits: 2), take(" "),
            let month = month(), take(" "), let year = number(digits: 4), take(" "),
            let seconds = timeOfDay(), take(" GMT")
        else { return nil }
        return date(year, month, day, seconds)
    }

    mutating func rfc850() -> HTTPDate? {
        guard weekday(abbreviated: false), take(", "), let day = number(digits: 2), take("-"),
            let month = month(), take("-"), let year = number(digits: 2), take(" "),
            let seconds = timeOfDay(), take(" GMT")
        else { return nil }
        return date(year < 70 ? 2000 + year : 1900 + year, month, day, seconds)
    }

    mutating func asctime() -> HTTPDate? {
        guard weekday(abbreviated: true), take(" "), let month = month(), take(" ") else {
            return nil
        }
        let isPadded = take(" ")
        guard let day = number(digits: isPadded ? 1 : 2), take(" "),
            let seconds = timeOfDay(), take(" "), let year = number(digits: 4)
        else { return nil }
        return date(year, month, day, seconds)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let end = index + text.utf8.count
        guard end <= bytes.count, text.equals(bytes.part(index..<end)) else { return false }
        index = end
        return true
    }

    private mutating func number(digits: Int) -> Int? {
        guard index + digits <= bytes.count,
            let value = bytes.part(index..<(index + digits)).decimalValue
        else { return nil }
        index += digits
        return value
    }

    private mutating func weekday(abbreviated: Bool) -> Bool {
        for name in HTTPDate.weekdays {
            let end = index + (abbreviated ? 3 : name.utf8.count)
            if end <= bytes.count, name.utf8.part(0..<(end - index)).equals(bytes.part(index..<end))
            {
                index = end
                return true
            }
        }
        return false
    }

    private mutating func month() -> Int? {
        HTTPDate.months.firstIndex { take($0) }.map { $0 + 1 }
    }

    /// `hh:mm:ss` as seconds; a leap second counts as the second before it.
    private mutating func timeOfDay() -> Int? {
        guard let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60, take(":"),
            let second = number(digits: 2), second <= 60
        else { return nil }
        return hour * 3_600 + minute * 60 + min(second, 59)
    }

    private func date(_ year: Int, _ month: Int, _ day: Int, _ seconds: Int) -> HTTPDate? {
        CivilDate.daysSinceEpoch(year: year, month: month, day: day).map {
            HTTPDate(secondsSinceEpoch: Int64($0 * 86_400 + seconds))
        }
    }
}

import Domain

/// The names of the domain's values: money, time, places, states and reasons.
package struct ValueTexts: TextGroup {
    let voice: Voice
}

// MARK: - Numbers and money

extension ValueTexts {
    func number(_ number: Int) -> String { mark(NumberFormat(voice.language).integer(number)) }

    func money(_ money: Money) -> String { mark(NumberFormat(voice.language).money(money)) }

    /// Amounts of several currencies, none of which may be added to another.
    func money(_ amounts: [Money]) -> String {
        amounts.map { money($0) }.joined(separator: " + ")
    }

    /// Both ends of a range, without the time it is for.
    func span(_ range: SalaryRange) -> String {
        mark(NumberFormat(voice.language).span(range))
    }

    func salary(_ range: SalaryRange) -> String {
        let span = NumberFormat(voice.language).span(range)
        return switch range.period {
        case .hour: say("\(span) per hour", "\(span) pe oră")
        case .day: say("\(span) per day", "\(span) pe zi")
        case .month: say("\(span) per month", "\(span) pe lună")
        case .year: say("\(span) per year", "\(span) pe an")
        }
    }

    func salaryPeriod(_ period: SalaryPeriod) -> String {
        switch period {
        case .hour: say("per hour", "pe oră")
        case .day: say("per day", "pe zi")
        case .month: say("per month", "pe lună")
        case .year: say("per year", "pe an")
        }
    }

    func percent(_ percent: Percent) -> String { mark("\(percent.value)%") }

    /// A rate of tax: `21%`, or `8.5%` with the sign of the language.
    func rate(_ rate: VATRate) -> String {
        let (whole, rest) = rate.basisPoints.quotientAndRemainder(dividingBy: 100)
        guard rest != 0 else { return mark("\(whole)%") }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return say("\(whole).\(digits)%", "\(whole),\(digits)%")
    }

    /// An account in groups of four, as it is printed.
    func iban(_ iban: IBAN) -> String { mark(iban.description) }

    /// As much of an account as one knows one's own by.
    func masked(_ iban: IBAN) -> String { mark(iban.masked) }

    private func mark(_ text: String) -> String { voice.choose({ text }, { text }) }
}

// MARK: - Time

extension ValueTexts {
    /// `12 March 2026` or `12 martie 2026`.
    func date(_ date: CalendarDate) -> String {
        let (year, month, day) = date.civil
        return voice.choose(
            { "\(day) \(Self.englishMonths[month - 1]) \(year)" },
            { "\(day) \(Self.romanianMonths[month - 1]) \(year)" })
    }

    /// `March 2026` or `martie 2026`.
    func month(_ month: CalendarMonth) -> String {
        voice.choose(
            { "\(Self.englishMonths[month.month - 1]) \(month.year)" },
            { "\(Self.romanianMonths[month.month - 1]) \(month.year)" })
    }

    /// A moment in Romanian time, to the minute.
    func dateTime(_ instant: Instant) -> String {
        let zoned = ZonedTime(instant)
        let time =
            "\(zoned.hour < 10 ? "0" : "")\(zoned.hour):"
            + "\(zoned.minute < 10 ? "0" : "")\(zoned.minute)"
        return date(zoned.date) + ", " + mark(time)
    }

    /// A day for programs that read the page.
    func machineDate(_ date: CalendarDate) -> String {
        NumberFormat(voice.language).machineDate(date)
    }

    func days(_ number: Int) -> String {
        count(number, ("day", "days"), ("zi", "zile", "de zile"))
    }

    /// How far a day is from today.
    func distance(to date: CalendarDate, from today: CalendarDate) -> String {
        let distance = date.days(since: today)
        return switch distance {
        case 0: say("today", "astăzi")
        case 1: say("tomorrow", "mâine")
        case -1: say("yesterday", "ieri")
        // Joined, not interpolated: every row of a list has one, and a short text joined of short
        // texts needs no memory.
        case 2...: say("in " + days(distance), "peste " + days(distance))
        default: say(days(-distance) + " ago", "acum " + days(-distance))
        }
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let romanianMonths = [
        "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
        "septembrie", "octombrie", "noiembrie", "decembrie",
    ]
}

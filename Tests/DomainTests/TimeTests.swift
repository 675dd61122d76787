import Testing

@testable import Domain

@Suite struct `Days and moments` {
    @Test(arguments: [
        ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2026-11-22", 20_779, 7),
        ("1969-12-31", -1, 3), ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5),
    ])
    func `a day is its number`(text: String, days: Int, weekday: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect(Int(date.daysSinceEpoch) == days)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1", "26-04-01",
        "2026-04-01 ", "+026-04-01", "", "1900-02-29", "2026/04/01",
    ])
    func `a day that the calendar has not is none`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `every day of eight centuries comes back`() {
        for days in Int32(-146_097)...Int32(146_097) {
            let date = CalendarDate(daysSinceEpoch: days)
            let (year, month, day) = date.civil
            if CalendarDate(year: year, month: month, day: day) != date {
                Issue.record("\(date)")
                return
            }
        }
    }

    @Test func `adding days goes over the end of a leap year's February`() throws {
        let start = try #require(CalendarDate("2028-01-31"))
        #expect(start.adding(days: 30).description == "2028-03-01")
        #expect(start.adding(days: 60).days(since: start) == 60)
        #expect(start.adding(days: .max) > start)
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (1_795_338_123_456_789, "2026-11-22T09:02:03Z"),
        (-1, "1969-12-31T23:59:59Z"),
    ])
    func `a moment is written in UTC`(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).rfc3339 == text)
    }
}

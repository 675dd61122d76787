import Domain
import Testing

@testable import Site

@Suite struct PagesFormatTests {
    private let english = Texts(.english).value
    private let romanian = Texts(.romanian).value

    @Test(arguments: [
        (Money.euros(500), "500 EUR", "500 EUR"),
        (Money(minorUnits: 123_450, currency: .eur), "1,234.50 EUR", "1.234,50 EUR"),
        (Money(minorUnits: 5, currency: .ron), "0.05 RON", "0,05 RON"),
        (Money(minorUnits: -250_00, currency: .eur), "−250 EUR", "−250 EUR"),
        (Money(minorUnits: 1_000_000_00, currency: .ron), "1,000,000 RON", "1.000.000 RON"),
        (
            Money(minorUnits: .min, currency: .eur), "−92,233,720,368,547,758.08 EUR",
            "−92.233.720.368.547.758,08 EUR"
        ),
    ])
    func `money is grouped as the language does`(
        money: Money, inEnglish: String, inRomanian: String
    ) {
        #expect(english.money(money) == inEnglish)
        #expect(romanian.money(money) == inRomanian)
    }

    @Test func `amounts of several currencies are never added`() {
        #expect(english.money([.euros(250), .lei(1_200)]) == "250 EUR + 1,200 RON")
    }

    @Test func `a salary says its span, currency and time`() {
        let range = SalaryRange(storedMin: 150_000, max: 220_050, currency: .eur, period: .month)
        let single = SalaryRange(storedMin: 2_500, max: 2_500, currency: .ron, period: .hour)

        #expect(english.salary(range) == "1,500–2,200.50 EUR per month")
        #expect(romanian.salary(range) == "1.500–2.200,50 EUR pe lună")
        #expect(romanian.salary(single) == "25 RON pe oră")
    }

    @Test(arguments: [
        (0, "0 zile"), (1, "1 zi"), (2, "2 zile"), (19, "19 zile"), (20, "20 de zile"),
        (100, "100 de zile"), (101, "101 zile"), (119, "119 zile"), (120, "120 de zile"),
        (1_001, "1.001 zile"),
    ])
    func `Romanian counts in three forms`(number: Int, expected: String) {
        #expect(romanian.days(number) == expected)
    }

    @Test func `English counts in two forms`() {
        #expect([0, 1, 2].map(english.days) == ["0 days", "1 day", "2 days"])
    }

    @Test func `a day is told from today`() {
        let today = PagesSamples.today
        let words = [-30, -1, 0, 1, 12].map { days in
            english.distance(to: today.adding(days: days), from: today)
        }

        #expect(words == ["30 days ago", "yesterday", "today", "tomorrow", "in 12 days"])
        #expect(romanian.distance(to: today.adding(days: 12), from: today) == "peste 12 zile")
        #expect(romanian.distance(to: today.adding(days: -30), from: today) == "acum 30 de zile")
    }

    @Test(arguments: [
        // The last Sunday of March and of October 2026 at 01:00 UTC, and a second before.
        ("2026-03-29", 3_599, "29 March 2026, 02:59"),
        ("2026-03-29", 3_600, "29 March 2026, 04:00"),
        ("2026-10-25", 3_599, "25 October 2026, 03:59"),
        ("2026-10-25", 3_600, "25 October 2026, 03:00"),
        ("2026-12-31", 82_800, "1 January 2027, 01:00"),
    ])
    func `a moment is told in Romanian time`(day: String, seconds: Int, expected: String) throws {
        let date = try #require(CalendarDate(day))

        #expect(english.dateTime(Instant(date).adding(seconds: seconds)) == expected)
    }

    @Test func `a date names its month`() throws {
        let date = try #require(CalendarDate("2026-03-02"))

        #expect(english.date(date) == "2 March 2026")
        #expect(romanian.date(date) == "2 martie 2026")
        #expect(english.machineDate(date) == "2026-03-02")
    }

    @Test func `countries stand in the order of their names`() {
        #expect(english.countries.map(\.name).prefix(2) == ["Austria", "Belgium"])
        #expect(romanian.countries.last?.name == "Ungaria")
        #expect(romanian.country(CountryCode(stored: "XX")) == "XX")
        #expect(romanian.country(CountryCode(stored: "")) == "")
    }
}

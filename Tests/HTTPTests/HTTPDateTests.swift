import Testing

@testable import HTTP

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
    ])
    func `a date is written and read in the preferred form`(seconds: Int64, text: String) {
        #expect(HTTPDate(secondsSinceEpoch: seconds).description == text)
        #expect(HTTPDate(text)?.secondsSinceEpoch == seconds)
    }

    @Test func `every day of four centuries survives writing and reading`() {
        for day in stride(from: -73_000 as Int64, to: 73_100, by: 1) {
            let date = HTTPDate(secondsSinceEpoch: day * 86_400 + 3_723)
            if HTTPDate(date.description) != date {
                Issue.record("\(date)")
                return
            }
        }
    }

    @Test(arguments: [
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Wednesday, 01-Jan-20 00:00:00 GMT", 1_577_836_800),
        ("Wed Jan 15 00:00:00 2020", 1_579_046_400),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_799),
    ])
    func `the obsolete forms and leap seconds are read`(text: String, seconds: Int64) {
        #expect(HTTPDate(text)?.secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        "", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun,06 Nov 1994 08:49:37 GMT ",
        "Sun, 6 Nov 1994 08:49:37 GMT0", "Sun, 06 nov 1994 08:49:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994 ", "Sun, 29 Feb 2100 00:00:00 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT",
    ])
    func `anything else is not a date`(text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test func `the date line changes with the second only`() {
        var line = DateLine(secondsSinceEpoch: 0)
        line.update(secondsSinceEpoch: 784_111_777)

        #expect(
            String(decoding: line.bytes, as: UTF8.self)
                == "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
    }
}

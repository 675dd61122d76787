import Testing

@testable import HTTP

@Suite struct FormDataTests {
    @Test(arguments: [
        ("", []),
        ("a=1", ["a", "1"]),
        ("a=1&b=2&a=3", ["a", "1", "b", "2", "a", "3"]),
        ("a", ["a", ""]),
        ("a=", ["a", ""]),
        ("=1", ["", "1"]),
        ("&&a=1&", ["a", "1"]),
        ("a=b=c", ["a", "b=c"]),
        ("full+name=Ana+Pop%2B&x=%C8%99", ["full name", "Ana Pop+", "x", "\u{219}"]),
        ("text=a%0D%0Ab", ["text", "a\r\nb"]),
    ])
    func `URL-encoded content is read`(text: String, expected: [String]) throws {
        let form = try FormData(urlEncoded: Array(text.utf8))

        #expect(form.fields.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test func `fields are found by name`() throws {
        let form = try FormData(urlEncoded: Array("a=1&b=2&a=3".utf8))

        #expect(form["a"] == "1")
        #expect(form["c"] == nil)
        #expect(form.values(of: "a") == ["1", "3"])
    }

    @Test(arguments: [
        ("a=%", FormError.encoding), ("a=%4", .encoding), ("a=%zz", .encoding),
        ("%=1", .encoding), ("a=%00", .text), ("a=\0", .text), ("a=%ff", .text),
        ("a=%c3", .text), ("%c0%af=1", .text),
    ])
    func `what is not text is refused`(text: String, error: FormError) {
        #expect(throws: error) { try FormData(urlEncoded: Array(text.utf8)) }
    }

    @Test func `the number of fields is bounded`() throws {
        let three = Array("a=1&b=2&c=3".utf8)

        #expect(try FormData(urlEncoded: three, fieldsMax: 3).fields.count == 3)
        #expect(throws: FormError.tooManyFields) {
            try FormData(urlEncoded: three, fieldsMax: 2)
        }
    }

    @Test func `a request's content must be of the type`() throws {
        let type = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8"
        let body = Array("a=1".utf8)

        let form = try FormData(Request(head: try head(fields: [type]), body: body))

        #expect(form["a"] == "1")
        #expect(throws: FormError.contentType) {
            try FormData(Request(head: try head(fields: []), body: body))
        }
    }
}

@Suite struct QueryStringTests {
    @Test func `a query is read leniently`() throws {
        let target = try head(fields: [], target: "/?page=2&q=ios+dev%21&bad=50%&n=%00&u=%ff")
            .target
        let query = QueryString(target)

        #expect(query["page"] == "2")
        #expect(query["q"] == "ios dev!")
        #expect(query["bad"] == "50%")
        #expect(query["n"] == "\u{FFFD}")
        #expect(query["u"] == "\u{FFFD}")
        #expect(query["x"] == nil)
    }

    @Test func `a query is written so that it is read the same`() {
        let fields = [("q", "a&b=c d/\u{219}"), ("q", "50%")]

        let query = QueryString(QueryString.encoded(fields.map { (name: $0.0, value: $0.1) }))

        #expect(query.values(of: "q") == ["a&b=c d/\u{219}", "50%"])
    }

    @Test func `no more than a hundred pairs are read`() {
        let query = QueryString(String(repeating: "a=1&", count: 1_000))

        #expect(query.fields.count == 100)
    }
}

@Suite struct PercentCodingTests {
    @Test func `text is escaped and comes back`() {
        let text = "a/b c%\u{219}~-._"

        #expect(PercentCoding.encoded(text) == "a%2Fb%20c%25%C8%99~-._")
        #expect(PercentCoding.decoded(PercentCoding.encoded(text)) == text)
    }

    @Test(arguments: ["%", "%1", "%gg", "%00", "%0a", "%ff", "%c3"])
    func `what no text escapes to is refused`(text: String) {
        #expect(PercentCoding.decoded(text) == nil)
    }
}

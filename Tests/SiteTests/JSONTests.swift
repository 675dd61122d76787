import Domain
import Testing

@testable import Site

@Suite struct JSONTests {
    @Test func `what is written can be read again`() throws {
        var json = JSONWriter()
        json.object { json in
            json.member("text", "a\"b\\c\n\u{1}ț\u{1F600}")
            json.member("number", -12)
            json.member("flag", true)
            json.member("nothing", String?.none)
            json.name("list")
            json.list([1, 2]) { json, number in json.number(number) }
            json.member("money", Money.euros(500))
        }

        let value = try JSONValue(json.finish())

        #expect(value["text"] == .text("a\"b\\c\n\u{1}ț\u{1F600}"))
        #expect(value["number"] == .integer(-12))
        #expect(value["flag"] == .flag(true))
        #expect(value["nothing"] == .null)
        #expect(value["list"] == .list([.integer(1), .integer(2)]))
        #expect(value["money"]?["minor_units"] == .integer(50_000))
    }

    @Test func `any text comes back as it went in`() throws {
        let letters: [Character] = [
            "a", "\"", "\\", "\n", "\u{1F}", "ț", "\u{1F600}", " ", "\u{7F}",
        ]
        var generator = SystemRandomNumberGenerator()
        for length in 0..<200 {
            let text = String(
                (0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" })
            var json = JSONWriter()
            json.text(text)
            #expect(try JSONValue(json.finish()) == .text(text))
        }
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "1.", "-", "+1", "1e", "nul",
        "\"\\x\"", "\"\\ud800\"", "\"\\u0000\"", "\"a", "[1 2]", "{} {}", "\"\u{1}\"", "NaN",
        "\u{FEFF}{}",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONValue.Malformation.self) { try JSONValue(Array(text.utf8)) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONValue.Malformation.self) {
            try JSONValue([0x22, 0xFF, 0x22])
        }
    }

    @Test func `a name that comes twice is refused`() {
        #expect(throws: JSONValue.Malformation.duplicateName("a")) {
            try JSONValue(Array("{\"a\":1,\"a\":2}".utf8))
        }
    }

    @Test func `depth is bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONValue.Malformation.tooDeep) { try JSONValue(Array(deep.utf8)) }
    }

    @Test func `a pair of surrogates is one letter`() throws {
        #expect(try JSONValue(Array("\"\\ud83d\\ude00\"".utf8)) == .text("\u{1F600}"))
    }
}

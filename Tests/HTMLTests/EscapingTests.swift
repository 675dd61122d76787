import HTML
import Testing

@Suite struct EscapingTests {
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='alert(1)",
        "</textarea><script>1</script>", "</title><b>", "a&b;&lt;", "<!--", "-->", "]]>",
        "\u{0}\u{0}<b>", "12345678<", "1234567&", "123456\"89", "șțăâî<șțăâî>șțăâî",
    ]

    private func markup(_ write: (inout HTMLPrinter) -> Void) -> String {
        var html = HTMLPrinter(capacity: 64)
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    /// What a browser reads back from escaped text.
    private func unescaped(_ text: Substring) -> String {
        var result = ""
        var rest = text
        let references = [
            ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
        ]
        while let character = rest.first {
            if let match = references.first(where: { rest.hasPrefix($0.0) }) {
                result += match.1
                rest = rest.dropFirst(match.0.count)
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    @Test(arguments: hostile)
    func `hostile text stays text inside an element`(_ text: String) {
        let page = markup { html in html(.p, text: text) }

        let inner = page.dropFirst(3).dropLast(4)
        #expect(!inner.contains("<") && !inner.contains(">"))
        #expect(unescaped(inner) == text.replacing("\u{0}", with: "\u{FFFD}"))
    }

    @Test(arguments: hostile)
    func `hostile text stays inside its quoted attribute`(_ text: String) {
        let page = markup { html in html(.input, .value(text), .name("x")) }

        #expect(page.hasPrefix("<input value=\""))
        let value = page.dropFirst(14).prefix { $0 != "\"" }
        #expect(page.dropFirst(14 + value.count) == "\" name=\"x\">")
        #expect(unescaped(value) == text.replacing("\u{0}", with: "\u{FFFD}"))
    }

    @Test(arguments: hostile)
    func `a text area gives back what was typed`(_ text: String) {
        let page = markup { html in html.textArea([.name("x")], text: text) }

        #expect(page.hasPrefix("<textarea name=\"x\">\n"))
        #expect(page.hasSuffix("</textarea>"))
        #expect(!page.dropFirst(20).dropLast(11).contains("<"))
    }

    @Test func `each special byte is escaped at every position of a long text`() {
        for special in ["&", "<", ">", "\"", "'"] {
            for position in 0..<40 {
                let text =
                    String(repeating: "a", count: position) + special
                    + String(repeating: "b", count: 40 - position)

                let inner = markup { html in html.text(text) }

                #expect(unescaped(inner[...]) == text)
                #expect(!inner.dropFirst(position).hasPrefix(special) || special == "&")
            }
        }
    }

    @Test func `each special byte is found at every position of a text of every length`() {
        for length in 1...26 {
            let clean = String(repeating: "a", count: length)
            #expect(markup { html in html.text(clean) } == clean)
            for position in 0..<length {
                let text = clean.prefix(position) + "<" + clean.dropFirst(position + 1)

                #expect(
                    markup { html in html.text(String(text)) }
                        == clean.prefix(position) + "&lt;" + clean.dropFirst(position + 1))
            }
        }
    }

    @Test func `no other byte is changed`() {
        let harmless = (1...255).filter { ![0x22, 0x26, 0x27, 0x3C, 0x3E].contains($0) }
        let text = String(String.UnicodeScalarView(harmless.compactMap(Unicode.Scalar.init)))

        #expect(markup { html in html.text(text) } == text)
    }

    @Test func `linked data cannot end its script element`() {
        let page = markup { html in
            html.linkedData { json in
                json.member("title", "</script><script>alert(1)</script>")
                json.member("place") { place in place.member("name", "a\"\\\n\u{1}\u{1F}<!--&") }
                json.member("none", nil)
                json.member("value", hundredths: 123_450)
                json.member("direct", true)
            }
        }

        #expect(
            page == """
                <script type="application/ld+json">{\
                "title":"\\u003C/script\\u003E\\u003Cscript\\u003Ealert(1)\\u003C/script\\u003E",\
                "place":{"name":"a\\"\\\\\\n\\u0001\\u001F\\u003C!--\\u0026"},\
                "value":1234.50,"direct":true}</script>
                """)
    }
}

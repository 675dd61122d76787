import HTML
import Testing

@Suite struct HTMLTemplateTests {
    private let row = HTMLTemplate { html in
        html(.li) { html in
            html(.a, .href(.slot), text: .slot)
            html(.time, .dateTime(.slot), text: "fixed & escaped")
        }
    }

    private func written(_ address: URLReference, _ texts: [String]) -> String {
        var html = HTMLPrinter()
        html.insert(row) { _ in
            address
        } text: { html, slot in
            html.text(texts[slot - 1])
        }
        return String(decoding: html.bytes, as: UTF8.self)
    }

    @Test func `values stand where the slots were`() {
        let expected =
            #"<li><a href="/jobs/7">Cook</a>"#
            + #"<time datetime="2026-11-23">fixed &amp; escaped</time></li>"#
        #expect(written(URLReference(path: "/jobs/7"), ["Cook", "2026-11-23"]) == expected)
    }

    @Test(arguments: [#"<b>"#, #"" onclick="x"#, "'", "&amp;", "\u{0}"])
    func `no value can end its slot`(_ value: String) {
        var element = HTMLPrinter()
        element(.li) { html in
            html(.a, .href(URLReference(path: value)), text: value)
            html(.time, .dateTime(value), text: "fixed & escaped")
        }
        #expect(
            written(URLReference(path: value), [value, value])
                == String(decoding: element.bytes, as: UTF8.self))
    }

    @Test func `a slot's mark in a value is a character like any other`() {
        #expect(written(URLReference(path: "/"), [.slot, "x"]).contains(">\u{1}</a>"))
    }

    @Test func `a template without slots is a fragment`() {
        var html = HTMLPrinter()
        html.insert(HTMLTemplate { html in html(.p, text: "same") }) { _, _ in }
        #expect(String(decoding: html.bytes, as: UTF8.self) == "<p>same</p>")
    }
}

import HTML
import Testing

@Suite struct HTMLPrinterTests {
    private func markup(_ write: (inout HTMLPrinter) -> Void) -> String {
        var html = HTMLPrinter(capacity: 1)
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    @Test func `elements nest and attributes are written in order`() {
        let page = markup { html in
            html(.ul, .class("cards"), .id("list")) { html in
                html(.li, .class("card")) { html in
                    html(.a, .href(URLReference(path: "/jobs/1")), text: "One & only")
                    html.text(-1_234_567_890)
                }
                html(.br)
            }
        }

        #expect(
            page == """
                <ul class="cards" id="list"><li class="card">\
                <a href="/jobs/1">One &amp; only</a>-1234567890</li><br></ul>
                """)
    }

    @Test func `boolean attributes are written only when they are on`() {
        let page = markup { html in
            html(
                .input, .type("email"), .required(), .disabled(false), .ariaInvalid(false),
                .when(true, .maxLength(80)), .when(false, .id("x")), .absent)
        }

        #expect(page == "<input type=\"email\" required maxlength=\"80\">")
    }

    @Test func `every attribute of the closed list has a name`() {
        let url = URLReference(path: "/")
        let attributes: [Attribute] = [
            .class("v"), .id("v"), .lang("v"), .title("v"), .role("v"), .tabIndex(1), .hidden(),
            .dataCopy("v"), .dataDone("v"), .href(url), .src(url), .rel("v"), .hrefLang("v"),
            .alt("v"), .width(1), .height(1), .viewBox("v"), .dateTime("v"), .charset("v"),
            .media("v"), .content("v"), .contentURL(url), .property("v"), .download, .action(url),
            .formAction(url), .method(.post), .multipart, .noValidate, .type("v"), .name("v"),
            .value("v"), .numericValue(1), .for("v"), .placeholder("v"), .autocomplete("v"),
            .inputMode("v"), .pattern("v"), .accept("v"), .min("v"), .max("v"), .step("v"),
            .minLength(1), .maxLength(1), .rows(1), .list("v"), .spellCheck(false), .open(),
            .required(), .checked(), .selected(), .disabled(), .readOnly(), .scope(.column),
            .columnSpan(2), .ariaLabel("v"), .ariaLabelledBy("v"), .ariaDescribedBy("v"),
            .ariaCurrent("v"), .ariaInvalid(), .ariaHidden, .ariaLive("v"),
        ]

        for attribute in attributes {
            let page = markup { html in html(.div, attribute, text: "") }
            #expect(page.wholeMatch(of: /<div [a-zB-]+(="[^"]+")?><\/div>/) != nil, "\(page)")
        }
    }

    @Test func `a document names its language`() {
        let page = markup { html in
            html.document(language: "ro") { html in html(.body, text: "ș") }
        }

        #expect(page == "<!DOCTYPE html>\n<html lang=\"ro\"><body>ș</body></html>\n")
    }

    @Test func `a fragment is put into another document as it is`() {
        var part = HTMLPrinter()
        part(.em, text: "<")

        let fragment = part.fragment
        #expect(markup { html in html.insert(fragment) } == "<em>&lt;</em>")
    }

    @Test func `a page far larger than its first capacity is complete`() {
        let text = String(repeating: "x<", count: 10_000)

        #expect(markup { html in html.text(text) }.utf8.count == 50_000)
    }

    @Test func `the smallest and largest numbers are written in full`() {
        #expect(markup { $0.text(Int.min) } == "-9223372036854775808")
        #expect(markup { $0.text(Int.max) } == "9223372036854775807")
        #expect(markup { $0.text(0) } == "0")
    }
}

import HTML
import Testing

@Suite struct URLReferenceTests {
    @Test(arguments: [
        ("/jobs/swift-dev", "/jobs/swift-dev"),
        ("jobs", "/jobs"),
        ("//evil.example/x", "/evil.example/x"),
        ("/\\evil.example", "/%5Cevil.example"),
        ("/jobs/a?b#c", "/jobs/a%3Fb%23c"),
        ("/jobs/a b\"<>'&", "/jobs/a%20b%22%3C%3E%27%26"),
        ("/r/%2e%2e", "/r/%252e%252e"),
        ("/șț", "/%C8%99%C8%9B"),
        ("javascript:alert(1)", "/javascript:alert(1)"),
    ])
    func `a path is percent-encoded and stays on the site`(path: String, expected: String) {
        #expect(URLReference(path: path).encoded == expected)
    }

    @Test func `query parameters are encoded by name and value`() {
        let url = URLReference(
            path: "/jobs", query: [("q", "a&b=c d+ș"), ("page", "2")], fragment: "top x")

        #expect(url.encoded == "/jobs?q=a%26b%3Dc%20d%2B%C8%99&page=2#top%20x")
    }

    @Test func `an encoded request target is kept but cannot leave the site`() {
        #expect(URLReference(target: "/jobs?q=a%20b&x=1").encoded == "/jobs?q=a%20b&x=1")
        #expect(URLReference(target: "//evil.example").encoded == "/evil.example")
        #expect(URLReference(target: "/a\r\nb\"").encoded == "/a%0D%0Ab%22")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JAVASCRIPT://x", "data:text/html,x", " https://a", "https:a",
        "https://", "https:///x", "//a.example", "/path", "", "vbscript:x", "java\nscript:x",
        "https:// x",
    ])
    func `only absolute web addresses are addresses of the web`(address: String) {
        #expect(URLReference(web: address) == nil)
    }

    @Test func `a web address keeps its parts and loses what cannot stand in a URL`() {
        let url = URLReference(web: "HTTPS://www.example.com/a b?x=1&y=\"<ș>#f")

        #expect(url?.encoded == "https://www.example.com/a%20b?x=1&y=%22%3C%C8%99%3E#f")
    }

    @Test func `an address cannot leave its attribute`() {
        var html = HTMLPrinter()
        html(.a, .href(URLReference(target: "/x'\"><script>&y")), text: "x")

        let page = String(decoding: html.bytes, as: UTF8.self)
        #expect(page == "<a href=\"/x&#39;%22%3E%3Cscript%3E&amp;y\">x</a>")
    }

    @Test func `mail and telephone links hold nothing else`() {
        #expect(
            URLReference.mail("a b@c.ro?subject=x").encoded == "mailto:a%20b@c.ro%3Fsubject%3Dx")
        #expect(URLReference.telephone("+40 (721) 1x").encoded == "tel:+407211")
        #expect(URLReference.fragment("a b\"").encoded == "#a%20b%22")
    }

    @Test func `a path becomes absolute on an origin`() {
        let url = URLReference(path: "/jobs/x").absolute(origin: "https://vouch.example")

        #expect(url.encoded == "https://vouch.example/jobs/x")
        #expect(URLReference(path: "/x").absolute(origin: "javascript:").encoded == "/x")
        #expect(URLReference(path: "/x").absolute(origin: "https://a\"b").encoded == "/x")
    }
}

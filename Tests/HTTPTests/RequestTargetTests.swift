import Testing

@testable import HTTP

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("/", "/"),
        ("/a/b-c_d.e~f", "/a/b-c_d.e~f"),
        ("/a//b/", "/a//b/"),
        ("/a%20b", "/a b"),
        ("/%C3%A9t%c3%a9", "/\u{E9}t\u{E9}"),
        ("/100%25", "/100%"),
        ("/.well-known/x", "/.well-known/x"),
        ("/a/..b/c..", "/a/..b/c.."),
        ("/...", "/..."),
        ("/a;b=c,d:e@f!$&'()*+=|[]", "/a;b=c,d:e@f!$&'()*+=|[]"),
    ])
    func `a path is decoded`(raw: String, decoded: String) throws {
        let head = try head(fields: [], target: raw + "?q=%2F")

        #expect(head.path == decoded)
        #expect(head.target.rawPath == raw)
        #expect(head.target.query == "q=%2F")
        #expect(head.target.withPathBytes { Array($0) } == Array(decoded.utf8))
    }

    @Test(arguments: [
        "/%", "/%2", "/%zz", "/a%2fb", "/a%2Fb", "/a%5Cb", "/a%00b", "/a%0d%0ab", "/%7f",
        "/%ff", "/%c3", "/%c0%af", "/%ed%a0%80", "/a/../b", "/..", "/.", "/a/./b", "/a/..",
        "/%2e%2e/etc/passwd", "/.%2e/a", "/a/%2E",
    ])
    func `a path that could be read in two ways is refused`(raw: String) {
        let error = parseEveryWay("GET \(raw) HTTP/1.1\r\nHost: a\r\n\r\n").error

        #expect(error == .pathEncoding)
    }

    @Test(arguments: [
        "a", "a/b", "//\\evil", "/a\\b", "/a#b", "/a?b#c", "/a\"b", "/<a>", "/a{b}", "/a`b", "/a^b",
        "/caf\u{E9}", "/a\u{1}b", "*", "http://", "http:///a", "http://user@a/", "ftp://a/",
        "http:/a", "http://a b/", "a:80", "?", "/a?\u{E9}",
    ])
    func `a malformed target is refused`(raw: String) {
        let error = parseEveryWay("GET \(raw) HTTP/1.1\r\nHost: a\r\n\r\n").error

        #expect(error == .target)
    }

    @Test(arguments: [
        ("http://Other.Example:81/a%20b?q=1", "/a b", "q=1", "other.example"),
        ("HTTPS://x", "/", nil, "x"),
        ("http://x?q", "/", "q", "x"),
        ("http://[::1]:80/", "/", nil, "[::1]"),
    ])
    func `an absolute target overrides Host`(
        raw: String, path: String, query: String?, host: String
    ) throws {
        let head = try head(fields: [], target: raw)

        #expect(head.target.form == .absolute)
        #expect(head.path == path)
        #expect(head.target.query == query)
        #expect(head.host == host)
        #expect(head.target.text == raw)
    }

    @Test func `an absolute target does not make Host superfluous`() {
        #expect(parseEveryWay("GET http://a/ HTTP/1.1\r\n\r\n").error == .hostMissing)
    }

    @Test func `an asterisk is for OPTIONS only`() throws {
        let head = try head(fields: [], method: "OPTIONS", target: "*")

        #expect(head.target.form == .asterisk)
        #expect(head.path == "*")
    }

    @Test func `CONNECT has host and port and nothing else`() throws {
        let head = try head(fields: [], method: "CONNECT", target: "b.example:443")

        #expect(head.target.form == .authority)
        #expect(head.host == "b.example")
        #expect(head.path == "")
        for target in ["/", "b.example", "b.example:", "http://b.example:1/", "*", ":443"] {
            let text = "CONNECT \(target) HTTP/1.1\r\nHost: a\r\n\r\n"
            #expect(parseEveryWay(text).error == .target, "\(target)")
        }
    }

    @Test func `an empty query is not the same as none`() throws {
        #expect(try head(fields: [], target: "/a?").target.query == "")
        #expect(try head(fields: [], target: "/a").target.query == nil)
    }

    @Test func `a query may hold what browsers leave alone`() throws {
        let query = "a=b|c{d}^`[]\\?/:@'"

        #expect(try head(fields: [], target: "/?" + query).target.query == query)
    }
}

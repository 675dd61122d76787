import Testing

@testable import HTTP

@Suite struct NegotiationTests {
    @Test(arguments: [
        ("ro", "ro"), ("RO", "ro"), ("ro-MD,en;q=0.5", "ro"), ("fr, en;q=0.2", "en"),
        ("en;q=0.5, ro;q=0.8", "ro"), ("en, ro", "en"), ("*", "en"), ("fr, *;q=0.1", "en"),
        ("en;q=0, *", "ro"), ("ro;q=0.1, en;q=0.10", "ro"), ("de-DE, de;q=0.9", nil), ("", nil),
        ("en;q=2, ro;q=0.1", "ro"), ("en;q=x, ro;q=0.001", "ro"), ("en;q=0", nil),
        ("en-US,en;q=0.9,ro;q=0.8", "en"),
    ])
    func `the best language is chosen`(accepted: String, language: String?) throws {
        let head = try head(fields: ["Accept-Language: \(accepted)"])

        #expect(AcceptLanguage(head.fields).best(of: ["en", "ro"]) == language)
    }

    @Test func `a general language finds a regional one`() throws {
        let head = try head(fields: ["Accept-Language: en"])

        #expect(AcceptLanguage(head.fields).best(of: ["ro", "en-gb"]) == "en-gb")
    }

    @Test(arguments: [
        ("gzip, deflate, br, zstd", true), ("gzip, deflate", true), ("gzip", true),
        ("br, GZIP;q=0.5", true), ("*", true), ("gzip;q=0", false),
        ("gzip, deflate, gzip;q=0", true),
        ("*, gzip;q=0", false), ("br", false), ("", false), ("gzip, deflatex", true),
        ("identity, *;q=0", false),
    ])
    func `gzip is used if it is allowed`(accepted: String, allowed: Bool) throws {
        let head = try head(fields: ["Accept-Encoding: \(accepted)"])

        #expect(AcceptEncoding.allowsGzip(head.fields) == allowed)
    }

    @Test func `without the field no coding is used`() throws {
        #expect(try !AcceptEncoding.allowsGzip(head(fields: []).fields))
    }

    @Test(arguments: [
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"), ("application/*", "application/json"),
        ("*/*", "text/html"), ("text/html;q=0.5, application/json", "application/json"),
        ("image/png", nil), ("text/html;q=0, */*", "application/json"),
    ])
    func `the best type is chosen`(accepted: String, type: String?) throws {
        let head = try head(fields: ["Accept: \(accepted)"])

        #expect(AcceptTypes(head.fields).best(of: ["text/html", "application/json"]) == type)
    }

    @Test func `without Accept the favourite is chosen`() throws {
        let types = AcceptTypes(try head(fields: []).fields)

        #expect(types.best(of: ["text/html", "application/json"]) == "text/html")
    }

    @Test(arguments: [
        ("text/html", "text/html"), ("Text/HTML; charset=\"utf-8\"", "text/html"),
        ("text", nil), ("text/", nil), ("/html", nil), ("text/html; charset", nil),
        ("text/ht ml", nil), ("text/html; a=1; A=2", nil), ("text/html; a=\"1", nil),
        ("text/html;;", "text/html"), ("", nil),
    ])
    func `a content type is read`(text: String, essence: String?) {
        #expect(ContentType(text)?.essence == essence)
    }

    @Test func `a type's parameters and kinds are told`() {
        #expect(ContentType("text/html; Charset=\"a\\\"b\"")?.parameter("charset") == "a\"b")
        #expect(ContentType("application/problem+json")?.isJSON == true)
        #expect(ContentType("text/html")?.isJSON == false)
    }

    @Test func `a file's type follows from its extension`() {
        #expect(
            MediaTypes.contentType(ofFile: "a/b.min.CSS").description
                == "text/css; charset=utf-8")
        #expect(MediaTypes.contentType(ofFile: "README").description == "application/octet-stream")
        #expect(MediaTypes.isCompressible(MediaTypes.contentType(ofFile: "x.svg")))
        #expect(!MediaTypes.isCompressible(MediaTypes.contentType(ofFile: "x.png")))
    }

    @Test func `fields with lists are searched by token`() throws {
        let head = try head(fields: ["Cache-Control: max-age=0, No-Cache", "X: a,b"])

        #expect(head.fields.has(.cacheControl, token: "no-cache"))
        #expect(!head.fields.has(.cacheControl, token: "cache"))
        #expect(head.fields.has("X", token: "b"))
    }
}

@Suite struct PeerAddressTests {
    @Test(arguments: [
        ("127.0.0.1", PeerAddress.v4(0x7F00_0001)), ("::1", .v6(0, 1)),
        ("2001:db8::5", .v6(0x2001_0DB8_0000_0000, 5)), ("", nil), ("localhost", nil),
        ("1.2.3", nil), ("1.2.3.4:80", nil), ("[::1]", nil), ("1.2.3.4\0", nil),
    ])
    func `an address is read`(text: String, address: PeerAddress?) {
        #expect(PeerAddress(text) == address)
    }

    @Test func `limits count an IPv6 customer as one`() {
        let mapped = PeerAddress("::ffff:10.0.0.1")

        #expect(PeerAddress("2001:db8::5")?.prefix == PeerAddress("2001:db8::6")?.prefix)
        #expect(mapped?.prefix == .v4(0x0A00_0001))
    }

    @Test func `logs have no full address`() {
        #expect(PeerAddress("10.1.2.3")?.logged == "10.1.2.0/24")
        #expect(PeerAddress("2001:db8:a:b::5")?.logged == "2001:db8:a::/48")
    }

    @Test func `a request's id has sixteen digits`() throws {
        #expect(Request(head: try head(fields: []), number: 0xAB).id == "00000000000000ab")
    }
}

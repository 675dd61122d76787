import Testing

@testable import HTTP

@Suite struct CookiesTests {
    @Test(arguments: [
        (["a=1"], "1"), (["b=2; a=1"], "1"), (["b=2;a=1;"], "1"), (["a=\"1\""], "1"),
        (["a=1=2"], "1=2"), (["a="], ""), (["a=1; a=2"], "1"), (["b=2", "a=1"], "1"),
        (["xa=2; a=1"], "1"), (["a ; a=1"], "1"), (["a = 1 "], "1"),
    ])
    func `a cookie is found by its exact name`(lines: [String], value: String) throws {
        let head = try head(fields: lines.map { "Cookie: \($0)" })

        #expect(Cookies(head)["a"] == value)
    }

    @Test(arguments: [[], ["b=1"], ["A=1"], ["a"], ["a=1 2"], ["a=\u{E9}"], ["a=1,2; a=3"]])
    func `what is not there or malformed is nil`(lines: [String]) throws {
        let head = try head(fields: lines.map { "Cookie: \($0)" })

        #expect(Cookies(head)["a"] == nil)
    }

    @Test func `a cookie is set with safe defaults`() {
        var fields = ResponseFields()
        fields.add(SetCookie("session", "abc", secondsToLive: 3_600, isSecure: true))

        #expect(
            fields.first(.setCookie)
                == "session=abc; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax")
    }

    @Test func `a value cannot add attributes`() {
        let cookie = SetCookie("a", "1; Domain=evil\r\nX: 1", isSecure: false)

        #expect(
            String(decoding: cookie.bytes, as: UTF8.self)
                == "a=1%3B%20Domain=evil%0D%0AX:%201; Path=/; HttpOnly; SameSite=Lax")
    }

    @Test func `a cookie is removed by ending its life`() {
        let bytes = SetCookie.removing("a", isSecure: false).bytes

        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
    }
}

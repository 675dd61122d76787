import Domain
import HTTP
import Testing

@testable import Site

@Suite struct SessionTests {
    private let keys = TestKeys.keys("a secret of at least sixteen bytes")
    private let now = Instant(microseconds: 1_800_000_000_000_000)

    private func session(_ principal: Principal) -> Session {
        Session(id: SessionID(9), principal: principal, expiresAt: now.adding(days: 14))
    }

    @Test(arguments: [
        Principal.company(AccountID(1), CompanyID(2)), .affiliate(AccountID(3), AffiliateID(4)),
        .admin(AccountID(5)),
    ])
    func `a session comes back out of its cookie`(principal: Principal) throws {
        let cookie = SessionCookie(keys: keys, isSecure: false)
        let set = cookie.set(session(principal), now: now)

        let found = cookie.session(in: try head(cookies: [set]), now: now)

        #expect(found == session(principal))
    }

    @Test func `the cookie is out of reach of scripts and of other sites' forms`() {
        let plain = SessionCookie(keys: keys, isSecure: false).set(
            session(.admin(AccountID(1))), now: now)
        let secure = SessionCookie(keys: keys, isSecure: true).set(
            session(.admin(AccountID(1))), now: now)

        let text = String(decoding: plain.bytes, as: UTF8.self)
        #expect(text.hasPrefix("vouch-session="))
        #expect(text.contains("; HttpOnly") && text.contains("; SameSite=Lax"))
        let secureText = String(decoding: secure.bytes, as: UTF8.self)
        #expect(secureText.hasPrefix("__Host-vouch-session="))
        #expect(secureText.contains("; Secure") && secureText.contains("; Path=/;"))
    }

    @Test func `a cookie with one letter changed is worth nothing`() throws {
        let cookie = SessionCookie(keys: keys, isSecure: false)
        var set = cookie.set(session(.affiliate(AccountID(3), AffiliateID(4))), now: now)
        let genuine = set.value
        for index in genuine.indices {
            set.value = genuine
            let letter: Character = genuine[index] == "A" ? "B" : "A"
            set.value.replaceSubrange(index...index, with: String(letter))
            #expect(cookie.session(in: try head(cookies: [set]), now: now) == nil)
        }
    }

    @Test func `an expired cookie is worth nothing`() throws {
        let cookie = SessionCookie(keys: keys, isSecure: false)
        let set = cookie.set(session(.admin(AccountID(1))), now: now)
        let later = now.adding(days: 14)
        #expect(cookie.session(in: try head(cookies: [set]), now: later) == nil)
    }

    @Test func `an old key still verifies until it is removed`() throws {
        let old = "the old secret of the site"
        let new = "the new secret of the site"
        let set = SessionCookie(keys: TestKeys.keys(old), isSecure: false).set(
            session(.admin(AccountID(1))), now: now)
        let head = try head(cookies: [set])

        let rotated = SessionCookie(keys: TestKeys.keys(new, old), isSecure: false)
        let finished = SessionCookie(keys: TestKeys.keys(new), isSecure: false)

        #expect(rotated.session(in: head, now: now) != nil)
        #expect(finished.session(in: head, now: now) == nil)
    }

    @Test func `a signature for one purpose is worth nothing for another`() {
        let sealed = keys.seal([1, 2, 3], for: .visitor)
        #expect(keys.open(sealed.utf8, for: .visitor) == [1, 2, 3])
        #expect(keys.open(sealed.utf8, for: .session) == nil)
    }

    @Test func `short secrets are refused`() {
        #expect(SigningKeys([Array("short".utf8)]) == nil)
        #expect(SigningKeys([]) == nil)
    }

    private func head(cookies: [SetCookie]) throws -> RequestHead {
        let pairs = cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
        return try RequestHead.parsed("GET / HTTP/1.1\r\nHost: a\r\nCookie: \(pairs)\r\n\r\n")
    }
}

@Suite struct FormTokenTests {
    private let tokens = FormToken(
        keys: TestKeys.keys("a secret of at least sixteen bytes"), isSecure: false)

    @Test func `a token is accepted for what it was made for, and only there`() {
        let mine = FormToken.Binding.session(SessionID(1))
        let token = tokens.token(for: mine, .system)

        #expect(tokens.accepts(token, for: mine))
        #expect(!tokens.accepts(token, for: .session(SessionID(2))))
        #expect(!tokens.accepts(token, for: .visitor([UInt8](repeating: 0, count: 16))))
    }

    @Test func `two tokens of one session look different`() {
        let binding = FormToken.Binding.session(SessionID(1))
        #expect(tokens.token(for: binding, .system) != tokens.token(for: binding, .system))
    }

    @Test(arguments: ["", "x", "AAAA", String(repeating: "A", count: 43)])
    func `what is no token is refused`(text: String) {
        #expect(!tokens.accepts(text, for: .session(SessionID(1))))
    }

    @Test func `a visitor is known by a signed cookie`() throws {
        let (binding, cookie) = tokens.newVisitor(.system)
        let genuine = try RequestHead.parsed(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(cookie.name)=\(cookie.value)\r\n\r\n")
        let forged = try RequestHead.parsed(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(cookie.name)=AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n")

        #expect(tokens.binding(of: genuine, session: nil) == binding)
        #expect(tokens.binding(of: forged, session: nil) == nil)
    }
}

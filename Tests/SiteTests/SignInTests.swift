import Domain
import HTTP
import Testing

@testable import Site

@Suite struct SignInTests {
    @Test func `who signed up can sign in again and is led where they wanted to go`() async throws {
        try await withSite { site in
            try await Browser(site).signUpCompany()
            let browser = Browser(site)
            let sent = try await browser.get("/company/jobs?after=1_2")
            #expect(sent.location == "/sign-in?next=%2Fcompany%2Fjobs%3Fafter%3D1_2")

            let page = try await browser.get(try #require(sent.location))
            let answer = try await browser.post(
                "/sign-in",
                [
                    ("email", "FIRMA@example.com"), ("password", Browser.password),
                    ("next", try #require(page.hidden("next"))),
                ])

            #expect(answer.location == "/company/jobs?after=1_2")
            #expect(try await browser.get("/company").status == 200)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a b"])
    func `nobody is led to another site`(next: String) async throws {
        try await withSite { site in
            try await Browser(site).signUpCompany()
            let answer = try await Browser(site).post(
                "/sign-in",
                [("email", "firma@example.com"), ("password", Browser.password), ("next", next)])
            #expect(answer.location == "/company")
        }
    }

    @Test func `a wrong password and an unknown address are told the same`() async throws {
        try await withSite { site in
            try await Browser(site).signUpCompany()
            let browser = Browser(site)
            let wrong = try await browser.signIn("firma@example.com", "not the password")
            let unknown = try await browser.signIn("nobody@example.com", "not the password")

            #expect(wrong.status == 422)
            #expect(unknown.status == 422)
            #expect(!browser.isSignedIn)
            let strip = { (answer: Answer) in
                answer.text.replacing(answer.hidden("csrf") ?? "", with: "")
                    .replacing("firma@", with: "nobody@")
            }
            #expect(strip(wrong) == strip(unknown))
        }
    }

    @Test func `after ten tries an account rests, and the right password too`() async throws {
        try await withSite { site in
            try await Browser(site).signUpCompany()
            let browser = Browser(site)
            for _ in 0..<SignInPolicy.triesPerAccountMax {
                #expect(try await browser.signIn("firma@example.com", "wrong").status == 422)
            }
            let answer = try await browser.signIn("firma@example.com")
            #expect(answer.status == 429)
            #expect(Int(answer.fields.first("Retry-After") ?? "") ?? 0 > 0)
        }
    }

    @Test func `behind a proxy on this machine tries are counted by its clients`() async throws {
        let head = try RequestHead.parsed(
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9, 203.0.113.7\r\n\r\n")
        let proxied = Request(head: head, peer: .v4(0x7F00_0001))
        let direct = Request(head: head, peer: .v4(0x0102_0304))

        #expect(
            ClientAddress(proxied, trustsForwardedFor: false).address == PeerAddress("203.0.113.7"))
        #expect(ClientAddress(direct, trustsForwardedFor: false).address == .v4(0x0102_0304))
        #expect(
            ClientAddress(direct, trustsForwardedFor: true).address == PeerAddress("203.0.113.7"))
    }

    @Test func `an empty form says what is missing beside the field`() async throws {
        try await withSite { site in
            let answer = try await Browser(site).post(
                "/sign-in", [("email", ""), ("password", "")])
            #expect(answer.status == 422)
            #expect(answer.text.contains("id=\"field-email-error\""))
        }
    }

    @Test func `who signs out is out, with the old cookie too`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            let token = try await browser.token(on: "/company")
            let stolen = Browser(site)
            stolen.copyCookies(from: browser)

            let answer = try await browser.send(.form("/sign-out", [("csrf", token)]))

            #expect(answer.location == "/")
            #expect(!browser.isSignedIn)
            #expect(try await stolen.get("/company").location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test func `signing out everywhere ends the other browsers`() async throws {
        try await withSite { site in
            let first = Browser(site)
            try await first.signUpCompany()
            let second = Browser(site)
            try await second.signIn("firma@example.com")
            #expect(try await second.get("/company").status == 200)

            _ = try await first.post("/account/sign-out-everywhere", from: "/account")

            #expect(try await second.get("/company").status == 303)
        }
    }

    @Test func `a token is shown once and works until it is revoked`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            let key = try #require(
                try await browser.get("/account").hidden("idempotency_key"))
            let form = [("token_name", "CI"), ("idempotency_key", key)]
            let made = try await browser.post("/account/tokens", from: "/account", form)
            let start = try #require(made.text.firstRange(of: "vouch_"))
            let token = made.text[start.lowerBound...].prefix { $0 != "\"" && $0 != "<" }
            let again = try await browser.post("/account/tokens", from: "/account", form)
            #expect(again.text.contains(token))
            let ask = Ask.get("/api/v1/me").with("Authorization", "Bearer \(token)")
            #expect(try await site.send(ask).status == 200)
            let page = try await browser.get("/account")
            #expect(!page.text.contains(token))

            let revoke = try #require(page.text.firstMatch(of: /\/account\/tokens\/\d+\/revoke/))
            _ = try await browser.post(String(revoke.0), from: "/account")

            #expect(try await site.send(ask).status == 401)
            let revoked = try await browser.post("/account/tokens", from: "/account", form)
            #expect(revoked.status == 409)
            #expect(!revoked.text.contains(token))
        }
    }
}

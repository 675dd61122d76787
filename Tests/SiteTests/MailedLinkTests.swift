import Domain
import HTTP
import Testing

@testable import Site

/// What people do through links in mails, in a browser.
@Suite struct MailedLinkTests {
    @Test func `an address is confirmed by the button behind the link, not by looking at it`()
        async throws
    {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            #expect(try await browser.get("/affiliate").text.contains("/account/confirmation"))
            let token = try await site.mailed("account.confirm_address", to: "ana@example.com")

            for _ in 0..<2 { #expect(try await browser.get("/confirm/\(token)").status == 200) }
            #expect(try await browser.get("/affiliate").text.contains("/account/confirmation"))
            let form = try await browser.token(on: "/confirm/\(token)")
            for _ in 0..<2 {
                let answer = try await browser.send(.form("/confirm/\(token)", [("csrf", form)]))
                #expect(answer.location == "/affiliate")
            }

            #expect(!(try await browser.get("/affiliate").text.contains("/account/confirmation")))
            #expect(try await browser.get("/confirm/\(token)").status == 410)
        }
    }

    @Test func `a link is sent again five times in a day at most`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            for _ in 1..<MailedLinkPolicy.confirmationsMax {
                let answer = try await browser.post("/account/confirmation", from: "/account")
                #expect(answer.status == 303)
            }
            let answer = try await browser.post("/account/confirmation", from: "/account")
            #expect(answer.status == 429)
            let mails = try await site.mailCount(
                "account.confirm_address", to: "firma@example.com")
            #expect(mails == MailedLinkPolicy.confirmationsMax)
        }
    }

    @Test func `payout details wait for a confirmed address`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let details: [(name: String, value: String)] = [
                ("holder", "Ana Ionescu"), ("iban", "RO49 AAAA 1B31 0075 9384 0000"),
                ("country", "RO"), ("tax_id", "1234567"), ("password", Browser.password),
            ]
            let refused = try await browser.post("/affiliate/payouts", details)
            #expect(refused.status == 409)
            #expect(refused.text.contains("Confirm your e-mail address first"))
            try await browser.confirm()
            #expect(try await browser.post("/affiliate/payouts", details).status == 303)
        }
    }

    @Test func `a known and an unknown address are told the same`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let visitor = Browser(site)
            let known = try await visitor.post("/forgot", [("email", "ana@example.com")])
            let unknown = try await visitor.post("/forgot", [("email", "nobody@example.com")])

            #expect(known.status == 303)
            #expect(known.status == unknown.status)
            #expect(known.location == unknown.location)
            #expect(known.body == unknown.body)
            #expect(try await site.mailCount("account.password_reset", to: "ana@example.com") == 1)
            #expect(
                try await site.mailCount("account.password_reset", to: "nobody@example.com") == 0)
        }
    }

    @Test func `links to set a password are bounded for one who asks`() async throws {
        try await withSite { site in
            let visitor = Browser(site)
            for number in 0..<MailedLinkPolicy.resetsPerAddressMax {
                let answer = try await visitor.post("/forgot", [("email", "n\(number)@a.example")])
                #expect(answer.status == 303)
            }
            let answer = try await visitor.post("/forgot", [("email", "n@a.example")])
            #expect(answer.status == 429)
            #expect(try await visitor.post("/forgot", [("email", "ana@")]).status == 422)
        }
    }

    @Test func `a forgotten password is set by the link, and every browser is out`() async throws {
        try await withSite { site in
            let before = Browser(site)
            try await before.signUpAffiliate()
            let browser = Browser(site)
            _ = try await browser.post("/forgot", [("email", "Ana@Example.com")])
            let token = try await site.mailed("account.password_reset", to: "ana@example.com")
            let path = "/reset/\(token)"
            for bad in ["", "short", "1234567890", "ana@example.com1", "Ana Ionescu 12"] {
                let answer = try await browser.post(path, [("new_password", bad)])
                #expect(answer.status == 422, "\(bad)")
                #expect(answer.text.contains("id=\"field-new_password-error\""), "\(bad)")
            }
            let form = try await browser.token(on: path)
            let fields = [("csrf", form), ("new_password", "a wholly new sentence")]
            #expect(try await browser.send(.form(path, fields)).location == "/sign-in")
            #expect(try await browser.send(.form(path, fields)).status == 410)
            #expect(try await browser.get(path).status == 410)
            #expect(!browser.isSignedIn)
            #expect(try await before.get("/affiliate").status == 303)
            #expect(try await browser.signIn("ana@example.com").status == 422)
            let answer = try await browser.signIn("ana@example.com", "a wholly new sentence")
            #expect(answer.location == "/affiliate")
            let told = try await site.mailCount("account.password_changed", to: "ana@example.com")
            #expect(told == 1)
        }
    }

    @Test func `a link of another purpose, or of nobody, is not there`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let token = try await site.mailed("account.confirm_address", to: "ana@example.com")
            for path in ["/reset/\(token)", "/confirm/\(String(token.reversed()))", "/confirm/x"] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test func `the password is changed with the old one, and this browser stays`() async throws {
        try await withSite { site in
            let (browser, other) = (Browser(site), Browser(site))
            try await browser.signUpAffiliate()
            try await other.signIn("ana@example.com")
            let change = { (old: String, new: String) in
                try await browser.post(
                    "/account/password", from: "/account",
                    [("current_password", old), ("new_password", new)])
            }
            let wrong = try await change("not the password", "a wholly new sentence")
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("id=\"field-current_password-error\""))
            #expect(!wrong.text.contains("a wholly new sentence"))
            let weak = try await change(Browser.password, "short")
            #expect(weak.text.contains("id=\"field-new_password-error\""))

            let done = try await change(Browser.password, "a wholly new sentence")

            #expect(done.location == "/account")
            #expect(try await browser.get("/account").status == 200)
            #expect(try await other.get("/account").status == 303)
        }
    }

    @Test func `the address is changed with the password, at the new address first`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            try await browser.confirm()
            let change = { (email: String, password: String) in
                try await browser.post(
                    "/account/address", from: "/account",
                    [("email", email), ("password", password)])
            }
            #expect(try await change("new@example.com", "wrong password").status == 422)
            #expect(try await change("new@", Browser.password).status == 422)
            #expect(try await change("new@example.com", Browser.password).status == 303)
            let page = try await browser.get("/account").text
            #expect(page.contains("We mailed a link to new@example.com."))
            #expect(try await Browser(site).signIn("ana@example.com").status == 303)

            try await browser.confirm("new@example.com")

            #expect(try await Browser(site).signIn("ana@example.com").status == 422)
            #expect(try await Browser(site).signIn("new@example.com").status == 303)
            #expect(try await site.mailCount("account.address_changed", to: "ana@example.com") == 1)
        }
    }
}

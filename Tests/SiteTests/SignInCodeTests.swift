import Domain
import HTTP
import Store
import TestSupport
import Testing

@testable import Site

/// The second step of signing in.
@Suite struct SignInCodeTests {
    private static let path = "/sign-in/code"

    @Test(arguments: [-60, -30, 0, 30, 60])
    func `codes of the half minutes beside the present one are taken too`(
        seconds: Int
    ) async throws {
        try await withAdmin { _, browser in
            let answer = try await browser.post(
                Self.path, [("factor_code", TestFactor.code(in: seconds))])
            let isNear = abs(seconds) <= 30
            #expect(answer.location == (isNear ? "/admin" : nil))
            #expect(browser.isSignedIn == isNear)
        }
    }

    @Test func `the password alone opens nothing, and the way on is kept`() async throws {
        try await withAdmin { site, _ in
            let browser = Browser(site)
            let first = try await browser.post(
                "/sign-in",
                [
                    ("email", "admin@example.com"), ("password", Browser.password),
                    ("next", "/admin/payouts"),
                ])
            #expect(first.location == "/sign-in/code?next=%2Fadmin%2Fpayouts")
            #expect(!browser.isSignedIn)
            #expect(try await browser.get("/admin").location == "/sign-in?next=%2Fadmin")
            let page = try await browser.get(try #require(first.location))
            let answer = try await browser.post(
                Self.path,
                [
                    ("factor_code", spaced(TestFactor.code())),
                    ("next", try #require(page.hidden("next"))),
                ])
            #expect(answer.location == "/admin/payouts")
            #expect(try await browser.get("/admin/payouts").status == 200)
        }
    }

    @Test func `a code counts once, and none before it counts any more`() async throws {
        try await withAdmin { site, browser in
            _ = try await browser.post(Self.path, [("factor_code", TestFactor.code())])
            #expect(browser.isSignedIn)
            for seconds in [0, -30] {
                let other = Browser(site)
                try await other.signIn("admin@example.com")
                let answer = try await other.post(
                    Self.path, [("factor_code", TestFactor.code(in: seconds))])
                #expect(answer.status == 422)
                #expect(!other.isSignedIn)
            }
        }
    }

    @Test func `the same code from sixteen windows at once lets one in`() async throws {
        try await withAdmin { site, browser in
            let token = try await browser.token(on: Self.path)
            // Each account has five tries; these all come at once.
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    let window = Browser(site)
                    window.copyCookies(from: browser)
                    let ask = window.asking(
                        .form(Self.path, [("csrf", token), ("factor_code", TestFactor.code())]))
                    group.addTask { try await site.send(ask).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 == 303 } == 1)
            #expect(answers.allSatisfy { [303, 422, 429].contains($0) })
        }
    }

    @Test func `after five wrong codes the right one rests too`() async throws {
        try await withAdmin { site, browser in
            for _ in 0..<FactorPolicy.triesMax {
                let answer = try await browser.post(Self.path, [("factor_code", "123456")])
                #expect(answer.status == 422)
                #expect(answer.text.contains("id=\"field-factor_code-error\""))
            }
            let answer = try await browser.post(
                Self.path, [("factor_code", TestFactor.code())])
            #expect(answer.status == 429)
            let seconds = Int(answer.fields.first("Retry-After") ?? "") ?? 0
            #expect((1...FactorPolicy.windowSeconds).contains(seconds))
            let account = try await site.account("admin@example.com").id
            let later = TestSite.now.adding(seconds: FactorPolicy.windowSeconds)
            try await site.store.secondFactors.begin(of: account, at: later)
        }
    }

    @Test func `tries at the same moment all count`() async throws {
        try await withAdmin { site, _ in
            let account = try await site.account("admin@example.com").id
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        do {
                            try await site.store.secondFactors.begin(of: account, at: TestSite.now)
                            return true
                        } catch DomainError.tooMany(.factorTries, _) {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == FactorPolicy.triesMax)
        }
    }

    @Test func `a recovery code lets in once, however it is written`() async throws {
        try await withAdmin { site, browser in
            let code = TestFactor.recoveryCodes[2]
            let shouted = code.grouped.uppercased().replacing("-", with: " - ")
            let first = try await browser.post(Self.path, [("recovery_code", shouted)])
            #expect(first.location == "/admin")
            let other = Browser(site)
            try await other.signIn("admin@example.com")
            let second = try await other.post(Self.path, [("recovery_code", code.text)])
            #expect(second.status == 422)
            #expect(second.text.contains("id=\"field-recovery_code-error\""))
            #expect(
                try await site.factorMessages() == [
                    "second_factor.added", "second_factor.recovery_used",
                ])
        }
    }

    @Test(arguments: ["", "12345", "1234567", "12 34 5x", "1234 5678 9012 3456 7890 1234 56"])
    func `what no code looks like is told beside the field`(typed: String) async throws {
        try await withAdmin { _, browser in
            let answer = try await browser.post(Self.path, [("factor_code", typed)])
            #expect(answer.status == 422)
            #expect(answer.text.contains("id=\"field-factor_code-error\""))
            #expect(!answer.text.contains("value=\"\(typed.isEmpty ? "12345" : typed)\""))
        }
    }

    @Test func `without the password before, or five minutes later, it begins anew`()
        async throws
    {
        try await withAdmin { site, _ in
            let account = try await site.account("admin@example.com").id
            let cookie = FactorCookie(keys: site.services.settings.keys, isSecure: false)
            let strange = FactorCookie(
                keys: TestKeys.keys("a secret that is another one"), isSecure: false)
            let age = -FactorPolicy.secondsBetween
            let cookies = [
                nil, cookie.set(account, now: TestSite.now.adding(seconds: age)),
                strange.set(account, now: TestSite.now),
            ]
            for cookie in cookies {
                let browser = Browser(site)
                let token = try await browser.token(on: "/sign-in")
                if let cookie { browser.keep("\(cookie.name)=\(cookie.value)") }
                #expect(try await browser.get(Self.path).location == "/sign-in")
                let answer = try await browser.send(
                    .form(Self.path, [("csrf", token), ("factor_code", TestFactor.code())]))
                #expect(answer.location == "/sign-in")
                #expect(!browser.isSignedIn)
            }
            let fresh = cookie.set(account, now: TestSite.now.adding(seconds: age + 1))
            let browser = Browser(site)
            browser.keep("\(fresh.name)=\(fresh.value)")
            #expect(try await browser.get(Self.path).status == 200)
        }
    }

    @Test func `a new password by mail still owes the code`() async throws {
        try await withAdmin { site, _ in
            let browser = Browser(site)
            _ = try await browser.post("/forgot", [("email", "admin@example.com")])
            let token = try await site.mailed("account.password_reset", to: "admin@example.com")
            let answer = try await browser.post(
                "/reset/\(token)", [("new_password", "another horse battery")])
            #expect(answer.location?.hasPrefix("/sign-in") == true)
            #expect(!browser.isSignedIn)
            #expect(try await browser.get("/admin").location == "/sign-in?next=%2Fadmin")
        }
    }

    @Test func `a key that was replaced opens the factor, which is sealed anew`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let account = try await site.account("admin@example.com").id
            let old = try #require(try await site.store.secondFactors.find(account))
            let vault = FactorVault(
                keys: TestKeys.keys("the secret that came afterwards", "the secret of the tests"))
            let opened = try #require(vault.open(old.sealedSecret, of: account))
            #expect(opened.secret == TestFactor.secret)
            #expect(!opened.isNewest)
            let renewed = vault.seal(opened.secret, of: account)
            #expect(vault.open(renewed, of: account)?.isNewest == true)
            #expect(vault.open(renewed, of: AccountID(account.rawValue + 1)) == nil)
            let lost = FactorVault(keys: TestKeys.keys("quite another secret altogether"))
            #expect(lost.open(old.sealedSecret, of: account) == nil)
        }
    }

    private func spaced(_ code: String) -> String { code.prefix(3) + " " + code.suffix(3) }

    /// An admin with a factor, and a browser that has shown the password.
    private func withAdmin(
        _ body: @escaping @Sendable (TestSite, Browser) async throws -> Void
    ) async throws {
        try await withSite { site in
            try await Browser(site).becomeAdmin(signsIn: false)
            let browser = Browser(site)
            try await browser.signIn("admin@example.com")
            try await body(site, browser)
        }
    }
}

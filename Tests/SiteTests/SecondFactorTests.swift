import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// Setting a second factor up, and changing it.
@Suite struct SecondFactorTests {
    private static let path = "/account/second-factor"

    @Test func `an admin gets no further than the set-up until the first code is there`()
        async throws
    {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin(hasFactor: false)
            let elsewhere = Browser(site)
            try await elsewhere.signIn("admin@example.com")
            #expect(try await admin.get("/admin").location == Self.path)
            #expect(try await admin.get("/admin/payouts").location == Self.path)
            let page = try await admin.get(Self.path)
            let secret = try #require(page.factorSecret)
            #expect(page.text.contains("<svg class=\"qr-code\""))

            let wrong = try await admin.setUp(page, code: "000000")
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("id=\"field-factor_code-error\""))
            #expect(wrong.factorSecret == secret, "the app has been given this one")
            let unsure = try await admin.setUp(
                page, code: TestFactor.code(of: secret), password: "not the password")
            #expect(unsure.status == 422)
            #expect(unsure.text.contains("id=\"field-password-error\""))

            let set = try await admin.setUp(page, code: TestFactor.code(of: secret))
            #expect(set.status == 200)
            try #require(set.recoveryCodes.count == RecoveryCode.count)
            #expect(Set(set.recoveryCodes).count == RecoveryCode.count)
            #expect(set.fields.first("Cache-Control")?.contains("no-store") == true)
            #expect(try await admin.get("/admin").status == 200)
            #expect(
                try await elsewhere.get("/admin").location == "/sign-in?next=%2Fadmin",
                "sessions that never showed a code are over")
            #expect(try await site.factorMessages() == ["second_factor.added"])
        }
    }

    @Test func `a page with a new secret is one account's, whole, and for half an hour`()
        async throws
    {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let other = Browser(site)
            try await other.signUpAffiliate("other@example.com")
            let vault = FactorVault(keys: site.services.settings.keys)
            let account = try await site.account("ana@example.com").id
            let foreign = try #require(try await other.get(Self.path).hidden("factor_secret"))
            let own = try #require(try await browser.get(Self.path).hidden("factor_secret"))
            let secret = TestFactor.makeSecret(of: 7)
            let old = vault.offer(
                secret, to: account, at: TestSite.now.adding(seconds: -FactorPolicy.setUpSeconds))
            let fresh = vault.offer(
                secret, to: account,
                at: TestSite.now.adding(seconds: 1 - FactorPolicy.setUpSeconds))
            var forged = Array(own)
            forged[20] = forged[20] == "A" ? "B" : "A"

            for offer in [foreign, old, String(forged), "", String(repeating: "A", count: 500)] {
                let answer = try await browser.post(
                    Self.path,
                    [
                        ("factor_secret", offer), ("factor_code", TestFactor.code(of: secret)),
                        ("password", Browser.password),
                    ])
                #expect(answer.status == 409, "\(offer)")
                #expect(answer.factorSecret != nil, "a new one to go on with")
            }
            let answer = try await browser.post(
                Self.path,
                [
                    ("factor_secret", fresh), ("factor_code", TestFactor.code(of: secret)),
                    ("password", Browser.password),
                ])
            #expect(answer.recoveryCodes.count == RecoveryCode.count)
        }
    }

    @Test func `another app takes the place of the first by a code of the first`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let page = try await admin.get(Self.path + "/replace")
            let secret = try #require(page.factorSecret)
            let code = TestFactor.code(of: secret)

            for wrong in ["", "123456", TestFactor.code()] {
                // The first app's present code was used up by signing in.
                let answer = try await admin.setUp(page, code: code, current: wrong)
                #expect(answer.status == 422, "\(wrong)")
                #expect(answer.text.contains("id=\"field-current_code-error\""))
            }
            let set = try await admin.setUp(page, code: code, current: TestFactor.code(in: 30))
            #expect(set.recoveryCodes.count == RecoveryCode.count)
            #expect(try await admin.get("/admin").status == 200)
            let late = try await admin.setUp(
                page, code: TestFactor.code(in: 30, of: secret),
                current: TestFactor.recoveryCodes[0].text)
            #expect(late.status == 422, "recovery codes of the first app are worthless")
        }
    }

    @Test func `new recovery codes make the old ones worthless`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let renewed = try await admin.post(
                Self.path + "/codes", from: Self.path,
                [("password", Browser.password), ("factor_code", TestFactor.code(in: 30))])
            try #require(renewed.recoveryCodes.count == RecoveryCode.count)

            let again = Browser(site)
            try await again.signIn("admin@example.com")
            let old = try await again.post(
                "/sign-in/code", [("recovery_code", TestFactor.recoveryCodes[3].grouped)])
            #expect(old.status == 422)
            let new = try await again.post(
                "/sign-in/code", [("recovery_code", renewed.recoveryCodes[3])])
            #expect(new.location == "/admin")
            #expect(
                try await site.factorMessages() == [
                    "second_factor.added", "second_factor.codes_renewed",
                    "second_factor.recovery_used",
                ])
        }
    }

    @Test func `an affiliate may do without, an admin may not`() async throws {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let proof = [
                ("password", Browser.password), ("factor_code", TestFactor.code(in: 30)),
            ].map { (name: $0.0, value: $0.1) }
            let removal = Self.path + "/remove"
            #expect(try await admin.post(removal, from: Self.path, proof).status == 403)
            #expect(try await admin.get("/admin").status == 200)

            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let page = try await browser.get(Self.path)
            let secret = try #require(page.factorSecret)
            _ = try await browser.setUp(page, code: TestFactor.code(of: secret))
            let code = TestFactor.code(in: 30, of: secret)
            let unsure = try await browser.post(
                removal, from: Self.path, [("password", "wrong"), ("factor_code", code)])
            #expect(unsure.status == 422)
            let removed = try await browser.post(
                removal, from: Self.path, [("password", Browser.password), ("factor_code", code)])
            #expect(removed.location == "/account")
            #expect(try await Browser(site).signIn("ana@example.com").location == "/affiliate")
        }
    }

    @Test func `a lost factor that is reset ends every session and is asked for anew`()
        async throws
    {
        try await withSite { site in
            let admin = Browser(site)
            try await admin.becomeAdmin()
            let account = try await site.account("admin@example.com").id
            try await site.store.write { transaction in
                try await site.store.secondFactors.reset(
                    of: account, at: TestSite.now, in: transaction)
            }
            #expect(try await admin.get("/admin").location == "/sign-in?next=%2Fadmin")
            #expect(try await admin.signIn("admin@example.com").location == "/admin")
            #expect(try await admin.get("/admin").location == Self.path)
            await #expect(throws: DomainError.notFound(.secondFactor)) {
                try await site.store.write { transaction in
                    try await site.store.secondFactors.reset(
                        of: account, at: TestSite.now, in: transaction)
                }
            }
        }
    }

    @Test func `a program of an admin works while the account has a factor`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.becomeAdmin(hasFactor: false)
            let account = try await site.account("admin@example.com")
            let token = try BearerToken(.system)
            _ = try await site.store.write { transaction in
                try await site.store.tokens.create(
                    TokenName("test"), hash: token.hash, for: account.id, at: TestSite.now,
                    in: transaction)
            }
            let ask = Ask.get("/api/v1/admin/hires")
                .with("Authorization", "Bearer " + token.text)
            let refused = try await site.send(ask)
            #expect(refused.status == 403)
            #expect(refused.text.contains("second_factor_wanted"))
            try await TestFactor.give(to: account.principal, site)
            #expect(try await site.send(ask).status == 200)
        }
    }
}

extension Browser {
    /// Sends the form of a page that shows a new secret.
    func setUp(
        _ page: Answer, code: String, password: String = Browser.password, current: String? = nil
    ) async throws -> Answer {
        guard let offer = page.hidden("factor_secret"), let token = page.hidden("csrf") else {
            throw TestFailure("no form that sets a factor up")
        }
        return try await send(
            .form(
                "/account/second-factor",
                [
                    ("csrf", token), ("factor_secret", offer), ("factor_code", code),
                    ("password", password), ("current_code", current ?? ""),
                ]))
    }
}

extension Answer {
    /// The letters that a page shows for an app.
    var factorSecret: FactorSecret? {
        text.firstMatch(of: /class="factor-key"><code>([A-Z2-7 ]+)<\/code>/)
            .flatMap { FactorSecret(base32: String($0.1)) }
    }

    /// The codes that a page shows this once.
    var recoveryCodes: [String] {
        text.matches(of: /<li><code>([0-9a-z-]+)<\/code>/).map { String($0.1) }
    }
}

extension TestSite {
    func account(_ email: String) async throws -> Account {
        guard let known = try await store.accounts.credentials(for: EmailAddress(email)) else {
            throw TestFailure("no account \(email)")
        }
        return known.account
    }

    /// The topics of messages about second factors, oldest first; each has its audit row.
    func factorMessages() async throws -> [String] {
        try await services.store.database.query(
            """
            SELECT o.topic FROM outbox o JOIN audit a ON o.dedupe_key LIKE '%audit:' || a.id || '%'
            WHERE o.topic LIKE 'second_factor.%' AND a.action = o.topic ORDER BY o.id
            """
        ) { row in try row.next(String.self) }
    }
}

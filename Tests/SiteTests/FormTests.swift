import Domain
import HTTP
import Store
import Testing

@testable import Site

/// Each form with good values, with bad ones, and sent twice; the missing token is `AccessTests`'.
@Suite struct FormTests {
    @Test func `signing up twice with one address is refused kindly`() async throws {
        try await withSite { site in
            #expect(try await Browser(site).signUpCompany().status == 303)
            let again = try await Browser(site).signUpAffiliate("firma@example.com")
            #expect(again.status == 409)
            #expect(again.text.contains("Ana Ionescu"))
        }
    }

    @Test func `signing up says everything that is wrong at once and keeps what was typed`()
        async throws
    {
        try await withSite { site in
            let answer = try await Browser(site).post(
                "/sign-up/company",
                [
                    ("company_name", "Atelier <Nord>"), ("name", ""), ("email", "nobody"),
                    ("password", "short"),
                ])
            #expect(answer.status == 422)
            for field in ["name", "email", "password"] {
                #expect(answer.text.contains("id=\"field-\(field)-error\""), "\(field)")
            }
            #expect(answer.text.contains("Atelier &lt;Nord&gt;"))
            #expect(!answer.text.contains("value=\"short\""))
        }
    }

    @Test func `a job with impossible values is not saved and its form keeps them`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            var fields = Browser.job
            fields[0].value = "ab"
            fields.removeAll { $0.name == "valid_through" || $0.name == "commission" }
            fields += [("valid_through", "2020-01-01"), ("commission", "much")]

            let answer = try await browser.post("/company/jobs/new", fields)

            #expect(answer.status == 422)
            for field in ["title", "valid_through", "commission"] {
                #expect(answer.text.contains("id=\"field-\(field)-error\""), "\(field)")
            }
            #expect(answer.text.contains("value=\"much\""))
            #expect(
                try await browser.get("/company/jobs").text.contains("/company/jobs/1") == false)
        }
    }

    @Test func `a new job sent twice is one, and the same job in another form another`()
        async throws
    {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            let fields = [("csrf", try await browser.token(on: "/company/jobs/new"))] + Browser.job
            let once = try await browser.send(.form("/company/jobs/new", fields))
            let twice = try await browser.send(.form("/company/jobs/new", fields))
            let other = try await browser.post("/company/jobs/new", Browser.job)
            #expect(once.status == 303)
            #expect(once.location == twice.location)
            #expect(once.location != other.location)
        }
    }

    @Test func `a job is edited, and other terms become a new version`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.company)
            let path = "/company/jobs/\(world.job.id)"
            var fields = Browser.job
            fields.removeAll { $0.name == "commission" }
            fields.append(("commission", "750"))

            let once = try await browser.post(path + "/edit", fields)
            let twice = try await browser.post(path + "/edit", fields)

            #expect(once.location == path)
            #expect(twice.location == path)
            let job = try await world.site.store.jobs.find(
                world.job.id, for: world.company.principal)
            #expect(job.offer.commission == .euros(750))
            #expect(job.termsVersion == 2)
        }
    }

    @Test func `a job without a salary is told so when it is published`() async throws {
        try await withSite { site in
            let browser = Browser(site)
            try await browser.signUpCompany()
            let fields = Browser.job.filter { !["salary_min", "salary_max"].contains($0.name) }
            let path = try #require(try await browser.post("/company/jobs/new", fields).location)

            let answer = try await browser.post(path + "/publish", from: path)

            #expect(answer.status == 409)
            #expect(answer.text.contains("id=\"field-salary\""))
        }
    }

    @Test func `publishing, pausing and closing twice is as good as once`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.company)
            let path = "/company/jobs/\(world.job.id)"
            for step in ["pause", "pause", "publish", "publish", "close", "close"] {
                #expect(
                    try await browser.post("\(path)/\(step)", from: "/company").location == path)
            }
            #expect(try await browser.post(path + "/publish", from: "/company").status == 409)
        }
    }

    @Test func `an application sent twice is one, by the key of its form`() async throws {
        try await withWorld { world in
            let browser = Browser(world.site)
            let target = "/jobs/\(world.job.slug)/apply"
            let form = try await browser.get(target)
            let ask = Ask.upload(
                target,
                [
                    ("csrf", try #require(form.hidden("csrf"))),
                    ("idempotency_key", try #require(form.hidden("idempotency_key"))),
                    ("name", "Ion Popa"), ("email", "ion@example.com"), ("consent", "yes"),
                ], file: ("cv.pdf", Browser.cv))

            let once = try await browser.send(ask)
            let twice = try await browser.send(ask)

            #expect(once.status == 303)
            #expect(once.location == twice.location)
        }
    }

    @Test(arguments: [("GIF89a", 0), ("", 0), ("%PDF-1.7", CVFile.bytesMax)])
    func `a file that is no CV is refused next to its field`(
        beginning: String, padding: Int
    ) async throws {
        let file = Array(beginning.utf8) + [UInt8](repeating: 32, count: padding)
        try await withWorld { world in
            let browser = Browser(world.site)
            let target = "/jobs/\(world.job.slug)/apply"
            let token = try await browser.token(on: target)
            let answer = try await browser.send(
                .upload(
                    target,
                    [
                        ("csrf", token), ("name", "Ion Popa"), ("email", "ion@example.com"),
                        ("consent", "yes"),
                    ], file: ("cv.pdf", file)))
            #expect(answer.status == 422)
            let text = answer.text
            #expect(text.contains("id=\"field-cv-error\"") == true)
            #expect(text.contains("value=\"Ion Popa\"") == true)
        }
    }

    @Test func `a candidate withdraws once, and twice is the same`() async throws {
        try await withWorld { world in
            let maker = WorldMaker(site: world.site)
            let receipt = try await maker.apply(
                to: world.job, via: nil, "vera@example.com"
            ).receipt
            let browser = Browser(world.site)
            let path = "/applications/\(receipt.text)"
            let token = try await browser.token(on: path)
            for _ in 0..<2 {
                let answer = try await browser.send(.form(path + "/withdraw", [("csrf", token)]))
                #expect(answer.location == path)
            }
            #expect(try await browser.get(path).hidden("csrf") == nil)
        }
    }

    @Test func `rejecting needs a reason`() async throws {
        try await withWorld { world in
            let id = try await WorldMaker(site: world.site).apply(
                to: world.job, via: world.code, "vera@example.com"
            ).id
            let browser = try await world.browser(of: world.company)
            let path = "/company/introductions/\(id)"
            let bad = try await browser.post(path + "/stage", from: path, [("stage", "rejected")])
            #expect(bad.status == 422)
            let good = try await browser.post(
                path + "/stage", from: path,
                [("stage", "rejected"), ("reason", "lacks_skills"), ("note", "Sorry")])
            #expect(good.location == path)
            let affiliate = try await world.browser(of: world.affiliate)
            #expect(try await affiliate.get("/affiliate/introductions").text.contains("Sorry"))
        }
    }

    @Test func `a profile is saved, and an address that is none is not`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.company)
            let path = "/company/profile"
            let name = ("company_name", "Atelier Sud")
            let bad = try await browser.post(path, [name, ("website", "javascript:alert(1)")])
            #expect(bad.status == 422)
            let good = try await browser.post(
                path, [name, ("website", "nord.example"), ("about", "")])
            #expect(good.location == path)
            #expect(try await browser.get(path).text.contains("https://nord.example"))
        }
    }

    @Test func `a link taken twice is the same link`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.other)
            let path = "/affiliate/jobs/\(world.job.slug)"
            for _ in 0..<2 {
                #expect(try await browser.post(path, [("channel", "blog")]).location == path)
            }
            let bad = try await browser.post(path, [("channel", "<script>")])
            #expect(bad.status == 422)
            let links = try await browser.get("/affiliate/links").text
            let codes = Set(links.matches(of: /\/r\/([0-9a-z]{10})/).map { String($0.1) })
            #expect(codes.count == 1)
        }
    }

    @Test func `a form that waited too long can be sent again from this very site`() async throws {
        try await withWorld { world in
            let browser = try await world.browser(of: world.company)
            let ask = Ask.form(
                "/company/profile", [("csrf", "old"), ("company_name", "Nou"), ("password", "x")])
            let here = try await browser.send(ask.with("Origin", TestSite.origin))
            let elsewhere = try await browser.send(ask.with("Origin", "https://evil.example"))

            #expect(here.status == 403)
            #expect(here.hidden("company_name") == "Nou")
            #expect(here.hidden("password") == nil)
            #expect(elsewhere.status == 403)
            #expect(!elsewhere.text.contains("Nou"))
        }
    }
}

extension World {
    /// A browser in which an account is signed in.
    func browser(of account: Account) async throws -> Browser {
        let browser = Browser(site)
        if let cookie = try await session(of: account).cookie { browser.keep(cookie) }
        return browser
    }
}

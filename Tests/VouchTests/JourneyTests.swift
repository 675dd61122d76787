import Foundation
import Testing

/// The main job of the product in a real browser over real PostgreSQL, from sign-up to the win.
@Suite(.serialized, .timeLimit(.minutes(10))) struct JourneyTests {
    private static let password = "a long enough word 7"

    @Test func `a company hires by an affiliate's link, and the affiliate sees the win`()
        async throws
    {
        try await withVouch([]) { vouch in
            try await vouch.createAdmin("admin@journey.test", Self.password)
            try await withBrowser { browser in
                let journey = Journey(browser: browser, site: vouch.address)
                try await journey.companyPostsJob()
                let link = try await journey.affiliateTakesLink()
                try await journey.visitorApplies(by: link)
                try await journey.companyReportsHire()
                try await withBrowser { other in
                    let waiting = Journey(browser: other, site: vouch.address)
                    try await waiting.affiliateWaits()
                    try await journey.adminSetsFactorUp(vouch)
                    try await journey.adminRecordsHire()
                    try await waiting.affiliateIsTold()
                }
                try await journey.affiliateSeesWin()
            }
        }
    }

    @Test func `the main pages work in Romanian on a phone without JavaScript`() async throws {
        try await withVouch { vouch in
            try await withBrowser(width: 390, height: 844, language: "ro", javaScript: false) {
                browser in
                try await browser.open(vouch.address.appending(path: "jobs"))
                #expect(try await browser.attribute("lang", of: "html") == "ro")
                try await browser.screenshot("phone-jobs-ro")
                try await browser.follow("main a[href^='/jobs/']")
                try await browser.screenshot("phone-job-ro")
                try await browser.follow("a[href*='/apply']")
                try await browser.type("Ioana Țărnă", into: "[name=name]")
                try await browser.follow("main form button[type=submit]")
                #expect(try await browser.attribute("value", of: "[name=name]") == "Ioana Țărnă")
                #expect(try await browser.exists("[name=email][aria-invalid=true]"))
                try await browser.screenshot("phone-apply-errors-ro")
                #expect(try await browser.isAsWideAsItsWindow)
            }
        }
    }

    @Test func `the demo accounts sign in and find work to do`() async throws {
        try await withVouch { vouch in
            try await withBrowser { browser in
                let journey = Journey(browser: browser, site: vouch.address)
                for role in ["company", "affiliate", "admin"] {
                    try await journey.signIn("\(role)@demo.test", RunningVouch.demoPassword)
                    if role == "admin" { try await journey.showCode(vouch) }
                    #expect(try await browser.address.path == "/\(role)")
                    #expect(try await browser.exists("main a[href^='/\(role)/']"))
                    try await browser.screenshot("demo-\(role)")
                }
            }
        }
    }
}

/// The steps of the main job; each begins as somebody else.
private struct Journey {
    let browser: WebDriver
    let site: URL

    private static let password = "a long enough word 7"
    private static let title = "Swift engineer for the night train"
    private let company = "hr@nighttrain.test"
    private let affiliate = "mihai@vouches.test"

    private func open(_ path: String) async throws {
        try await browser.open(site.appending(path: path))
    }

    private func submit(_ form: String) async throws {
        try await browser.follow("\(form) button[type=submit]")
    }

    func signIn(_ email: String, _ password: String = Journey.password) async throws {
        try await browser.forgetCookies()
        try await open("sign-in")
        try await browser.type(email, into: "[name=email]")
        try await browser.type(password, into: "[name=password]")
        try await submit("form[action^='/sign-in']")
    }

    /// The second step of the demo's admin.
    func showCode(_ vouch: RunningVouch) async throws {
        try await browser.type(try await vouch.code(), into: "[name=factor_code]")
        try await submit("form[action='/sign-in/code']")
    }

    private func signUp(_ role: String, name: String, email: String) async throws {
        try await browser.forgetCookies()
        try await open("sign-up/\(role)")
        if role == "company" {
            try await browser.type("Night Train SRL", into: "[name=company_name]")
        }
        try await browser.type(name, into: "[name=name]")
        try await browser.type(email, into: "[name=email]")
        try await browser.type(Self.password, into: "[name=password]")
        try await submit("form[action='/sign-up/\(role)']")
        #expect(try await browser.address.path == "/\(role)")
    }

    func companyPostsJob() async throws {
        try await signUp("company", name: "Elena Marin", email: company)
        try await open("company/jobs/new")
        // A form that is refused keeps what was typed and says what is wrong beside the field.
        try await browser.type(Self.title, into: "[name=title]")
        try await submit("form[action='/company/jobs/new']")
        #expect(try await browser.attribute("value", of: "[name=title]") == Self.title)
        #expect(try await browser.exists("[name=description][aria-invalid=true]"))
        try await browser.screenshot("journey-1-job-form-refused")
        try await browser.type(
            "You keep the sleeper trains of Europe on time, in Swift on Linux servers.",
            into: "[name=description]")
        try await browser.type("Brașov", into: "[name=city]")
        try await browser.setDate(
            Date(timeIntervalSinceNow: 60 * 86_400), of: "[name=valid_through]")
        try await browser.type("2500", into: "[name=salary_min]")
        try await browser.type("3800", into: "[name=salary_max]")
        try await browser.type("500", into: "[name=commission]")
        try await submit("form[action='/company/jobs/new']")
        try await submit("form[action$='/publish']")
        try await browser.screenshot("journey-2-job-published")
    }

    /// The address to share.
    func affiliateTakesLink() async throws -> URL {
        try await signUp("affiliate", name: "Mihai Ionescu", email: affiliate)
        try await open("affiliate/jobs")
        try await browser.type("night train", into: "[name=q]")
        try await submit("main form[method=get]")
        try await browser.follow("main a[href^='/affiliate/jobs/']")
        try await browser.type("newsletter", into: "[name=channel]")
        try await submit("form[action^='/affiliate/jobs/']")
        try await browser.screenshot("journey-3-link-taken")
        let page = try await browser.source
        let code = try require(page.firstMatch(of: /\/r\/([A-Za-z0-9]+)/), "a link").output.1
        return site.appending(path: "r/\(code)")
    }

    func visitorApplies(by link: URL) async throws {
        try await browser.forgetCookies()
        try await browser.open(link)
        #expect(try await browser.text.contains(Self.title))
        try await browser.screenshot("journey-4-job-page")
        try await browser.follow("a[href*='/apply']")
        try await browser.type("Ioana Pop", into: "[name=name]")
        try await browser.type("ioana.pop@mail.test", into: "[name=email]")
        try await browser.type("+40 721 555 019", into: "[name=phone]")
        let folder = try makeFolder("vouch-cv")
        defer { try? FileManager.default.removeItem(at: folder) }
        let paper = folder.appending(path: "cv.pdf")
        try Data("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n".utf8)
            .write(to: paper)
        try await browser.type(paper.path, into: "[name=cv]")
        try await browser.click("[name=consent]")
        try await submit("form[action*='/apply']")
        #expect(try await browser.address.path.hasPrefix("/applications/"))
        try await browser.screenshot("journey-5-receipt")
    }

    func companyReportsHire() async throws {
        try await signIn(company)
        try await open("company/jobs")
        try await browser.follow("main a[href^='/company/jobs/']:not([href$='/new'])")
        try await browser.follow("main a[href^='/company/introductions/']")
        try await browser.choose("interview", in: "[name=stage]")
        try await submit("form[action$='/stage']")
        try await browser.setDate(Date(timeIntervalSinceNow: 7 * 86_400), of: "[name=starts_on]")
        try await submit("form[action$='/hire']")
        try await browser.screenshot("journey-6-hire-reported")
    }

    /// An admin's first sign-in leads to a page that has to be gone through once.
    func adminSetsFactorUp(_ vouch: RunningVouch) async throws {
        try await signIn("admin@journey.test")
        #expect(try await browser.address.path == "/account/second-factor")
        #expect(try await browser.exists("svg.qr-code[role=img]"))
        try await browser.screenshot("journey-7-second-factor")
        let secret = try await browser.text(of: ".factor-key code")
        try await browser.type(try await vouch.code(of: secret), into: "[name=factor_code]")
        try await browser.type(Self.password, into: "[name=password]")
        try await submit("form[action='/account/second-factor']")
        let codes = try await browser.text(of: ".recovery-codes")
        #expect(codes.split(separator: "\n").count == 10)
        try await browser.screenshot("journey-7-recovery-codes")
        // The next time there is a second step; where the app is lost, one of these does.
        try await signIn("admin@journey.test")
        #expect(try await browser.address.path == "/sign-in/code")
        try await browser.screenshot("journey-7-code")
        try await browser.click("details summary")
        let code = try require(codes.split(separator: "\n").first)
        try await browser.type(String(code), into: "[name=recovery_code]")
        try await submit("details form[action='/sign-in/code']")
        #expect(try await browser.address.path == "/admin")
    }

    func adminRecordsHire() async throws {
        try await open("admin/hires")
        try await browser.follow("main a[href^='/admin/hires/']")
        #expect(try await browser.text.contains("500"))
        try await browser.screenshot("journey-7-consequences")
        try await submit("form[action$='/record']")
        try await browser.screenshot("journey-8-recorded")
    }

    /// Leaves a page open on which nothing of a win stands.
    func affiliateWaits() async throws {
        try await signIn(affiliate)
        try await open("affiliate/introductions")
        #expect(try await browser.exists("#news[aria-live=polite]"))
        #expect(try await !browser.exists("#news .win"))
    }

    /// The card appears in that page, which nobody has loaded again.
    func affiliateIsTold() async throws {
        try await waitUntil("the win appears") { try await browser.exists("#news .win") }
        #expect(try await browser.address.path == "/affiliate/introductions")
        let news = try await browser.text(of: "#news")
        #expect(news.contains("You won") && news.contains("500") && news.contains("Ioana"))
        #expect(try await browser.isAsWideAsItsWindow)
        try await browser.screenshot("journey-8-told")
        // What was shown is not shown again as news; the list of commissions has it.
        try await open("affiliate/links")
        #expect(try await !browser.exists("#news .win"))
    }

    func affiliateSeesWin() async throws {
        try await signIn(affiliate)
        #expect(try await browser.address.path == "/affiliate")
        let text = try await browser.text
        #expect(text.contains("500"))
        #expect(text.contains(Self.title))
        #expect(text.contains("Ioana"))
        try await browser.screenshot("journey-9-won")
    }
}

import Foundation
import Testing

/// A dispute in a real browser over the demo data: claimed with evidence, answered, replied to,
/// decided with a reason, and paid out as decided.
@Suite(.serialized, .timeLimit(.minutes(10))) struct DisputeJourneyTests {
    /// High enough for pictures of whole pages.
    private static let height = 2_200

    @Test func `an affiliate claims with a file, both speak, and the admin's reason is read`()
        async throws
    {
        try await withVouch { vouch in
            try await withBrowser(height: Self.height) { browser in
                let journey = DisputeJourney(
                    browser: browser, site: vouch.address, words: .english, name: "desktop-en")
                try await journey.play(vouch)
            }
        }
    }

    @Test func `the same in Romanian on a phone without JavaScript`() async throws {
        try await withVouch { vouch in
            try await withBrowser(
                width: 390, height: Self.height, language: "ro", javaScript: false
            ) {
                browser in
                let journey = DisputeJourney(
                    browser: browser, site: vouch.address, words: .romanian, name: "phone-ro")
                try await journey.play(vouch)
            }
        }
    }
}

/// The steps; each begins as somebody else.
private struct DisputeJourney {
    let browser: WebDriver
    let site: URL
    let words: Words
    let name: String

    /// What the pages say, as a reader would look for it.
    struct Words {
        let language: String
        let outcome: String
        let reason: String
        let granted: String
        let withdrawn: String

        static let english = Words(
            language: "en", outcome: "Decided for a part",
            reason: "The agreed terms say so", granted: "40.50",
            withdrawn: "The affiliate withdrew the dispute")
        static let romanian = Words(
            language: "ro", outcome: "Decisă pentru o parte",
            reason: "Așa prevăd condițiile convenite", granted: "40,50",
            withdrawn: "Afiliatul a retras disputa")
    }

    private static let note = "Half of the travel was agreed; see <annex 2>."

    func play(_ vouch: RunningVouch) async throws {
        try await signIn("company")
        try await open("company/profile")
        let company = try require(
            try await browser.attribute("value", of: "main form [name=company_name]"))
        try await affiliateClaims(against: company)
        let dispute = try await browser.address
        try await affiliateSendsEvidence(dispute)
        try await companyAnswers(dispute)
        try await affiliateReplies(dispute)
        try await adminDecides(vouch, dispute)
        try await companySeesOutcome(dispute)
        try await affiliateSeesOutcomeAndMoney(dispute)
        try await affiliateWithdrawsAnother(against: company)
    }

    private func open(_ path: String) async throws {
        try await browser.open(site.appending(path: path))
    }

    private func submit(_ form: String) async throws {
        try await browser.follow("\(form) button[type=submit]")
    }

    private func look(_ step: String) async throws {
        #expect(try await browser.isAsWideAsItsWindow, "\(step)")
        try await browser.screenshot("dispute-\(step)-\(name)")
    }

    private func signIn(_ role: String, _ vouch: RunningVouch? = nil) async throws {
        try await browser.forgetCookies()
        try await open("sign-in")
        try await browser.type("\(role)@demo.test", into: "[name=email]")
        try await browser.type(RunningVouch.demoPassword, into: "[name=password]")
        try await submit("form[action^='/sign-in']")
        if let vouch {
            try await browser.type(try await vouch.code(), into: "[name=factor_code]")
            try await submit("form[action='/sign-in/code']")
        }
        try await open("account")
        try await browser.choose(words.language, in: "[name=language]")
        try await submit("form[action='/account/language']")
        #expect(try await browser.attribute("lang", of: "html") == words.language)
    }

    /// Opens the form of a claim from the page of a commission that the company owes.
    private func openForm(against company: String) async throws {
        try await open("affiliate")
        let links = Set(
            try await browser.source.matches(of: #/\/affiliate\/commissions\/\d+/#)
                .map { String($0.output) })
        for link in links.sorted() {
            try await open(String(link.dropFirst()))
            guard try await browser.text.contains(company) else { continue }
            return try await browser.follow("main a[href$='/dispute']")
        }
        throw Missing(description: "a commission of \(company)")
    }

    private func affiliateClaims(against company: String) async throws {
        try await signIn("affiliate")
        try await openForm(against: company)
        try await look("1-form")
        try await browser.choose("wrong_amount", in: "[name=reason]")
        try await browser.type("0", into: "[name=amount]")
        try await browser.type("The travel was promised too.", into: "[name=text]")
        try await submit("main form[action$='/dispute']")
        #expect(try await browser.exists("[name=amount][aria-invalid=true]"))
        try await look("2-form-refused")
        try await browser.type("81", into: "[name=amount]")
        try await submit("main form[action$='/dispute']")
        #expect(try await browser.address.path.hasPrefix("/disputes/"))
        #expect(try await browser.exists("[role=status]"))
        try await look("3-opened")
    }

    private func affiliateSendsEvidence(_ dispute: URL) async throws {
        let folder = try makeFolder("vouch-evidence")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "annex-2.pdf")
        try Data("%PDF-1.7\nThe annex.\n%%EOF".utf8).write(to: file)
        try await browser.type(file.path, into: "[name=evidence]")
        try await submit("form[action$='/evidence']")
        #expect(try await browser.text(of: "main a[href^='/evidence/']") == "annex-2.pdf")
        try await look("4-evidence")
    }

    private func companyAnswers(_ dispute: URL) async throws {
        try await signIn("company")
        try await open("disputes")
        try await look("5-list")
        try await browser.follow("main a[href='\(dispute.path)']")
        #expect(try await browser.exists("main a[href^='/evidence/']"))
        #expect(try await !browser.exists("form[action$='/withdraw']"), "not theirs")
        try await browser.type("Only one way was agreed.", into: "[name=text]")
        try await submit("form[action$='/answer']")
        try await look("6-answered")
    }

    private func affiliateReplies(_ dispute: URL) async throws {
        try await signIn("affiliate")
        try await browser.open(dispute)
        try await browser.type("Both ways, says the annex.", into: "[name=text]")
        try await submit("form[action$='/answer']")
        #expect(try await browser.exists("form[action$='/withdraw']"))
        try await look("7-replied")
    }

    private func adminDecides(_ vouch: RunningVouch, _ dispute: URL) async throws {
        try await signIn("admin", vouch)
        try await open("admin")
        try await look("8-queue")
        try await browser.follow("main a[href='/admin\(dispute.path)']")
        try await browser.choose("partly", in: "[name=outcome]")
        try await browser.type("40.50", into: "[name=amount]")
        try await submit("main form[method=get]")
        #expect(try await browser.exists("[name=reason][aria-invalid=true]"))
        try await look("9-reason-missing")
        try await browser.choose("terms", in: "[name=reason]")
        try await browser.type(Self.note, into: "[name=note]")
        try await submit("main form[method=get]")
        #expect(try await browser.text(of: "main .vouch-card").contains(words.granted))
        try await look("10-consequences")
        try await submit("main form[method=post]")
        #expect(try await browser.exists("[role=status]"))
        try await look("11-decided")
    }

    private func seeOutcome(_ dispute: URL) async throws {
        try await browser.open(dispute)
        let text = try await browser.text
        for part in [words.outcome, words.reason, Self.note, words.granted] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(try await !browser.exists("main form"))
    }

    private func companySeesOutcome(_ dispute: URL) async throws {
        try await signIn("company")
        try await seeOutcome(dispute)
        try await look("12-company")
    }

    private func affiliateSeesOutcomeAndMoney(_ dispute: URL) async throws {
        try await signIn("affiliate")
        try await seeOutcome(dispute)
        try await look("13-affiliate")
        try await open("affiliate")
        // The newest commission stands first.
        try await browser.follow("main .wins a[href^='/affiliate/commissions/']")
        let text = try await browser.text(of: "main")
        for part in [words.granted, words.reason, Self.note] {
            #expect(text.contains(part), "\(part)")
        }
        try await look("14-commission")
        try await browser.follow("main a[href='\(dispute.path)']")
        #expect(try await browser.address == dispute)
    }

    private func affiliateWithdrawsAnother(against company: String) async throws {
        try await openForm(against: company)
        try await browser.choose("other", in: "[name=reason]")
        try await browser.type("5", into: "[name=amount]")
        try await browser.type("By mistake.", into: "[name=text]")
        try await submit("main form[action$='/dispute']")
        try await submit("form[action$='/withdraw']")
        #expect(try await browser.text.contains(words.withdrawn))
        #expect(try await !browser.exists("main form"))
        try await look("15-withdrawn")
    }
}

import Foundation
import Testing

/// The way of the money in a real browser over the demo data: from a report to the file for the bank,
/// and from the win to the statement.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MoneyJourneyTests {
    @Test func `an admin goes from a report to a payout file, and the affiliate to a statement`()
        async throws
    {
        let payer = [
            "VOUCH_PAYER_NAME": "Vouch SRL", "VOUCH_PAYER_IBAN": "RO49AAAA1B31007593840000",
        ]
        try await withVouch(["--demo"], environment: payer) { vouch in
            try await withBrowser { browser in
                let journey = MoneyJourney(browser: browser, site: vouch.address)
                try await journey.affiliateSaysWhereToPay()
                try await journey.adminRecordsAndConfirms(vouch)
                try await journey.adminPays()
                try await journey.affiliateSeesMoney("desktop")
            }
            for (language, name) in [("ro", "phone-ro"), ("en", "phone-en")] {
                try await withBrowser(width: 390, height: 844, language: language) { browser in
                    let journey = MoneyJourney(browser: browser, site: vouch.address)
                    try await journey.signIn("affiliate")
                    try await journey.chooseLanguage(language)
                    try await journey.affiliateSeesMoney(name)
                }
            }
            try await withBrowser(language: "ro", javaScript: false) { browser in
                let journey = MoneyJourney(browser: browser, site: vouch.address)
                try await journey.signIn("affiliate")
                try await journey.chooseLanguage("ro")
                try await journey.affiliateSeesMoney("desktop-ro")
            }
        }
    }
}

/// The steps; each begins as somebody else.
private struct MoneyJourney {
    let browser: WebDriver
    let site: URL

    private func open(_ path: String) async throws {
        try await browser.open(site.appending(path: path))
    }

    private func submit(_ form: String) async throws {
        try await browser.follow("\(form) button[type=submit]")
    }

    func signIn(_ role: String) async throws {
        try await browser.forgetCookies()
        try await open("sign-in")
        try await browser.type("\(role)@demo.test", into: "[name=email]")
        try await browser.type(RunningVouch.demoPassword, into: "[name=password]")
        try await submit("form[action^='/sign-in']")
    }

    /// What is said stays said in the account.
    func chooseLanguage(_ language: String) async throws {
        try await open("account")
        try await browser.choose(language, in: "[name=language]")
        try await submit("form[action='/account/language']")
        #expect(try await browser.attribute("lang", of: "html") == language)
    }

    func affiliateSaysWhereToPay() async throws {
        try await signIn("affiliate")
        try await open("affiliate/payouts")
        try await browser.type("Ilinca Munteanu", into: "[name=holder]")
        try await browser.type("RO09 BCYP 0000 0012 3456 7891", into: "[name=iban]")
        try await browser.choose("RO", in: "[name=country]")
        try await browser.type("1234567", into: "[name=tax_id]")
        try await browser.type(RunningVouch.demoPassword, into: "[name=password]")
        try await submit("form[action='/affiliate/payouts']")
        // One digit is wrong: what was typed stays, but for the password.
        #expect(try await browser.exists("[name=iban][aria-invalid=true]"))
        #expect(
            try await browser.attribute("value", of: "[name=holder]") == "Ilinca Munteanu")
        try await browser.screenshot("money-1-iban-refused")
        try await browser.type("RO09 BCYP 0000 0012 3456 7890", into: "[name=iban]")
        try await browser.type(RunningVouch.demoPassword, into: "[name=password]")
        try await submit("form[action='/affiliate/payouts']")
        #expect(try await browser.exists("[role=status]"))
    }

    func adminRecordsAndConfirms(_ vouch: RunningVouch) async throws {
        try await signIn("admin")
        try await browser.type(try await vouch.code(), into: "[name=factor_code]")
        try await submit("form[action='/sign-in/code']")
        try await open("admin/hires")
        try await browser.screenshot("money-2-hires")
        try await browser.follow("main a[href^='/admin/hires/']")
        try await submit("form[action$='/record']")
        try await browser.follow("main a[href$='/end']")
        try await browser.choose("confirmed", in: "[name=outcome]")
        try await submit("main form[method=get]")
        try await browser.screenshot("money-3-consequences")
        try await submit("main form[method=post]")
        #expect(try await browser.exists("[role=status]"))
    }

    func adminPays() async throws {
        try await open("admin/payouts")
        let preview = try await browser.text
        #expect(preview.contains("Ilinca Munteanu"))
        #expect(preview.contains("RO09 BCYP 0000 0012 3456 7890"))
        try await browser.screenshot("money-4-payout-preview")
        try await submit("main form[method=post]")
        let batch = try await browser.address
        #expect(batch.path.hasPrefix("/admin/payouts/"))
        try await browser.screenshot("money-5-batch")
        let file = try await bankFile(of: batch)
        #expect(file.contains("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"))
        #expect(file.contains("<Nm>Ilinca Munteanu</Nm>"))
        try await browser.open(batch)
        try await browser.click("[name=payout]")
        try await browser.choose("paid", in: "[name=outcome]")
        try await browser.follow("main form:has([name=outcome]) button[type=submit]")
        #expect(try await browser.exists("[role=status]"))
        try await browser.screenshot("money-6-paid")
    }

    /// The file, asked for with the browser's own cookie and the form's own token.
    private func bankFile(of batch: URL) async throws -> String {
        let form = "form[action='\(batch.path)/file'] [name=csrf]"
        let token = try require(try await browser.attribute("value", of: form), "a token")
        let cookie = try await browser.cookies
        let answer = try await PlainHTTP.request(
            "POST", batch.appending(path: "file"),
            fields: [
                "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
                "Origin": "\(site.absoluteString)",
            ], body: Data("csrf=\(token)".utf8))
        #expect(answer.status == 200)
        return answer.text
    }

    func affiliateSeesMoney(_ name: String) async throws {
        if name == "desktop" { try await signIn("affiliate") }
        try await open("affiliate")
        #expect(try await browser.text.contains("500"))
        #expect(try await browser.isAsWideAsItsWindow)
        try await browser.follow("main a[href^='/affiliate/commissions/']")
        try await browser.screenshot("money-7-commission-\(name)")
        #expect(try await browser.isAsWideAsItsWindow)
        try await open("affiliate/payouts")
        try await browser.screenshot("money-8-payouts-\(name)")
        #expect(try await browser.isAsWideAsItsWindow)
        try await browser.follow("main a[href^='/affiliate/statements/']")
        let statement = try await browser.text
        #expect(statement.contains("500"))
        #expect(try await browser.isAsWideAsItsWindow)
        try await browser.screenshot("money-9-statement-\(name)")
    }
}

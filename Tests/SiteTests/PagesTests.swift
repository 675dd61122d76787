import Domain
import HTML
import Testing

@testable import Site

@Suite struct PagesTests {
    private let samples = PagesSamples()

    private func page(_ name: String) throws -> String {
        let sample = try #require(samples.all.first { $0.name == name })
        return String(
            decoding: sample.page.bytes(in: samples.context(sample, texts: Texts(.english))),
            as: UTF8.self)
    }

    @Test func `a job's page tells search engines what it tells people`() throws {
        let page = try page("job")
        let data = try #require(page.firstMatch(of: #/ld\+json">(.*?)<\/script>/#)).1

        for member in [
            "\"@type\":\"JobPosting\"", "\"title\":\"Site Reliability Engineer\"",
            "\"datePosted\":\"2026-11-17\"", "\"validThrough\":\"2026-12-17T23:59:59Z\"",
            "\"employmentType\":\"FULL_TIME\"", "\"minValue\":3200", "\"maxValue\":4500.50",
            "\"unitText\":\"MONTH\"", "\"addressCountry\":\"RO\"", "\"directApply\":true",
            "\"value\":\"site-reliability-engineer-7k2m9p4q\"",
        ] {
            #expect(data.contains(member), "\(member)")
        }
        #expect(page.contains("3,200–4,500.50 EUR per month"))
        #expect(page.contains("17 December 2026"))
    }

    @Test func `a link's code goes on to the form but never into the canonical address`() throws {
        let page = try page("job-via")

        #expect(page.contains("href=\"/jobs/\(samples.job.slug)/apply?via=7k2m9p4qab\""))
        #expect(
            page.contains(
                "rel=\"canonical\" href=\"https://vouch.example/jobs/\(samples.job.slug)\""))
        #expect(try self.page("apply").contains("name=\"code\" value=\"7k2m9p4qab\""))
    }

    @Test func `a visitor who came by a link is not shown what a hire pays`() throws {
        let page = try page("job-via")

        #expect(!page.contains("500 EUR"))
        #expect(page.contains("Somebody vouched for this job"))
    }

    @Test func `lists and desks carry no structured data and desks no canonical address`() throws {
        #expect(!(try page("jobs").contains("ld+json")))
        #expect(try page("desk-company").contains("name=\"robots\" content=\"noindex\""))
        #expect(try page("job-preview").contains("name=\"robots\" content=\"noindex\""))
    }

    @Test func `a refused form keeps what was typed and says what is wrong beside the field`()
        throws
    {
        let page = try page("apply-errors")

        #expect(page.contains("value=\"radu@\""))
        #expect(page.contains("<a href=\"#field-email\">"))
        let field = try #require(page.firstMatch(of: #/<input[^>]*id="field-email"[^>]*>/#)).0
        #expect(field.contains("aria-invalid=\"true\""))
        #expect(field.contains("aria-describedby=\"field-email-hint field-email-error\""))
        #expect(page.contains("id=\"field-consent-error\""))
    }

    @Test func `an error that is no field's stands in the summary`() throws {
        #expect(try page("sign-up-duplicate").contains("There is an account with this e-mail."))
    }

    @Test func `an affiliate reads what was won, why, under which terms and when it is paid`()
        throws
    {
        let page = try page("desk-affiliate")

        #expect(page.contains("You won 250 EUR"))
        #expect(
            page.contains("Radu Ionescu was hired as Site Reliability Engineer at Carpathia Pay."))
        #expect(page.contains("Version 2 of the terms: 500 EUR for a hire, guarantee 60 days."))
        #expect(page.contains("The guarantee ends on 11 December 2026, in 18 days."))
        #expect(page.contains("Taken back: 250 EUR"))
    }

    @Test func `an admin sees what recording does before doing it`() throws {
        let page = try page("record-hire")

        #expect(page.contains("Mihai Popa wins 500 EUR and is told at once."))
        #expect(page.contains("Carpathia Pay owes 500 EUR."))
        #expect(page.contains("action=\"/admin/hires/3/record\""))
        #expect(page.contains("name=\"idempotency_key\" value=\"key-1234\""))
        #expect(!(try self.page("hire-recorded").contains("/record\"")))
    }

    @Test func `a company is offered only the steps that the state allows`() throws {
        let draft = try page("company-job-draft")
        let published = try page("company-job")

        #expect(draft.contains("/publish\"") && !draft.contains("/pause\""))
        #expect(published.contains("/pause\"") && published.contains("/close\""))
        #expect(!published.contains("/publish\""))
        #expect(!(try page("introduction-hired").contains("/stage\"")))
    }

    @Test func `the candidate's page keeps the company's notes to itself`() throws {
        let page = try page("application-rejected")

        #expect(page.contains("Not enough experience"))
        #expect(!page.contains("/withdraw\""))
        #expect(try self.page("receipt").contains("/withdraw\""))
    }

    @Test func `a list goes on by its cursor and keeps the filter`() throws {
        #expect(try page("jobs").contains("href=\"/jobs?after=c2\""))
        #expect(try page("jobs-filtered").contains("href=\"/jobs?q=swift&amp;country=RO\""))
    }

    @Test func `the language switch comes back to the page`() throws {
        #expect(try page("jobs").contains("href=\"/language/ro?back=%2Fjobs%3Fq%3Da\""))
    }
}

import Domain
import HTTP
import TestSupport
import Testing

@testable import Site

/// The main job of the product through its pages, without a browser.
@Suite struct MainLineTests {
    @Test func `a hire goes from the first sign-up to what the affiliate won`() async throws {
        try await withSite { site in
            let company = Browser(site)
            #expect(try await company.signUpCompany().location == "/company")
            let job = try await postJob(company)

            let affiliate = Browser(site)
            #expect(try await affiliate.signUpAffiliate().location == "/affiliate")
            let code = try await takeLink(affiliate, job.slug)

            let receipt = try await apply(Browser(site), code)
            let introduction = try await moveAlong(company, job.id)
            try await recordHire(Browser(site))

            let won = try await affiliate.get("/affiliate")
            #expect(won.status == 200)
            #expect(won.text.contains("500"))
            #expect(won.text.contains("Mihai Ionescu"))
            let state = try await Browser(site).get(receipt)
            #expect(state.status == 200)
            let done = try await company.get(introduction)
            #expect(done.text.contains("Mihai Ionescu"))
        }
    }

    private func postJob(_ company: Browser) async throws -> (id: String, slug: String) {
        let made = try await company.post("/company/jobs/new", Browser.job)
        #expect(made.status == 303)
        let path = try #require(made.location)
        let published = try await company.post(path + "/publish", from: path)
        #expect(published.location == path)
        let page = try await company.get(path).text
        let start = try #require(page.firstRange(of: "href=\"/jobs/"))
        let slug = page[start.upperBound...].prefix { $0 != "\"" }
        return (path, String(slug))
    }

    private func takeLink(_ affiliate: Browser, _ slug: String) async throws -> String {
        #expect(try await affiliate.get("/affiliate/jobs").text.contains(slug))
        let path = "/affiliate/jobs/" + slug
        #expect(try await affiliate.post(path, [("channel", "blog")]).location == path)
        let page = try await affiliate.get("/affiliate/links").text
        let start = try #require(page.firstRange(of: "/r/"))
        return String(page[start.upperBound...].prefix(LinkCode.length))
    }

    private func apply(_ visitor: Browser, _ code: String) async throws -> String {
        let followed = try await visitor.get("/r/" + code)
        #expect(followed.status == 302)
        let address = try #require(followed.location)
        #expect(address.hasSuffix("?via=" + code))
        #expect(try await visitor.get(address).text.contains("apply?via=" + code))
        let slug = address.dropFirst("/jobs/".count).prefix { $0 != "?" }
        let target = "/jobs/\(slug)/apply?via=\(code)"
        let form = try await visitor.get(target)
        let sent = try await visitor.send(
            .upload(
                target,
                [
                    ("csrf", try #require(form.hidden("csrf"))), ("code", code),
                    ("idempotency_key", try #require(form.hidden("idempotency_key"))),
                    ("name", "Mihai Ionescu"), ("email", "mihai@example.com"),
                    ("phone", ""), ("message", "Hello"), ("consent", "yes"),
                ], file: ("cv.pdf", Browser.cv)))
        #expect(sent.status == 303)
        return try #require(sent.location)
    }

    private func moveAlong(_ company: Browser, _ job: String) async throws -> String {
        let page = try await company.get(job).text
        let start = try #require(page.firstRange(of: "/company/introductions/"))
        let id = page[start.upperBound...].prefix { $0.isNumber }
        let path = "/company/introductions/\(id)"
        let cv = try await company.get(path + "/cv")
        #expect(cv.body == Browser.cv)
        #expect(cv.fields.first(.contentDisposition)?.hasPrefix("attachment") == true)
        for stage in ["shortlisted", "interview", "offer"] {
            let moved = try await company.post(
                path + "/stage", from: path, [("stage", stage), ("note", "")])
            #expect(moved.location == path)
        }
        let reported = try await company.post(
            path + "/hire", from: path, [("starts_on", TestSite.today.description)])
        #expect(reported.location == path)
        return path
    }

    private func recordHire(_ admin: Browser) async throws {
        try await admin.becomeAdmin()
        let queue = try await admin.get("/admin/hires").text
        let start = try #require(queue.firstRange(of: "/admin/hires/"))
        let path = "/admin/hires/" + queue[start.upperBound...].prefix { $0.isNumber }
        let form = try await admin.get(path)
        let fields = [
            ("csrf", try #require(form.hidden("csrf"))),
            ("idempotency_key", try #require(form.hidden("idempotency_key"))),
        ]
        let once = try await admin.send(.form(path + "/record", fields))
        let twice = try await admin.send(.form(path + "/record", fields))
        #expect(once.location == path)
        #expect(twice.location == path)
    }
}

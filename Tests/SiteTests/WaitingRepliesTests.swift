import Domain
import HTTP
import Testing

@testable import Site

/// What somebody gets who cannot be served now.
@Suite struct WaitingRepliesTests {
    private func replies(_ origin: String = TestSite.origin) -> WaitingReplies {
        WaitingReplies(
            SiteSettings(
                publicOrigin: origin, keys: TestKeys.keys("the secret of the tests")),
            today: TestSite.today)
    }

    private func request(_ language: String, cookie: String = "a=b") throws -> Request {
        let text = """
            GET /affiliate?secret=1 HTTP/1.1\r
            Host: vouch.test\r
            Accept-Language: \(language)\r
            Cookie: \(cookie)\r
            \r

            """
        return Request(head: try RequestHead.parsed(text), number: 77)
    }

    @Test(arguments: [("en", "Back in a moment"), ("ro", "Revenim imediat")])
    func `a person reads it in their language, without anything of the request`(
        language: String, title: String
    ) throws {
        let answer = Answer(
            replies().response(
                to: try request(language), .nowhere(.page), .overloaded, retryAfterSeconds: 7))
        #expect(answer.status == 503)
        #expect(answer.fields.first("Retry-After") == "7")
        #expect(answer.fields.first(.contentLanguage) == language)
        #expect(answer.fields.first(.contentSecurityPolicy) != nil)
        #expect(answer.fields.first(.cacheControl) == "private, no-store")
        #expect(answer.text.contains("<h1>\(title)</h1>"))
        #expect(!answer.text.contains("secret"))
        #expect(answer.body.count < 3_000, "it is small")
    }

    @Test func `whoever has sent a form is told whether anything of it was taken`() throws {
        let money = try #require(
            Route.table.map(\.sample.row).filter { $0.kind == .form && $0.isAboutMoney }.first)
        let form = RouteRow.nowhere(.form)
        func text(_ row: RouteRow, _ reason: WaitingReplies.Reason) throws -> String {
            Answer(
                replies().response(to: try request("en"), row, reason, retryAfterSeconds: 7)
            ).text
        }
        for reason in [WaitingReplies.Reason.overloaded, .unavailable] {
            #expect(try text(form, reason).contains("Nothing of the form was taken"))
            #expect(try text(money, reason).contains("Nothing about money can be decided"))
        }
        for row in [form, money] {
            #expect(try text(row, .outcomeUnknown).contains("is done, or not at all"))
            // A form's address is none of a page.
            #expect(try !text(row, .unavailable).contains("Try again"))
        }
    }

    @Test func `every form that moves money says so`() {
        let names = Set(
            Route.table.filter { $0.sample.row.kind == .form && $0.sample.row.isAboutMoney }
                .map(\.name))
        #expect(
            names == [
                "admin.recordHire", "admin.handRecord", "admin.endHire", "admin.grantCommission",
                "admin.decideCommissions", "admin.createBatch", "admin.settlePayouts",
                "admin.batchFile", "admin.receiveInvoice", "admin.reopenInvoice",
                "affiliate.savePayoutAccount", "dispute.decide",
            ])
    }

    @Test(arguments: WaitingReplies.Reason.allCases)
    func `a program gets a problem with the number of its request`(
        reason: WaitingReplies.Reason
    ) throws {
        let request = try request("en")
        let answer = Answer(
            replies().response(to: request, .nowhere(.api), reason, retryAfterSeconds: 3))
        let problem = try answer.json()
        #expect(answer.fields.first(.contentType) == "application/problem+json")
        #expect(answer.fields.first("Retry-After") == "3")
        #expect(problem["code"] == .text(reason.rawValue))
        #expect(problem["request_id"] == .text(request.id))
        #expect(problem["status"] == .integer(503))
    }

    @Test func `through TLS it says that TLS stays`() throws {
        let response = replies("https://vouch.example").response(
            to: try request("en"), .nowhere(.page), .unavailable, retryAfterSeconds: 3)
        #expect(response.fields.first("Strict-Transport-Security") != nil)
    }
}

import EventLoop
import Foundation
import HTTP
import HTTPServer
import StressTest
import TLS
import TestSupport
import Testing

/// Visitors who read a page, what belongs to it, and send the form that it leads to.
@Suite(.timeLimit(.minutes(5))) struct VisitTests {
    /// A site with a list in two pages, a form with a token, and an answer with a receipt.
    private static let site: @Sendable (ScriptedConnection) -> Void = { connection in
        while let request = connection.request() {
            switch request.split(separator: " ")[1] {
            case "/list?limit=1":
                connection.answer("{\"items\": [{\"is\": {\"slug\": \"one\"}}], \"next\": \"a b\"}")
            case "/list?limit=1&after=a+b":
                connection.answer("{\"items\": [{\"is\": {\"slug\": \"two\"}}], \"next\": null}")
            case "/map": connection.answer("<loc>/x</loc><loc>/y?a=1&amp;b=2</loc>")
            case "/form/one", "/form/two":
                connection.answer(
                    "<link href=\"/style?v=1&amp;w=2\"><input name=\"csrf\" value=\"t&amp;1\">",
                    fields: "Set-Cookie: visitor=v1; HttpOnly\r\n")
            case "/style?v=1&w=2": connection.answer("body {}")
            case "/send":
                connection.answer(
                    status: "303 See Other", fields: "Location: http://any/receipts/7\r\n")
            default: connection.answer(status: "404 Not Found")
            }
        }
    }

    private static let lists = """
        {"job": {"path": "/list?limit=1", "items": "items", "value": "is.slug", "next": "next"},
         "page": {"path": "/map", "after": "<loc>", "before": "</loc>"},
         "hidden": {"path": "/none", "items": "items", "value": "x",
                    "headers": {"Authorization": "${env:NOT_SET}"}}}
        """

    private static func traffic(_ body: String, receipt: String = "") -> String {
        """
        {"name": "applicant", "share": 1, "patience": "60s",
         "headers": {"Cookie": "own=1"},
         "steps": [
           {"get": "/form/${job}", "expect": [200], "capture": {
             "style": {"after": "href=\\"", "before": "\\""},
             "csrf": {"after": "name=\\"csrf\\" value=\\"", "before": "\\""}}},
           {"get": "${style}", "expect": [200]},
           {"post": "/send", \(body), "expect": [303]\(receipt)}
         ]}
        """
    }

    private func play(
        _ traffic: String, receipts: ReceiptLog? = nil
    ) async throws -> (RunReport, [String]) {
        let server = try ScriptedServer(Self.site)
        let report = try await StressTestTests.play(
            try profile(rate: 100, phases: "200ms@1", traffic, lists: Self.lists),
            against: server.origin, receipts: receipts)
        return (report, try await server.stop().requestTexts)
    }

    @Test func `lists are fetched page by page, and what needs a secret that is not there is not`()
        async throws
    {
        let server = try ScriptedServer(Self.site)
        let profile = try profile(
            rate: 1, phases: "1s@1", Self.traffic("\"text\": \"\""), lists: Self.lists)
        let found = try await onThread {
            try Discovery.fetch(profile.lists, from: Target(server.origin), environment: [:])
        }
        _ = try await server.stop()
        #expect(found["job"] == ["one", "two"])
        #expect(found["page"] == ["/x", "/y?a=1&b=2"])
        #expect(found["hidden"] == nil)
    }

    @Test func `a visit carries values, cookies and tokens from step to step`() async throws {
        let (report, requests) = try await play(
            Self.traffic("\"form\": {\"csrf\": \"${csrf}\", \"e m\": \"a b+${unique}@c\"}"))
        let visits = arrivals(rate: 100, phases: "200ms@1").count
        #expect(report.all.visits == visits)
        #expect(report.all.visitsCompleted == visits)
        #expect(report.all.requests == 3 * visits)
        let sent = requests.filter { $0.hasPrefix("POST /send HTTP/1.1\r\n") }
        #expect(sent.count == visits)
        for request in sent {
            #expect(request.contains("Cookie: own=1; visitor=v1\r\n"))
            #expect(request.contains("\r\ncsrf=t%261&e+m=a+b%2B0-0-"))
        }
        #expect(Set(sent).count == visits)
        let forms = requests.compactMap { $0.firstMatch(of: #/GET /form/(\w+) /#)?.output.1 }
        #expect(Set(forms) == ["one", "two"])
    }

    @Test func `JSON and multipart content is well formed`() async throws {
        let (json, texts) = try await play(
            Self.traffic("\"json\": {\"a\": [\"x\\\"${csrf}\", 1, 2.5, true, null]}"))
        #expect(json.all.visitsCompleted == json.all.visits)
        let sent = try #require(texts.first { $0.hasPrefix("POST") })
        #expect(sent.hasSuffix("\r\n\r\n{\"a\":[\"x\\\"t&1\",1,2.5,true,null]}"))
        #expect(sent.contains("Content-Type: application/json\r\n"))
        let part = "{\"file\": \"cv.pdf\", \"type\": \"application/pdf\", \"content\": \"%PDF\"}"
        let (parts, more) = try await play(
            Self.traffic("\"multipart\": {\"csrf\": \"${csrf}\", \"cv\": \(part)}"))
        #expect(parts.all.visitsCompleted == parts.all.visits)
        let form = try #require(more.first { $0.hasPrefix("POST") })
        let boundary = try #require(form.firstMatch(of: /boundary=(\S+)\r\n/)).output.1
        let content = try #require(form.firstRange(of: "\r\n\r\n"))
        #expect(
            form[content.upperBound...]
                == "--\(boundary)\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nt&1\r\n"
                + "--\(boundary)\r\nContent-Disposition: form-data; name=\"cv\"; "
                + "filename=\"cv.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"
                + "--\(boundary)--\r\n")
    }

    @Test func `every acknowledged write is in the file of receipts, once`() async throws {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/receipts"
        let log = try #require(ReceiptLog(path: path))
        let (report, requests) = try await play(
            Self.traffic(
                "\"form\": {\"key\": \"${unique}\"}",
                receipt: ", \"receipt\": {\"key\": \"${unique}\"}"),
            receipts: log)
        struct Line: Decodable, Hashable {
            let key: String
            let acknowledged: Bool
            let status: Int
            let url: String
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        let sent = requests.compactMap { $0.firstMatch(of: /\r\n\r\nkey=(.*)$/)?.output.1 }
        #expect(lines.count == report.all.visits)
        #expect(Set(lines.map(\.key)) == Set(sent.map(String.init)))
        #expect(lines.allSatisfy { $0.acknowledged && $0.status == 303 && $0.url == "/receipts/7" })
    }

    @Test func `a page without what the next step needs fails the visit`() async throws {
        let server = try ScriptedServer { connection in
            while connection.request() != nil { connection.answer("no form here") }
        }
        let report = try await StressTestTests.play(
            try profile(
                rate: 100, phases: "200ms@1", Self.traffic("\"text\": \"\""),
                lists: "{\"job\": {\"values\": [\"one\"]}}"), against: server.origin)
        _ = try await server.stop()
        #expect(report.all.requests == report.all.visits)
        #expect(report.all.failures == ["capture": report.all.visits])
    }

    @Test func `TLS is spoken, and sessions are resumed unless told otherwise`() async throws {
        let folder = try TemporaryDirectory()
        let certificate = try TestCertificate(in: folder.path)
        let context = try TLSContext(
            certificateFile: certificate.path, keyFile: certificate.keyPath)
        let loop = try EventLoop(name: "secure")
        loop.start()
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let server = try Server(
            settings: ServerSettings(), loops: [loop], plain: [], secure: [(address, context)]
        ) { _ in FixedHandler() }
        server.start()
        // The second request of a visit comes after an answer, and so after a ticket.
        let traffic = """
            {"name": "page", "share": 1, "patience": "60s", "connections": "new",
             "steps": [{"get": "/"}, {"get": "/"}]}
            """
        let profile = try profile(rate: 50, phases: "200ms@1", traffic)
        for resumes in [true, false] {
            let report = try await StressTestTests.play(
                profile, against: "https://\(server.addresses[0])"
            ) { $0.resumesTLS = resumes }
            #expect(report.all.visitsCompleted == report.all.visits)
            #expect(report.all.failures.isEmpty)
            let resumed = report.generator.sessionsResumed
            #expect(resumes ? resumed >= report.all.visits : resumed == 0)
        }
        await server.drain(within: .milliseconds(50))
        loop.stop()
        loop.join()
    }
}

/// Answers everything alike.
private final class FixedHandler: RequestHandler {
    func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan {
        .respond(.text("hello"))
    }

    func refusal(
        _ status: Status, reason: StaticString, head: RequestHead?, isSecure: Bool
    ) -> Response {
        .text("\(reason)", status: status)
    }
}

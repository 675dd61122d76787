import Domain
import EventLoop
import HTTP
import HTTPServer
import Metrics
import TestSupport
import Testing

@testable import Site

/// Probes and the status page, from prepared answers.
@Suite struct StatusTests {
    private static let good = StatusFacts(isDatabaseReachable: true)

    @Test func `readiness says why not`() async throws {
        try await withSite { site in
            let board = site.services.board
            board.set(Self.good, at: TestSite.now)
            #expect(try await site.send(.get("/readyz")).text == "ready\n")
            board.set(
                StatusFacts(isDatabaseReachable: false, isStopping: true), at: TestSite.now)
            let answer = try await site.send(.get("/readyz"))
            #expect(answer.status == 503)
            #expect(
                answer.text == "the program is stopping\nthe database cannot be reached\n")
            #expect(try await site.send(.get("/healthz")).status == 200, "it is alive all the same")
        }
    }

    @Test func `every state has its own sentence in both languages, and the page has them`()
        async throws
    {
        try await withSite { site in
            let facts = [
                Self.good, StatusFacts(),
                StatusFacts(isDatabaseReachable: true, mailDelayMinutes: 12),
                StatusFacts(isDatabaseReachable: true, isStopping: true),
                StatusFacts(isDatabaseReachable: true, isStuck: true),
                StatusFacts(isDatabaseReachable: true, load: .busy),
                StatusFacts(isDatabaseReachable: true, load: .overloaded),
            ]
            #expect(Set(facts.map(\.summary)) == Set(StatusFacts.Summary.allCases))
            var sentences: Set<String> = []
            for fact in facts {
                site.services.board.set(fact, at: TestSite.now)
                for language in Language.allCases {
                    let ask = Ask.get("/status").with("Accept-Language", language.rawValue)
                    #expect(site.isAnsweredAtOnce(ask))
                    let page = try await site.send(ask)
                    let sentence = Texts(language).status.sentence(fact.summary)
                    #expect(page.text.contains("<h1>\(sentence)</h1>"))
                    #expect(page.text.contains("lang=\"\(language.rawValue)\""))
                    sentences.insert(sentence)
                }
            }
            #expect(sentences.count == 2 * facts.count)
        }
    }

    @Test(arguments: [
        (StatusFacts(isDatabaseReachable: true), "ready up 100%\n"),
        (StatusFacts(isDatabaseReachable: true, load: .busy), "ready up 75%\n"),
        (StatusFacts(isDatabaseReachable: true, load: .overloaded), "ready up 50%\n"),
        (StatusFacts(), "ready up 5%\n"),
        (StatusFacts(isDatabaseReachable: true, isStopping: true), "drain\n"),
        (StatusFacts(isStuck: true), "down#an event loop does not turn\n"),
    ])
    func `a balancer is told what this instance can take`(facts: StatusFacts, line: String) {
        #expect(facts.agentLine == line)
    }

    @Test func `answers are counted by route, class and status`() async throws {
        try await withWorld { world in
            for target in ["/jobs", "/jobs", "/nowhere", "/healthz"] {
                _ = try await world.site.send(.get(target))
            }
            var text = MetricsText()
            RouteCounts.write([world.site.site.routeCounts], to: &text)
            let lines = String(decoding: text.bytes, as: UTF8.self)
            let wanted = [
                "vouch_requests_total{route=\"public.jobs\",class=\"visitor\",status=\"2xx\"} 2",
                "vouch_requests_total{route=\"none\",class=\"visitor\",status=\"4xx\"} 1",
                "vouch_requests_total{route=\"public.healthz\",class=\"status\",status=\"2xx\"} 1",
                "vouch_response_seconds_count{class=\"visitor\",loop=\"0\"} 1",
            ]
            for line in wanted { #expect(lines.contains(line), "\(line)") }
        }
    }

    @Test func `the status listener serves its paths and nothing else`() async throws {
        try await withLoop { loop in
            let settings = SiteSettings(
                publicOrigin: TestSite.origin, keys: TestKeys.keys("the secret of the tests"))
            let board = StatusBoard(settings, at: TestSite.now)
            board.set(Self.good, at: TestSite.now)
            let site = StatusSite(board, assets: nil) { Array("vouch_up 1\n".utf8) }
            let answer = { (method: String, path: String) throws -> Answer in
                let head = try RequestHead.parsed(
                    "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                guard case .respond(let response) = site.plan(head, peer: .v4(1), isSecure: false)
                else { throw TestFailure("a handler ran") }
                return Answer(response)
            }
            #expect(try answer("GET", "/metrics").text == "vouch_up 1\n")
            let type = try answer("GET", "/metrics").fields.first("Content-Type")
            #expect(type?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(try answer("GET", "/readyz").text == "ready\n")
            #expect(try answer("HEAD", "/healthz").status == 200)
            #expect(try answer("GET", "/status").status == 200)
            #expect(try answer("GET", "/jobs").status == 404)
            #expect(try answer("GET", "/assets/site.css").status == 404)
            #expect(try answer("POST", "/status").status == 405)
            _ = loop
        }
    }
}

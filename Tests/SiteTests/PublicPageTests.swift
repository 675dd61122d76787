import Domain
import HTTP
import HTTPServer
import Store
import Testing

@testable import Site

@Suite struct PublicPageTests {
    @Test func `a public page comes from memory the second time`() async throws {
        try await withWorld { world in
            let ask = Ask.get("/jobs/\(world.job.slug)")
            let first = try await world.site.send(ask)
            #expect(first.status == 200)
            #expect(!world.site.isAnsweredAtOnce(.get("/companies/\(world.companySlug)")))

            #expect(world.site.isAnsweredAtOnce(ask))
            #expect(try await world.site.send(ask).body == first.body)
            #expect(first.fields.first(.cacheControl) == "public, no-cache")
            #expect(first.fields.first(.vary)?.contains("Cookie") == true)
            #expect(first.cookie("vouch-form") == nil)
        }
    }

    @Test func `who has the page already gets 304`() async throws {
        try await withWorld { world in
            let ask = Ask.get("/jobs/\(world.job.slug)")
            let tag = try #require(try await world.site.send(ask).fields.first(.etag))
            #expect(try await world.site.send(ask.with("If-None-Match", tag)).status == 304)
        }
    }

    @Test func `who takes gzip gets gzip`() async throws {
        try await withWorld { world in
            let ask = Ask.get("/jobs/\(world.job.slug)")
            let plain = try await world.site.send(ask)
            let gzip = try await world.site.send(ask.with("Accept-Encoding", "gzip, br"))
            #expect(gzip.fields.first(.contentEncoding) == "gzip")
            #expect(gzip.body.count < plain.body.count)
        }
    }

    @Test func `codes share one page, and each visitor sees their own`() async throws {
        try await withWorld { world in
            let target = "/jobs/\(world.job.slug)?via="
            let first = try await world.site.send(.get(target + "aaaaaaaaaa"))
            #expect(world.site.isAnsweredAtOnce(.get(target + "bbbbbbbbbb")))
            let second = try await world.site.send(.get(target + "bbbbbbbbbb"))

            let (one, two) = (first.text, second.text)
            let isOwn = one.contains("apply?via=aaaaaaaaaa") && two.contains("apply?via=bbbbbbbbbb")
            #expect(isOwn)
            let isOtherwiseSame = one.replacing("aaaaaaaaaa", with: "bbbbbbbbbb") == two
            #expect(isOtherwiseSame)
            let canonical = "rel=\"canonical\" href=\"\(TestSite.origin)/jobs/\(world.job.slug)\""
            let hasCanonical = two.contains(canonical)
            #expect(hasCanonical)
        }
    }

    @Test func `somebody who is signed in never gets the page of everybody`() async throws {
        try await withWorld { world in
            _ = try await world.site.send(.get("/jobs"))
            let browser = try await world.browser(of: world.affiliate)
            let page = try await browser.get("/jobs")
            #expect(page.text.contains("/sign-out"))
            #expect(page.fields.first(.cacheControl) == "private, no-store")
            #expect(try await !world.site.send(.get("/jobs")).text.contains("/sign-out"))
        }
    }

    @Test func `the language is what the browser asks for, and then what the switch says`()
        async throws
    {
        try await withSite { site in
            let romanian = try await site.send(.get("/").with("Accept-Language", "ro-MD,ro;q=0.9"))
            let english = try await site.send(.get("/").with("Accept-Language", "fr, en;q=0.1"))
            #expect(romanian.text.contains("<html lang=\"ro\""))
            #expect(english.text.contains("<html lang=\"en\""))

            let browser = Browser(site)
            let switched = try await browser.get("/language/ro?back=%2Fjobs")
            #expect(switched.location == "/jobs")
            #expect(try await browser.get("/jobs").text.contains("<html lang=\"ro\""))
        }
    }

    @Test(arguments: [JobState.closed, .filled])
    func `a job that is over is gone, and from the feeds too`(state: JobState) async throws {
        try await withWorld { world in
            let job = try await WorldMaker(site: world.site).job(of: world.company, in: state)
            #expect(try await world.site.send(.get("/jobs/\(job.slug)")).status == 410)
            #expect(try await world.site.send(.get("/jobs/\(job.slug)/apply")).status == 410)
            for feed in ["/sitemap.xml", "/jobs.atom", "/feeds/jobs.xml", "/jobs"] {
                let text = try await world.site.send(.get(feed)).text
                #expect(text.contains(world.job.slug.text), "\(feed)")
                #expect(!text.contains(job.slug.text), "\(feed)")
            }
        }
    }

    @Test func `a draft is seen by its own company only`() async throws {
        try await withWorld { world in
            let draft = try await WorldMaker(site: world.site).job(of: world.company, in: .draft)
            let target = "/jobs/\(draft.slug)"
            #expect(try await world.site.send(.get(target)).status == 404)
            #expect(try await world.browser(of: world.rival).get(target).status == 404)
            #expect(try await world.browser(of: world.company).get(target).status == 200)
        }
    }

    @Test func `a click is counted and no cookie set`() async throws {
        try await withWorld { world in
            let answer = try await world.site.send(.get("/r/\(world.code)"))
            #expect(answer.location == "/jobs/\(world.job.slug)?via=\(world.code)")
            #expect(answer.fields.first(.setCookie) == nil)
            await world.site.site.close()
            let links = try await world.site.store.links.list(
                of: try #require(world.affiliate.principal.affiliate))
            #expect(links.items.first?.clicks == 1)
        }
    }

    @Test func `every answer carries the security fields`() async throws {
        try await withWorld { world in
            let people = [nil, world.company, world.affiliate, world.admin]
            for maker in Route.table {
                for person in people {
                    let fields = try await world.site.send(world.ask(maker, by: person)).fields
                    let policy = fields.first(.contentSecurityPolicy)
                    #expect(policy?.hasPrefix("default-src 'none'") == true, "\(maker.name)")
                    #expect(fields.first(.cacheControl) != nil, "\(maker.name)")
                }
            }
        }
    }

    @Test func `no page has script or style of its own`() async throws {
        try await withWorld { world in
            let people = [nil, world.company, world.affiliate, world.admin]
            for maker in Route.table where maker.sample.row.kind == .page {
                for person in people {
                    let text = try await world.site.send(world.ask(maker, by: person)).text
                    #expect(!text.contains(" style=\""), "\(maker.name)")
                    #expect(!text.contains("<style"), "\(maker.name)")
                    let scripts = text.matches(of: /<script([^>]*)>/).map { String($0.1) }
                    #expect(
                        scripts.allSatisfy { $0.contains("src=") || $0.contains("ld+json") },
                        "\(maker.name)")
                }
            }
        }
    }

    @Test func `every link of every page leads to a route`() async throws {
        try await withWorld { world in
            let router = Router()
            let people = [nil, world.company, world.affiliate, world.admin]
            var dead: Set<String> = []
            for maker in Route.table where maker.sample.row.kind == .page {
                for person in people {
                    let text = try await world.site.send(world.ask(maker, by: person)).text
                    for link in text.matches(of: /(href|action)="(\/[^"?#]*)/) {
                        var path = String(link.2)
                        let method: Method = link.1 == "action" ? .post : .get
                        let match = path.withUTF8 { router.match(method, $0) }
                        if case .found = match { continue }
                        // A form that searches is sent by GET.
                        if case .methodNotAllowed = match, method == .post { continue }
                        dead.insert(path)
                    }
                }
            }
            // The files are answered by the static files.
            #expect(dead.filter { !$0.hasPrefix("/assets/") }.isEmpty)
        }
    }
}

extension TestSite {
    /// Whether a request is answered at the end of its head, without a handler.
    func isAnsweredAtOnce(_ ask: Ask) -> Bool {
        guard let head = try? RequestHead.parsed(ask.headText),
            case .respond = site.plan(head, peer: ask.peer, isSecure: false)
        else { return false }
        return true
    }
}

import Admission
import Domain
import HTTP
import Store
import TestSupport
import Testing

@testable import Site

/// What falls away before anybody is refused, and that pages say so.
@Suite struct BrownoutTests {
    @Test(arguments: BrownoutLevel.allCases)
    func `parts fall away in their order, and the pages say which`(level: BrownoutLevel)
        async throws
    {
        try await withLevel { world, set in
            _ = try await WorldMaker(site: world.site).job(of: world.company)
            let cookie = try await world.session(of: world.affiliate).cookie ?? ""
            set(level)
            let job = try await world.site.send(.get("/jobs/\(world.job.slug)")).text
            let list = try await world.site.send(.get("/jobs")).text
            let search = try await world.site.send(.get("/jobs?q=nothinglikeit")).text
            let links = try await world.site.send(
                .get("/affiliate/links").with("Cookie", cookie)
            ).text

            let texts = CommonTexts(voice: Texts(.english).voice)
            func isSaid(_ part: LeftOut, on page: String) -> Bool {
                page.contains(texts.leftOut(part))
            }
            #expect(isSaid(.clicks, on: links) == (level >= .clicksToSpool))
            #expect(isSaid(.similarJobs, on: job) == (level >= .noSimilarJobs))
            #expect(job.contains("More open jobs") == (level < .noSimilarJobs))
            #expect(isSaid(.counts, on: list) == (level >= .noCounts))
            #expect(list.contains("2 open jobs") == (level < .noCounts))
            #expect(isSaid(.search, on: search) == (level >= .plainSearch))
            #expect(search.contains(world.job.slug.text) == (level >= .plainSearch))
        }
    }

    @Test func `clicks wait in memory until there is time for them`() async throws {
        try await withLevel { world, set in
            let affiliate = try #require(world.affiliate.principal.affiliate)
            let clicks = world.site.site.loopMemory.clicks
            func count() async throws -> Int? {
                try await world.site.store.links.list(of: affiliate).items.first?.clicks
            }
            set(.clicksToSpool)
            _ = try await world.site.send(.get("/r/\(world.code)"))
            clicks.turn()
            #expect(try await count() == 0)
            set(.none)
            clicks.turn()
            let isCounted = try await eventually(on: world.site.loop) {
                try await count() == 1
            }
            #expect(isCounted)
        }
    }

    @Test func `while there is much to do crawlers get what there is, and people what is new`()
        async throws
    {
        try await withLevel(keepsPages: true) { world, set in
            let ask = Ask.get("/jobs/\(world.job.slug)")
            let crawlers = [
                ask.with("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)"),
                ask.with("Sec-Purpose", "prefetch;prerender"),
            ]
            _ = try await world.site.send(ask)
            world.site.site.pages.changed(nil)
            for crawler in crawlers { #expect(!world.site.isAnsweredAtOnce(crawler)) }
            set(.clicksToSpool)
            for crawler in crawlers { #expect(world.site.isAnsweredAtOnce(crawler)) }
            #expect(!world.site.isAnsweredAtOnce(ask))
        }
    }

    @Test func `what a program says of itself can only make it matter less`() throws {
        let crawler = try RequestHead.parsed(
            "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: spider\r\n\r\n")
        func standing(_ declared: OverloadClass, _ session: Session? = nil) -> RequestClass {
            RequestStanding(
                declared, crawler, session: session, token: nil, .v4(1),
                CohortHash(key: (1, 2)), at: TestSite.now
            ).requestClass
        }
        let admin = Session(
            id: SessionID(1), principal: .admin(AccountID(1)), expiresAt: TestSite.now)
        #expect(standing(.visitor) == .background)
        #expect(standing(.conversion) == .conversion)
        #expect(standing(.visitor, admin) == .admin)
    }

    private func withLevel(
        keepsPages: Bool = false,
        _ body:
            @escaping @Sendable (World, @escaping @Sendable (BrownoutLevel) -> Void)
            async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let level = LevelBox()
            let site = TestSite(database, passwords, brownout: level) {
                $0.keepsPages = keepsPages
                $0.pageTimes.unwatched = .seconds(3_600)
            }
            try await body(try await World(site)) { level.value = $0 }
            await site.site.close()
        }
    }
}

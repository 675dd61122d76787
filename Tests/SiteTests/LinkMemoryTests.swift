import Domain
import EventLoop
import TestSupport
import Testing

@testable import Site
@testable import Store

/// Where links lead, as a loop has learnt it.
@Suite struct LinkMemoryTests {
    @Test func `what is known is not asked for again, until its company changes`() async throws {
        try await withLinks { links in
            let slugs = [try await links.slug(), try await links.slug()]
            #expect(slugs == ["one-1", "one-1"])
            #expect(links.count == 1)
            links.memory.changed(CompanyID(8))
            #expect(links.memory.find(links.code) != nil)
            links.memory.changed(CompanyID(7))
            #expect(links.memory.find(links.code) == nil)
            let slug = try await links.slug()
            #expect(slug == "one-2")
        }
    }

    @Test func `a crowd that follows one link asks once`() async throws {
        try await withLinks { links in
            let found = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try? await links.slug() }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(found == ["one-1"])
            #expect(links.count == 1)
        }
    }

    @Test func `what was known is told when no answer comes, and nothing is guessed`()
        async throws
    {
        try await withLinks { links in
            _ = try await links.memory.target(links.code)
            links.memory.changed(nil)
            links.isAway = true
            #expect(try await links.slug() == "one-1")
            await #expect(throws: Away.self) {
                _ = try await links.memory.target(LinkCode(stored: "bbbbbbbbbb"))
            }
        }
    }

    @Test func `a link that is gone is forgotten`() async throws {
        try await withLinks { links in
            _ = try await links.memory.target(links.code)
            links.memory.changed(nil)
            links.isGone = true
            #expect(try await links.slug() == nil)
            #expect(links.memory.findLastKnown(links.code) == nil)
            #expect(links.memory.count == 0)
        }
    }

    @Test func `after the listening was lost everything is asked for again`() async throws {
        try await withLinks { links in
            _ = try await links.memory.target(links.code)
            links.memory.endWatching()
            links.memory.beginWatching()
            #expect(links.memory.find(links.code) == nil)
        }
    }

    @Test func `the links that are followed most are learnt first`() async throws {
        try await withWorld { world in
            let store = world.site.store
            let other = try await WorldMaker(site: world.site).link(
                to: world.job, of: world.other)
            let known = try #require(try await store.links.find(world.code))
            let more = try #require(try await store.links.find(other))
            try await store.links.add(clicks: [known.link: 2, more.link: 5], on: TestSite.today)
            try await store.links.add(
                clicks: [known.link: 50], on: TestSite.today.adding(days: -9))

            let yesterday = TestSite.today.adding(days: -1)
            let most = try await store.links.mostFollowed(since: yesterday, limit: 10)

            #expect(most == [more, known])
            #expect(
                try await store.links.mostFollowed(since: yesterday, limit: 1) == [more])
            #expect(!world.site.isAnsweredAtOnce(.get("/r/\(other)")))
            world.site.site.loopMemory.links.keep(most)
            #expect(world.site.isAnsweredAtOnce(.get("/r/\(other)")))
            let location = try await world.site.send(.get("/r/\(other)")).location
            #expect(location == "/jobs/\(world.job.slug)?via=\(other)")
        }
    }
}

private struct Away: Error {}

/// A memory, and whom it asks.
private final class KnownLinks: @unchecked Sendable {
    let code = LinkCode(stored: "aaaaaaaaaa")
    var isAway = false
    var isGone = false
    private(set) var count = 0
    private(set) var memory: LinkMemory

    init(_ loop: EventLoop) {
        var times = PageCache.Times()
        times.unwatched = .seconds(3_600)
        times.watched = .seconds(3_600)
        times.patience = .seconds(60)
        memory = LinkMemory(loop: loop, times: times) { _ in nil }
        memory = LinkMemory(loop: loop, times: times) { [weak self] code in
            try self?.look(code)
        }
    }

    /// The slug of the job that the link leads to.
    func slug() async throws -> String? { try await memory.target(code)?.jobSlug.text }

    private func look(_ code: LinkCode) throws -> LinkTarget? {
        count += 1
        if isAway { throw Away() }
        if isGone { return nil }
        return LinkTarget(
            link: LinkID(1), code: code, affiliate: AffiliateID(1), job: JobID(1),
            company: CompanyID(7), jobSlug: JobSlug(stored: "one-\(count)"))
    }
}

private func withLinks(
    _ body: @escaping @Sendable (KnownLinks) async throws -> Void
) async throws {
    try await withLoop { loop in try await body(KnownLinks(loop)) }
}

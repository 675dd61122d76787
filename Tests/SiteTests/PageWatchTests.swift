import Domain
import EventLoop
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// Public pages follow what changes in the database, by its messages alone: here pages are good for
/// hours otherwise.
@Suite struct PageWatchTests {
    @Test func `a change is in the next page`() async throws {
        try await withWatchedWorld { world, _ in
            let path = "/jobs/\(world.job.slug)"
            for target in [path, path + "?via=\(world.code)", "/jobs", "/", "/jobs.atom"] {
                #expect(try await !world.shows("Sudor cu experiență", at: target), "\(target)")
            }
            try await world.rename("Sudor cu experiență")
            for target in [path, path + "?via=\(world.code)", "/jobs", "/", "/jobs.atom"] {
                let isThere = try await eventually(on: world.site.loop) {
                    try await world.shows("Sudor cu experiență", at: target)
                }
                #expect(isThere, "\(target)")
            }
        }
    }

    @Test func `a company's new words are on its page, and a closed job is gone`() async throws {
        try await withWatchedWorld { world, _ in
            _ = try await world.site.send(.get("/companies/\(world.companySlug)"))
            _ = try await world.site.send(.get("/jobs/\(world.job.slug)"))
            try await world.site.store.database.execute(
                "UPDATE company SET about = 'We weld bridges.' WHERE slug = \(world.companySlug)")
            let isThere = try await eventually(on: world.site.loop) {
                try await world.shows("We weld bridges.", at: "/companies/\(world.companySlug)")
            }
            #expect(isThere)
            _ = try await world.site.store.write { transaction in
                try await world.site.store.jobs.move(
                    world.job.id, to: .closed, by: world.company.principal, at: TestSite.now,
                    in: transaction)
            }
            let isGone = try await eventually(on: world.site.loop) {
                try await world.site.send(.get("/jobs/\(world.job.slug)")).status == 410
            }
            #expect(isGone)
            // Other tests share the server and its messages: what they change is asked for again.
            let isKept = try await eventually(on: world.site.loop) {
                _ = try await world.site.send(.get("/jobs/\(world.job.slug)"))
                return world.site.isAnsweredAtOnce(.get("/jobs/\(world.job.slug)"))
            }
            #expect(isKept)
        }
    }

    @Test func `what changed while nobody listened is looked up afterwards`() async throws {
        try await withWatchedWorld { world, name in
            let path = "/jobs/\(world.job.slug)"
            _ = try await world.site.send(.get(path))
            // The listening connection is ended while its pool is the only one of this name.
            try await world.site.store.database.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = \(name) AND query LIKE 'LISTEN%'
                """)
            try await world.rename("Frezor la noapte")
            let isThere = try await eventually(on: world.site.loop) {
                try await world.shows("Frezor la noapte", at: path)
            }
            #expect(isThere)
        }
    }

    @Test func `what a page does not look at makes no other one`() async throws {
        try await withWorld { world in
            for (first, second) in [
                ("/jobs", "/jobs?utm_source=letter&fbclid=x"), ("/", "/?ref=article"),
                ("/jobs?q=zid&country=RO", "/jobs?country=RO&x=1&q=zid"),
                ("/jobs/\(world.job.slug)", "/jobs/\(world.job.slug)?utm_medium=social"),
                (
                    "/jobs/\(world.job.slug)?via=aaaaaaaaaa",
                    "/jobs/\(world.job.slug)?utm_campaign=a&via=bbbbbbbbbb"
                ),
            ] {
                let page = try await world.site.send(.get(first))
                #expect(page.status == 200)
                #expect(world.site.isAnsweredAtOnce(.get(second)), "\(second)")
                #expect(try await !world.site.send(.get(second)).text.contains("utm_"))
            }
            #expect(!world.site.isAnsweredAtOnce(.get("/jobs?q=other")))
        }
    }

    @Test func `what one visitor's request says is in nobody else's page`() async throws {
        try await withWorld { world in
            let ask = Ask.get("/jobs/\(world.job.slug)")
                .with("X-Forwarded-Host", "evil.example").with("Referer", "http://evil.example/")
            _ = try await world.site.send(ask)
            let page = try await world.site.send(.get("/jobs/\(world.job.slug)"))
            #expect(!page.text.contains("evil.example"))
        }
    }

    @Test func `the pages that are read most are made before anybody asks`() async throws {
        try await withWorld { world in
            let path = "/jobs/\(world.job.slug)"
            for _ in 0..<3 { _ = try await world.site.send(.get(path)) }
            let reads = await world.site.site.takeReadCounts()
            let page = PopularPages.Page(path: path, language: .english, hasCode: false)
            #expect(reads == [page: 3])
            let pages = world.site.store.popularPages
            try await pages.add(reads, at: TestSite.now)
            try await pages.add(
                [PopularPages.Page(path: "/nowhere", language: .romanian, hasCode: true): 1],
                at: TestSite.now)

            let other = TestSite(
                world.site.store.database, world.site.services.passwords)
            #expect(!other.isAnsweredAtOnce(.get(path)))
            let wanted = try await pages.list(limit: 10, at: TestSite.now)
            #expect(wanted.first == page)
            await other.site.warm(Site.firstPages + wanted)
            #expect(other.isAnsweredAtOnce(.get(path)))
            #expect(other.isAnsweredAtOnce(.get("/")))
            #expect(other.isAnsweredAtOnce(.get("/jobs").with("Accept-Language", "ro")))
            #expect(await other.site.takeReadCounts()[page] == 1)
            await other.site.close()
        }
    }
}

extension World {
    fileprivate func shows(_ text: String, at target: String) async throws -> Bool {
        try await site.send(.get(target)).text.contains(text)
    }

    fileprivate func rename(_ title: String) async throws {
        try await site.store.database.execute(
            "UPDATE job SET title = \(title) WHERE id = \(job.id)")
    }
}

/// Runs a test with a world whose pages last, and who listens for changes; the name is that of its
/// connections.
private func withWatchedWorld(
    _ body: @escaping @Sendable (World, String) async throws -> Void
) async throws {
    let name = "pages-\(UInt64.random(in: 0...UInt64.max))"
    try await withDatabase(settings: { $0.applicationName = name }) { database in
        let passwords = PasswordWorker(cost: .trivial)
        defer { passwords.stop() }
        let site = TestSite(database, passwords) {
            $0.pageTimes.watched = .seconds(7_200)
            $0.pageTimes.unwatched = .seconds(7_200)
            $0.pageTimes.patience = .seconds(60)
        }
        let world = try await World(site)
        let watch = PageWatch(database, [site.site], logger: quietLogger)
        let isListening = try await eventually(on: database.loop) {
            try await database.queryFirst(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE application_name = \(name) AND query LIKE 'LISTEN%' AND state = 'idle'
                """
            ) { row in try row.next(Int64.self) } == 1
        }
        try #require(isListening)
        try await body(world, name)
        watch.stop()
        await site.site.close()
    }
}

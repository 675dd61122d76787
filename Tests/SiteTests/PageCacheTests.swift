import Domain
import EventLoop
import HTTP
import Metrics
import Synchronization
import TestSupport
import Testing

@testable import Site

/// The memory of public pages, with pages that the tests make.
@Suite struct PageCacheTests {
    @Test func `a crowd that asks at once gets one page`() async throws {
        try await withPages { pages in
            pages.maker.hold()
            let texts = await withTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { await pages.ask() } }
                #expect(await pages.maker.begun(1))
                pages.maker.release()
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(texts == ["200 page 1"])
            #expect(await pages.ask() == "200 page 1")
            #expect(pages.maker.count == 1)
        }
    }

    @Test func `a change is seen by the next who asks, and others' pages stay`() async throws {
        try await withPages { pages in
            pages.cache.beginWatching()
            let other = PageKey(path: "/jobs/other", query: "", language: .english, hasCode: false)
            let list = PageKey(path: "/jobs", query: "", language: .english, hasCode: false)
            _ = await pages.ask(company: 1)
            _ = await pages.ask(other, company: 2)
            _ = await pages.ask(list)
            pages.cache.changed(CompanyID(1))
            #expect(await pages.ask(company: 1) == "200 page 4")
            #expect(await pages.ask(other, company: 2) == "200 page 2")
            #expect(await pages.ask(list) == "200 page 5")
            pages.cache.changed(nil)
            #expect(await pages.ask(other, company: 2) == "200 page 6")
        }
    }

    @Test func `a page that is only old is sent while it is made anew`() async throws {
        try await withPages({ $0.unwatched = .zero }) { pages in
            _ = await pages.ask()
            #expect(await pages.ask() == "200 page 1")
            #expect(await pages.maker.ended(2))
            #expect(await pages.ask() == "200 page 2")
        }
    }

    @Test func `who finds a changed page that cannot be made in time gets the old one`()
        async throws
    {
        try await withPages({ $0.patience = .milliseconds(5) }) { pages in
            pages.cache.beginWatching()
            _ = await pages.ask()
            pages.cache.changed(nil)
            pages.maker.hold()
            #expect(await pages.ask() == "200 page 1")
            #expect(await pages.ask() == "200 page 1")
            #expect(pages.maker.count == 2, "it is being made")
            pages.maker.release()
            #expect(await pages.maker.ended(2))
            #expect(await pages.ask() == "200 page 2")
        }
    }

    @Test
    func `an old page is better than an error, and the error is not asked for again and again`()
        async throws
    {
        try await withPages({
            $0.unwatched = .zero
            $0.retry = .seconds(3_600)
        }) { pages in
            _ = await pages.ask()
            pages.maker.status = .serviceUnavailable
            for _ in 0..<5 {
                #expect(await pages.ask() == "200 page 1")
                #expect(await pages.maker.ended(2))
            }
            #expect(pages.maker.count == 2)
            #expect(pages.cache.counts.failed.value == 1)
            // A change is a reason to try at once.
            pages.maker.status = .ok
            pages.cache.changed(nil)
            #expect(await pages.ask() == "200 page 3")
        }
    }

    @Test func `an old page is not kept for ever`() async throws {
        try await withPages({
            $0.unwatched = .zero
            $0.error = .zero
        }) { pages in
            _ = await pages.ask()
            pages.maker.status = .serviceUnavailable
            #expect(await pages.ask() == "503 page 2")
        }
    }

    @Test func `a page that was begun before a change is not taken for newer`() async throws {
        try await withPages { pages in
            pages.cache.beginWatching()
            pages.maker.hold()
            async let first = pages.ask()
            #expect(await pages.maker.begun(1))
            pages.cache.changed(CompanyID(9))
            pages.maker.release()
            #expect(await first == "200 page 1")
            #expect(await pages.ask() == "200 page 2")
            #expect(await pages.ask() == "200 page 2")
        }
    }

    @Test func `what is gone is forgotten, what is over is kept`() async throws {
        try await withPages { pages in
            pages.cache.beginWatching()
            _ = await pages.ask()
            pages.cache.changed(nil)
            pages.maker.status = .notFound
            #expect(await pages.ask() == "404 page 2")
            pages.maker.status = .gone
            #expect(await pages.ask() == "410 page 3")
            #expect(await pages.ask() == "410 page 3")
        }
    }

    @Test func `a page that lacks something takes the place of none that is whole`() async throws {
        try await withPages({ $0.unwatched = .zero }) { pages in
            _ = await pages.ask()
            pages.maker.leavesOut = true
            for _ in 0..<3 {
                #expect(await pages.ask() == "200 page 1")
                #expect(await pages.maker.ended(2))
            }
            // What has changed is not told, even if the page was whole.
            pages.cache.changed(nil)
            #expect(await pages.ask() == "200 page 3")
            pages.maker.leavesOut = false
            #expect(await pages.ask() == "200 page 3")
            #expect(await pages.maker.ended(4))
            #expect(await pages.ask() == "200 page 4")
        }
    }

    @Test func `an answer about somebody goes to nobody else`() async throws {
        try await withPages { pages in
            pages.maker.isPersonal = true
            pages.maker.hold()
            let texts = await withTaskGroup(of: String.self) { group in
                for _ in 0..<5 { group.addTask { await pages.ask() } }
                #expect(await pages.maker.begun(1))
                pages.maker.release()
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(texts.count == 5)
            #expect(!texts.contains("200 page 1"), "made for the memory, and for nobody")
        }
    }

    @Test func `after the listening is lost everything is looked at again`() async throws {
        try await withPages { pages in
            pages.cache.beginWatching()
            _ = await pages.ask()
            #expect(await pages.ask() == "200 page 1")
            pages.cache.endWatching()
            pages.cache.beginWatching()
            #expect(await pages.ask() == "200 page 2")
        }
    }

    @Test func `readings are told once, without narrowed lists`() async throws {
        try await withPages { pages in
            let narrowed = PageKey(
                path: "/jobs", query: "q=zidar", language: .romanian, hasCode: false)
            for _ in 0..<3 { _ = await pages.ask() }
            _ = await pages.ask(narrowed)
            #expect(pages.cache.takeReadCounts() == [Pages.key: 3])
            #expect(pages.cache.takeReadCounts().isEmpty)
        }
    }
}

/// A memory, and who asks it.
private final class Pages: @unchecked Sendable {
    static let key = PageKey(path: "/jobs/a", query: "", language: .english, hasCode: false)
    let cache: PageCache
    let maker = PageMaker()

    init(_ loop: EventLoop, _ times: PageCache.Times) throws {
        var settings = SiteSettings(
            publicOrigin: TestSite.origin, keys: TestKeys.keys("the secret of the tests"))
        settings.pageTimes = times
        cache = PageCache(
            loop: loop, settings: settings,
            holes: PageHoles(.system),
            timeLeftToday: { .seconds(86_400) })
    }

    /// Status and text of the answer.
    func ask(_ key: PageKey = key, company: Int64? = nil) async -> String {
        guard let head = try? RequestHead.parsed("GET /jobs/a HTTP/1.1\r\nHost: a\r\n\r\n") else {
            return "no request"
        }
        let maker = maker
        let make: PageCache.Maker = { page in
            if let company { page.shows(only: CompanyID(company)) }
            if maker.leavesOut { page.leavesOut() }
            return await maker.make()
        }
        let found = cache.find(key, PageFilling(), to: head, subject: .jobs, make: make)
        let response: Response
        if let found {
            response = found
        } else {
            response = await cache.answer(key, PageFilling(), to: head, subject: .jobs, make: make)
        }
        return "\(response.status.code) " + Answer(response).text
    }
}

/// Makes pages with a number, at once or when it is let.
private final class PageMaker: @unchecked Sendable {
    var status = Status.ok
    var isPersonal = false
    var leavesOut = false
    private(set) var count = 0
    private var endCount = 0
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []

    func hold() { isHeld = true }

    func release() {
        isHeld = false
        for continuation in held { continuation.resume() }
        held = []
    }

    func make() async -> Response {
        count += 1
        let number = count
        if isHeld { await withCheckedContinuation { held.append($0) } }
        var response = Response.text("page \(number)", status: status)
        if isPersonal { response.fields.add(SetCookie("a", "b", isSecure: false)) }
        endCount += 1
        return response
    }

    /// Waits until so many are being made; nothing else moves the loop.
    func begun(_ wanted: Int) async -> Bool { await turn { self.count >= wanted } }

    func ended(_ wanted: Int) async -> Bool { await turn { self.endCount >= wanted } }

    private func turn(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<10_000 {
            if condition() {
                for _ in 0..<10 { await Task.yield() }
                return true
            }
            await Task.yield()
        }
        return false
    }
}

/// Runs a test on the loop that the memory is confined to.
private func withPages(
    _ change: @escaping @Sendable (inout PageCache.Times) -> Void = { _ in },
    _ body: @escaping @Sendable (Pages) async throws -> Void
) async throws {
    try await withLoop { loop in
        var times = PageCache.Times()
        times.unwatched = .seconds(3_600)
        times.watched = .seconds(3_600)
        change(&times)
        try await body(try Pages(loop, times))
    }
}

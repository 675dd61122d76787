import Domain
import EventLoop
import HTTP
import HTTPServer
import Metrics

/// The public pages of one loop in memory, for whoever is not signed in: made once, compressed
/// once, and sent many times.
///
/// While changes are listened for, a page is as good as new until something that it shows has
/// changed, or until it is old (a day has begun, a count has moved on); without that it is good for a
/// second. A page that has changed is made anew by the next who asks, who waits for a moment and
/// gets the old one if that is not enough; one that is merely old is sent while it is made anew
/// (`stale-while-revalidate`), and so is every page while it cannot be made (`stale-if-error`;
/// RFC 5861 for both).
///
/// `@unchecked Sendable`: confined to its loop.
final class PageCache: @unchecked Sendable {
    /// How long what is kept.
    struct Times: Sendable {
        /// A page is as good as a new one while changes are listened for.
        var watched = Duration.seconds(60)
        /// The same while nobody tells of changes: also the bound on how long a page is wrong.
        var unwatched = Duration.seconds(1)
        /// A page is better than none while it cannot be made.
        var error = Duration.seconds(86_400)
        /// Somebody who asks for a page that has changed waits for the new one.
        var patience = Duration.milliseconds(100)
        /// A page without its optional parts is as good as a new one.
        var plain = Duration.seconds(5)
        /// After a failure, at least; at most twice as long.
        var retry = Duration.seconds(1)
    }

    private let loop: EventLoop
    private let times: Times
    /// The time until the day ends; pages show what is open today.
    private let timeLeftToday: @Sendable () -> Duration
    private let holes: PageHoles
    let counts = PageCounts()

    private var entries: SegmentedLRU<PageKey, KeptPage>
    /// Pages that are being made.
    private var flights: [PageKey: PageFlight<Response>] = [:]
    private var isWatched = false
    /// Counts changes, so that a page that was begun before one is not taken for newer.
    private var changeCount = 0

    init(
        loop: EventLoop, settings: SiteSettings, holes: PageHoles,
        timeLeftToday: @escaping @Sendable () -> Duration
    ) {
        self.loop = loop
        times = settings.pageTimes
        entries = SegmentedLRU(bytesMax: settings.pageBytesMax)
        self.holes = holes
        self.timeLeftToday = timeLeftToday
    }

    /// Makes one page for everybody.
    typealias Maker = @Sendable (SharedPage) async -> Response

    // MARK: - Reading

    /// The page as it is in memory, if it can be sent without waiting; begins to make it anew where
    /// that is due.
    func find(
        _ key: PageKey, _ filling: PageFilling, to head: RequestHead, subject: PageSubject,
        make: @escaping Maker
    ) -> Response? {
        guard let entry = entries.find(key) else { return nil }
        let now = loop.now
        if now < entry.freshUntil, !entry.isSuspect {
            counts.fresh.add()
        } else {
            guard now < entry.madeAt + times.error else {
                entries.remove(key)
                return nil
            }
            let isBeingMade = flights[key] != nil
            let mayBeMade = entry.retryAt.map { $0 <= now } ?? true
            if entry.isSuspect {
                // The one who asks first after a change, or so soon that it may be there at once.
                let isLate = flights[key].map { $0.begin + times.patience <= now } ?? false
                if mayBeMade, !isLate { return nil }
            } else if mayBeMade, !isBeingMade {
                fly(key, subject, make)
            }
            counts.stale.add()
        }
        entry.readCount += 1
        return entry.response(filling, to: head)
    }

    /// The page as it was last known, however old it may be sent.
    func findLastKnown(
        _ key: PageKey, _ filling: PageFilling, to head: RequestHead
    ) -> Response? {
        guard let entry = entries.peek(key), loop.now < entry.madeAt + times.error else {
            return nil
        }
        counts.stale.add()
        entry.readCount += 1
        return entry.response(filling, to: head)
    }

    /// Makes a page, or waits for whoever is making it already.
    func answer(
        _ key: PageKey, _ filling: PageFilling, to head: RequestHead, subject: PageSubject,
        make: @escaping Maker
    ) async -> Response {
        let old = entries.peek(key)
        let flight = flights[key] ?? fly(key, subject, make)
        let made = await flight.wait(
            on: loop, atMost: old == nil ? nil : flight.begin + times.patience - loop.now)
        if let entry = entries.peek(key) {
            (entry === old ? counts.stale : counts.waited).add()
            entry.readCount += 1
            return entry.response(filling, to: head)
        }
        counts.unkept.add()
        // What one got, the others of that moment get too, unless it is about somebody.
        if let made, !made.fields.contains(.setCookie) { return holes.filled(made, filling) }
        return holes.filled(await make(newPage(key, subject)), filling)
    }

    /// Makes a page that nobody has asked for yet.
    func prepare(_ key: PageKey, subject: PageSubject, make: @escaping Maker) async {
        guard entries.peek(key) == nil else { return }
        _ = await (flights[key] ?? fly(key, subject, make)).wait(on: loop, atMost: nil)
    }

    private func newPage(_ key: PageKey, _ subject: PageSubject) -> SharedPage {
        SharedPage(holes, hasCode: key.hasCode, subject: subject)
    }

    @discardableResult
    private func fly(
        _ key: PageKey, _ subject: PageSubject, _ make: @escaping Maker
    ) -> PageFlight<Response> {
        let flight = PageFlight<Response>(begin: loop.now, changeCount: changeCount)
        flights[key] = flight
        let page = newPage(key, subject)
        // Unstructured: it outlives the request that found the page missing.
        Task(executorPreference: loop) { [self] in
            let response = await make(page)
            keep(response, as: key, page, flight)
            flights[key] = nil
            flight.land(response)
        }
        return flight
    }

    // MARK: - Keeping

    private func keep(
        _ response: Response, as key: PageKey, _ page: SharedPage, _ flight: PageFlight<Response>
    ) {
        guard case .bytes(let content) = response.body,
            response.status == .ok || response.status == .gone,
            !response.fields.contains(.setCookie)
        else {
            let isPassing = response.status.code >= 500 || response.status == .tooManyRequests
            guard isPassing else { return entries.remove(key) }
            counts.failed.add()
            let pause = times.retry + times.retry * Double.random(in: 0..<1)
            entries.peek(key)?.retryAt = loop.now + pause
            return
        }
        let old = entries.peek(key)
        // One that lacks something is no better than an older one that nothing has changed of.
        if page.isPlain, let old, !old.isPlain, !old.isSuspect {
            old.freshUntil = loop.now + times.plain
            return
        }
        let usual = isWatched ? times.watched : times.unwatched
        let fresh = min(page.isPlain ? min(usual, times.plain) : usual, timeLeftToday())
        let entry: KeptPage
        if let old, old.isSame(as: response, content, page) {
            entry = old
            entry.madeAt = flight.begin
            entry.freshUntil = flight.begin + fresh
            entry.isSuspect = false
            entry.retryAt = nil
        } else {
            entry = KeptPage(
                response, content, page,
                holes: holes.find(in: content, hasCode: key.hasCode, hasForm: page.hasForm),
                madeAt: flight.begin, freshUntil: flight.begin + fresh)
            entry.readCount = old?.readCount ?? 0
            entries.insert(entry, for: key, byteCount: entry.byteCount)
            counts.bytes.set(entries.byteCount)
            counts.pages.set(entries.count)
            counts.evicted.set(entries.evictionCount)
        }
        counts.made.add()
        // What was read before the change may be what it was.
        if flight.changeCount != changeCount { entry.isSuspect = true }
    }

    // MARK: - Changes

    /// Changes are told from now on; what happened before is not known, so every page is looked at
    /// again.
    func beginWatching() {
        isWatched = true
        changed { _ in true }
    }

    /// Changes may be missed from now on.
    func endWatching() {
        isWatched = false
        let end = loop.now + times.unwatched
        for (_, entry) in entries.all { entry.freshUntil = min(entry.freshUntil, end) }
    }

    /// A company, or a job of it, is not what it was; nil for any number of them.
    func changed(_ company: CompanyID?) {
        changed { subject in
            company.map(subject.isTouched) ?? (subject != .program)
        }
    }

    private func changed(_ isTouched: (PageSubject) -> Bool) {
        changeCount += 1
        for (_, entry) in entries.all where isTouched(entry.subject) {
            entry.isSuspect = true
            entry.retryAt = nil
        }
    }

    /// How often pages were read since the last call; those that were not are left out, and so are
    /// lists that somebody narrowed.
    func takeReadCounts() -> [PageKey: Int] {
        var counts: [PageKey: Int] = [:]
        for (key, entry) in entries.all where entry.readCount > 0 {
            if key.query.isEmpty { counts[key] = entry.readCount }
            entry.readCount = 0
        }
        return counts
    }
}

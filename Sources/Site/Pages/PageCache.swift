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
        /// After a failure, at least; at most twice as long.
        var retry = Duration.seconds(1)
    }

    /// A page as it is kept.
    private final class Entry {
        let fields: ResponseFields
        let status: Status
        let content: [UInt8]
        let plain: PreparedResponse
        let gzip: PreparedResponse?
        let subject: PageSubject
        /// Where the placeholder of the code stands in the content.
        let codePositions: [Int]
        var madeAt: MonotonicTime
        var freshUntil: MonotonicTime
        /// Something that it shows has changed.
        var isSuspect = false
        /// Not made anew before.
        var retryAt: MonotonicTime?
        var readCount = 0

        init(
            _ response: Response, _ content: [UInt8], _ subject: PageSubject,
            codePositions: [Int], madeAt: MonotonicTime, freshUntil: MonotonicTime
        ) {
            let gzip = content.count <= gzipBytesMax ? Gzip.compressed(content) : nil
            fields = response.fields
            status = response.status
            self.content = content
            plain = Self.prepared(response, content, isGzip: false)
            self.gzip = gzip.map { Self.prepared(response, $0, isGzip: true) }
            self.subject = subject
            self.codePositions = codePositions
            self.madeAt = madeAt
            self.freshUntil = freshUntil
        }

        var byteCount: Int { 2 * content.count + (gzip?.contentCount ?? 0) + 1_024 }

        private static func prepared(
            _ response: Response, _ content: [UInt8], isGzip: Bool
        ) -> PreparedResponse {
            var fields = response.fields
            if isGzip { fields.add(.contentEncoding, "gzip") }
            // FNV-1a: a tag has to change with the content, not to withstand anybody.
            let hash = content.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
            }
            fields.add(.etag, ETag(hash).text)
            return PreparedResponse(response.status, fields: fields, content: content)
        }

        func response(_ code: LinkCode?, to head: RequestHead) -> Response {
            guard let code else {
                let gzip = AcceptEncoding.allowsGzip(head.fields) ? gzip : nil
                return (gzip ?? plain).response(to: head)
            }
            // Codes are of one length, so the page with another code is as long. It has no tag.
            var content = content
            for start in codePositions {
                content.replaceSubrange(start..<(start + LinkCode.length), with: code.text.utf8)
            }
            return Response(status, fields: fields, body: .bytes(content))
        }
    }

    /// More would hold the loop up for longer than a millisecond or two.
    private static let gzipBytesMax = 131_072

    private let loop: EventLoop
    private let times: Times
    /// The time until the day ends; pages show what is open today.
    private let timeLeftToday: @Sendable () -> Duration
    /// Stands in a page for the code by which the visitor came; drawn anew by each process, so that
    /// no text of a page can have it.
    private let placeholder: LinkCode
    let counts = PageCounts()

    private var entries: SegmentedLRU<PageKey, Entry>
    /// Pages that are being made.
    private var flights: [PageKey: PageFlight] = [:]
    private var isWatched = false
    /// Counts changes, so that a page that was begun before one is not taken for newer.
    private var changeCount = 0

    init(
        loop: EventLoop, settings: SiteSettings, placeholder: LinkCode,
        timeLeftToday: @escaping @Sendable () -> Duration
    ) {
        self.loop = loop
        times = settings.pageTimes
        entries = SegmentedLRU(bytesMax: settings.pageBytesMax)
        self.placeholder = placeholder
        self.timeLeftToday = timeLeftToday
    }

    /// Makes one page for everybody.
    typealias Maker = @Sendable (SharedPage) async -> Response

    // MARK: - Reading

    /// The page as it is in memory, if it can be sent without waiting; begins to make it anew where
    /// that is due.
    func find(
        _ key: PageKey, code: LinkCode?, to head: RequestHead, subject: PageSubject,
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
        return entry.response(code, to: head)
    }

    /// Makes a page, or waits for whoever is making it already.
    func answer(
        _ key: PageKey, code: LinkCode?, to head: RequestHead, subject: PageSubject,
        make: @escaping Maker
    ) async -> Response {
        let old = entries.peek(key)
        let flight = flights[key] ?? fly(key, subject, make)
        let made = await flight.wait(
            on: loop, atMost: old == nil ? nil : flight.begin + times.patience - loop.now)
        if let entry = entries.peek(key) {
            (entry === old ? counts.stale : counts.waited).add()
            entry.readCount += 1
            return entry.response(code, to: head)
        }
        counts.unkept.add()
        // What one got, the others of that moment get too, unless it is about somebody.
        if let made, !made.fields.contains(.setCookie) { return made }
        return await make(newPage(key, subject))
    }

    /// Makes a page that nobody has asked for yet.
    func prepare(_ key: PageKey, subject: PageSubject, make: @escaping Maker) async {
        guard entries.peek(key) == nil else { return }
        _ = await (flights[key] ?? fly(key, subject, make)).wait(on: loop, atMost: nil)
    }

    private func newPage(_ key: PageKey, _ subject: PageSubject) -> SharedPage {
        SharedPage(code: key.hasCode ? placeholder : nil, subject: subject)
    }

    @discardableResult
    private func fly(
        _ key: PageKey, _ subject: PageSubject, _ make: @escaping Maker
    ) -> PageFlight {
        let flight = PageFlight(begin: loop.now, changeCount: changeCount)
        flights[key] = flight
        let page = newPage(key, subject)
        // Unstructured: it outlives the request that found the page missing.
        Task(executorPreference: loop) { [self] in
            let response = await make(page)
            keep(response, as: key, page.subject, flight)
            flights[key] = nil
            flight.land(response)
        }
        return flight
    }

    // MARK: - Keeping

    private func keep(
        _ response: Response, as key: PageKey, _ subject: PageSubject, _ flight: PageFlight
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
        let fresh = min(isWatched ? times.watched : times.unwatched, timeLeftToday())
        let entry: Entry
        if let old = entries.peek(key), old.content == content, old.fields == response.fields,
            old.subject == subject
        {
            entry = old
            entry.madeAt = flight.begin
            entry.freshUntil = flight.begin + fresh
            entry.isSuspect = false
            entry.retryAt = nil
        } else {
            entry = Entry(
                response, content, subject,
                codePositions: key.hasCode ? positions(in: content) : [],
                madeAt: flight.begin, freshUntil: flight.begin + fresh)
            entry.readCount = entries.peek(key)?.readCount ?? 0
            entries.insert(entry, for: key, byteCount: entry.byteCount)
            counts.bytes.set(entries.byteCount)
            counts.pages.set(entries.count)
            counts.evicted.set(entries.evictionCount)
        }
        counts.made.add()
        // What was read before the change may be what it was.
        if flight.changeCount != changeCount { entry.isSuspect = true }
    }

    private func positions(in content: [UInt8]) -> [Int] {
        let code = Array(placeholder.text.utf8)
        guard content.count >= code.count else { return [] }
        return (0...(content.count - code.count)).filter { start in
            content[start] == code[0] && content[start..<(start + code.count)].elementsEqual(code)
        }
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

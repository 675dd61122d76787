import Domain
import EventLoop
import HTTP
import Postgres
import Store

/// Where links lead, as far as one loop has learnt it: whoever follows one of them needs no
/// database, and gets to the job while there is none.
///
/// What is known is as good as new for as long as pages are (`PageCache.Times`); after that, and
/// when a company's jobs have changed, it is asked for again, and what was known before is told
/// where no answer comes. What is not known is never guessed.
///
/// `@unchecked Sendable`: confined to its loop.
final class LinkMemory: @unchecked Sendable {
    private final class Entry {
        var target: LinkTarget
        var madeAt: MonotonicTime
        var freshUntil: MonotonicTime

        init(_ target: LinkTarget, madeAt: MonotonicTime, freshUntil: MonotonicTime) {
            self.target = target
            self.madeAt = madeAt
            self.freshUntil = freshUntil
        }
    }

    private typealias Found = Result<LinkTarget?, any Error>

    /// With its slug and its places in the lists a link takes less than half a kilobyte.
    private static let entryBytes = 512
    private static let bytesMax = 8 << 20

    private let loop: EventLoop
    private let times: PageCache.Times
    private let look: @Sendable (LinkCode) async throws -> LinkTarget?
    private var entries = SegmentedLRU<LinkCode, Entry>(bytesMax: bytesMax)
    private var flights: [LinkCode: PageFlight<Found>] = [:]
    private var isWatched = false
    private var changeCount = 0

    /// - Parameter look: asks the database; nil for a code that nobody has.
    init(
        loop: EventLoop, times: PageCache.Times,
        look: @escaping @Sendable (LinkCode) async throws -> LinkTarget?
    ) {
        self.loop = loop
        self.times = times
        self.look = look
    }

    var count: Int { entries.count }

    /// Where a link leads, where that is known for sure.
    func find(_ code: LinkCode) -> LinkTarget? {
        guard let entry = entries.find(code), loop.now < entry.freshUntil else { return nil }
        return entry.target
    }

    /// Where a link led when that was last known; nil when that is too long ago.
    func findLastKnown(_ code: LinkCode) -> LinkTarget? {
        guard let entry = entries.peek(code), loop.now < entry.madeAt + times.error else {
            return nil
        }
        return entry.target
    }

    /// Where a link leads; asks the database unless it is known for sure.
    ///
    /// - Returns: nil for a code that nobody has.
    func target(_ code: LinkCode) async throws -> LinkTarget? {
        if let known = find(code) { return known }
        let known = findLastKnown(code)
        let flight = flights[code] ?? fly(code)
        let found = await flight.wait(
            on: loop, atMost: known == nil ? nil : flight.begin + times.patience - loop.now)
        switch found {
        case .success(let target): return target
        case .failure(let error):
            guard let known else { throw error }
            return known
        case nil: return known
        }
    }

    private func fly(_ code: LinkCode) -> PageFlight<Found> {
        let flight = PageFlight<Found>(begin: loop.now, changeCount: changeCount)
        flights[code] = flight
        // Unstructured: others than the first who asked wait for it too.
        Task(executorPreference: loop) { [self] in
            let found: Found
            do {
                let target = try await CallerDeadline.$current.withValue(nil) {
                    try await look(code)
                }
                found = .success(target)
                if let target {
                    // What was read before a change may be what it was.
                    keep(target, isFresh: flight.changeCount == changeCount, since: flight.begin)
                } else {
                    entries.remove(code)
                }
            } catch {
                found = .failure(error)
            }
            flights[code] = nil
            flight.land(found)
        }
        return flight
    }

    /// Learns where links lead that nobody has followed here yet.
    func keep(_ targets: [LinkTarget]) {
        for target in targets where entries.peek(target.code) == nil {
            keep(target, isFresh: true, since: loop.now)
        }
    }

    private func keep(_ target: LinkTarget, isFresh: Bool, since begin: MonotonicTime) {
        let until = isFresh ? begin + (isWatched ? times.watched : times.unwatched) : begin
        if let entry = entries.peek(target.code) {
            entry.target = target
            entry.madeAt = begin
            entry.freshUntil = until
        } else {
            entries.insert(
                Entry(target, madeAt: begin, freshUntil: until), for: target.code,
                byteCount: Self.entryBytes)
        }
    }

    // MARK: - Changes

    /// Changes are told from now on; what happened before is not known.
    func beginWatching() {
        isWatched = true
        changed(nil)
    }

    /// Changes may be missed from now on.
    func endWatching() {
        isWatched = false
        let end = loop.now + times.unwatched
        for (_, entry) in entries.all { entry.freshUntil = min(entry.freshUntil, end) }
    }

    /// A company, or a job of it, is not what it was; nil for any number of them.
    func changed(_ company: CompanyID?) {
        changeCount += 1
        for (_, entry) in entries.all
        where company == nil || entry.target.company == company {
            entry.freshUntil = min(entry.freshUntil, loop.now)
        }
    }
}

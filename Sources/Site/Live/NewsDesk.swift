import Domain
import EventLoop
import HTTP
import Logging
import Postgres
import Store

/// The open pages of affiliates and companies on one loop, and what is told to them.
///
/// One connection listens for all of them, one statement reads what is new for all of them, one
/// timer keeps all of them alive. Without an open page there is nothing of that.
///
/// `@unchecked Sendable`: confined to its loop.
final class NewsDesk: @unchecked Sendable {
    private let loop: EventLoop
    private let services: Services
    private var streams: [News.Reader: [NewsStream]] = [:]
    /// The same streams by when their turn is, so that a beat is not one long stop of the loop.
    private var groups: [[NewsStream]]
    private var nextGroup = 0
    private var count = 0
    /// Nil while nobody listens.
    private var position: NewsPosition?
    private var subscription: Subscription?
    private var isReading = false
    private var isDue = false
    private var isFailing = false
    private var isBeating = false
    private var isClosed = false

    private static let groupCount = 25
    /// Between two readings: a flood of messages is read in few statements.
    private static let pause = Duration.milliseconds(20)
    private static let pauseAfterFailure = Duration.seconds(1)
    /// How long before its end a transaction may have written down a message.
    private static let transactionSeconds = 300
    /// What somebody who comes anew is told: what happened while the page was made.
    private static let newcomerSeconds = 60

    init(loop: EventLoop, services: Services) {
        self.loop = loop
        self.services = services
        groups = [[NewsStream]](repeating: [], count: Self.groupCount)
    }

    /// Ends all streams and listens no more; from any thread.
    func close() {
        loop.execute { [self] in
            isClosed = true
            subscription?.cancel()
            subscription = nil
            for stream in groups.flatMap({ $0 }) { stream.end() }
        }
    }

    // MARK: Streams

    /// Opens a stream that begins behind what was seen.
    ///
    /// - Throws: `DomainError.tooMany`, `StreamsFull`, or what the database says.
    func open(
        _ listener: NewsListener, after mark: NewsMark?
    ) async throws -> NewsStream {
        let stream = try enter(listener, after: mark)
        do {
            try await prepare()
            let missed = try await missed(by: listener, after: mark)
            // Who was cut off together must not come back together.
            let retry = Int(services.random.bytes(1)[0]) * 20 + 2_000
            stream.begin(
                retryMilliseconds: retry, missed, settled: position?.settled ?? OutboxID(0))
            return stream
        } catch {
            stream.closed()
            throw error
        }
    }

    private func enter(
        _ listener: NewsListener, after mark: NewsMark?
    ) throws -> NewsStream {
        do {
            try services.streams.enter(listener.account)
        } catch {
            switch error {
            case .account: throw DomainError.tooMany(.streams, retryAfterSeconds: 60)
            case .all: throw PostgresError.poolExhausted
            }
        }
        let smallest = groups.indices.min { groups[$0].count < groups[$1].count } ?? 0
        let stream = NewsStream(self, listener, group: smallest, after: mark)
        groups[smallest].append(stream)
        streams[listener.reader, default: []].append(stream)
        count += 1
        listen()
        beatLater()
        return stream
    }

    /// Forgets a stream that has ended.
    func remove(_ stream: NewsStream) {
        services.streams.leave(stream.listener.account)
        groups[stream.group].removeAll { $0 === stream }
        let reader = stream.listener.reader
        let left = streams[reader]?.filter { $0 !== stream } ?? []
        streams[reader] = left.isEmpty ? nil : left
        count -= 1
        if count == 0 { position = nil }
    }

    /// What somebody missed: behind the mark within a day, or just now.
    private func missed(
        by listener: NewsListener, after mark: NewsMark?
    ) async throws -> [NewsStream.Message] {
        let now = services.clock()
        let since = mark == nil ? now.adding(seconds: -Self.newcomerSeconds) : now.adding(days: -1)
        let items = try await services.store.news.missed(
            by: listener.reader, after: mark?.settled ?? OutboxID(0), since: since)
        let context = context(listener.form)
        var events: [NewsStream.Message] = []
        for item in items where mark?.told.contains(item.id) != true {
            guard let event = try await event(item) else { continue }
            events.append((item.id, event.data(listener.form, context)))
        }
        return events
    }

    // MARK: Reading

    /// Begins to listen with the first stream.
    private func listen() {
        guard subscription == nil, !isClosed else { return }
        subscription = services.store.database.listen(
            to: ["outbox"], onNotification: { [weak self] _ in self?.wake() },
            // What was said while nobody listened is looked up.
            onRestored: { [weak self] in self?.wake() })
    }

    /// Finds out where to begin; what is there already is for the streams to look up.
    private func prepare() async throws {
        guard position == nil else { return }
        let now = services.clock()
        let news = services.store.news
        var found = NewsPosition(
            settled: try await news.newest(before: now.adding(seconds: -Self.transactionSeconds)))
        var isFull = true
        while isFull {
            let reading = try await news.read(after: found.settled, except: found.known)
            _ = found.advance(reading)
            isFull = reading.isFull
        }
        if position == nil, count > 0 { position = found }
    }

    /// Reads what is new; while that goes on, once more afterwards.
    private func wake() {
        isDue = true
        guard !isReading, position != nil else { return }
        isReading = true
        Task(executorPreference: loop) { [self] in
            while isDue, position != nil, !isClosed { await readOnce() }
            isReading = false
        }
    }

    private func readOnce() async {
        isDue = false
        do {
            try await read()
            isFailing = false
            try await loop.sleep(for: Self.pause)
        } catch {
            isDue = true
            // Once, not as often as it is tried.
            if !isFailing {
                services.logger.warning(
                    "news not read", metadata: ["error": "\(LoggedError(error: error))"])
            }
            isFailing = true
            try? await loop.sleep(for: Self.pauseAfterFailure)
        }
    }

    private func read() async throws {
        guard let before = position else { return }
        let reading = try await services.store.news.read(
            after: before.settled, except: before.known)
        var events: [NewsEvent] = []
        for item in reading.items where streams[item.reader] != nil {
            if let event = try await event(item) { events.append(event) }
        }
        // Last, so that a failure before it has the same messages read again; and as a whole, for
        // in between the streams may all have left and others come.
        let new = Set(position?.advance(reading).map(\.id) ?? [])
        tell(events.filter { new.contains($0.id) })
        if reading.isFull { isDue = true }
    }

    private func tell(_ events: [NewsEvent]) {
        guard let settled = position?.settled else { return }
        for (reader, events) in Dictionary(grouping: events, by: \.reader) {
            var written: [NewsForm: [NewsStream.Message]] = [:]
            for stream in streams[reader] ?? [] {
                let form = stream.listener.form
                let messages =
                    written[form]
                    ?? events.map { ($0.id, data: $0.data(form, context(form))) }
                written[form] = messages
                stream.tell(messages, settled: settled)
            }
        }
    }

    /// What a message shows; nil for one that cannot be shown, so that it does not hold up others.
    private func event(_ item: News.Item) async throws -> NewsEvent? {
        do {
            return try await NewsEvent(
                item, services.store, today: services.clock().date)
        } catch  where FailureReply(error).isOurFault {
            services.logger.error(
                "message not shown",
                metadata: [
                    "message": "\(item.id)", "error": "\(LoggedError(error: error))",
                ])
            return nil
        }
    }

    private func context(_ form: NewsForm) -> PageContext {
        var language = Language.english
        if case .page(let wanted) = form { language = wanted }
        return PageContext(
            texts: Texts(language), origin: services.settings.publicOrigin,
            today: services.clock().date)
    }

    // MARK: Keeping alive

    private func beatLater() {
        guard !isBeating, count > 0, !isClosed else { return }
        isBeating = true
        _ = loop.schedule(after: services.settings.heartbeatTime / Self.groupCount) { [weak self] in
            guard let self else { return }
            isBeating = false
            beat()
            beatLater()
        }
    }

    /// The turn of one group.
    private func beat() {
        let group = groups[nextGroup]
        nextGroup = (nextGroup + 1) % Self.groupCount
        guard !group.isEmpty else { return }
        let settled = position?.settled
        for stream in group { stream.beat(settled: settled) }
        Task(executorPreference: loop) { [self] in await endRevoked(group) }
    }

    /// Ends the streams whose session or token was revoked or is over. Where the database is away nothing can
    /// be known, and nothing is told either.
    private func endRevoked(_ group: [NewsStream]) async {
        var sessions: Set<SessionID> = []
        var tokens: Set<APITokenID> = []
        for stream in group {
            switch stream.listener.holder {
            case .session(let id): sessions.insert(id)
            case .token(let id): tokens.insert(id)
            }
        }
        let store = services.store
        if !sessions.isEmpty {
            let living = try? await store.sessions.living(
                Array(sessions), at: services.clock())
            guard let living else { return }
            sessions.subtract(living)
        }
        if !tokens.isEmpty {
            guard let living = try? await store.tokens.living(Array(tokens)) else { return }
            tokens.subtract(living)
        }
        for stream in group {
            switch stream.listener.holder {
            case .session(let id): if sessions.contains(id) { stream.end() }
            case .token(let id): if tokens.contains(id) { stream.end() }
            }
        }
    }
}

import EventLoop
import Glibc
import HTTPServer
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import Site
import Spool
import Store
import Synchronization

/// Plane A: a listener and a thread of its own that say how this instance does, whatever the others
/// are at. It starts before everything else and ends after it.
///
/// `@unchecked Sendable`: what changes is confined to its loop.
final class StatusKeeper: @unchecked Sendable {
    let loop: EventLoop
    private let board: StatusBoard
    private let server: Server
    private let agent: LineListener?
    private let watched: Watched
    private var isStopping = false
    private var timer: LoopTimer?
    private var saidAt: MonotonicTime?

    /// What is looked at.
    struct Watched: Sendable {
        let loops: [LoopProbe]
        let databases: [Database]
        let mail: MailGauges
        let overload: Overload
        let spool: SpoolKeeping?
    }

    /// A look takes some microseconds; people who read the page want it within seconds.
    private static let interval = Duration.milliseconds(250)
    /// The page says of what moment it is.
    private static let repetition = Duration.seconds(1)

    /// - Throws: `SystemError`, as where an address is taken.
    init(
        _ board: StatusBoard, assets: StaticFiles?, listen: ListenAddress, agent: ListenAddress?,
        watched: Watched, metrics: @escaping @Sendable () -> [UInt8]
    ) throws {
        let loop = try EventLoop(name: "status")
        self.loop = loop
        self.board = board
        self.watched = watched
        var settings = ServerSettings()
        // Its own share of descriptors: those of the site's connections end before them.
        settings.connectionsMax = Self.connectionsMax
        settings.connectionsPerAddressMax = 0
        settings.headTimeMax = .seconds(5)
        settings.idleTimeMax = .seconds(30)
        settings.bodyBytesHeldMax = 0
        server = try Server(
            settings: settings, loops: [loop], plain: [listen],
            handler: { _ in StatusSite(board, assets: assets, metrics: metrics) })
        self.agent = try agent.map {
            try LineListener(loop: loop, address: $0) { board.facts.agentLine }
        }
    }

    /// Connections that are kept free for it.
    static let connectionsMax = 512

    var address: ListenAddress? { server.addresses.first }

    func start() {
        loop.start()
        loop.execute { [self] in look() }
        server.start()
        agent?.start()
    }

    /// Says that the program is stopping; the probes go on.
    func announceStop() {
        loop.execute { [self] in
            isStopping = true
            say()
        }
    }

    func stop() async {
        agent?.stop()
        await server.drain(within: .milliseconds(500))
        loop.stop()
        loop.join()
    }

    private func look() {
        timer = loop.schedule(after: Self.interval) { [weak self] in self?.look() }
        for (probe, database) in zip(watched.loops, watched.databases) { probe.send(database) }
        say()
    }

    private func say() {
        let now = loop.now
        let facts = StatusFacts(
            isDatabaseReachable: watched.databases.contains { $0.isReachable },
            isStopping: isStopping, isStuck: watched.loops.contains { $0.isStuck(at: now) },
            load: watched.overload.load,
            mailDelayMinutes: watched.mail.delayMinutes(at: WallClock.now()),
            keptCount: watched.spool?.spool.metrics.waiting ?? 0,
            isKeeping: watched.spool?.isAccepting ?? true)
        guard facts != board.facts || saidAt.map({ now >= $0 + Self.repetition }) ?? true else {
            return
        }
        saidAt = now
        board.set(facts, at: WallClock.now())
    }
}

/// Measures how late a loop is, by a message to it and the time until it is read; and what the
/// loop's database connections do, which only the loop may ask.
///
/// Used from the loop of the `StatusKeeper`; answered on the other.
final class LoopProbe: Sendable {
    private let loop: EventLoop
    /// When the message under way was sent, in nanoseconds; 0 for none.
    private let sentAt = Atomic<UInt64>(0)
    let lag = DurationHistogram()
    let open = Gauge(), idle = Gauge(), waiting = Gauge(), reads = Gauge()

    /// So long nothing is done by accident.
    private static let stuckTime = Duration.seconds(5)

    init(_ loop: EventLoop) { self.loop = loop }

    func send(_ database: Database) {
        let now = MonotonicTime.now
        guard sentAt.load(ordering: .relaxed) == 0 else { return }
        sentAt.store(now.nanoseconds, ordering: .relaxed)
        loop.execute { [self] in
            lag.record(microseconds: Int((MonotonicTime.now - now).wholeNanoseconds / 1_000))
            let counts = database.counts
            open.set(counts.open)
            idle.set(counts.idle)
            waiting.set(counts.waiting)
            reads.set(counts.reads)
            sentAt.store(0, ordering: .relaxed)
        }
    }

    func isStuck(at now: MonotonicTime) -> Bool {
        let sent = sentAt.load(ordering: .relaxed)
        return sent != 0 && now > MonotonicTime(nanoseconds: sent) + Self.stuckTime
    }
}

import EventLoop

/// Which record is applied when: order per entity, bounded concurrency and rate, waits that grow.
/// Pure: time and chance are passed in.
package struct ReplayPlan: Sendable {
    /// The records of one entity that wait, in their order.
    private struct Line {
        var sequences: [UInt64] = []
        /// The first is being applied.
        var isRunning = false
        /// How often the first was tried.
        var attempts = 0
        var notBefore: MonotonicTime?
    }

    private struct Ready: Comparable {
        let sequence: UInt64
        let entity: SpoolEntity

        static func < (left: Ready, right: Ready) -> Bool { left.sequence < right.sequence }
    }

    private struct Delayed: Comparable {
        let time: MonotonicTime
        let ready: Ready

        static func < (left: Delayed, right: Delayed) -> Bool {
            (left.time, left.ready) < (right.time, right.ready)
        }
    }

    private let settings: ReplaySettings
    private var lines: [SpoolEntity: Line] = [:]
    /// Firsts of their lines that may begin. May name some that are no longer: checked when taken.
    private var ready = MinimumHeap<Ready>()
    private var delayed = MinimumHeap<Delayed>()
    private var nextStart: MonotonicTime?
    private var pausedUntil: MonotonicTime?

    /// Records that are being applied.
    package private(set) var running = 0
    /// Tries in a row that found no database.
    package private(set) var outage = 0

    package init(settings: ReplaySettings) {
        self.settings = settings
    }

    /// Records that wait or are being applied.
    package var count: Int { lines.values.reduce(0) { $0 + $1.sequences.count } }

    /// Adds a record. One that comes late, as after an admin's decision, goes before the later ones
    /// of its entity.
    package mutating func add(_ sequence: UInt64, of entity: SpoolEntity) {
        var line = lines[entity] ?? Line()
        let floor = line.isRunning ? 1 : 0
        let place = line.sequences.lastIndex { $0 <= sequence }.map { $0 + 1 } ?? 0
        if place > 0, line.sequences[place - 1] == sequence { return }
        line.sequences.insert(sequence, at: max(floor, place))
        if line.sequences[0] == sequence, !line.isRunning {
            line.attempts = 0
            line.notBefore = nil
            ready.insert(Ready(sequence: sequence, entity: entity))
        }
        lines[entity] = line
    }

    /// The records to begin with now.
    package mutating func start(at now: MonotonicTime) -> [UInt64] {
        while let first = delayed.first, first.time <= now {
            _ = delayed.popFirst()
            ready.insert(first.ready)
        }
        var started: [UInt64] = []
        while running < limit, mayStart(at: now), let next = takeReady(at: now) {
            lines[next.entity]?.isRunning = true
            running += 1
            started.append(next.sequence)
            let interval = Duration.seconds(1) / max(1, settings.perSecond)
            nextStart = max(nextStart ?? now, now) + interval
        }
        return started
    }

    /// When `start` may have something to do without anything else happening; nil: never.
    package var wake: MonotonicTime? {
        guard running < limit else { return nil }
        let first = ready.first == nil ? delayed.first?.time : MonotonicTime(nanoseconds: 0)
        return first.map { max($0, pausedUntil ?? $0, nextStart ?? $0) }
    }

    /// Takes note of what came of a record.
    ///
    /// - Parameter random: between 0 and 1, spreads the waits of several instances.
    /// - Returns: the state to write down; nil where the record goes on waiting.
    package mutating func finish(
        _ sequence: UInt64, of entity: SpoolEntity, _ verdict: ReplayVerdict,
        at now: MonotonicTime, random: Double
    ) -> SpoolState? {
        guard var line = lines[entity], line.isRunning, line.sequences.first == sequence else {
            return nil
        }
        running -= 1
        line.isRunning = false
        defer { lines[entity] = line.sequences.isEmpty ? nil : line }
        if case .unreachable = verdict {
            pause(at: now, random: random)
            ready.insert(Ready(sequence: sequence, entity: entity))
            return nil
        }
        outage = 0
        pausedUntil = nil
        line.attempts += 1
        if case .retry = verdict, line.attempts < settings.attemptsMax {
            let wait = Self.wait(
                settings.retryMin, settings.retryMax, doublings: line.attempts - 1, random)
            line.notBefore = now + wait
            let first = Ready(sequence: line.sequences[0], entity: entity)
            delayed.insert(Delayed(time: now + wait, ready: first))
            return nil
        }
        let attempts = line.attempts
        line.sequences.removeFirst()
        line.attempts = 0
        line.notBefore = nil
        if let first = line.sequences.first {
            ready.insert(Ready(sequence: first, entity: entity))
        }
        return Self.state(of: verdict, attempts)
    }

    /// One asks whether the database is back; the others wait.
    private var limit: Int { outage > 0 ? 1 : settings.concurrency }

    private func mayStart(at now: MonotonicTime) -> Bool {
        (pausedUntil.map { $0 <= now } ?? true) && (nextStart.map { $0 <= now } ?? true)
    }

    private mutating func takeReady(at now: MonotonicTime) -> Ready? {
        while let next = ready.popFirst() {
            guard let line = lines[next.entity], !line.isRunning,
                line.sequences.first == next.sequence
            else { continue }
            if let notBefore = line.notBefore, notBefore > now { continue }
            return next
        }
        return nil
    }

    private mutating func pause(at now: MonotonicTime, random: Double) {
        // Those that were begun together tell of one outage.
        if let pausedUntil, now < pausedUntil { return }
        outage += 1
        pausedUntil =
            now + Self.wait(settings.pauseMin, settings.pauseMax, doublings: outage - 1, random)
    }

    /// Half of the wait is certain, half by chance: "equal jitter" of M. Brooker, "Exponential
    /// Backoff and Jitter", AWS Architecture Blog, 2015.
    private static func wait(
        _ first: Duration, _ longest: Duration, doublings: Int, _ random: Double
    ) -> Duration {
        let whole = min(longest, first * (1 << min(max(0, doublings), 20)))
        return whole / 2 + whole / 2 * min(max(random, 0), 1)
    }

    private static func state(of verdict: ReplayVerdict, _ attempts: Int) -> SpoolState? {
        switch verdict {
        case .applied(let note): .applied(note: note)
        case .never(let reason): .setAside(reason: reason)
        case .retry(let reason): .setAside(reason: "tried \(attempts) times: \(reason)")
        case .unreachable: nil
        }
    }
}

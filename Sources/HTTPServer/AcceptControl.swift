import Admission
import EventLoop
import Synchronization

/// How many connections one listening socket accepts, how long its queue is, and whose attempts the
/// kernel drops before: `DoorControl` and `ConnectionSieve`, carried out.
///
/// `@unchecked Sendable`: confined to the loop that accepts.
final class AcceptControl: @unchecked Sendable {
    private let listener: Listener
    private let keeper: any Doorkeeper
    private let workers: [Worker]
    private let calmBacklog: Int
    private let hasSieve: Bool
    private let counts: DoorCounts
    private var door: DoorControl
    private var multiplier: UInt32
    private var passing = ConnectionSieve.groups
    private var isShort = false
    private var drops: Int64
    private var nextTick: MonotonicTime

    /// Another way to choose the groups: who was dropped gets in with others then.
    private var ticksToNextChoice = choiceTicks
    private static let choiceTicks = 36_000

    /// - Parameters:
    ///   - keeper: of the loop that accepts, or of any where a thread accepts for all.
    ///   - workers: whose connections count as unanswered.
    ///   - hasSieve: whether attempts may be dropped by address; not behind a proxy, where all come
    ///     from one.
    init(
        _ listener: Listener, keeper: any Doorkeeper, workers: [Worker], hasSieve: Bool,
        counts: DoorCounts
    ) {
        self.listener = listener
        self.keeper = keeper
        self.workers = workers
        self.hasSieve = hasSieve
        self.counts = counts
        calmBacklog = workers.first?.settings.backlog ?? DoorSettings.backlog
        var settings = DoorSettings()
        settings.unansweredMax *= workers.count
        let now = MonotonicTime.now
        door = DoorControl(settings, now: Moment(now))
        multiplier = UInt32.random(in: 0...UInt32.max) | 1
        drops = listener.drops
        nextTick = now + AdmissionSettings.tick
    }

    /// How many to accept now.
    func accepts(_ now: MonotonicTime) -> Int {
        var unanswered = 0
        for worker in workers {
            unanswered += worker.unanswered.load(ordering: .relaxed)
            let refusals = worker.refusalsOnNew.exchange(0, ordering: .relaxed)
            if refusals > 0 { door.refused(refusals, now: Moment(now)) }
        }
        return door.accepts(
            now: Moment(now), unanswered: max(0, unanswered),
            isRefusing: keeper.guidance.isCutting)
    }

    /// So many were accepted of those.
    func accepted(_ count: Int) {
        door.accepted(count)
        counts.accepted.add(count, ordering: .relaxed)
    }

    /// To be called every 100 ms.
    func tick() {
        door.availability = keeper.availability
        let total = listener.drops
        // A counter of 32 bits.
        let dropped = Int((total - drops) & 0xffff_ffff)
        drops = total
        counts.dropped.add(dropped, ordering: .relaxed)
        keeper.doorWasFull(dropped > 0 || door.wasLimited)
        let passing = door.tick(dropped: dropped)
        chooseAnew()
        if hasSieve, passing != self.passing { sieve(passing) }
        let isCutting = keeper.guidance.isCutting || passing < ConnectionSieve.groups
        if isCutting != isShort {
            isShort = isCutting
            listener.setBacklog(isShort ? DoorSettings.backlog : calmBacklog)
        }
    }

    private func sieve(_ passing: Int) {
        // Where the kernel knows no filters, the short queue alone has to do.
        guard listener.sieve(multiplier: multiplier, passing: passing) else { return }
        self.passing = passing
        counts.passing.store(passing, ordering: .relaxed)
    }

    private func chooseAnew() {
        ticksToNextChoice -= 1
        guard ticksToNextChoice <= 0 else { return }
        ticksToNextChoice = Self.choiceTicks
        multiplier = UInt32.random(in: 0...UInt32.max) | 1
        if passing < ConnectionSieve.groups { sieve(passing) }
    }
}

/// What the doors have done, for metrics; read by anybody.
package final class DoorCounts: Sendable {
    let accepted = Atomic<Int>(0)
    let dropped = Atomic<Int>(0)
    let passing = Atomic<Int>(ConnectionSieve.groups)

    /// Connections accepted at doors that are controlled.
    package var acceptedCount: Int { accepted.load(ordering: .relaxed) }
    /// Connection attempts that the kernel dropped before they were accepted.
    package var droppedCount: Int { dropped.load(ordering: .relaxed) }
    /// The share of address groups whose attempts pass, from 0 to 1.
    package var passingShare: Double {
        Double(passing.load(ordering: .relaxed)) / Double(ConnectionSieve.groups)
    }
}

extension Moment {
    /// The control's clock is that of the loops.
    init(_ time: MonotonicTime) { self.init(nanoseconds: time.nanoseconds) }
}

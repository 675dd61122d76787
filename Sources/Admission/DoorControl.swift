/// The bounds of a door: one listening socket, or one loop's.
package struct DoorSettings: Sendable {
    /// Connections that are accepted and have no answer yet. Who is beyond it is served sooner
    /// by waiting in the kernel, where it costs nothing, than here.
    package var unansweredMax = 32
    /// Connections accepted in one turn: beyond it those that are in would wait.
    package var acceptsPerTurnMax = 64
    /// The part of a core that refusing may take, from accepting to closing. With some
    /// 6 % for accepting those that are served it stays within 15 % for both.
    package var shedShare = 0.08
    /// What may be saved up of it, and so the precision of the bound.
    package var period = Duration.milliseconds(10)
    /// What a refused connection costs from accepting to closing, until it was measured: about
    /// 19,000 new connections a second on a whole core were measured, for nginx and a bare loop.
    package var refusalCost = Duration.microseconds(52)
    /// The listening socket's backlog that goes with it: at 3,000 accepted a second 16 wait 5 ms;
    /// in a long one all would be served too late to count.
    package static let backlog = 16

    package init() {}
}

/// Decides how many connections to accept now; what it leaves waits unread in the kernel.
///
/// Nobody is refused unread: closing a socket with unread bytes resets it, and the refusal would be
/// lost. So an accepted connection's request is read, decided about, and refused if it must be.
/// Accepting without refusing is bounded by the unanswered connections alone. Once requests are
/// being refused, each accepted one may be a refusal, and their CPU time is bounded too.
package struct DoorControl: Sendable {
    private let settings: DoorSettings
    private var budget: CPUBudget
    private var connectionSieve = ConnectionSieve()
    private var allowed = 0
    private var acceptedInTick = 0
    private var turns = 0
    private var limitedTurns = 0
    /// Of the connections that are accepted under overload, those whose request is refused.
    private var refusedShare = 1.0
    private var refusedInTick = 0
    private static let refusedShareLeast = 0.02
    /// The part of a new tick in it.
    private static let learningShare = 0.3
    /// Until when refusals are expected.
    private var strainedUntil = Moment(nanoseconds: 0)

    package init(_ settings: DoorSettings = DoorSettings(), now: Moment) {
        self.settings = settings
        budget = CPUBudget(
            share: settings.shedShare, period: settings.period, unitCost: settings.refusalCost,
            now: now)
    }

    /// How many to accept in this turn.
    ///
    /// - Parameters:
    ///   - unanswered: connections that are accepted and have no answer yet.
    ///   - isRefusing: whether the control cuts now: `AdmissionControl.acting(now).isCutting`.
    package mutating func accepts(now: Moment, unanswered: Int, isRefusing: Bool) -> Int {
        let room = min(settings.unansweredMax - unanswered, settings.acceptsPerTurnMax)
        let affordable = budget.units(now)
        let isBounded = isRefusing || now < strainedUntil
        // Who gets a page from memory is not refused: what is affordable are refusals.
        let accepts = Double(affordable) / max(refusedShare, Self.refusedShareLeast)
        allowed = max(0, isBounded ? min(room, Int(min(accepts, 1e6))) : room)
        return allowed
    }

    /// The part of a core that this process gets, from 0 to 1; see `CPUBudget`.
    package var availability: Double {
        get { budget.availability }
        set { budget.availability = newValue }
    }

    /// So many were accepted in this turn; fewer than `accepts` allowed where no more waited.
    package mutating func accepted(_ count: Int) {
        turns += 1
        if count >= allowed { limitedTurns += 1 }
        acceptedInTick += count
    }

    /// Whether since the last tick more waited than were accepted, most of the time.
    package var wasLimited: Bool { 2 * limitedTurns > turns }

    /// To be called every 100 ms: the groups of connection attempts that pass the kernel's
    /// filter from now on, see `ConnectionSieve`.
    ///
    /// - Parameter dropped: attempts that the kernel has dropped since the last call.
    package mutating func tick(dropped: Int) -> Int {
        let passing = connectionSieve.tick(
            accepted: acceptedInTick, dropped: dropped, wasLimited: wasLimited)
        if acceptedInTick > 0 {
            let share = min(1, Double(refusedInTick) / Double(acceptedInTick))
            refusedShare += Self.learningShare * (share - refusedShare)
        }
        refusedInTick = 0
        acceptedInTick = 0
        turns = 0
        limitedTurns = 0
        return passing
    }

    /// Charges refusals, with the CPU time that they took from accepting to closing.
    package mutating func refused(_ count: Int, cost: Duration, now: Moment) {
        refusedInTick += count
        budget.spend(count, cost: cost)
        strain(now)
    }

    /// The same where the time is not measured.
    package mutating func refused(_ count: Int, now: Moment) {
        refusedInTick += count
        budget.spend(count)
        strain(now)
    }

    /// Who is refused now is followed by others: for a tick, when the control has its own say.
    private mutating func strain(_ now: Moment) {
        strainedUntil = now.advanced(by: AdmissionSettings.tick.nanosecondCount)
    }
}

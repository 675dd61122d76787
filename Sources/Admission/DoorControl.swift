/// The bounds of a door: one listening socket, or one loop's.
package struct DoorSettings: Sendable {
    /// Connections that are accepted and have no answer yet. Who is beyond it is served sooner
    /// by waiting in the kernel, where it costs nothing, than here.
    package var unansweredMax = 32
    /// Connections accepted in one turn: beyond it those that are in would wait.
    package var acceptsPerTurnMax = 64
    /// The part of a core that accepting and refusing may take together while requests are
    /// refused.
    package var shedShare = 0.15
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
/// Accepting without refusing is bounded by the unanswered connections alone. Once requests are
/// being refused, each accepted one may be a refusal, and their CPU time is bounded too.
package struct DoorControl: Sendable {
    private let settings: DoorSettings
    private var budget: CPUBudget
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
    ///   - isRefusing: whether the control cuts now (`AdmissionControl.decided`).
    package mutating func accepts(now: Moment, unanswered: Int, isRefusing: Bool) -> Int {
        let room = min(settings.unansweredMax - unanswered, settings.acceptsPerTurnMax)
        let affordable = budget.units(now)
        if isRefusing || now < strainedUntil { return max(0, min(room, affordable)) }
        return max(0, room)
    }

    /// Charges refusals, with the CPU time that they took from accepting to closing.
    package mutating func refused(_ count: Int, cost: Duration, now: Moment) {
        budget.spend(count, cost: cost)
        strain(now)
    }

    /// The same where the time is not measured.
    package mutating func refused(_ count: Int, now: Moment) {
        budget.spend(count)
        strain(now)
    }

    /// Who is refused now is followed by others: for a tick, when the control has its own say.
    private mutating func strain(_ now: Moment) {
        strainedUntil = now.advanced(by: AdmissionSettings.tick.nanosecondCount)
    }
}

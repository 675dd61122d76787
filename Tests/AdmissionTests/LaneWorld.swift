@testable import Admission

/// The moment so many milliseconds after the tests' beginning.
func at(_ milliseconds: Double) -> Moment {
    Moment(nanoseconds: UInt64(1e13 + milliseconds * 1e6))
}

/// One control and its lanes, driven by hand.
final class LaneWorld {
    let control: AdmissionControl
    let lanes: [AdmissionLane]
    private var token: UInt64 = 0

    var lane: AdmissionLane { lanes[0] }

    init(lanes count: Int = 1, _ change: (inout AdmissionSettings) -> Void = { _ in }) {
        var settings = AdmissionSettings()
        settings.slots = 5
        change(&settings)
        let control = AdmissionControl(settings: settings, lanes: count, now: at(0))
        self.control = control
        lanes = (0..<count).map { AdmissionLane(control, number: $0, seed: UInt64($0)) }
        for lane in lanes { lane.tick(now: at(0), lag: .zero) }
    }

    /// A request of the class with a token of its own.
    @discardableResult
    func ask(
        _ requestClass: RequestClass, cohort: UInt8 = 0, at now: Moment, lane: Int = 0
    ) -> AdmissionAnswer {
        token += 1
        return lanes[lane].admit(requestClass, Cohort(cohort), token: token, now: now)
    }

    /// The token of the last request.
    var lastToken: UInt64 { token }

    /// Takes so many slots, which the lane then holds.
    func occupy(
        _ count: Int, _ requestClass: RequestClass = .visitor, at now: Moment = at(0),
        lane: Int = 0
    ) -> [Ticket] {
        (0..<count).compactMap { _ in ask(requestClass, at: now, lane: lane).ticket }
    }

    /// All that a lane wants done.
    func actions(lane: Int = 0) -> [LaneAction] {
        var actions: [LaneAction] = []
        while let action = lanes[lane].nextAction() { actions.append(action) }
        return actions
    }

    /// Ticks of all lanes, 100 ms apart; returns the time after them.
    @discardableResult
    func tick(_ count: Int = 1, from now: Moment, lag: Duration = .zero) -> Moment {
        var now = now
        for _ in 0..<count {
            now = now.advanced(by: 100_000_000)
            for lane in lanes { lane.tick(now: now, lag: lag) }
        }
        return now
    }
}

extension AdmissionAnswer {
    var ticket: Ticket? { if case .admitted(let ticket) = self { ticket } else { nil } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var place: WaitingPlace? { if case .queued(let place, _) = self { place } else { nil } }
}

extension LaneAction {
    var granted: UInt64? { if case .grant(let token, _) = self { token } else { nil } }
    var ticket: Ticket? { if case .grant(_, let ticket) = self { ticket } else { nil } }
    var refused: UInt64? { if case .refuse(let token, _) = self { token } else { nil } }
    var reason: Refusal.Reason? {
        if case .refuse(_, let refusal) = self { refusal.reason } else { nil }
    }
}

import Admission

/// The control of `Sources/Admission`, wired to the simulated server as to a real one.
package final class VouchPolicy: Policy {
    /// Parts of it that can be left out, to see what each is worth.
    package struct Parts: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Cuts by class and cohort.
        package static let cut = Parts(rawValue: 1)
        /// Bounds of accepting and refusing, the short backlog.
        package static let door = Parts(rawValue: 2)
        /// Requests on kept connections wait unread.
        package static let unread = Parts(rawValue: 4)
        /// A listener for members.
        package static let listener = Parts(rawValue: 8)

        /// The kernel drops connection attempts by group.
        package static let sieve = Parts(rawValue: 16)

        package static let all: Parts = [.cut, .door, .unread, .listener, .sieve]
    }

    private let parts: Parts
    private let control: AdmissionControl
    private let lane: AdmissionLane
    private var door = DoorControl(now: VouchPolicy.moment(0))
    private var membersDoor = DoorControl(now: VouchPolicy.moment(0))
    private var unread = UnreadLine(capacity: 1_000_000, now: VouchPolicy.moment(0))
    private var lag = LagMeter(now: VouchPolicy.moment(0))
    private var tickets: [Int: Ticket] = [:]
    private var places: [Int: UnreadLine.Place] = [:]
    private var passing = ConnectionSieve.groups

    private func isRefusing(_ now: Double) -> Bool {
        control.acting(Self.moment(now)).isCutting
    }

    package init(
        _ name: String, slots: Int, parts: Parts = .all,
        change: (inout AdmissionSettings) -> Void = { _ in }
    ) {
        self.parts = parts
        var settings = AdmissionSettings()
        settings.slots = slots
        change(&settings)
        control = AdmissionControl(
            settings: settings, lanes: 1, mode: parts.contains(.cut) ? .on : .off,
            now: Self.moment(0))
        lane = AdmissionLane(control, number: 0, seed: 1)
        super.init(name, slots: slots)
    }

    static func moment(_ seconds: Double) -> Moment {
        Moment(nanoseconds: UInt64((1 + seconds) * 1e9))
    }

    /// The last sample of the control, for the curious.
    package var latest: AdmissionSample? { control.latest }

    override var backlog: Int {
        parts.contains(.door) ? DoorSettings.backlog : super.backlog
    }

    override var hasImportantListener: Bool { parts.contains(.listener) }

    override func accepts(_ unanswered: Int, isImportant: Bool, _ now: Double) -> Int {
        guard parts.contains(.door) else { return 64 }
        let moment = Self.moment(now)
        if isImportant {
            return membersDoor.accepts(now: moment, unanswered: unanswered, isRefusing: false)
        }
        return door.accepts(now: moment, unanswered: unanswered, isRefusing: isRefusing(now))
    }

    override func accepted(_ count: Int, isImportant: Bool) {
        if !isImportant { door.accepted(count) }
    }

    /// The simulated visitors' addresses have as many groups as there are cohorts.
    override func passes(_ cohort: Cohort) -> Bool { 2 * Int(cohort.number) < passing }

    override func hasGone(_ request: Int) {
        if let place = places.removeValue(forKey: request) { unread.remove(place) }
    }

    override var readsPerTurn: Int { parts.contains(.unread) ? 16 : super.readsPerTurn }

    override func becameReadable(
        _ request: Int, _ known: Known, _ now: Double
    ) {
        guard parts.contains(.unread) else {
            return super.becameReadable(request, known, now)
        }
        let standing = control.acting(Self.moment(now)).standing(
            wasImportant: known.wasImportant, cohort: known.cohort, wasServed: known.wasServed)
        places[request] = unread.append(
            token: UInt64(request), standing, now: Self.moment(now))
    }

    override func nextRead(_ now: Double) -> Int? {
        guard parts.contains(.unread) else { return super.nextRead(now) }
        let next = unread.next(
            now: Self.moment(now), room: lane.room, isRefusing: isRefusing(now))
        guard let request = next.map(Int.init) else { return nil }
        places[request] = nil
        return request
    }

    override func decide(
        _ request: Int, _ requestClass: RequestClass, _ cohort: Cohort, _ now: Double
    ) -> Decision {
        let answer = lane.admit(
            requestClass, cohort, token: UInt64(request), now: Self.moment(now))
        takeActions()
        switch answer {
        case .admitted(let ticket):
            tickets[request] = ticket
            return .run
        case .queued: return .queue
        case .refused: return .refuse
        }
    }

    private func takeActions() {
        while let action = lane.nextAction() {
            switch action {
            case .grant(let token, let ticket):
                tickets[Int(token)] = ticket
                started.append(Int(token))
            case .refuse(let token, _): dropped.append(Int(token))
            case .wake: break
            }
        }
    }

    override func queryEnded(_ request: Int, _ now: Double) {}

    override func answered(_ request: Int, after latency: Double, _ now: Double) {
        guard let ticket = tickets.removeValue(forKey: request) else { return }
        lane.finish(ticket, now: Self.moment(now))
        takeActions()
    }

    override func refused(_ cost: Double, onNew: Bool, _ now: Double) {
        let cost = Duration.nanoseconds(Int64(cost * 1_000))
        if onNew {
            door.refused(1, cost: cost, now: Self.moment(now))
        } else {
            unread.refused(1, cost: cost)
        }
    }

    override func turnBegan(_ now: Double) { lag.turnBegan(Self.moment(now)) }
    override func turnEnded(_ now: Double) { lag.turnEnded(Self.moment(now)) }

    override func tick(_ now: Double) {
        let moment = Self.moment(now)
        lane.tick(now: moment, lag: lag.take(moment))
        let passing = door.tick(dropped: dropsInTick)
        dropsInTick = 0
        if parts.contains(.sieve) { self.passing = passing }
        takeActions()
    }

    override func lookAgain(_ now: Double) {
        guard let deadline = lane.nextDeadline, deadline <= Self.moment(now) else { return }
        lane.lookAgain(Self.moment(now))
        takeActions()
    }
}

/// What is known of the state of this instance, as the status page and the probes tell it.
package struct StatusFacts: Hashable, Sendable {
    /// How much there is to do.
    package enum Load: String, Hashable, Sendable, CaseIterable {
        case calm
        /// Optional parts are left out.
        case busy
        /// Some visitors are asked to come again.
        case overloaded
    }

    package var isDatabaseReachable: Bool
    /// The program is being stopped: what has begun is finished.
    package var isStopping: Bool
    /// An event loop has not turned for seconds.
    package var isStuck: Bool
    package var load: Load
    /// Since when no mail could be handed over although some wait; whole minutes, nil for none.
    package var mailDelayMinutes: Int?
    /// Applications that wait here for the database.
    package var keptCount: Int
    /// Whether applications could be kept if the database went away.
    package var isKeeping: Bool

    package init(
        isDatabaseReachable: Bool = false, isStopping: Bool = false, isStuck: Bool = false,
        load: Load = .calm, mailDelayMinutes: Int? = nil, keptCount: Int = 0,
        isKeeping: Bool = true
    ) {
        self.isDatabaseReachable = isDatabaseReachable
        self.isStopping = isStopping
        self.isStuck = isStuck
        self.load = load
        self.mailDelayMinutes = mailDelayMinutes
        self.keptCount = keptCount
        self.isKeeping = isKeeping
    }

    /// Why this instance should get no traffic now, as `/readyz` says it; empty when it should.
    ///
    /// An instance without its database still serves pages from memory, but one that has it does
    /// that better: a balancer with no better one to choose sends traffic all the same.
    package var reasonsAgainst: [String] {
        var reasons: [String] = []
        if isStopping { reasons.append("the program is stopping") }
        if isStuck { reasons.append("an event loop does not turn") }
        if !isDatabaseReachable { reasons.append("the database cannot be reached") }
        if !isKeeping { reasons.append("the spool takes nothing more") }
        return reasons
    }

    /// What HAProxy's `agent-check` is told (HAProxy configuration manual 5.2): the share of its
    /// weight that this instance can take, or that it should get nothing new.
    package var agentLine: String {
        if isStopping { return "drain\n" }
        if isStuck { return "down#an event loop does not turn\n" }
        if !isDatabaseReachable { return "ready up 5%\n" }
        return switch load {
        case .calm: "ready up 100%\n"
        case .busy: "ready up 75%\n"
        case .overloaded: "ready up 50%\n"
        }
    }

    /// The worst of it, for the one sentence at the top.
    enum Summary: Hashable, CaseIterable {
        case good, mailLate, stopping, busy, overloaded, noDatabase, stuck
    }

    var summary: Summary {
        if isStuck { return .stuck }
        if !isDatabaseReachable { return .noDatabase }
        if isStopping { return .stopping }
        return switch load {
        case .calm: mailDelayMinutes == nil ? .good : .mailLate
        case .busy: .busy
        case .overloaded: .overloaded
        }
    }
}

import Admission

/// What a piece of work costs on the one core, in microseconds.
///
/// Measured on the way to this design: a new connection with a small answer costs about 52 in all
/// (19,000/s on a whole core), a small answer on a kept one about 8, a page of 16 KB from
/// PostgreSQL some 200, of which the larger part is the database's.
package struct Costs: Sendable {
    /// A connection attempt that finds the backlog full; the kernel's, before all else.
    package var droppedAttempt = 1.5
    package var accept = 22.0
    package var read = 5.0
    /// Writing a small answer, and closing after it.
    package var refusal = 5.0
    package var close = 20.0
    package var render = 80.0
    /// Of a query on the core, and how long it takes elsewhere (a disk, another machine).
    package var database = 120.0
    package var databaseElsewhere = 0.0
}

/// A server and its visitors.
package struct Scenario: Sendable {
    package var name: String
    package var costs = Costs()
    /// Each request comes on a connection of its own.
    package var opensConnections = false
    package var slots = 5
    /// Requests a second at 1x.
    package var capacity = 0.0
    /// Seconds at 1x, at the overload, and at 0.7x.
    package var before = 3.0
    package var during = 6.0
    package var after = 4.0
    package var factor = 10.0
    /// From the middle of the overload on the database takes so many times as long.
    package var slowdown = 1.0
    package var seed: UInt64 = 1

    /// Parts of the traffic, in thousandths: 2 % are hires and what else admins, companies and
    /// affiliates do.
    package static let mix: [(RequestClass, Int)] = [
        (.admin, 5), (.member, 15), (.conversion, 20), (.visitor, 900), (.background, 60),
    ]

    /// Seconds until a visitor gives up, and until an answer counts.
    static let patience = 2.0
    static let goodWithin = 1.0

    /// Server and database share a core; connections are kept.
    package static let kept = Scenario(name: "one core, kept connections").sized()
    /// The same with a new connection for each request.
    package static let new: Scenario = {
        var scenario = Scenario(name: "one core, new connections")
        scenario.opensConnections = true
        return scenario.sized()
    }()
    /// The database is elsewhere and slow: five queries at once, 20 ms each; 1x is what four can
    /// do, as one is for the important.
    package static let database: Scenario = {
        var scenario = Scenario(name: "slow database, kept connections")
        scenario.costs.databaseElsewhere = 20_000
        scenario.capacity = 0.92 * 4 / 0.020
        // Few come in a second: so more seconds.
        scenario.before = 21
        scenario.during = 20
        return scenario
    }()

    /// The same, and in the middle of the overload it becomes four times as slow.
    package static let failing: Scenario = {
        var scenario = database
        scenario.name = "a database that becomes four times as slow"
        scenario.slowdown = 4
        return scenario
    }()

    /// 1x is a little below what saturates the core, as 99 % in 250 ms demand.
    private func sized() -> Scenario {
        var scenario = self
        var work = costs.read + costs.render + costs.database
        if opensConnections { work += costs.accept + costs.close }
        scenario.capacity = 0.92 * 1e6 / work
        return scenario
    }

    /// The same in less time and with less traffic, on a slower machine.
    package func shortened(slower: Double) -> Scenario {
        var scenario = self
        scenario.costs.droppedAttempt *= slower
        scenario.costs.accept *= slower
        scenario.costs.read *= slower
        scenario.costs.refusal *= slower
        scenario.costs.close *= slower
        scenario.costs.render *= slower
        scenario.costs.database *= slower
        let isSlow = costs.databaseElsewhere > 0
        if !isSlow { scenario.capacity /= slower }
        scenario.before = isSlow ? 11 : 2
        scenario.during = isSlow ? 5 : 3
        scenario.after = 2
        return scenario
    }
}

/// A request, and what became of it.
struct SimulatedRequest {
    let visit: Int32
    let requestClass: RequestClass
    let cohort: Cohort
    /// When the visitor meant it to arrive, in seconds.
    let intended: Double
    /// Work of this one, as a factor.
    let weight: Double
    var answeredAt = Double.infinity
    var isGood = false
    var isRefused = false
    var attempts = 0

    var hasGivenUpAt: Double { intended + Scenario.patience }
}

/// Small and fast numbers by chance, the same for a seed (SplitMix64).
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9 &+ 77 }

    mutating func word() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }

    /// From 0, below 1.
    mutating func unit() -> Double { Double(word() >> 11) / Double(1 << 53) }
}

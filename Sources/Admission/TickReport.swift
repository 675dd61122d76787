/// What the lanes saw in one tick.
struct TickReport: Sendable {
    /// Arrivals by class and cohort: place `class * 128 + cohort`.
    var arrivals = ContiguousArray<UInt32>(
        repeating: 0, count: RequestClass.allCases.count * Cohort.count)
    /// Requests that got a slot, by class.
    var admitted = PerClass(repeating: 0)
    /// Requests that were refused, by class, for whatever reason.
    var refused = PerClass(repeating: 0)
    /// What the control would have refused while it only observes.
    var wouldRefuse = 0
    /// Refusals by the hard bounds: the queue was full, or the wait too long. Without those of
    /// `background`, which never waits.
    var hardRefusals = 0
    /// Requests that ended well, and badly.
    var completions = 0
    var failures = 0
    /// How long the longest waiting one had waited whenever a slot was given: 0 where nobody
    /// waited. Not the wait of who got it, which is short while the newest are served first.
    var delayLeast = Int64.max
    var delaySum: Int64 = 0
    var delayCount = 0
    var lag: Int64 = 0
    var waiting = 0

    static func place(_ requestClass: RequestClass, _ cohort: Cohort) -> Int {
        requestClass.index * Cohort.count + Int(cohort.number)
    }

    mutating func noteDelay(_ delay: Int64) {
        delayLeast = min(delayLeast, delay)
        delaySum += delay
        delayCount += 1
    }

    func arrivals(of requestClass: RequestClass) -> Int {
        let start = requestClass.index * Cohort.count
        return arrivals[start..<start + Cohort.count].reduce(0) { $0 + Int($1) }
    }

    /// Adds what another lane saw; `waiting` is set by who knows all lanes.
    mutating func add(_ other: TickReport) {
        for index in arrivals.indices { arrivals[index] &+= other.arrivals[index] }
        for requestClass in RequestClass.allCases {
            admitted[requestClass] += other.admitted[requestClass]
            refused[requestClass] += other.refused[requestClass]
        }
        wouldRefuse += other.wouldRefuse
        hardRefusals += other.hardRefusals
        completions += other.completions
        failures += other.failures
        delayLeast = min(delayLeast, other.delayLeast)
        delaySum += other.delaySum
        delayCount += other.delayCount
        lag = max(lag, other.lag)
    }

    /// Empties it without giving up its memory.
    mutating func reset() {
        var kept = arrivals
        arrivals = []
        for index in kept.indices { kept[index] = 0 }
        self = TickReport(emptied: kept)
    }

    init() {}

    private init(emptied arrivals: ContiguousArray<UInt32>) {
        self.arrivals = arrivals
    }
}

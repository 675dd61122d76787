/// Turns what was seen in a tick into what is let in during the next: pure arithmetic.
///
/// Control on queue delay before the database and on the loops' lag. Both say within a tick that
/// more comes than goes; response times say it only once the queue has been waited through, and
/// a smoothed CPU load after seconds. The cut is by feed-forward, from counted completions, and
/// feedback only corrects it (as Breakwater's credits do, OSDI'20; feedback alone needs many
/// ticks to absorb a step).
///
/// Two more rules were tried in the simulator and left out, as they changed nothing: growing
/// faster for some seconds after a cut, and cutting anew when completions collapse.
struct OverloadController: Sendable {
    /// Where the control stands.
    enum State: Equatable, Sendable {
        case calm
        /// Requests a tick that are let in, and since when.
        case limiting(target: Double)
    }

    private let settings: AdmissionSettings
    private let delayLeastMax: Double
    private let delayMeanMax: Double
    private let lagMax: Double
    private(set) var state = State.calm
    private(set) var guidance = Guidance.open
    /// How far beyond its bound the worst measure is: from 1 on it is overload.
    private(set) var pressure = 0.0

    /// Arrivals of a tick by class and cohort, smoothed: single ticks have few of each.
    private var shape = ContiguousArray<Float>(
        repeating: 0, count: RequestClass.allCases.count * Cohort.count)
    /// Of the last ten ticks, in no order.
    private var completions = ContiguousArray<Double>(repeating: 0, count: 10)
    private var step = 0
    private var lastTime: Moment?
    private var calmSince: Moment?
    private var levelTime = Moment(nanoseconds: 0)

    /// The part of a new tick in the smoothed arrivals.
    private static let shapeShare: Float = 0.2
    /// What the smoothed arrivals are off by when their size is followed at once.
    private static let jump: Float = 2
    private static let tick = AdmissionSettings.tick.nanosecondCount

    init(_ settings: AdmissionSettings) {
        self.settings = settings
        delayLeastMax = Double(max(1, settings.delayLeastMax.nanosecondCount))
        delayMeanMax = Double(max(1, settings.delayMeanMax.nanosecondCount))
        lagMax = Double(max(1, settings.lagMax.nanosecondCount))
    }

    /// Takes in a tick and returns what holds from now on.
    mutating func take(_ report: TickReport, now: Moment) -> Guidance {
        let ticks = elapsedTicks(now)
        step += 1
        completions[step % completions.count] = Double(report.completions) / ticks
        let demand = learnShape(report, ticks)
        pressure = pressure(of: report)
        // While the database does not do its part, nothing is learnt about how much there could be:
        // what is decided then would be wrong when it is there again.
        if report.failures <= report.completions { advance(now, demand: demand) }
        guidance.isLimiting = state != .calm
        guidance.cutOffs = cutOffs()
        updateLevel(now)
        return guidance
    }

    /// How many ticks have passed: 1, where the loops turn in time; and 1 where the clock jumped.
    private mutating func elapsedTicks(_ now: Moment) -> Double {
        defer { lastTime = now }
        guard let lastTime, now > lastTime else { return 1 }
        let elapsed = Double(now.nanoseconds(since: lastTime)) / Double(Self.tick)
        return elapsed > 50 ? 1 : max(0.2, elapsed)
    }

    // MARK: Measuring

    private func pressure(of report: TickReport) -> Double {
        var pressure = Double(report.lag) / lagMax
        if report.delayCount > 0 {
            let mean = Double(report.delaySum) / Double(report.delayCount)
            pressure = max(pressure, Double(report.delayLeast) / delayLeastMax, mean / delayMeanMax)
        }
        let arrivals = report.admitted.total + report.refused.total
        let refusals = Double(report.hardRefusals)
        if refusals >= 3, refusals > settings.hardRefusalsMax * Double(arrivals) {
            pressure = max(pressure, 1)
        }
        return pressure
    }

    /// Smooths the arrivals by class and cohort; returns how many came in this tick.
    ///
    /// What is read depends on what is cut, so following each tick would make the cut swing. A
    /// jump to the double or the half is another matter: its size is followed at once, with the
    /// shape that is known.
    private mutating func learnShape(_ report: TickReport, _ ticks: Double) -> Double {
        var demand = 0.0
        for requestClass in RequestClass.allCases {
            let start = requestClass.index * Cohort.count
            let range = start..<start + Cohort.count
            let seen = Float(report.arrivals(of: requestClass)) / Float(ticks)
            demand += Double(seen)
            var sum: Float = 0
            for place in range {
                let new = Float(report.arrivals[place]) / Float(ticks)
                shape[place] += Self.shapeShare * (new - shape[place])
                sum += shape[place]
            }
            let isJump = seen > Self.jump * sum || seen * Self.jump < sum
            guard isJump, sum > 0 else { continue }
            for place in range { shape[place] *= seen / sum }
        }
        return demand
    }

    // MARK: Deciding

    private mutating func advance(_ now: Moment, demand: Double) {
        let recent = completions.max() ?? 0
        guard case .limiting(var target) = state else {
            if pressure >= 1 { cut(to: recent) }
            return
        }
        if pressure >= 1 {
            calmSince = nil
            target *= settings.decrease
        } else if pressure < 0.5 {
            // What was done lately can be done again, and is not found out anew by small steps.
            let increase = pressure < 0.25 ? settings.quickIncrease : settings.increase
            target = max(target * increase, settings.cutShare * recent)
        }
        // More than twice what comes would only take longer to come down from.
        target = max(least, min(target, 2 * max(demand, recent, least)))
        // A sum that is none is a bug: let everybody in.
        state = target.isFinite ? .limiting(target: target) : .calm
        endIfCalm(now)
    }

    /// So much is let in however little is completed: else a database that was away would
    /// never be asked again.
    private var least: Double { Double(min(settings.slots, Self.leastPerTick)) }
    private static let leastPerTick = 5

    private mutating func cut(to completed: Double) {
        state = .limiting(target: max(least, settings.cutShare * completed))
        calmSince = nil
    }

    private mutating func endIfCalm(_ now: Moment) {
        guard pressure < 0.5, cutOffs() == Guidance.open.cutOffs else {
            calmSince = nil
            return
        }
        guard let since = calmSince, now >= since else {
            calmSince = now
            return
        }
        if now.nanoseconds(since: since) >= settings.calmSpan.nanosecondCount { state = .calm }
    }

    /// Spends the target on the classes in their order, and within a class on its cohorts: one
    /// cursor over (class, cohort), as in DAGOR (SoCC'18, 4.2.3), and the floor of `conversion`.
    ///
    /// `admin` and `member` are not cut: their slots, their order in the queue and their waits
    /// bound them well enough, and a target that has fallen too low would refuse them while
    /// slots are free (seen in the simulator, before a database that became slow).
    private func cutOffs() -> PerClass<UInt8> {
        guard case .limiting(let target) = state else { return Guidance.open.cutOffs }
        var left = target - arrivals(of: .admin) - arrivals(of: .member)
        var result = Guidance.open.cutOffs
        for requestClass in [RequestClass.conversion, .visitor, .background] {
            let floor =
                requestClass == .conversion ? target / Double(settings.conversionFloor) : 0
            let (cutOff, spent) = fill(requestClass, Float(max(left, floor)))
            result[requestClass] = UInt8(cutOff)
            left -= spent
        }
        return result
    }

    private func arrivals(of requestClass: RequestClass) -> Double {
        let start = requestClass.index * Cohort.count
        return Double(shape[start..<start + Cohort.count].reduce(0, +))
    }

    /// How many cohorts of a class fit into a budget, and what they take of it.
    private func fill(_ requestClass: RequestClass, _ budget: Float) -> (Int, Double) {
        let start = requestClass.index * Cohort.count
        var spent: Float = 0
        for cohort in 0..<Cohort.count {
            let next = spent + shape[start + cohort]
            if next > budget { return (cohort, Double(spent)) }
            spent = next
        }
        return (Cohort.count, Double(spent))
    }

    /// Up at once, down a step a second: a page must not change its face with each tick.
    private mutating func updateLevel(_ now: Moment) {
        let wanted = min(Int(pressure * 4), Int(BrownoutLevel.plainSearch.rawValue))
        let isCutting = guidance.isCutting
        let floor = isCutting ? Int(BrownoutLevel.plainSearch.rawValue) : 0
        let level = Int(guidance.level.rawValue)
        if max(wanted, floor) >= level {
            guidance.level = BrownoutLevel(rawValue: UInt8(max(wanted, floor))) ?? .plainSearch
            levelTime = now
        } else if now < levelTime
            || now.nanoseconds(since: levelTime) >= settings.calmSpan.nanosecondCount
        {
            guidance.level = BrownoutLevel(rawValue: UInt8(level - 1)) ?? .none
            levelTime = now
        }
    }
}

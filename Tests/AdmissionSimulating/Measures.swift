import Admission

/// What a run showed.
package struct Measures: Sendable {
    /// Good answers a second during the overload, as part of those at 1x just before.
    package let goodput: Double
    /// Parts of the requests of a class that had a good answer during the overload.
    package let good: PerClass<Double>
    /// Of admins and members together.
    package let importantGood: Double
    /// Seconds within which 99 of 100 requests of admins and members had their answer; infinite
    /// where more than one in 100 had none.
    package let importantP99: Double
    /// Seconds after the step from which on goodput stays within 80 % of its later mean.
    package let stableAfter: Double
    /// Seconds after the fall from which on 95 of 100 are answered within 250 ms, without
    /// the crawlers, who are refused whenever somebody else is there.
    package let normalAfter: Double
    /// Of the visits that had a good answer during the overload, the part with three.
    package let wholeVisits: Double
    /// Refusals, as part of the requests; and 99 of 100 of them came within so many seconds.
    package let refused: Double
    package let refusalP99: Double

    /// During the overload, the part of the core that refusing took, from accepting to closing;
    /// and the part that had no work.
    package let refusingShare: Double
    package let idleShare: Double

    init(
        _ requests: [SimulatedRequest], _ scenario: Scenario, refusingShare: Double,
        idleShare: Double
    ) {
        self.refusingShare = refusingShare
        self.idleShare = idleShare
        let step = scenario.before
        let fall = scenario.before + scenario.during
        let base = Self.rate(of: requests, from: 1, to: step)
        goodput = Self.rate(of: requests, from: step, to: fall) / base

        let overload = requests.filter { $0.intended >= step && $0.intended < fall }
        good = PerClass(
            admin: Self.share(overload, .admin), member: Self.share(overload, .member),
            conversion: Self.share(overload, .conversion),
            visitor: Self.share(overload, .visitor),
            background: Self.share(overload, .background))
        let important = overload.filter { $0.requestClass.isImportant }
        importantGood = Self.share(important) { $0.isGood }
        importantP99 = Self.p99(
            important.map { $0.isRefused ? .infinity : $0.answeredAt - $0.intended })
        let refusals = overload.filter(\.isRefused)
        refused = Double(refusals.count) / Double(max(1, overload.count))
        refusalP99 = Self.p99(refusals.map { $0.answeredAt - $0.intended })
        wholeVisits = Self.wholeVisits(overload, before: fall - 1.1)

        // Long enough for some 200 answers: in shorter windows chance alone looks like trouble.
        let window = max(0.1, 200 / scenario.capacity)
        stableAfter = Self.stableAfter(requests, step: step, fall: fall, window)
        normalAfter = Self.normalAfter(requests, fall: fall, end: fall + scenario.after, window)
    }

    private static func rate(
        of requests: [SimulatedRequest], from: Double, to: Double
    ) -> Double {
        let good = requests.count {
            $0.isGood && $0.answeredAt >= from && $0.answeredAt < to
        }
        return Double(good) / (to - from)
    }

    private static func share(
        _ requests: [SimulatedRequest], _ requestClass: RequestClass
    ) -> Double {
        share(requests.filter { $0.requestClass == requestClass }) { $0.isGood }
    }

    private static func share(
        _ requests: [SimulatedRequest], _ isCounted: (SimulatedRequest) -> Bool
    ) -> Double {
        requests.isEmpty ? 1 : Double(requests.count(where: isCounted)) / Double(requests.count)
    }

    private static func p99(_ times: [Double]) -> Double {
        if times.isEmpty { return 0 }
        return times.sorted()[min(times.count - 1, Int(Double(times.count) * 0.99))]
    }

    private static func wholeVisits(_ requests: [SimulatedRequest], before: Double) -> Double {
        var visits: [Int32: (first: Double, all: Int, good: Int)] = [:]
        for request in requests {
            var visit = visits[request.visit] ?? (request.intended, 0, 0)
            visit.all += 1
            if request.isGood { visit.good += 1 }
            visits[request.visit] = visit
        }
        let served = visits.values.filter { $0.first < before && $0.all == 3 && $0.good > 0 }
        let whole = served.count { $0.good == 3 }
        return served.isEmpty ? 0 : Double(whole) / Double(served.count)
    }

    private static func stableAfter(
        _ requests: [SimulatedRequest], step: Double, fall: Double, _ window: Double
    ) -> Double {
        let later = rate(of: requests, from: (step + fall) / 2, to: fall)
        if later == 0 { return .infinity }
        var windows = [Double](repeating: 0, count: Int((fall - step) / window))
        for request in requests where request.isGood && request.answeredAt >= step {
            let index = Int((request.answeredAt - step) / window)
            if index < windows.count { windows[index] += 1 / window }
        }
        let bad = windows.lastIndex { $0 < 0.8 * later }
        guard let bad else { return 0 }
        return bad == windows.count - 1 ? .infinity : Double(bad + 1) * window
    }

    private static func normalAfter(
        _ requests: [SimulatedRequest], fall: Double, end: Double, _ window: Double
    ) -> Double {
        var all = [Int](repeating: 0, count: Int((end - fall) / window))
        var quick = all
        for request in requests
        where request.intended >= fall && request.requestClass != .background {
            let index = Int((request.intended - fall) / window)
            guard index < all.count else { continue }
            all[index] += 1
            if !request.isRefused, request.answeredAt - request.intended <= 0.25 {
                quick[index] += 1
            }
        }
        let bad = all.indices.last { Double(quick[$0]) < 0.95 * Double(all[$0]) }
        guard let bad else { return 0 }
        return bad == all.count - 1 ? .infinity : Double(bad + 1) * window
    }
}

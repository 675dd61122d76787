import Testing

@testable import Admission

/// A controller that is fed one tick after another.
private struct Ticks {
    var settings = AdmissionSettings()
    var controller: OverloadController
    var now = at(0)

    init() {
        settings.slots = 5
        controller = OverloadController(settings)
    }

    /// One tick with so many visitors, spread over the cohorts, and so much delay and lag.
    @discardableResult
    mutating func take(
        visitors: Int = 0, members: Int = 0, conversions: Int = 0, admins: Int = 0,
        background: Int = 0, completed: Int = 0, failed: Int = 0, least: Double = 0,
        mean: Double? = nil,
        lag: Double = 0, hard: Int = 0
    ) -> Guidance {
        var report = TickReport()
        let counts = PerClass(
            admin: admins, member: members, conversion: conversions, visitor: visitors,
            background: background)
        for requestClass in RequestClass.allCases {
            for index in 0..<counts[requestClass] {
                let cohort = Cohort(UInt8(index * 37 % Cohort.count))
                report.arrivals[TickReport.place(requestClass, cohort)] += 1
            }
        }
        report.admitted = counts
        report.completions = completed
        report.failures = failed
        report.delayLeast = Int64(least * 1e6)
        report.delaySum = Int64((mean ?? least) * 1e6) * 10
        report.delayCount = 10
        report.lag = Int64(lag * 1e6)
        report.hardRefusals = hard
        now = now.advanced(by: 100_000_000)
        return controller.take(report, now: now)
    }

    var target: Double? {
        if case .limiting(let target) = controller.state { target } else { nil }
    }
}

@Suite struct `The overload controller` {
    @Test(arguments: [
        (10.0, 10.0, 0.0, true), (9.999, 9.999, 0, false), (0, 20, 0, true),
        (0, 19.999, 0, false), (0, 0, 5, true), (0, 0, 4.999, false),
    ])
    func `overload begins at the bound of a measure`(
        least: Double, mean: Double, lag: Double, isOverload: Bool
    ) {
        var ticks = Ticks()

        ticks.take(visitors: 100, completed: 100, least: least, mean: mean, lag: lag)

        #expect((ticks.target != nil) == isOverload)
    }

    @Test(arguments: [(2, 10, false), (3, 10, true), (5, 100, false), (6, 100, true)])
    func `refusals by the hard bounds are overload beyond five in a hundred`(
        refusals: Int, arrivals: Int, isOverload: Bool
    ) {
        var ticks = Ticks()

        ticks.take(visitors: arrivals, completed: arrivals, hard: refusals)

        #expect((ticks.target != nil) == isOverload)
    }

    @Test func `the first cut is to 0.95 of the best of the last ten ticks`() {
        var ticks = Ticks()
        ticks.take(visitors: 300, completed: 300)
        for _ in 0..<8 { ticks.take(visitors: 100, completed: 100) }

        ticks.take(visitors: 1_000, completed: 200, least: 50)
        #expect(abs((ticks.target ?? 0) - 285) < 1e-9)

        var later = Ticks()
        later.take(visitors: 300, completed: 300)
        for _ in 0..<9 { later.take(visitors: 100, completed: 100) }
        later.take(visitors: 1_000, completed: 200, least: 50)
        #expect(abs((later.target ?? 0) - 190) < 1e-9)
    }

    @Test func `so many cohorts are let in as the target has room for`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_280, completed: 640)
        let guidance = ticks.take(visitors: 1_280, completed: 600, least: 50)

        // 608 of 1,280 visitors, ten in each cohort.
        #expect(guidance.cutOffs.visitor == 60)
        #expect(guidance.cutOffs.member == 128)
        #expect(guidance.cutOffs.background == 128)
        #expect(guidance.isLimiting)
    }

    @Test func `lesser classes are cut before better ones`() {
        var ticks = Ticks()

        let guidance = ticks.take(
            visitors: 128, members: 256, conversions: 10, admins: 20, background: 128,
            completed: 400, least: 50)

        // 380: 20 admins, 256 members, 10 conversions, and 94 of the visitors.
        #expect(
            guidance.cutOffs
                == PerClass(admin: 128, member: 128, conversion: 128, visitor: 94, background: 0))
    }

    @Test func `conversions keep a tenth under a crowd of members`() {
        var ticks = Ticks()

        let guidance = ticks.take(members: 1_280, conversions: 128, completed: 400, least: 50)

        // Members would take all of the 380.
        #expect(guidance.cutOffs.conversion == 38)
        #expect(guidance.cutOffs.visitor == 128)
    }

    @Test func `admins and members are never cut`() {
        var ticks = Ticks()

        let guidance = ticks.take(
            visitors: 128, members: 1_280, admins: 1_280, completed: 10, least: 50)

        #expect(guidance.cutOffs.admin == 128)
        #expect(guidance.cutOffs.member == 128)
        #expect(guidance.cutOffs.visitor == 0)
    }

    @Test func `while overloaded the target falls by a twentieth a tick`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_000, completed: 100, least: 50)
        ticks.take(visitors: 1_000, completed: 95, least: 50)

        #expect(abs((ticks.target ?? 0) - 95 * 0.95) < 1e-9)
    }

    @Test func `with a short delay it grows by a fiftieth a tick`() {
        var ticks = Ticks()
        ticks.take(visitors: 100_000, completed: 100, least: 50)

        for _ in 0..<3 { ticks.take(visitors: 100_000, completed: 50, least: 4.999) }

        #expect(abs((ticks.target ?? 0) - 95 * 1.02 * 1.02 * 1.02) < 1e-9)
    }

    @Test func `what was completed within a second is let in again at once`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_000, completed: 100, least: 50)
        for _ in 0..<8 { ticks.take(visitors: 1_000, completed: 20, least: 50) }

        ticks.take(visitors: 1_000, completed: 20)
        #expect(ticks.target == 95)

        var later = Ticks()
        later.take(visitors: 1_000, completed: 100, least: 50)
        for _ in 0..<9 { later.take(visitors: 1_000, completed: 20, least: 50) }
        later.take(visitors: 1_000, completed: 20)
        #expect((later.target ?? 0) < 66)
    }

    @Test func `between half the bound and the bound the target stays`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_000, completed: 100, least: 50)
        let before = ticks.target

        ticks.take(visitors: 1_000, completed: 100, least: 7)

        #expect(ticks.target == before)
    }

    @Test func `a database that completes nothing is still asked`() {
        var ticks = Ticks()

        for _ in 0..<50 { ticks.take(visitors: 1_000, completed: 0, least: 90) }

        #expect(ticks.target == 5)
        #expect(ticks.controller.guidance.cutOffs.visitor <= 1)
    }

    @Test func `it ends after a second in which nobody was cut`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_000, completed: 500, least: 50)
        var count = 0
        while ticks.target != nil, count < 100 {
            ticks.take(visitors: 50, completed: 50)
            count += 1
        }

        // Half a second of smoothing before nobody is cut, and the second.
        #expect(count == 11)
        #expect(ticks.controller.guidance.cutOffs == Guidance.open.cutOffs)
        #expect(!ticks.controller.guidance.isLimiting)
    }

    @Test func `it does not end while somebody is cut`() {
        var ticks = Ticks()
        ticks.take(visitors: 1_000, completed: 50, least: 50)

        for _ in 0..<5 { ticks.take(visitors: 1_000, completed: 50) }

        #expect(ticks.target != nil)
    }

    @Test func `the site gets plainer before anybody is refused, and back step by step`() {
        var ticks = Ticks()
        var levels: [BrownoutLevel] = []
        for delay in [2.4, 2.5, 5, 7.5] {
            levels.append(ticks.take(visitors: 100, completed: 100, least: delay).level)
        }
        #expect(levels == [.none, .clicksToSpool, .noSimilarJobs, .noCounts])
        #expect(ticks.target == nil)
        #expect(ticks.take(visitors: 100, completed: 100, least: 10).level == .plainSearch)

        var steps: [BrownoutLevel] = []
        for _ in 0..<60 {
            let level = ticks.take(visitors: 50, completed: 50).level
            if level != steps.last { steps.append(level) }
        }
        #expect(steps == [.plainSearch, .noCounts, .noSimilarJobs, .clicksToSpool, .none])
    }

    @Test func `a clock that jumps makes one tick like any other`() {
        for jump in [-3_600e3, 3_600e3] {
            var ticks = Ticks()
            ticks.take(visitors: 100, completed: 100)
            ticks.now = at(100 + jump)

            ticks.take(visitors: 1_000, completed: 100, least: 50)
            ticks.take(visitors: 1_000, completed: 100)

            #expect(abs((ticks.target ?? 0) - 95 * 1.10) < 1e-9)
        }
    }

    @Test func `while the database fails nothing is learnt`() {
        var ticks = Ticks()
        ticks.take(visitors: 100, completed: 100)

        for _ in 0..<20 { ticks.take(visitors: 100, completed: 1, failed: 99, least: 50) }

        #expect(ticks.target == nil)
    }
}

@Suite struct `What the controller takes for the arrivals` {
    private func report(_ cohorts: Range<Int>, each count: UInt32) -> TickReport {
        var report = TickReport()
        for cohort in cohorts {
            report.arrivals[TickReport.place(.visitor, Cohort(UInt8(cohort)))] = count
        }
        report.admitted.visitor = cohorts.count * Int(count)
        report.completions = 100
        return report
    }

    @Test func `a jump to the double is followed at once`() {
        var controller = OverloadController(AdmissionSettings())
        _ = controller.take(report(0..<128, each: 1), now: at(100))
        var jump = report(0..<128, each: 10)
        jump.delayLeast = 50_000_000
        jump.delayCount = 1

        let guidance = controller.take(jump, now: at(200))

        // 95 of 1,280: nine cohorts of ten.
        #expect(guidance.cutOffs.visitor == 9)
    }

    @Test func `a heavy cohort is seen as such`() {
        var controller = OverloadController(AdmissionSettings())
        var heavy = report(0..<128, each: 1)
        heavy.arrivals[TickReport.place(.visitor, Cohort(3))] = 500
        heavy.delayLeast = 50_000_000
        heavy.delayCount = 1

        let guidance = controller.take(heavy, now: at(100))

        // Cohorts 0 to 2 fit; the heavy one and those behind it do not.
        #expect(guidance.cutOffs.visitor == 3)
    }
}

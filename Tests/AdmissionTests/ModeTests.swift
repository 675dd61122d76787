import Testing

@testable import Admission

@Suite struct `Modes of the control` {
    /// A world in which the visitors of the higher cohorts are cut.
    private func overloaded() -> (LaneWorld, Moment) {
        let world = LaneWorld()
        var now = at(0)
        for _ in 0..<2 {
            for cohort in 0..<128 {
                let answer = world.ask(.visitor, cohort: UInt8(cohort), at: now)
                if let ticket = answer.ticket { world.lane.finish(ticket, now: now) }
            }
            for _ in world.actions() {}
            now = world.tick(from: now, lag: .milliseconds(50))
        }
        return (world, now)
    }

    @Test func `on refuses the cohorts that are cut and only these`() {
        let (world, now) = overloaded()
        let cutOff = world.control.decided.cutOffs.visitor
        #expect(cutOff > 0 && cutOff < 128)

        #expect(world.ask(.visitor, cohort: cutOff, at: now).refusal?.reason == .cut)
        #expect(world.ask(.visitor, cohort: cutOff - 1, at: now).ticket != nil)
        #expect(world.ask(.member, cohort: 127, at: now).ticket != nil)
    }

    @Test func `observe decides the same, refuses nobody and counts whom it would have`() {
        let (world, now) = overloaded()
        world.control.mode = .observe

        let answer = world.ask(.visitor, cohort: 127, at: now)

        #expect(answer.ticket != nil)
        #expect(world.control.level == .none)
        world.tick(from: now)
        #expect(world.control.latest?.wouldRefuse == 1)
        #expect(world.control.latest?.mode == .observe)
    }

    @Test func `off lets everybody in and stays within the hard bounds`() {
        let (world, now) = overloaded()
        world.control.mode = .off

        let answers = (0..<30).map { _ in world.ask(.visitor, cohort: 127, at: now) }

        #expect(answers.compactMap(\.ticket).count == 4)
        #expect(answers.compactMap(\.place).count == 15)
        #expect(answers.compactMap(\.refusal).allSatisfy { $0.reason == .queueFull })
    }

    @Test func `a change takes effect with the next request, whoever waits keeps waiting`() {
        let (world, now) = overloaded()
        let held = world.occupy(4, at: now)
        #expect(world.ask(.visitor, cohort: 0, at: now).place != nil)
        let older = world.lastToken

        world.control.mode = .off
        #expect(world.ask(.visitor, cohort: 127, at: now).place != nil)
        world.lane.finish(held[0], now: now)
        // Off serves the oldest first, as in calm times.
        #expect(world.actions().map(\.granted) == [older])

        world.control.mode = .on
        #expect(world.ask(.visitor, cohort: 127, at: now).refusal?.reason == .cut)
        world.lane.finish(held[1], now: now)
        #expect(world.actions().compactMap(\.granted).count == 1)
    }

    @Test func `where the ticks stop everybody is let in after a second`() {
        let (world, now) = overloaded()

        let at1s = world.ask(.visitor, cohort: 127, at: now.advanced(by: 1_000_000_000))
        let later = world.ask(.visitor, cohort: 127, at: now.advanced(by: 1_000_000_001))

        #expect(at1s.refusal?.reason == .cut)
        #expect(later.ticket != nil)
    }

    @Test func `ticks go on where the clock jumps backwards`() {
        let (world, _) = overloaded()

        world.tick(60, from: at(-900_000))

        #expect(world.control.latest?.time == at(-900_000 + 6_000))
        #expect(world.control.decided == .open)
    }

    @Test func `who waits is refused where the clock jumps forwards, never lost`() {
        let world = LaneWorld()
        _ = world.occupy(5, .admin)
        world.ask(.member, at: at(1))
        world.ask(.visitor, at: at(1))

        world.lane.tick(now: at(50_000), lag: .zero)

        #expect(Set(world.actions().compactMap(\.refused)) == [6, 7])
        #expect(world.lane.waitingCount == 0)
    }

    @Test func `who waits is refused where the clock jumps backwards, not by a moment`() {
        let world = LaneWorld()
        _ = world.occupy(5, .admin)
        world.ask(.member, at: at(5_000))

        world.lane.lookAgain(at(4_999))
        #expect(world.actions().isEmpty)
        world.lane.lookAgain(at(3_999))

        #expect(world.actions().map(\.reason) == [.deadline])
    }

    @Test func `doors act by what is decided only where the control acts`() {
        let (world, now) = overloaded()
        #expect(world.control.acting(now).isCutting)
        #expect(!world.control.acting(now.advanced(by: 1_000_000_001)).isCutting)

        for mode in [AdmissionMode.observe, .off] {
            world.control.mode = mode
            #expect(!world.control.acting(now).isCutting)
            #expect(world.control.decided.isCutting)
        }
    }

    @Test func `all that is decided survives its way through one word`() {
        for level in BrownoutLevel.allCases {
            for isLimiting in [false, true] {
                var guidance = Guidance.open
                guidance.level = level
                guidance.isLimiting = isLimiting
                guidance.cutOffs = PerClass(
                    admin: 128, member: 127, conversion: 64, visitor: 1, background: 0)
                #expect(Guidance(word: guidance.word) == guidance)
                for requestClass in RequestClass.allCases {
                    for number: UInt8 in [0, 1, 63, 64, 126, 127] {
                        let cohort = Cohort(number)
                        #expect(
                            Guidance.admits(guidance.word, requestClass, cohort)
                                == guidance.admits(requestClass, cohort))
                    }
                }
            }
        }
    }
}

import Testing

@testable import Admission

@Suite struct `The door` {
    @Test func `it accepts until so many are unanswered`() {
        var door = DoorControl(now: at(0))

        #expect(door.accepts(now: at(1), unanswered: 0, isRefusing: false) == 32)
        #expect(door.accepts(now: at(1), unanswered: 31, isRefusing: false) == 1)
        #expect(door.accepts(now: at(1), unanswered: 32, isRefusing: false) == 0)
        #expect(door.accepts(now: at(1), unanswered: 99, isRefusing: false) == 0)
    }

    @Test func `a turn accepts a bounded number`() {
        var settings = DoorSettings()
        settings.unansweredMax = 1_000
        var door = DoorControl(settings, now: at(0))

        #expect(door.accepts(now: at(1), unanswered: 0, isRefusing: false) == 64)
    }

    /// All that is accepted is refused, at 50 us each, for a second.
    @Test func `refusing takes eight hundredths of a core and no more`() {
        var door = DoorControl(now: at(0))
        var refused = 0

        for tenth in 0..<10_000 {
            let now = at(Double(tenth) / 10)
            let count = door.accepts(now: now, unanswered: 0, isRefusing: true)
            door.refused(count, cost: .microseconds(50 * count), now: now)
            refused += count
        }

        // 80 ms of it, and the 0.8 ms that were saved up.
        #expect((1_600...1_630).contains(refused))
    }

    /// A tenth of a core is there, so a hundredth of it may go into refusing.
    @Test func `with less of a core less is refused`() {
        var door = DoorControl(now: at(0))
        door.availability = 0.1
        var refused = 0

        for tenth in 0..<10_000 {
            let now = at(Double(tenth) / 10)
            let count = door.accepts(now: now, unanswered: 0, isRefusing: true)
            door.refused(count, cost: .microseconds(50 * count), now: now)
            refused += count
        }

        // 8 ms of it, the 0.8 ms that were saved up before, and a debt of one refusal.
        #expect((160...180).contains(refused))
    }

    @Test func `where next to nobody is refused, the budget for refusals bounds nobody`() {
        var door = DoorControl(now: at(0))
        for tick in 0..<40 {
            _ = door.accepts(now: at(Double(tick)), unanswered: 0, isRefusing: true)
            door.accepted(30)
            _ = door.tick(dropped: 0)
        }

        #expect(door.accepts(now: at(41), unanswered: 0, isRefusing: true) == 32)
    }

    @Test func `dear refusals are fewer`() {
        var door = DoorControl(now: at(0))
        var refused = 0

        for tenth in 0..<10_000 {
            let now = at(Double(tenth) / 10)
            let count = door.accepts(now: now, unanswered: 0, isRefusing: true)
            door.refused(count, cost: .microseconds(500 * count), now: now)
            refused += count
        }

        #expect((155...175).contains(refused))
    }

    @Test func `once somebody was refused the bound holds for a tick`() {
        var door = DoorControl(now: at(0))
        door.refused(100, cost: .milliseconds(20), now: at(0))

        #expect(door.accepts(now: at(1), unanswered: 0, isRefusing: false) == 0)
        #expect(door.accepts(now: at(101), unanswered: 0, isRefusing: false) == 32)
    }

    @Test func `a clock that jumps saves nothing up`() {
        var budget = CPUBudget(
            share: 0.15, period: .milliseconds(10), unitCost: .microseconds(50), now: at(0))

        budget.spend(30)
        #expect(budget.units(at(-1_000)) == 0)
        #expect(budget.units(at(1e6)) == 30)
    }

    @Test func `a debt is paid back within a period`() {
        var budget = CPUBudget(
            share: 0.15, period: .milliseconds(10), unitCost: .microseconds(50), now: at(0))

        budget.spend(1, cost: .seconds(3_600))

        #expect(budget.units(at(9)) == 0)
        #expect(budget.units(at(11)) == 1)
    }
}

@Suite struct `Connections that wait unread` {
    private func line() -> UnreadLine { UnreadLine(capacity: 10, now: at(0)) }

    @Test func `members come first, then who is inside, the newest before the older`() {
        var line = line()
        for (token, standing) in [
            (1, UnreadLine.Standing.outside), (2, .unknown), (3, .inside), (4, .inside),
            (5, .important), (6, .important),
        ] {
            #expect(line.append(token: UInt64(token), standing, now: at(1)) != nil)
        }

        var order: [UInt64] = []
        while let token = line.next(now: at(1), room: .place, isRefusing: false) {
            order.append(token)
        }

        #expect(order == [5, 6, 4, 3, 2, 1])
    }

    @Test func `without a share of the CPU left only those are read who will not be refused`() {
        var line = line()
        line.refused(1_000)
        for (token, standing) in [
            (1, UnreadLine.Standing.important), (2, .inside), (3, .unknown), (4, .outside),
        ] {
            _ = line.append(token: UInt64(token), standing, now: at(1))
        }

        #expect(line.next(now: at(1), room: .none, isRefusing: true) == 1)
        #expect(line.next(now: at(1), room: .none, isRefusing: true) == nil)
        #expect(line.next(now: at(1), room: .place, isRefusing: true) == 2)
        #expect(line.next(now: at(1), room: .place, isRefusing: true) == nil)
        #expect(line.next(now: at(1), room: .place, isRefusing: false) == 3)
        #expect(line.next(now: at(1), room: .place, isRefusing: false) == 4)
    }

    @Test func `with the share paid back reading goes on`() {
        var line = line()
        line.refused(1_000)
        _ = line.append(token: 1, .outside, now: at(1))

        #expect(line.next(now: at(9), room: .none, isRefusing: true) == nil)
        #expect(line.next(now: at(11), room: .none, isRefusing: true) == 1)
    }

    @Test func `whoever is left over from a storm is read when nobody else wants the slot`() {
        var line = line()
        _ = line.append(token: 1, .inside, now: at(0))

        #expect(line.next(now: at(250.1), room: .slot, isRefusing: true) == nil)
        #expect(line.next(now: at(250.1), room: .place, isRefusing: false) == nil)
        _ = line.append(token: 2, .outside, now: at(250))
        #expect(line.next(now: at(250.1), room: .slot, isRefusing: false) == 2)
        #expect(line.next(now: at(250.1), room: .slot, isRefusing: false) == 1)
    }

    @Test func `whom the cut lets in is inside, and without a cut who was served`() {
        var cutting = Guidance.open
        cutting.cutOffs.visitor = 10

        func standing(
            _ guidance: Guidance, _ cohort: UInt8?, _ wasServed: Bool?, important: Bool = false
        ) -> UnreadLine.Standing {
            guidance.standing(
                wasImportant: important, cohort: cohort.map { Cohort($0) }, wasServed: wasServed)
        }

        #expect(standing(cutting, 99, false, important: true) == .important)
        #expect(standing(cutting, 9, nil) == .inside)
        #expect(standing(cutting, 10, true) == .outside)
        #expect(standing(cutting, nil, nil) == .unknown)
        #expect(standing(.open, 127, nil) == .unknown)
        #expect(standing(.open, 127, true) == .inside)
        #expect(standing(.open, 0, false) == .outside)
    }

    @Test func `there are never more than the capacity, and a place is left once`() throws {
        var line = line()
        let places = (0..<12).map { line.append(token: $0, .unknown, now: at(1)) }
        #expect(places.compactMap { $0 }.count == 10)

        let first = try #require(places[0])
        line.remove(first)
        line.remove(first)

        #expect(line.count == 9)
    }

    @Test func `whoever waits too long is taken from the far end`() {
        var line = line()
        _ = line.append(token: 1, .inside, now: at(0))
        _ = line.append(token: 2, .outside, now: at(500))

        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_000)) == nil)
        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_001)) == 1)
        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_501)) == 2)
        #expect(line.count == 0)
    }
}

@Suite struct `The sieve of connection attempts` {
    @Test func `without drops everybody passes`() {
        var sieve = ConnectionSieve()

        #expect(sieve.tick(accepted: 400, dropped: 0, wasLimited: true) == 256)
        #expect(sieve.tick(accepted: 0, dropped: 0, wasLimited: false) == 256)
    }

    @Test func `so many groups pass as were accepted, and a twentieth more`() {
        var sieve = ConnectionSieve()

        // 300 of 3,000, times 1.05, of 256.
        #expect(sieve.tick(accepted: 300, dropped: 2_700, wasLimited: true) == 27)
    }

    @Test func `attempts that come again are not taken for new ones`() {
        var sieve = ConnectionSieve()
        for _ in 0..<10 { _ = sieve.tick(accepted: 300, dropped: 2_700, wasLimited: true) }

        // Of the 3,000 fresh ones of a second ago all but a tenth try again.
        let passing = sieve.tick(accepted: 300, dropped: 5_400, wasLimited: true)

        #expect((26...28).contains(passing))
    }

    @Test func `where the door had room more pass`() {
        var sieve = ConnectionSieve()
        _ = sieve.tick(accepted: 300, dropped: 2_700, wasLimited: true)

        #expect(sieve.tick(accepted: 300, dropped: 2_700, wasLimited: false) == 30)
    }

    @Test func `when the storm is over all pass at once`() {
        var sieve = ConnectionSieve()
        for _ in 0..<20 { _ = sieve.tick(accepted: 300, dropped: 5_400, wasLimited: true) }

        #expect(sieve.tick(accepted: 20, dropped: 180, wasLimited: false) == 256)
    }

    @Test func `someone always passes`() {
        var sieve = ConnectionSieve()

        #expect(sieve.tick(accepted: 0, dropped: 1_000_000, wasLimited: true) == 1)
        #expect(sieve.tick(accepted: -1, dropped: -1, wasLimited: true) >= 1)
    }

    @Test func `the door tells it whether it was limited`() {
        var door = DoorControl(now: at(0))
        for turn in 0..<10 {
            let count = door.accepts(now: at(Double(turn)), unanswered: 2, isRefusing: false)
            door.accepted(turn < 6 ? count : 0)
        }

        // 180 of 1,800, times 1.05.
        #expect(door.tick(dropped: 1_620) == 27)
        // Nothing is carried over into the next tick but what it can do.
        #expect(door.tick(dropped: 0) == 256)
    }
}

@Suite struct `The lag meter` {
    @Test func `short turns are no lag and long ones without pause are`() {
        var meter = LagMeter(now: at(0))
        for turn in 0..<100 {
            meter.turnBegan(at(Double(turn)))
            meter.turnEnded(at(Double(turn) + 0.1))
        }
        #expect(meter.take(at(100)) == .microseconds(10))

        for turn in 0..<10 {
            meter.turnBegan(at(100 + Double(turn) * 10))
            meter.turnEnded(at(110 + Double(turn) * 10))
        }
        #expect(meter.take(at(200)) == .milliseconds(10))
        #expect(meter.take(at(300)) == .zero)
    }

    @Test func `a turn under way counts as far as it has come`() {
        var meter = LagMeter(now: at(0))
        meter.turnBegan(at(0))

        #expect(meter.take(at(100)) == .milliseconds(100))
        meter.turnEnded(at(150))
        #expect(meter.take(at(200)) == .milliseconds(25))
    }

    @Test func `a clock that goes backwards is no lag`() {
        var meter = LagMeter(now: at(100))
        meter.turnBegan(at(100))
        meter.turnEnded(at(50))

        #expect(meter.take(at(40)) == .zero)
    }
}

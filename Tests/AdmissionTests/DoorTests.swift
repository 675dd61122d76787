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
    @Test func `refusing takes fifteen hundredths of a core and no more`() {
        var door = DoorControl(now: at(0))
        var refused = 0

        for tenth in 0..<10_000 {
            let now = at(Double(tenth) / 10)
            let count = door.accepts(now: now, unanswered: 0, isRefusing: true)
            door.refused(count, cost: .microseconds(50 * count), now: now)
            refused += count
        }

        // 150 ms of it, and the 1.5 ms that were saved up.
        #expect((3_000...3_040).contains(refused))
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

        #expect((290...330).contains(refused))
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

    @Test func `members come first, then who was served, the newest before the older`() {
        var line = line()
        for (token, standing) in [
            (1, UnreadLine.Standing.refused), (2, .new), (3, .served), (4, .served),
            (5, .important), (6, .important),
        ] {
            #expect(line.append(token: UInt64(token), standing, now: at(1)) != nil)
        }

        var order: [UInt64] = []
        while let token = line.next(now: at(1), hasRoom: true, isRefusing: false) {
            order.append(token)
        }

        #expect(order == [5, 6, 4, 3, 2, 1])
    }

    @Test func `without a share of the CPU left only members are read`() {
        var line = line()
        line.refused(1_000)
        _ = line.append(token: 1, .served, now: at(1))
        _ = line.append(token: 2, .important, now: at(1))

        #expect(line.next(now: at(1), hasRoom: false, isRefusing: false) == 2)
        #expect(line.next(now: at(1), hasRoom: false, isRefusing: false) == nil)
        #expect(line.next(now: at(1), hasRoom: true, isRefusing: true) == nil)
        #expect(line.next(now: at(1), hasRoom: true, isRefusing: false) == 1)
    }

    @Test func `with the share paid back reading goes on`() {
        var line = line()
        line.refused(1_000)
        _ = line.append(token: 1, .new, now: at(1))

        #expect(line.next(now: at(9), hasRoom: false, isRefusing: true) == nil)
        #expect(line.next(now: at(11), hasRoom: false, isRefusing: true) == 1)
    }

    @Test func `there are never more than the capacity, and a place is left once`() throws {
        var line = line()
        let places = (0..<12).map { line.append(token: $0, .new, now: at(1)) }
        #expect(places.compactMap { $0 }.count == 10)

        let first = try #require(places[0])
        line.remove(first)
        line.remove(first)

        #expect(line.count == 9)
    }

    @Test func `whoever waits too long is taken from the far end`() {
        var line = line()
        _ = line.append(token: 1, .served, now: at(0))
        _ = line.append(token: 2, .refused, now: at(500))

        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_000)) == nil)
        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_001)) == 1)
        #expect(line.takeStale(longerThan: .seconds(2), now: at(2_501)) == 2)
        #expect(line.count == 0)
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

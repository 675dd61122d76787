import Testing

@testable import Admission

@Suite struct `Hard bounds of admission` {
    @Test func `ordinary classes never get the reserve, important ones do`() {
        let world = LaneWorld()

        let ordinary = world.occupy(5, .visitor)
        let important = world.occupy(2, .member)

        #expect(ordinary.count == 4)
        #expect(important.count == 1)
        #expect(world.control.inFlight == 5)
    }

    @Test(arguments: [(2, 1), (3, 1), (5, 1), (6, 2), (10, 2), (11, 3), (1, 1)])
    func `the reserve is a fifth, rounded up, and at least one slot`(slots: Int, reserve: Int) {
        let world = LaneWorld { $0.slots = slots }

        let ordinary = world.occupy(20, .visitor)

        #expect(ordinary.count == max(2, slots) - reserve)
    }

    @Test func `important classes may use every slot`() {
        let world = LaneWorld()

        #expect(world.occupy(6, .admin).count == 5)
    }

    @Test func `the queue takes three for each slot and no more`() {
        let world = LaneWorld()
        _ = world.occupy(5, .member)

        let places = (0..<20).compactMap { _ in world.ask(.member, at: at(1)).place }
        let beyond = world.ask(.member, at: at(1))

        #expect(places.count == 15)
        #expect(beyond.refusal?.reason == .queueFull)
    }

    @Test func `the queues of several lanes together are not longer`() {
        let world = LaneWorld(lanes: 2)
        _ = world.occupy(5, .member)

        let counts = (0..<2).map { lane in
            (0..<20).compactMap { _ in world.ask(.member, at: at(1), lane: lane).place }.count
        }

        #expect(counts == [8, 7])
    }

    @Test(arguments: [
        (RequestClass.admin, 2_000.0), (.member, 1_000), (.conversion, 300), (.visitor, 100),
    ])
    func `who waits is refused at the deadline of its class and not before`(
        requestClass: RequestClass, wait: Double
    ) {
        let world = LaneWorld()
        _ = world.occupy(5, .admin)
        let answer = world.ask(requestClass, at: at(10))
        #expect(world.lane.nextDeadline == at(10 + wait))
        guard case .queued(_, let deadline) = answer else { Issue.record("not queued"); return }

        world.lane.lookAgain(at(10 + wait - 0.001))
        let before = world.actions()
        world.lane.lookAgain(deadline)
        let after = world.actions()

        #expect(before.isEmpty)
        #expect(after.map(\.refused) == [world.lastToken])
        #expect(after.map(\.reason) == [.deadline])
        #expect(world.lane.nextDeadline == nil)
    }

    @Test func `a request past its deadline gets no slot that becomes free then`() {
        let world = LaneWorld()
        let held = world.occupy(4)
        world.ask(.visitor, at: at(0))

        world.lane.finish(held[0], now: at(100))

        #expect(world.actions().map(\.reason) == [.deadline])
        #expect(world.control.inFlight == 3)
    }

    @Test func `background never waits`() {
        let world = LaneWorld()
        _ = world.occupy(4)

        #expect(world.ask(.background, at: at(1)).refusal?.reason == .queueFull)
        #expect(world.lane.waitingCount == 0)
    }

    @Test func `background takes no slot that somebody waits for`() {
        let world = LaneWorld()
        let held = world.occupy(5, .member)
        world.ask(.visitor, at: at(1))
        // The one free slot is the reserve: the visitor may not have it, nor may a crawler.
        world.lane.finish(held[0], now: at(2))

        #expect(world.actions().map(\.granted) == [2 + 4])
        #expect(world.ask(.background, at: at(3)).refusal != nil)
    }

    @Test func `a full queue makes room for a more important class`() {
        let world = LaneWorld()
        _ = world.occupy(5, .admin)
        for _ in 0..<15 { world.ask(.visitor, at: at(1)) }
        let oldest = world.lastToken - 14

        let answer = world.ask(.member, at: at(2))

        #expect(answer.place != nil)
        let actions = world.actions()
        #expect(actions.map(\.refused) == [oldest])
        #expect(actions.map(\.reason) == [.displaced])
        #expect(world.lane.waitingCount == 15)
    }

    @Test func `a full queue makes no room for the same or a lesser class`() {
        let world = LaneWorld()
        _ = world.occupy(5, .admin)
        for _ in 0..<15 { world.ask(.conversion, at: at(1)) }

        #expect(world.ask(.conversion, at: at(2)).refusal?.reason == .queueFull)
        #expect(world.ask(.visitor, at: at(2)).refusal?.reason == .queueFull)
        #expect(world.actions().isEmpty)
    }

    @Test func `a finished ticket gives its slot to the first who waits`() {
        let world = LaneWorld()
        let held = world.occupy(4)
        world.ask(.visitor, at: at(1))
        let first = world.lastToken
        world.ask(.visitor, at: at(2))

        world.lane.finish(held[0], now: at(3))

        #expect(world.actions().map(\.granted) == [first])
        #expect(world.control.inFlight == 4)
    }

    @Test func `a ticket that is finished twice gives one slot back`() {
        let world = LaneWorld()
        let held = world.occupy(4)

        world.lane.finish(held[0], now: at(1))
        world.lane.finish(held[0], now: at(1))

        #expect(world.control.inFlight == 3)
        // Its place is taken again: the old ticket must not end the new one.
        _ = world.occupy(1, at: at(2))
        world.lane.finish(held[0], now: at(2))
        #expect(world.control.inFlight == 4)
    }

    @Test func `who leaves the queue gets no answer and leaves its place`() throws {
        let world = LaneWorld()
        let held = world.occupy(4)
        let place = try #require(world.ask(.visitor, at: at(1)).place)

        #expect(world.lane.cancel(place, now: at(2)))
        #expect(!world.lane.cancel(place, now: at(2)))
        world.lane.finish(held[0], now: at(3))

        #expect(world.actions().isEmpty)
        #expect(world.lane.waitingCount == 0)
    }

    @Test func `a ticket that is never finished comes back after a minute`() {
        let world = LaneWorld()
        _ = world.occupy(4, at: at(0))

        world.lane.tick(now: at(60_000), lag: .zero)
        #expect(world.control.inFlight == 4)
        world.lane.tick(now: at(60_001), lag: .zero)

        #expect(world.control.inFlight == 0)
        #expect(world.lane.lostTickets == 4)
    }

    @Test func `Retry-After is within its range and differs`() {
        let world = LaneWorld()
        _ = world.occupy(4)
        var seen: Set<Int> = []

        for _ in 0..<500 {
            if let refusal = world.ask(.background, at: at(1)).refusal {
                seen.insert(refusal.retryAfter)
            }
        }

        #expect(seen.min() == 30)
        #expect(seen.max() == 90)
    }
}

import Synchronization
import Testing

@testable import Admission

/// What threads count together.
private final class Tally: Sendable {
    let most = Atomic<Int>(0)
    let granted = Atomic<Int>(0)
}

@Suite struct `Several lanes` {
    @Test func `they share the slots`() {
        let world = LaneWorld(lanes: 2)

        let counts = [
            world.occupy(3, .visitor, lane: 0).count, world.occupy(3, .visitor, lane: 1).count,
        ]

        #expect(counts == [3, 1])
        #expect(world.control.inFlight == 4)
    }

    @Test func `a free slot goes to the lane where a more important one waits`() {
        let world = LaneWorld(lanes: 2)
        let held = world.occupy(5, .admin, lane: 0)
        world.ask(.visitor, at: at(1), lane: 0)
        world.ask(.member, at: at(1), lane: 1)
        let member = world.lastToken

        world.lanes[0].finish(held[0], now: at(2))
        #expect(world.actions(lane: 0) == [.wake(lane: 1)])
        world.lanes[1].lookAgain(at(2))

        #expect(world.actions(lane: 1).map(\.granted) == [member])
    }

    @Test func `a lane with its share gives a slot to one that has less`() {
        let world = LaneWorld(lanes: 2)
        let held = world.occupy(4, .visitor, lane: 0)
        world.ask(.visitor, at: at(1), lane: 0)
        world.ask(.visitor, at: at(1), lane: 1)
        let other = world.lastToken

        world.lanes[0].finish(held[0], now: at(2))
        #expect(world.actions(lane: 0) == [.wake(lane: 1)])
        world.lanes[1].lookAgain(at(2))

        #expect(world.actions(lane: 1).map(\.granted) == [other])
    }

    @Test func `a lane with nobody waiting passes a slot on`() {
        let world = LaneWorld(lanes: 2)
        let held = world.occupy(4, .visitor, lane: 0)
        world.ask(.visitor, at: at(1), lane: 1)

        world.lanes[0].finish(held[0], now: at(2))

        #expect(world.actions(lane: 0) == [.wake(lane: 1)])
    }

    @Test func `who comes does not overtake a more important one on another lane`() {
        let world = LaneWorld(lanes: 2)
        let held = world.occupy(5, .member, lane: 0)
        world.ask(.member, at: at(1), lane: 1)
        world.lanes[0].finish(held[0], now: at(2))

        let answer = world.ask(.visitor, at: at(2), lane: 0)

        #expect(answer.place != nil)
        world.lanes[1].lookAgain(at(2))
        #expect(world.actions(lane: 1).compactMap(\.granted).count == 1)
    }

    @Test func `a lane whose loop stands still is not waited for`() {
        let world = LaneWorld(lanes: 2)
        let held = world.occupy(5, .member, lane: 0)
        world.ask(.member, at: at(1), lane: 1)
        world.ask(.visitor, at: at(1), lane: 0)
        world.lanes[0].finish(held[0], now: at(50))
        #expect(world.actions(lane: 0) == [.wake(lane: 1)])

        let answer = world.ask(.member, at: at(301), lane: 0)

        #expect(answer.ticket != nil)
    }

    @Test func `two lanes do not wake each other for a slot that neither may have`() {
        let world = LaneWorld(lanes: 2)
        _ = world.occupy(4, .visitor, lane: 0)
        // The fifth slot is the reserve.
        world.ask(.visitor, at: at(1), lane: 0)
        world.ask(.visitor, at: at(1), lane: 1)

        world.lanes[0].lookAgain(at(2))
        world.lanes[1].lookAgain(at(2))

        #expect(world.actions(lane: 0).isEmpty)
        #expect(world.actions(lane: 1).isEmpty)
    }

    @Test func `a tick adds up what all lanes saw`() {
        let world = LaneWorld(lanes: 2)
        for lane in 0..<2 {
            for ticket in world.occupy(2, .visitor, lane: lane) {
                world.lanes[lane].finish(ticket, now: at(1))
            }
        }

        world.lanes[1].tick(now: at(50), lag: .milliseconds(7))
        world.lanes[0].tick(now: at(100), lag: .milliseconds(1))

        #expect(world.control.latest?.completions == 4)
        #expect(world.control.latest?.admitted.visitor == 4)
        #expect(world.control.latest?.lag == 7_000)
    }

    /// Each lane on a thread of its own, as on its loop. Lanes are not `Sendable`: each is made
    /// by its thread.
    @Test func `on threads the slots are never exceeded and all come back`() async {
        var settings = AdmissionSettings()
        settings.slots = 7
        let control = AdmissionControl(settings: settings, lanes: 4, now: at(0))
        let tally = Tally()

        await withTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let lane = AdmissionLane(control, number: number, seed: 1)
                    var random = SplitMix(state: UInt64(number))
                    var held: [Ticket] = []
                    lane.tick(now: at(0), lag: .zero)
                    for step in 0..<5_000 {
                        let now = at(Double(step) / 100)
                        let requestClass = RequestClass.allCases[Int(random.next() % 5)]
                        let answer = lane.admit(
                            requestClass, Cohort(0), token: UInt64(step), now: now)
                        if let ticket = answer.ticket { held.append(ticket) }
                        while let action = lane.nextAction() {
                            if let ticket = action.ticket { held.append(ticket) }
                        }
                        tally.most.max(control.inFlight, ordering: .relaxed)
                        while !held.isEmpty, random.next() % 2 == 0 {
                            tally.granted.add(1, ordering: .relaxed)
                            lane.finish(held.removeFirst(), now: now)
                            while let action = lane.nextAction() {
                                if let ticket = action.ticket { held.append(ticket) }
                            }
                        }
                    }
                    for ticket in held { lane.finish(ticket, now: at(1e6)) }
                    while let action = lane.nextAction() {
                        if let ticket = action.ticket { lane.finish(ticket, now: at(1e6)) }
                    }
                }
            }
        }

        #expect(tally.most.load(ordering: .relaxed) <= 7)
        #expect(tally.granted.load(ordering: .relaxed) > 0)
        #expect(control.inFlight == 0)
    }
}

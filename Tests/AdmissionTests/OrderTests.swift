import Testing

@testable import Admission

@Suite struct `The order in which slots are given` {
    @Test func `classes come in strict order whatever the order of arrival`() {
        let world = LaneWorld { $0.conversionFloor = 1_000 }
        var held = world.occupy(5, .admin)
        var classes: [UInt64: RequestClass] = [:]
        for requestClass in [RequestClass.visitor, .conversion, .member, .admin] {
            world.ask(requestClass, at: at(1))
            classes[world.lastToken] = requestClass
        }

        var order: [RequestClass] = []
        while let ticket = held.popLast() {
            world.lane.finish(ticket, now: at(2))
            order += world.actions().compactMap(\.granted).compactMap { classes[$0] }
        }

        #expect(order == [.admin, .member, .conversion, .visitor])
    }

    @Test func `one in ten slots is a conversion's under a crowd of members`() {
        let world = LaneWorld()
        var held = world.occupy(5, .member)
        var conversions: Set<UInt64> = []
        var order: [RequestClass] = []
        for _ in 0..<10 { world.ask(.member, at: at(0)) }
        for round in 0..<100 {
            let now = at(Double(round))
            if conversions.isEmpty {
                world.ask(.conversion, at: now)
                conversions.insert(world.lastToken)
            }
            world.lane.finish(held.removeFirst(), now: now)
            for action in world.actions() {
                guard let token = action.granted, let ticket = action.ticket else { continue }
                held.append(ticket)
                if conversions.remove(token) != nil {
                    order.append(.conversion)
                } else {
                    order.append(.member)
                    world.ask(.member, at: now)
                }
            }
        }

        #expect(order.count == 100)
        #expect(order.filter { $0 == .conversion }.count == 10)
        #expect(order.firstIndex(of: .conversion) == 9)
    }

    @Test func `in calm times the oldest of a class is served first`() {
        let world = LaneWorld()
        let held = world.occupy(4)
        world.ask(.visitor, at: at(1))
        let oldest = world.lastToken
        world.ask(.visitor, at: at(2))

        world.lane.finish(held[0], now: at(3))

        #expect(world.actions().map(\.granted) == [oldest])
    }

    @Test func `under overload the newest of a class is served first`() {
        let world = LaneWorld()
        let now = world.tick(from: at(0), lag: .milliseconds(6))
        #expect(world.control.decided.isLimiting)
        let held = world.occupy(5, .admin, at: now)
        world.ask(.member, at: now)
        world.ask(.member, at: now)

        world.lane.finish(held[0], now: now)

        #expect(world.actions().map(\.granted) == [world.lastToken])
    }

    @Test func `under overload the oldest of a class makes room for a newer one`() {
        let world = LaneWorld()
        let now = world.tick(from: at(0), lag: .milliseconds(6))
        _ = world.occupy(5, .admin, at: now)
        for _ in 0..<15 { world.ask(.member, at: now) }
        let oldest = world.lastToken - 14

        let answer = world.ask(.member, at: now)

        #expect(answer.place != nil)
        #expect(world.actions().map(\.refused) == [oldest])
    }

    @Test func `newest first does not change the order of the classes`() {
        let world = LaneWorld()
        let now = world.tick(from: at(0), lag: .milliseconds(6))
        let held = world.occupy(5, .admin, at: now)
        world.ask(.admin, at: now)
        let admin = world.lastToken
        world.ask(.member, at: now)

        world.lane.finish(held[0], now: now)

        #expect(world.actions().map(\.granted) == [admin])
    }
}

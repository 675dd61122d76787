import EventLoop
import Testing

@testable import Spool

private let start = MonotonicTime(nanoseconds: 1_000_000_000)

private func settings() -> ReplaySettings {
    var settings = ReplaySettings()
    settings.perSecond = 1_000_000_000
    return settings
}

private func entity(_ number: Int) -> SpoolEntity { SpoolEntity(rawValue: UInt64(number)) }

@Suite struct ReplayPlanTests {
    @Test func `records of one entity are begun one after the other`() {
        var plan = ReplayPlan(settings: settings())
        for sequence in [1, 2, 3] as [UInt64] { plan.add(sequence, of: entity(1)) }
        #expect(plan.start(at: start) == [1])
        let later = start + .seconds(1)
        #expect(plan.start(at: later).isEmpty)
        let state = plan.finish(1, of: entity(1), .applied(note: "n"), at: later, random: 0)
        #expect(state == .applied(note: "n"))
        #expect(plan.start(at: later) == [2])
    }

    @Test func `no more are begun than may run at the same time`() {
        var plan = ReplayPlan(settings: settings())
        for sequence in 1...10 { plan.add(UInt64(sequence), of: entity(sequence)) }
        var now = start
        var begun: [UInt64] = []
        for _ in 0..<10 {
            begun += plan.start(at: now)
            now = now + .milliseconds(1)
        }
        #expect(begun == [1, 2, 3, 4])
        #expect(plan.wake == nil, "only an end lets another begin")
    }

    @Test func `no more are begun in a second than is allowed`() {
        var slow = ReplaySettings()
        slow.perSecond = 10
        slow.concurrency = 1_000
        var plan = ReplayPlan(settings: slow)
        for sequence in 1...100 { plan.add(UInt64(sequence), of: entity(sequence)) }
        #expect(plan.start(at: start) == [1])
        #expect(plan.wake == start + .milliseconds(100))
        var begun = 1
        for step in 1...1_000 { begun += plan.start(at: start + .milliseconds(step)).count }
        #expect(begun == 11)
    }

    @Test func `a record to be tried again waits longer each time, and holds up its entity only`() {
        var plan = ReplayPlan(settings: settings())
        plan.add(1, of: entity(1))
        plan.add(2, of: entity(1))
        var now = start
        for (attempt, seconds) in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].enumerated() {
            #expect(plan.start(at: now) == [1], "attempt \(attempt)")
            let state = plan.finish(
                1, of: entity(1), .retry(reason: "conflict"), at: now, random: 1)
            #expect(state == nil)
            #expect(plan.wake == now + .seconds(seconds))
            let other = UInt64(100 + attempt)
            plan.add(other, of: entity(2))
            #expect(plan.start(at: now + .milliseconds(1)) == [other])
            _ = plan.finish(
                other, of: entity(2), .applied(note: ""), at: now, random: 0)
            #expect(plan.start(at: now + .seconds(seconds) + .nanoseconds(-1)).isEmpty)
            now = now + .seconds(seconds)
        }
    }

    @Test func `chance takes up to half of a wait`() {
        for (random, milliseconds) in [(0.0, 500), (0.5, 750), (1.0, 1_000), (7.0, 1_000)] {
            var plan = ReplayPlan(settings: settings())
            plan.add(1, of: entity(1))
            _ = plan.start(at: start)
            _ = plan.finish(1, of: entity(1), .retry(reason: ""), at: start, random: random)
            #expect(plan.wake == start + .milliseconds(milliseconds))
        }
    }

    @Test func `what can never be applied is set aside and does not block`() {
        var plan = ReplayPlan(settings: settings())
        plan.add(1, of: entity(1))
        plan.add(2, of: entity(1))
        _ = plan.start(at: start)
        let state = plan.finish(1, of: entity(1), .never(reason: "no job"), at: start, random: 0)
        #expect(state == .setAside(reason: "no job"))
        #expect(plan.start(at: start + .seconds(1)) == [2])
    }

    @Test func `after the last try a record is set aside`() {
        var few = settings()
        few.attemptsMax = 3
        var plan = ReplayPlan(settings: few)
        plan.add(1, of: entity(1))
        var states: [SpoolState?] = []
        for step in 0..<3 {
            let now = start + .seconds(1_000 * step)
            #expect(plan.start(at: now) == [1])
            states.append(
                plan.finish(1, of: entity(1), .retry(reason: "odd"), at: now, random: 0))
        }
        #expect(states == [nil, nil, .setAside(reason: "tried 3 times: odd")])
        #expect(plan.count == 0)
    }

    @Test func `without a database all wait, and one asks for it`() {
        var plan = ReplayPlan(settings: settings())
        for sequence in 1...6 { plan.add(UInt64(sequence), of: entity(sequence)) }
        var now = start
        for _ in 0..<4 {
            _ = plan.start(at: now)
            now = now + .nanoseconds(1)
        }
        #expect(plan.running == 4)
        for sequence in 1...4 {
            let state = plan.finish(
                UInt64(sequence), of: entity(sequence), .unreachable(reason: ""), at: now,
                random: 1)
            #expect(state == nil)
        }
        #expect(plan.outage == 1, "four that were begun together tell of one outage")
        #expect(plan.start(at: now).isEmpty)
        #expect(plan.wake == now + .milliseconds(500))
        now = now + .milliseconds(500)
        #expect(plan.start(at: now) == [1])
        #expect(plan.start(at: now + .seconds(9)).isEmpty)
        _ = plan.finish(1, of: entity(1), .unreachable(reason: ""), at: now, random: 1)
        #expect(plan.wake == now + .seconds(1))
        now = now + .seconds(1)
        #expect(plan.start(at: now) == [1])
        _ = plan.finish(1, of: entity(1), .applied(note: ""), at: now, random: 1)
        #expect(plan.outage == 0)
        var begun: [UInt64] = []
        for step in 1...4 { begun += plan.start(at: now + .milliseconds(step)) }
        #expect(begun == [2, 3, 4, 5])
    }

    @Test func `an outage is no attempt of the record`() {
        var few = settings()
        few.attemptsMax = 1
        var plan = ReplayPlan(settings: few)
        plan.add(1, of: entity(1))
        for step in 0..<50 {
            let now = start + .seconds(100 * step)
            #expect(plan.start(at: now) == [1])
            _ = plan.finish(1, of: entity(1), .unreachable(reason: ""), at: now, random: 0)
        }
        #expect(plan.outage == 50)
    }

    @Test func `a record that comes back goes before the later ones of its entity`() {
        var plan = ReplayPlan(settings: settings())
        for sequence in [5, 7, 9] as [UInt64] { plan.add(sequence, of: entity(1)) }
        #expect(plan.start(at: start) == [5])
        plan.add(3, of: entity(1))
        plan.add(8, of: entity(1))
        plan.add(8, of: entity(1))
        var order: [UInt64] = [5]
        var now = start
        while let last = order.last, plan.count > 0 {
            _ = plan.finish(last, of: entity(1), .applied(note: ""), at: now, random: 0)
            now = now + .seconds(1)
            order += plan.start(at: now)
        }
        #expect(order == [5, 3, 7, 8, 9])
    }

    @Test(arguments: 0..<40)
    func `whatever happens, each entity's records end in their order and all do`(seed: Int) {
        var chance = Chance(state: UInt64(seed))
        var plan = ReplayPlan(settings: settings())
        var entities: [UInt64: SpoolEntity] = [:]
        var running: Set<UInt64> = []
        var ended: [SpoolEntity: [UInt64]] = [:]
        var now = start
        var next: UInt64 = 1
        var rounds = 0
        while next <= 200 || plan.count > 0 {
            rounds += 1
            guard rounds < 100_000 else { break }
            if next <= 200, Bool.random(using: &chance) {
                entities[next] = entity(Int.random(in: 0...5, using: &chance))
                plan.add(next, of: entities[next] ?? entity(0))
                next += 1
            }
            for sequence in plan.start(at: now) {
                let others = running.map { entities[$0] }
                #expect(!others.contains(entities[sequence]), "two of one entity")
                running.insert(sequence)
            }
            #expect(running.count <= 4 && running.count == plan.running)
            if let sequence = running.randomElement(using: &chance), let own = entities[sequence],
                Bool.random(using: &chance)
            {
                let verdicts: [ReplayVerdict] = [
                    .applied(note: ""), .applied(note: ""), .never(reason: ""),
                    .retry(reason: ""), .unreachable(reason: ""),
                ]
                let verdict = verdicts.randomElement(using: &chance) ?? .retry(reason: "")
                let state = plan.finish(
                    sequence, of: own, verdict, at: now,
                    random: Double.random(in: 0...1, using: &chance))
                running.remove(sequence)
                if state != nil { ended[own, default: []].append(sequence) }
            } else if running.isEmpty, let wake = plan.wake {
                now = max(now, wake)
            }
            now = now + .milliseconds(1)
        }
        #expect(plan.count == 0)
        #expect(ended.values.reduce(0) { $0 + $1.count } == 200)
        for list in ended.values { #expect(list == list.sorted()) }
    }
}

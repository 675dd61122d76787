import Domain
import EventLoop
import Testing

@testable import Spool

/// What a test knows must hold, beside a spool that is used at random.
private struct Model {
    /// Every record that was ever handed over, by number.
    var submitted: [Int: SpoolDraft] = [:]
    /// Numbers whose caller was told that the record is safe.
    var acknowledged: Set<Int> = []
    /// The state that was last written durably.
    var durable: [Int: SpoolState] = [:]
    /// A state that was given, and may or may not be on the disk.
    var tried: [Int: [SpoolState]] = [:]
    /// The disk had a bound since the last start.
    var wasFull = false
    var next = 1
}

/// Uses a spool at random, with a disk that fails at random, and checks it after each start.
private struct RandomLife {
    var chance: Chance
    let time: TestTime
    var disk: FaultyDisk
    var model = Model()
    var starts = 0

    init(seed: UInt64) {
        chance = Chance(state: seed)
        time = TestTime(seed: seed &+ 1)
        disk = FaultyDisk(seed: seed &+ 2)
    }

    mutating func live(starts count: Int) throws {
        for _ in 0..<count {
            try step()
            disk = Bool.random(using: &chance) ? disk.afterPowerLoss() : disk.afterKill()
        }
        let (log, shared) = try openLog(disk, time)
        try check(log, shared)
    }

    private mutating func step() throws {
        if Int.random(in: 0...3, using: &chance) == 0 {
            // The power may also be lost while a start is at work.
            disk.faults.unitsLeft = Int.random(in: 1...600, using: &chance)
            _ = try? openLog(disk, time)
            disk = disk.afterPowerLoss()
        }
        let (log, shared) = try openLog(disk, time)
        starts += 1
        try check(log, shared)
        disk.faults.unitsLeft = Int.random(in: 1...20_000, using: &chance)
        disk.faults.writeMax = Int.random(in: 1...400, using: &chance)
        for _ in 0..<Int.random(in: 1...40, using: &chance) where !disk.isPowerLost {
            act(log, shared)
        }
        if !disk.isPowerLost, Int.random(in: 0...4, using: &chance) == 0 { log.close() }
    }

    private mutating func act(_ log: SpoolLog, _ shared: SharedIndex) {
        switch Int.random(in: 0...11, using: &chance) {
        case 0...4: append(log, shared)
        case 5...7: settle(log, shared)
        case 8: log.maintain()
        case 9: disk.faults.failingSyncs = Int.random(in: 1...3, using: &chance)
        case 10:
            let room = Int.random(in: 0...6_000, using: &chance)
            model.wasFull = true
            disk.faults.room = Bool.random(using: &chance) ? .max : room
        default:
            disk.faults.failingFolderSyncs = Int.random(in: 0...1, using: &chance)
            disk.faults.failingTruncations = Int.random(in: 0...1, using: &chance)
            disk.faults.failingCreations = Int.random(in: 0...1, using: &chance)
            time.pass(seconds: 61)
        }
    }

    private mutating func append(_ log: SpoolLog, _ shared: SharedIndex) {
        var drafts: [Int: SpoolDraft] = [:]
        for _ in 0..<Int.random(in: 1...6, using: &chance) {
            // Now and then one that was refused comes again.
            let again = model.submitted.keys.filter { !model.acknowledged.contains($0) }.min()
            let number = Bool.random(using: &chance) ? again ?? model.next : model.next
            if number == model.next { model.next += 1 }
            let draft = draft(
                number, bytes: Int.random(in: 0...200, using: &chance),
                hasReceipt: number % 5 != 0)
            // As the intake does: a known key is acknowledged without being written.
            if shared.entry(number) != nil {
                model.acknowledged.insert(number)
            } else {
                drafts[number] = model.submitted[number] ?? draft
                // What became of an earlier one, which was forgotten, says nothing about this.
                model.durable[number] = nil
                model.tried[number] = nil
                model.submitted[number] = drafts[number]
            }
        }
        let numbers = drafts.keys.sorted()
        let results = log.accepts(numbers.compactMap { drafts[$0] })
        for (number, isSafe) in zip(numbers, results) where isSafe {
            model.acknowledged.insert(number)
        }
    }

    private mutating func settle(_ log: SpoolLog, _ shared: SharedIndex) {
        guard let entry = shared.kept.randomElement(using: &chance) else { return }
        let number = Int(entry.head.key.rawValue) - 1
        let states: [SpoolState] = [
            .applied(note: "n\(number)"), .setAside(reason: "r"), .discarded(reason: "d"), .waiting,
        ]
        guard let state = states.randomElement(using: &chance) else { return }
        log.settle([(entry.head.sequence, state)])
        // `settle` gave it to the index whatever the disk did.
        if log.backlog.isEmpty, !disk.isPowerLost {
            for (number, tried) in model.tried { model.durable[number] = tried.last }
            model.durable[number] = state
            model.tried = [:]
        } else {
            model.tried[number, default: []].append(state)
        }
    }

    /// After a start everything that was promised is there, and nothing else.
    private mutating func check(_ log: SpoolLog, _ shared: SharedIndex) throws {
        for (number, draft) in model.submitted {
            let entry = shared.entry(number)
            guard let entry else {
                // On a full disk a segment whose records are all done with may go before their outcomes
                // are written; and what has no receipt is forgotten when it is done with.
                let tried = model.tried[number] ?? []
                let isForgotten = draft.receipt == nil && model.durable[number]?.isFinal == true
                let isDone =
                    isForgotten
                    || (model.wasFull || draft.receipt == nil) && tried.contains(where: \.isFinal)
                try #require(
                    isDone || !model.acknowledged.contains(number), "record \(number) is lost")
                model.acknowledged.remove(number)
                model.durable[number] = nil
                continue
            }
            try #require(entry.head.receipt == draft.receipt)
            let expected = [model.durable[number] ?? .waiting] + (model.tried[number] ?? [])
            try #require(expected.contains(entry.state), "\(entry.state) of \(expected)")
            if !entry.state.isFinal {
                let record = try log.read(entry.head.sequence)
                try #require(record?.payload == draft.payload, "record \(number) changed")
            }
            // What the start has found is the truth from now on.
            model.durable[number] = entry.state
        }
        model.tried = [:]
        model.wasFull = false
        let kept = shared.kept
        try #require(Set(kept.map(\.head.key)).count == kept.count, "a key stands twice")
        for entry in kept {
            try #require(model.submitted[Int(entry.head.key.rawValue) - 1] != nil, "invented")
        }
    }
}

@Suite struct PowerLossTests {
    @Test(arguments: 0..<60)
    func `whatever fails, what was acknowledged is there and nothing else`(seed: Int) throws {
        var life = RandomLife(seed: UInt64(seed) * 7_919)
        try life.live(starts: 8)
        #expect(life.starts >= 1)
        #expect(life.model.submitted.count > 0)
    }

    @Test func `the power may be lost at every byte of a life`() throws {
        // First without a fault, to know how long the life is.
        let units = try life(unitsLeft: 1_000_000_000).used
        #expect(units > 1_000)
        for left in stride(from: 1, to: units, by: 3) {
            let (disk, time, acknowledged, settled, _) = try life(unitsLeft: left)
            let (log, shared) = try openLog(disk.afterPowerLoss(), time)
            for number in acknowledged {
                let entry = try #require(shared.entry(number), "lost \(number) at \(left)")
                if settled.contains(number) {
                    #expect(entry.state == .applied(note: "ok"))
                } else if !entry.state.isFinal {
                    let record = try log.read(entry.head.sequence)
                    #expect(record?.payload == draft(number).payload)
                }
            }
            let kept = shared.kept.map { Int($0.head.key.rawValue) - 1 }
            #expect(Set(kept).isSubset(of: Set(1...12)))
            #expect(Set(kept).count == kept.count)
        }
    }

    /// Twelve records in groups of three, half of them applied; the power is lost on the way.
    private func life(
        unitsLeft: Int
    ) throws -> (
        disk: FaultyDisk, time: TestTime, acknowledged: [Int], settled: [Int], used: Int
    ) {
        let disk = FaultyDisk(seed: UInt64(unitsLeft))
        let time = TestTime(seed: 5)
        disk.faults.unitsLeft = unitsLeft
        guard let (log, shared) = try? openLog(disk, time) else {
            return (disk, time, [], [], 0)
        }
        var acknowledged: [Int] = []
        var settled: [Int] = []
        for first in stride(from: 1, to: 12, by: 3) {
            let numbers = Array(first..<first + 3)
            let results = log.accepts(numbers.map { draft($0) })
            acknowledged += zip(numbers, results).filter(\.1).map(\.0)
            for number in numbers.prefix(2) {
                guard let entry = shared.entry(number) else { continue }
                log.settle([(entry.head.sequence, .applied(note: "ok"))])
                if log.backlog.isEmpty, !disk.isPowerLost { settled.append(number) }
            }
            log.maintain()
        }
        return (disk, time, acknowledged, settled, unitsLeft - disk.faults.unitsLeft)
    }
}

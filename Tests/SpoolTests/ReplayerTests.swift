import Domain
import EventLoop
import Synchronization
import TestSupport
import Testing

@testable import Spool

/// A database that keeps the key in the transaction that applies the record, as the real one does.
private final class FakeDatabase: Sendable {
    private struct State {
        var rows: [SpoolKey: Int] = [:]
        var order: [SpoolEntity: [SpoolKey]] = [:]
        var calls = 0
    }

    private let state = Mutex(State())

    var rows: [SpoolKey: Int] { state.withLock { $0.rows } }
    var order: [SpoolEntity: [SpoolKey]] { state.withLock { $0.order } }
    var calls: Int { state.withLock { $0.calls } }

    /// Applies a record unless its key is there.
    func apply(_ record: SpoolRecord) {
        state.withLock { state in
            state.calls += 1
            guard state.rows[record.head.key] == nil else { return }
            state.rows[record.head.key] = 1
            state.order[record.head.entity, default: []].append(record.head.key)
        }
    }
}

private func fast() -> ReplaySettings {
    var settings = ReplaySettings()
    settings.perSecond = 100_000
    settings.retryMin = .milliseconds(1)
    settings.retryMax = .milliseconds(2)
    settings.pauseMin = .milliseconds(1)
    settings.pauseMax = .milliseconds(2)
    return settings
}

private func open(_ disk: FaultyDisk) throws -> Spool {
    try Spool(
        files: disk, settings: smallSettings(),
        surroundings: TestTime(seed: .random(in: .min ... .max)).threadSurroundings)
}

/// Replays until `isEnough`, then stops the replayer and the spool.
private func replay(
    _ spool: Spool, until isEnough: @escaping @Sendable () -> Bool,
    apply: @escaping @Sendable (SpoolRecord) async throws -> ReplayVerdict
) async throws {
    try await withLoop { loop in
        let replayer = Replayer(spool: spool, loop: loop, settings: fast(), apply: apply)
        let task = Task(executorPreference: loop) { await replayer.run() }
        let isDone = try await eventually(on: loop) { isEnough() }
        #expect(isDone)
        task.cancel()
        await task.value
    }
    await spool.stop()
}

@Suite struct ReplayerTests {
    @Test func `what waits at the start and what comes later is applied, in order per entity`()
        async throws
    {
        let disk = FaultyDisk()
        let first = try open(disk)
        for number in 1...6 { _ = try await first.append(draft(number, entity: number % 2)) }
        await first.stop()
        let spool = try open(disk)
        let database = FakeDatabase()
        let tries = SharedCount()
        try await withLoop { loop in
            let replayer = Replayer(spool: spool, loop: loop, settings: fast()) { record in
                // Every third try meets a conflict.
                if tries.next() % 3 == 0 { return .retry(reason: "conflict") }
                database.apply(record)
                return .applied(note: "ok")
            }
            let task = Task(executorPreference: loop) { await replayer.run() }
            for number in 7...12 { _ = try await spool.append(draft(number, entity: number % 2)) }
            let isDone = try await eventually(on: loop) { spool.metrics.waiting == 0 }
            #expect(isDone)
            task.cancel()
            await task.value
        }
        let order = database.order
        #expect(order[SpoolEntity(rawValue: 1)] == [1, 3, 5, 7, 9, 11].map { draft($0).key })
        #expect(order[SpoolEntity(rawValue: 0)] == [2, 4, 6, 8, 10, 12].map { draft($0).key })
        #expect(spool.entry(receipt: receipt(12))?.state == .applied(note: "ok"))
        await spool.stop()
    }

    @Test(arguments: 0..<12)
    func `every record is applied once, wherever the process dies after a commit`(seed: Int)
        async throws
    {
        var chance = Chance(state: UInt64(seed))
        let database = FakeDatabase()
        var disk = FaultyDisk(seed: UInt64(seed))
        let first = try open(disk)
        for number in 1...20 { _ = try await first.append(draft(number, entity: number % 3)) }
        await first.stop()
        var deaths = 0
        while true {
            let spool = try open(disk)
            if spool.metrics.waiting == 0 {
                await spool.stop()
                break
            }
            let survives = Int.random(in: 0...4, using: &chance)
            let present = disk
            let calls = database.calls
            try await replay(
                spool, until: { present.isPowerLost || spool.metrics.waiting == 0 }
            ) { record in
                // The transaction commits, and the power is lost before that is written down.
                database.apply(record)
                if database.calls > calls + survives { present.faults.unitsLeft = 0 }
                return .applied(note: "")
            }
            if present.isPowerLost { deaths += 1 }
            disk = Bool.random(using: &chance) ? disk.afterPowerLoss() : disk.afterKill()
        }
        #expect(deaths > 0)
        #expect(
            database.rows == Dictionary(uniqueKeysWithValues: (1...20).map { (draft($0).key, 1) }))
        for keys in database.order.values {
            #expect(keys == keys.sorted { $0.rawValue < $1.rawValue })
        }
    }

    @Test func `what can never be applied is set aside, and the others go on`() async throws {
        let spool = try open(FaultyDisk())
        for number in 1...9 { _ = try await spool.append(draft(number, entity: 1)) }
        try await replay(spool, until: { spool.metrics.waiting == 0 }) { record in
            record.head.key == draft(3).key
                ? .never(reason: "the job is gone") : .applied(note: "")
        }
        #expect(spool.metrics.applied == 8)
        let left = spool.setAside(limit: 10)
        #expect(left.map(\.head.receipt) == [receipt(3)])
        #expect(left.first?.state == .setAside(reason: "the job is gone"))
    }

    @Test func `without a database everything waits, and nothing is given up`() async throws {
        let spool = try open(FaultyDisk())
        for number in 1...9 { _ = try await spool.append(draft(number)) }
        let database = FakeDatabase()
        let count = SharedCount()
        try await replay(spool, until: { spool.metrics.waiting == 0 }) { record in
            if count.next() <= 60 { return .unreachable(reason: "connection refused") }
            database.apply(record)
            return .applied(note: "")
        }
        #expect(database.rows.count == 9)
        #expect(spool.metrics.setAside == 0)
    }

    @Test func `what apply throws is tried again, and its text is told to nobody`() async throws {
        let spool = try open(FaultyDisk())
        _ = try await spool.append(draft(1))
        try await replay(spool, until: { spool.metrics.setAside == 1 }) { _ in
            throw TestFailure("ana@example.com")
        }
        let state = spool.setAside(limit: 1).first?.state
        #expect(state == .setAside(reason: "tried 100 times: TestFailure"))
    }

    @Test func `stopping waits for what was begun and begins nothing more`() async throws {
        let spool = try open(FaultyDisk())
        for number in 1...9 { _ = try await spool.append(draft(number)) }
        try await withLoop { loop in
            let count = SharedCount()
            let replayer = Replayer(spool: spool, loop: loop, settings: fast()) { _ in
                _ = count.next()
                // Until the replayer has been told to stop.
                while count.value < 1_000 { try? await loop.sleep(for: .milliseconds(1)) }
                return .applied(note: "")
            }
            let task = Task(executorPreference: loop) { await replayer.run() }
            let isBusy = try await eventually(on: loop) { count.value == 4 }
            #expect(isBusy)
            task.cancel()
            count.add(1_000)
            await task.value
            #expect(spool.metrics.applied == 4)
            #expect(spool.metrics.waiting == 5)
            #expect(count.value == 1_004)
        }
        await spool.stop()
    }
}

private final class SharedCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add(_ number: Int) { count.withLock { $0 += number } }
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

import Domain
import EventLoop
import TestSupport
import Testing

@testable import Spool

/// A spool with its thread on a disk in memory, and a loop to call it from.
private func withSpool<Value: Sendable>(
    _ disk: FaultyDisk = FaultyDisk(), _ time: TestTime = TestTime(),
    _ settings: SpoolSettings = smallSettings(),
    _ body: @escaping @Sendable (Spool, EventLoop) async throws -> Value
) async throws -> Value {
    let spool = try Spool(
        files: disk, settings: settings, surroundings: time.threadSurroundings)
    do {
        let value = try await withLoop { loop in try await body(spool, loop) }
        await spool.stop()
        return value
    } catch {
        await spool.stop()
        throw error
    }
}

@Suite struct InboxTests {
    @Test func `64 writers at the same time share one synchronisation`() async throws {
        let disk = FaultyDisk()
        var settings = smallSettings()
        settings.segmentBytesMax = 100_000
        settings.groupWindow = .seconds(3600)
        let metrics = try await withSpool(disk, TestTime(), settings) { spool, loop in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...64 {
                    group.addTask(executorPreference: loop) {
                        _ = try await spool.append(draft(number))
                    }
                }
                try await group.waitForAll()
            }
            return spool.metrics
        }
        #expect(metrics.accepted == 64)
        #expect(metrics.groups == 1)
        #expect(metrics.syncs == 1)
        #expect(disk.syncs == 1)
    }

    @Test func `a handler goes on on its loop when its record is durable`() async throws {
        let disk = FaultyDisk()
        try await withSpool(disk) { spool, loop in
            let accepted = try await spool.append(draft(1))
            #expect(loop.isCurrent)
            #expect(accepted.receipt == receipt(1))
            #expect(!accepted.isRepeat)
            let lost = disk.afterPowerLoss()
            let found = try openLog(lost, TestTime()).shared.entry(1)
            #expect(found?.state == .waiting)
        }
    }

    @Test func `the same key gives the first receipt: together, later, after a start, when done`()
        async throws
    {
        let disk = FaultyDisk()
        let other = SpoolDraft(
            key: draft(1).key, kind: .application, entity: draft(1).entity, receipt: receipt(2),
            payload: [1])
        var settings = smallSettings()
        settings.groupWindow = .milliseconds(20)
        try await withSpool(disk, TestTime(), settings) { spool, _ in
            async let first = spool.append(draft(1))
            async let second = spool.append(draft(1))
            let both = try await [first, second]
            #expect(both.map(\.receipt) == [receipt(1), receipt(1)])
            #expect(both.count { $0.isRepeat } == 1)
            let later = try await spool.append(other)
            #expect(later.receipt == receipt(1))
            #expect(spool.entry(receipt: receipt(2)) == nil)
        }
        try await withSpool(disk) { spool, _ in
            let again = try await spool.append(other)
            #expect(again.isRepeat)
            #expect(again.receipt == receipt(1))
            await spool.settle(again.sequence, .applied(note: "x"))
            let last = try await spool.append(other)
            #expect(last.receipt == receipt(1))
            #expect(spool.metrics.accepted == 0)
        }
    }

    @Test func `a full spool refuses, and keeps room for what is important`() async throws {
        var settings = smallSettings()
        settings.recordsMax = 5
        settings.reserveRecords = 2
        try await withSpool(FaultyDisk(), TestTime(), settings) { spool, _ in
            for number in 1...3 { _ = try await spool.append(draft(number)) }
            #expect(spool.health == .full)
            await #expect(throws: SpoolRefusal.full) { try await spool.append(draft(4)) }
            _ = try await spool.append(draft(4, bytes: 900, isImportant: true))
            _ = try await spool.append(draft(5, isImportant: true))
            await #expect(throws: SpoolRefusal.full) {
                try await spool.append(draft(6, isImportant: true))
            }
            // What is known is still answered.
            let known = try await spool.append(draft(1))
            #expect(known.isRepeat)
            for sequence in [known.sequence, known.sequence + 1, known.sequence + 2] {
                await spool.settle(sequence, .applied(note: ""))
            }
            #expect(spool.health == .accepting)
            _ = try await spool.append(draft(6))
            #expect(spool.metrics.refusedFull == 2)
        }
    }

    @Test func `the bound in bytes holds, and what is done with makes room`() async throws {
        var settings = smallSettings()
        settings.bytesMax = 12_000
        try await withSpool(FaultyDisk(), TestTime(), settings) { spool, _ in
            var kept: [UInt64] = []
            do {
                for number in 1...100 {
                    kept.append(try await spool.append(draft(number, bytes: 900)).sequence)
                }
            } catch {
                #expect(error as? SpoolRefusal == .full)
            }
            // The reserve is for what is short: a report of a hire, not one more CV.
            await #expect(throws: SpoolRefusal.full) {
                try await spool.append(draft(101, bytes: 900, isImportant: true))
            }
            // 12,000 less the reserve of 4,000; a segment of 1,500 has one record and its header.
            #expect(kept.count == 7)
            #expect(spool.metrics.bytes == 7 * (900 + 96 + 40))
            let report = try await spool.append(draft(102, bytes: 100, isImportant: true))
            await spool.settle(report.sequence, .applied(note: ""))
            for sequence in kept.prefix(2) { await spool.settle(sequence, .applied(note: "")) }
            _ = try await spool.append(draft(200, bytes: 900))
            #expect(spool.metrics.bytes <= 8_000)
        }
    }

    @Test func `a payload past the bound is refused, one at the bound is kept`() async throws {
        try await withSpool { spool, _ in
            await #expect(throws: SpoolRefusal.tooLong) {
                try await spool.append(draft(1, bytes: 1_001))
            }
            let accepted = try await spool.append(draft(2, bytes: 1_000))
            let record = try await spool.read(accepted.sequence)
            #expect(record?.payload == draft(2, bytes: 1_000).payload)
        }
    }

    @Test func `memory for what is not written yet is bounded`() async throws {
        var settings = smallSettings()
        settings.pendingBytesMax = 1_000
        settings.groupRecordsMax = 2
        settings.groupWindow = .seconds(3600)
        try await withSpool(FaultyDisk(), TestTime(), settings) { spool, loop in
            let first = Task(executorPreference: loop) {
                try await spool.append(draft(1, bytes: 500))
            }
            await Task.yield()
            await #expect(throws: SpoolRefusal.busy) {
                try await spool.append(draft(2, bytes: 500))
            }
            _ = try await spool.append(draft(3))
            _ = try await first.value
            #expect(spool.metrics.refusedBusy == 1)
        }
    }

    @Test func `stopping writes what was taken, and takes nothing more`() async throws {
        let disk = FaultyDisk()
        var settings = smallSettings()
        settings.groupWindow = .seconds(3600)
        try await withSpool(disk, TestTime(), settings) { spool, loop in
            let waiting = Task(executorPreference: loop) { try await spool.append(draft(1)) }
            await Task.yield()
            await spool.stop()
            let accepted = try await waiting.value
            #expect(accepted.receipt == receipt(1))
            await #expect(throws: SpoolRefusal.stopped) { try await spool.append(draft(2)) }
            #expect(await !spool.settle(1, .waiting))
            #expect(spool.health == .stopped)
        }
        #expect(disk.openFiles == 0)
    }

    @Test func `what was applied is erased, and its receipt tells of it`() async throws {
        let disk = FaultyDisk()
        let time = TestTime()
        let secret = Array("ana@example.com, 0722 000 000".utf8)
        try await withSpool(disk, time) { spool, _ in
            let accepted = try await spool.append(
                SpoolDraft(
                    key: SpoolKey(rawValue: 77), kind: .application,
                    entity: SpoolEntity("ana"), receipt: receipt(7), payload: secret))
            #expect(disk.contents.values.contains { contains($0, secret) })
            #expect(spool.isWaiting(SpoolEntity("ana")))
            await spool.settle(accepted.sequence, .applied(note: "/here"))
            #expect(!disk.contents.values.contains { contains($0, secret) })
            #expect(!spool.isWaiting(SpoolEntity("ana")))
            #expect(spool.entry(receipt: receipt(7))?.state == .applied(note: "/here"))
            let erased = try await spool.read(accepted.sequence)
            #expect(erased == nil)
        }
        try await withSpool(disk, time) { spool, _ in
            #expect(spool.entry(receipt: receipt(7))?.state == .applied(note: "/here"))
            #expect(spool.entry(receipt: receipt(7))?.since == time.now)
            #expect(spool.metrics.bytes == 0)
        }
    }

    @Test func `a record in the way is moved, so that its neighbours can be erased`() async throws {
        let disk = FaultyDisk()
        try await withSpool(disk) { spool, _ in
            var sequences: [UInt64] = []
            for number in 1...10 {
                sequences.append(try await spool.append(draft(number, bytes: 40)).sequence)
            }
            await spool.settle(sequences[4], .setAside(reason: "no such job"))
            for sequence in sequences where sequence != sequences[4] {
                await spool.settle(sequence, .applied(note: ""))
            }
            // The last of the ten fills a file; the first is sealed by one more.
            _ = try await spool.append(draft(11, bytes: 900))
            await spool.settle(sequences[4], .setAside(reason: "still none"))
            for number in [1, 4, 6, 10] {
                #expect(
                    !disk.contents.values.contains {
                        contains($0, draft(number, bytes: 40).payload)
                    })
            }
            let left = try await spool.read(sequences[4])
            #expect(left?.payload == draft(5, bytes: 40).payload)
        }
        try await withSpool(disk) { spool, _ in
            #expect(spool.setAside(limit: 10).map(\.head.receipt) == [receipt(5)])
            #expect(spool.metrics.waiting == 1)
        }
    }

    @Test func `receipts are kept for thirty days`() async throws {
        let disk = FaultyDisk()
        let time = TestTime()
        try await withSpool(disk, time) { spool, _ in
            let accepted = try await spool.append(draft(1))
            await spool.settle(accepted.sequence, .applied(note: ""))
            _ = try await spool.append(draft(2))
        }
        time.pass(seconds: 30 * 86_400)
        try await withSpool(disk, time) { spool, _ in
            #expect(spool.entry(receipt: receipt(1)) != nil)
        }
        time.pass(seconds: 1)
        try await withSpool(disk, time) { spool, _ in
            #expect(spool.entry(receipt: receipt(1)) == nil)
            // What waits is no receipt that expires.
            #expect(spool.entry(receipt: receipt(2))?.state == .waiting)
        }
    }

    @Test func `of a click nothing is remembered when it is counted`() async throws {
        try await withSpool { spool, _ in
            let accepted = try await spool.append(draft(1, hasReceipt: false))
            #expect(accepted.receipt == nil)
            #expect(spool.entry(key: draft(1).key)?.state == .waiting)
            await spool.settle(accepted.sequence, .applied(note: ""))
            #expect(spool.entry(key: draft(1).key) == nil)
            #expect(spool.metrics.receipts == 0)
        }
    }

    @Test func `an admin tries again or discards what was set aside`() async throws {
        try await withSpool { spool, _ in
            let one = try await spool.append(draft(1)).sequence
            let two = try await spool.append(draft(2)).sequence
            #expect(spool.takeFresh().map(\.sequence) == [one, two])
            #expect(await !spool.retry(one))
            #expect(await !spool.discard(one, reason: "no"))
            await spool.settle(one, .setAside(reason: "closed"))
            await spool.settle(two, .setAside(reason: "closed"))
            #expect(spool.setAside(after: one, limit: 10).map(\.head.sequence) == [two])
            #expect(spool.setAside(limit: 1).map(\.head.sequence) == [one])
            #expect(spool.metrics.setAside == 2)
            #expect(await spool.retry(one))
            #expect(await spool.discard(two, reason: "spam"))
            #expect(spool.takeFresh().map(\.sequence) == [one])
            #expect(spool.entry(sequence: two)?.state == .discarded(reason: "spam"))
            let erased = try await spool.read(two)
            #expect(erased == nil)
            #expect(await !spool.settle(two, .waiting))
            #expect(spool.setAside(limit: 10).isEmpty)
        }
    }

    @Test func `the numbers tell what waits`() async throws {
        let time = TestTime()
        try await withSpool(FaultyDisk(), time) { spool, _ in
            let start = time.now
            let first = try await spool.append(draft(1, bytes: 10)).sequence
            time.pass(seconds: 60)
            _ = try await spool.append(draft(2, bytes: 20))
            #expect(spool.metrics.waiting == 2)
            #expect(spool.metrics.waitingPayloadBytes == 30)
            #expect(spool.metrics.oldest == start)
            #expect(spool.metrics.bytes == 40 + 96 + 10 + 96 + 20)
            await spool.settle(first, .applied(note: ""))
            #expect(spool.metrics.oldest == start.adding(seconds: 60))
            #expect(spool.metrics.applied == 1)
        }
    }

    @Test func `settings that contradict themselves are refused`() {
        var settings = SpoolSettings()
        #expect(settings.problem == nil)
        settings.segmentBytesMax = settings.payloadBytesMax
        #expect(throws: SpoolError.self) {
            try Spool(files: FaultyDisk(), settings: settings, surroundings: .system)
        }
    }
}

private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part) }
}

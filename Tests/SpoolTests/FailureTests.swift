import Domain
import EventLoop
import Glibc
import Testing

@testable import Spool

@Suite struct FailureTests {
    private let disk = FaultyDisk()
    private let time = TestTime()

    private func numbers(_ shared: SharedIndex) -> [Int] {
        shared.kept.map { Int($0.head.key.rawValue) - 1 }
    }

    @Test func `a file whose fdatasync failed is never acknowledged from again`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1), draft(2)]) == [true, true])
        let before = try #require(disk.contents.keys.compactMap { SpoolFileName($0) }.first)
        disk.faults.failingSyncs = 1
        #expect(log.accepts([draft(3)]) == [true])
        // The acknowledged records of the failed file too are in the new one.
        let after = disk.contents.keys.compactMap { SpoolFileName($0) }
        #expect(after.map(\.number) == [before.number + 1])
        #expect(shared.metrics.syncFailures == 1)
        let again = try openLog(disk.afterPowerLoss(), time).shared
        #expect(numbers(again) == [1, 2, 3])
    }

    @Test func `a failed file that cannot be renamed is moved all the same`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        disk.faults.failingSyncs = 1
        disk.faults.failingRenames = 1
        #expect(log.accepts([draft(2)]) == [true])
        #expect(disk.contents.keys.compactMap { SpoolFileName($0)?.number } == [2])
        #expect(numbers(shared) == [1, 2])
    }

    @Test func `while the disk fails nothing is acknowledged, and later it is tried again`() throws
    {
        let (log, shared) = try openLog(disk, time)
        disk.faults.failingSyncs = .max
        #expect(log.accepts([draft(1)]) == [false])
        #expect(shared.health == .failing("fdatasync: Input/output error"))
        let syncs = disk.syncs
        #expect(log.accepts([draft(1), draft(2)]) == [false, false])
        #expect(disk.syncs == syncs, "it rests")
        disk.faults.failingSyncs = 0
        time.pass(seconds: 31)
        #expect(log.accepts([draft(1), draft(2)]) == [true, true])
        #expect(shared.health == .accepting)
        #expect(numbers(shared) == [1, 2])
        #expect(shared.metrics.accepted == 2)
    }

    @Test func `a disk that works again is found without anybody being refused`() throws {
        let (log, shared) = try openLog(disk, time)
        disk.faults.failingSyncs = 2
        #expect(log.accepts([draft(1)]) == [false])
        time.pass(seconds: 31)
        log.maintain()
        #expect(shared.health == .accepting)
    }

    @Test func `an acknowledged record outlives its file's failure while the disk stays broken`()
        throws
    {
        let (log, _) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        disk.faults.failingSyncs = .max
        #expect(log.accepts([draft(2)]) == [false])
        let (_, again) = try openLog(disk.afterPowerLoss(), time)
        #expect(again.entry(1)?.state == .waiting)
    }

    @Test func `on a full disk the long are refused, the short kept, and all when there is room`()
        throws
    {
        let (log, shared) = try openLog(disk, time)
        disk.faults.room = 600
        let results = log.commit([draft(1, bytes: 900), draft(2), draft(3, bytes: 900)])
        #expect(results.map { (try? $0.get()) != nil } == [false, true, false])
        #expect(results[0] == .failure(.full))
        #expect(shared.health == .full)
        #expect(numbers(try openLog(disk.afterPowerLoss(), time).shared) == [2])
        disk.faults.room = .max
        #expect(log.accepts([draft(1, bytes: 900), draft(3, bytes: 900)]) == [true, true])
        #expect(shared.health == .accepting)
        #expect(numbers(try openLog(disk.afterPowerLoss(), time).shared) == [2, 1, 3])
    }

    @Test func `what had no room leaves nothing behind`() throws {
        let (log, _) = try openLog(disk, time)
        #expect(log.accepts([draft(1, bytes: 400)]) == [true])
        disk.faults.room = 536 + 300
        #expect(log.accepts([draft(2, bytes: 800)]) == [false])
        #expect(disk.contents.values.map(\.count) == [536])
        disk.faults.room = .max
        #expect(log.accepts([draft(3, bytes: 900)]) == [true])
        let (_, shared) = try openLog(disk.afterKill(), time)
        #expect(shared.metrics.recovery == SpoolRecovery(records: 2))
    }

    @Test func `a lack of room that only fdatasync reports is a full disk as well`() throws {
        let (log, shared) = try openLog(disk, time)
        disk.faults.failingSyncs = .max
        disk.faults.syncErrno = ENOSPC
        #expect(log.commit([draft(1)]) == [.failure(.full)])
        #expect(shared.health == .full)
    }

    @Test func `nothing is acknowledged from a file whose name may not survive`() throws {
        let (log, _) = try openLog(disk, time)
        disk.faults.failingFolderSyncs = 2
        #expect(log.accepts([draft(1)]) == [false])
        disk.faults.failingFolderSyncs = 1
        time.pass(seconds: 31)
        #expect(log.accepts([draft(1)]) == [true])
        #expect(numbers(try openLog(disk.afterPowerLoss(), time).shared) == [1])
    }

    @Test func `on a full disk applied records make room for what became of them`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1, bytes: 100), draft(2, bytes: 100)]) == [true, true])
        disk.faults.room = disk.contents.values.reduce(0) { $0 + $1.count }
        log.settle(shared.kept.map { ($0.head.sequence, .applied(note: "ok")) })
        #expect(log.backlog.isEmpty)
        #expect(disk.contents.keys.allSatisfy { $0.hasPrefix("outcomes-") })
        let again = try openLog(disk.afterPowerLoss(), time).shared
        #expect(again.entry(1)?.state == .applied(note: "ok"))
        #expect(again.kept.isEmpty)
    }

    @Test func `an outcome that cannot be written is kept in memory, and its record on the disk`()
        throws
    {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1), draft(2)]) == [true, true])
        disk.faults.failingSyncs = 2
        log.settle([(shared.kept[0].head.sequence, .applied(note: "ok"))])
        #expect(shared.entry(1)?.state == .applied(note: "ok"))
        #expect(shared.metrics.outcomesPending == 1)
        let lost = try openLog(disk.afterPowerLoss(), time).shared
        #expect(lost.entry(1)?.state == .waiting)
        time.pass(seconds: 31)
        log.maintain()
        #expect(shared.metrics.outcomesPending == 0)
        let again = try openLog(disk.afterPowerLoss(), time).shared
        #expect(again.entry(1)?.state == .applied(note: "ok"))
    }

    @Test func `a file of outcomes that is still there says nothing against a newer one`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        let sequence = shared.kept[0].head.sequence
        log.settle([(sequence, .setAside(reason: "closed"))])
        let old = disk.contents.filter { $0.key.hasPrefix("outcomes") }
        // A new file is begun without the one that an admin has let go again.
        disk.faults.failingSyncs = 1
        log.settle([(sequence, .waiting)])
        let killed = disk.afterKill()
        for (name, bytes) in old { killed.replace(name, bytes) }
        #expect(try openLog(killed, time).shared.entry(1)?.state == .waiting)
    }

    @Test(arguments: 0..<20)
    func `what a killed process left in memory is durable before it counts`(seed: Int) throws {
        let disk = FaultyDisk(seed: UInt64(seed))
        let (log, _) = try openLog(disk, time)
        disk.faults.failingSyncs = .max
        disk.faults.failingRenames = .max
        disk.faults.failingRemovals = .max
        #expect(log.accepts([draft(1)]) == [false])
        let killed = disk.afterKill()
        let (_, shared) = try openLog(killed, time)
        // Whoever sends it again is told that it is safe.
        #expect(shared.entry(1)?.state == .waiting)
        let lost = try openLog(killed.afterPowerLoss(), time).shared
        #expect(lost.entry(1)?.state == .waiting)
    }

    @Test func `the torn tail of the newest file is cut at the start`() throws {
        let (log, _) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        let (name, bytes) = try #require(disk.contents.first)
        let killed = disk.afterKill()
        killed.replace(name, bytes + RecordFormatTail.half)
        // Without room its record cannot be moved to another file.
        killed.faults.room = 0
        let (_, shared) = try openLog(killed, time)
        #expect(killed.contents == [name: bytes])
        #expect(shared.metrics.recovery.cutBytes == RecordFormatTail.half.count)
        #expect(shared.metrics.recovery.damagedBytes == 0)
        #expect(numbers(shared) == [1])
    }

    private enum RecordFormatTail {
        static let half = payload(9, 70)
    }

    @Test func `a damaged file keeps its other records, and is kept for a person`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts((1...3).map { draft($0, bytes: 300) }) == [true, true, true])
        let (name, bytes) = try #require(disk.contents.first)
        #expect(log.accepts([draft(4, bytes: 900)]) == [true])
        #expect(shared.metrics.groups == 2)
        var broken = bytes
        broken[SegmentFormat.headerBytes + 396 + 200] ^= 1
        let killed = disk.afterKill()
        killed.replace(name, broken)
        let (next, found) = try openLog(killed, time)
        #expect(numbers(found) == [1, 3, 4])
        #expect(found.metrics.recovery.damagedBytes == 396)
        next.settle(found.kept.map { ($0.head.sequence, .applied(note: "")) })
        next.maintain()
        let damaged = name.replacing("segment", with: "damaged")
        #expect(killed.contents[damaged] == broken)
        #expect(killed.contents.keys.filter { $0.hasPrefix("segment") }.isEmpty)
        let last = try openLog(killed.afterKill(), time).shared
        #expect(last.metrics.recovery.damagedFiles == [damaged])
    }

    @Test func `a block that cannot be read costs only the records in it`() throws {
        var settings = smallSettings()
        settings.segmentBytesMax = 20_000
        let (log, _) = try openLog(disk, time, settings)
        #expect(log.accepts((1...12).map { draft($0, bytes: 900) }).allSatisfy { $0 })
        let killed = disk.afterKill()
        // The whole file at once, then its first block.
        killed.faults.failingReads = 2
        let (_, shared) = try openLog(killed, time, settings)
        // Header and four whole records end before byte 4096; the fifth goes on behind it.
        #expect(numbers(shared) == Array(6...12))
        #expect(shared.metrics.recovery.damagedBytes > 0)
    }

    @Test func `a refused record that was left on the disk gives way to its repeat`() throws {
        let (log, _) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        // Written, but neither this file nor the next can be synchronised.
        disk.faults.failingSyncs = 2
        #expect(log.accepts([draft(2)]) == [false])
        let left = disk.contents.filter { $0.key.hasPrefix("suspect") }
        #expect(left.count == 1)
        time.pass(seconds: 31)
        disk.faults.failingReads = .max
        #expect(log.accepts([draft(2)]) == [true])
        let (_, shared) = try openLog(disk.afterKill(), time)
        #expect(numbers(shared) == [1, 2])
        #expect(shared.metrics.recovery.supersededRecords == 1)
    }

    @Test func `a file that cannot be removed is removed later`() throws {
        let (log, shared) = try openLog(disk, time)
        #expect(log.accepts([draft(1)]) == [true])
        disk.faults.failingRemovals = 2
        log.settle([(shared.kept[0].head.sequence, .applied(note: ""))])
        #expect(disk.contents.keys.contains { $0.hasPrefix("segment") })
        log.maintain()
        log.maintain()
        #expect(!disk.contents.keys.contains { $0.hasPrefix("segment") })
        #expect(shared.entry(1)?.state == .applied(note: ""))
    }

    @Test func `no descriptor stays open`() throws {
        let (log, shared) = try openLog(disk, time)
        for number in 1...40 {
            if number % 7 == 0 { disk.faults.failingSyncs = 1 }
            _ = log.accepts([draft(number, bytes: 400)])
            if number % 3 == 0, let first = shared.kept.first {
                log.settle([(first.head.sequence, .applied(note: ""))])
            }
            time.pass(seconds: 40)
        }
        #expect(disk.openFiles <= 2)
        log.close()
        #expect(disk.openFiles == 0)
    }

    @Test func `files of a newer program are left as they are`() throws {
        let name = SpoolFileName(role: .segment, number: 1, salt: SegmentSalt(rawValue: 5))
        var bytes = SegmentFormat.beginning(name)
        bytes[8] = 2
        let checksum = bytes[0..<32].withUnsafeBytes { CRC32C.checksum($0) }
        for offset in 0..<4 { bytes[32 + offset] = UInt8(checksum >> UInt32(8 * offset) & 0xff) }
        disk.replace(name.text, bytes + [1, 2, 3])
        let error = #expect(throws: SpoolError.self) { try openLog(disk, time) }
        #expect(error?.description.contains("newer program") == true)
        #expect(disk.contents == [name.text: bytes + [1, 2, 3]])
    }
}

import Domain
import EmbeddedPostgres
import EventLoop
import Foundation
import Glibc
import Spool
import TestSupport
import Testing

/// A small file system of its own, in memory.
private final class SmallDisk {
    let path: String
    private let folder: TemporaryDirectory

    /// True where this user may mount one.
    static let isPermitted = (try? SmallDisk(bytes: 1 << 20)) != nil

    init(bytes: Int) throws {
        folder = try TemporaryDirectory()
        path = "\(folder.path)/disk"
        mkdir(path, 0o700)
        guard mount("none", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw TestFailure("mount: \(errno)")
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }
}

/// The built helper: it lies beside the bundle of the tests.
private let writerPath: String = {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = folder.appending(path: "spoolwriter").path
    return FileManager.default.isExecutableFile(atPath: beside)
        ? beside : FileManager.default.currentDirectoryPath + "/.build/debug/spoolwriter"
}()

private func settings() -> SpoolSettings {
    var settings = SpoolSettings()
    settings.lockPatience = .zero
    settings.groupWindow = .zero
    settings.segmentBytesMax = 256 << 10
    settings.payloadBytesMax = 64 << 10
    return settings
}

@Suite struct RealDiskTests {
    @Test func `records are found again in a folder with its lock`() async throws {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/data/spool/"
        let first = try Spool(path: path, settings: settings())
        let accepted = try await first.append(draft(1, bytes: 60_000))
        await first.stop()
        let second = try Spool(path: path, settings: settings())
        let record = try await second.read(accepted.sequence)
        #expect(record?.payload == draft(1, bytes: 60_000).payload)
        #expect(second.entry(receipt: receipt(1))?.state == .waiting)
        await second.stop()
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o077 == 0, "nobody else may read it")
    }

    @Test func `an application with the longest CV is kept`() async throws {
        let folder = try TemporaryDirectory()
        let spool = try Spool(path: folder.path)
        let cv = [UInt8](repeating: 0x25, count: 6 << 20)
        let accepted = try await spool.append(
            SpoolDraft(
                key: SpoolKey(rawValue: 1), kind: .application, entity: SpoolEntity("ana"),
                receipt: receipt(1), payload: cv))
        let record = try await spool.read(accepted.sequence)
        #expect(record?.payload == cv)
        await spool.stop()
    }

    @Test func `two instances never share a folder`() async throws {
        let folder = try TemporaryDirectory()
        let first = try Spool(path: folder.path, settings: settings())
        _ = try await first.append(draft(1))
        let error = #expect(throws: SpoolError.self) {
            try Spool(path: folder.path, settings: settings())
        }
        #expect(error?.description == "The spool's folder is used by another instance.")
        // The first goes on as if nothing had happened.
        _ = try await first.append(draft(2))
        await first.stop()
        let second = try Spool(path: folder.path, settings: settings())
        #expect(second.takeFresh().map(\.receipt) == [receipt(1), receipt(2)])
        await second.stop()
    }

    @Test func `an instance in another process keeps its folder until it is killed`() async throws {
        let folder = try TemporaryDirectory()
        let writer = try Writer(spool: folder.path)
        defer { writer.process.signal(SIGKILL) }
        try await writer.waitForReceipts(1)
        #expect(throws: SpoolError.self) {
            try Spool(path: folder.path, settings: settings())
        }
        writer.process.signal(SIGKILL)
        let isEnded = try await onThread { writer.process.waitForEnd(milliseconds: 20_000) }
        #expect(isEnded)
        let spool = try Spool(path: folder.path, settings: settings())
        #expect(spool.metrics.waiting > 0)
        await spool.stop()
    }

    @Test(arguments: [1, 300, 2_000])
    func `every receipt that was printed before kill -9 is in the spool once`(count: Int)
        async throws
    {
        let folder = try TemporaryDirectory()
        // Killed and started again: a start that goes on from a killed one is killed as well.
        for round in 1...3 {
            let writer = try Writer(spool: folder.path, log: "\(folder.path).\(count).log")
            try await writer.waitForReceipts(round * count)
            writer.process.signal(SIGKILL)
            let isEnded = try await onThread { writer.process.waitForEnd(milliseconds: 20_000) }
            #expect(isEnded)
        }
        let printed = Writer.receipts("\(folder.path).\(count).log")
        unlink("\(folder.path).\(count).log")
        #expect(printed.count >= 3 * count)
        #expect(Set(printed).count == printed.count)
        let spool = try Spool(path: folder.path, settings: settings())
        let heads = spool.takeFresh()
        let found = heads.reduce(into: [String: Int]()) {
            $0[$1.receipt?.text ?? "", default: 0] += 1
        }
        for text in printed { #expect(found[text] == 1) }
        #expect(found.values.allSatisfy { $0 == 1 })
        for head in heads.prefix(200) {
            let record = try await spool.read(head.sequence)
            // The helper's payload is its receipt, repeated.
            let text = String(decoding: record?.payload ?? [], as: UTF8.self)
            #expect(!text.isEmpty && text.replacing(head.receipt?.text ?? "", with: "").isEmpty)
        }
        #expect(spool.metrics.recovery.damagedBytes == 0)
        await spool.stop()
    }

    @Test(.enabled(if: SmallDisk.isPermitted, "needs a user who may mount a file system"))
    func `a full disk refuses, loses nothing, and is used again when there is room`() async throws {
        let disk = try SmallDisk(bytes: 2 << 20)
        let spool = try Spool(path: disk.path, settings: settings())
        var kept: [Int: UInt64] = [:]
        var refused: [Int] = []
        var healths: [SpoolHealth] = []
        for number in 1...60 {
            do {
                kept[number] = try await spool.append(draft(number, bytes: 50_000)).sequence
            } catch {
                #expect(error == .full)
                refused.append(number)
                healths.append(spool.health)
            }
        }
        #expect(kept.count > 20)
        #expect(refused.count > 5)
        // Now and then it looks for itself whether there is room, and finds some for short ones.
        #expect(healths.contains(.full))
        for (number, sequence) in kept {
            let record = try await spool.read(sequence)
            #expect(record?.payload == draft(number, bytes: 50_000).payload)
        }
        // Their room comes back, though what became of them had none either.
        for sequence in kept.values { await spool.settle(sequence, .applied(note: "")) }
        for number in refused {
            kept[number] = try await spool.append(draft(number, bytes: 50_000)).sequence
        }
        #expect(spool.health == .accepting)
        await spool.stop()
        let again = try Spool(path: disk.path, settings: settings())
        #expect(again.takeFresh().map(\.receipt) == refused.map { receipt($0) })
        #expect(again.entry(receipt: receipt(1))?.state == .applied(note: ""))
        await again.stop()
        withExtendedLifetime(disk) {}
    }
}

/// A process that fills a spool and prints what was acknowledged.
private struct Writer {
    let process: ChildProcess
    private let log: String
    private let own: TemporaryDirectory

    init(spool: String, log: String? = nil) throws {
        own = try TemporaryDirectory()
        self.log = log ?? "\(own.path)/log"
        process = try ChildProcess(
            ChildProcess.Options(
                path: writerPath, arguments: [spool], directory: own.path,
                environment: ["PATH=/usr/bin:/bin"], outputPath: self.log))
    }

    func waitForReceipts(_ count: Int) async throws {
        let (log, process) = (log, process)
        let isThere = try await onThread {
            for _ in 0..<60_000 where process.status == nil {
                if Self.receipts(log).count >= count { return true }
                usleep(1_000)
            }
            return false
        }
        guard isThere else { throw TestFailure("the writer has acknowledged too little") }
    }

    /// The whole lines that were printed; each was written by one call.
    static func receipts(_ log: String) -> [String] {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}

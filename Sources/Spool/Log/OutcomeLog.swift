import EventLoop

/// The file of outcomes beside the segments. Synchronous; one thread at a time.
///
/// After an error that leaves open what is on the disk, the file is not written again: all outcomes
/// go to a new one.
final class OutcomeLog {
    private struct Current {
        let name: SpoolFileName
        let file: Int32
        var bytes: Int
        var count: Int
    }

    private let files: any SpoolFiles
    private let random: () -> UInt64
    private let synchronize: (Int32) throws(SystemError) -> Void
    private var current: Current?
    /// Files that the next rewriting makes needless.
    private var old: [SpoolFileName]
    private var nextNumber: UInt64

    /// How many outcomes the file holds; those that were replaced count too.
    var count: Int { current?.count ?? 0 }

    /// - Parameters:
    ///   - old: the files of outcomes that are there.
    ///   - synchronize: `fdatasync`, measured.
    init(
        files: any SpoolFiles, old: [SpoolFileName], random: @escaping () -> UInt64,
        synchronize: @escaping (Int32) throws(SystemError) -> Void
    ) {
        self.files = files
        self.old = old
        self.random = random
        self.synchronize = synchronize
        nextNumber = (old.map(\.number).max() ?? 0) + 1
    }

    /// Adds outcomes durably; where there is no sound file, writes `all` to a new one.
    ///
    /// - Parameter all: every outcome that has to be kept, those to be added among them.
    func append(
        _ outcomes: [SpoolOutcome], all: () -> [SpoolOutcome]
    ) throws(SystemError) {
        guard var current else { return try rewrite(all()) }
        let bytes = outcomes.flatMap { Self.bytes($0, current.name) }
        do throws(SystemError) {
            try files.writeAll(bytes, to: current.file, at: current.bytes)
            try synchronize(current.file)
        } catch {
            // What stands in the file now is not known: it is read at a start, never added to.
            retireCurrent()
            throw error
        }
        current.bytes += bytes.count
        current.count += outcomes.count
        self.current = current
    }

    /// Writes all outcomes to a new file, and removes the old ones when it is durable.
    func rewrite(_ outcomes: [SpoolOutcome]) throws(SystemError) {
        let name = SpoolFileName(
            role: .outcomes, number: nextNumber, salt: SegmentSalt(rawValue: random()))
        nextNumber += 1
        let file = try files.create(name.text)
        var bytes = SegmentFormat.beginning(name)
        for outcome in outcomes { bytes += Self.bytes(outcome, name) }
        bytes += RecordFormat.encode(
            OutcomeFormat.encode(countOfAll: outcomes.count), salt: name.salt)
        do throws(SystemError) {
            try files.writeAll(bytes, to: file, at: 0)
            try synchronize(file)
            try files.synchronizeFolder()
        } catch {
            files.close(file)
            // What cannot be removed now is read at the next start: it says nothing wrong.
            do { try files.remove(name.text) } catch { old.append(name) }
            throw error
        }
        retireCurrent()
        current = Current(name: name, file: file, bytes: bytes.count, count: outcomes.count)
        var left: [SpoolFileName] = []
        for name in old {
            do throws(SystemError) {
                try files.remove(name.text)
            } catch {
                if error.errno != noEntry { left.append(name) }
            }
        }
        old = left
    }

    /// Closes the file.
    func close() {
        retireCurrent()
    }

    private func retireCurrent() {
        guard let current else { return }
        files.close(current.file)
        old.append(current.name)
        self.current = nil
    }

    private static func bytes(_ outcome: SpoolOutcome, _ name: SpoolFileName) -> [UInt8] {
        RecordFormat.encode(OutcomeFormat.encode(outcome), salt: name.salt)
    }
}

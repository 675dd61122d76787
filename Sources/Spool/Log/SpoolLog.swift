import Domain
import EventLoop

/// The spool's files: all that writes and reads them. Synchronous; one thread at a time.
///
/// What holds after every step, wherever the power is lost: a record that was acknowledged stands
/// whole in a segment that was synchronised, until an outcome of it that is final was synchronised
/// too. Segments are only added to, by the process that made them: a start begins a new one.
///
/// Like SQLite's log (<https://sqlite.org/psow.html>) this takes for granted that a write cut off by the
/// loss of power changes no byte beside those it was to write.
final class SpoolLog {
    /// A file of records.
    struct Segment {
        var name: SpoolFileName
        /// Up to the end of the last record that was acknowledged.
        var bytes: Int
        /// Of all records that were put here; they may have gone to another segment since.
        var sequences: [UInt64] = []
        /// Records here whose payload is still needed.
        var live = 0
        var liveBytes = 0
        /// Its records have to be moved to another segment.
        var isSuspect = false
        /// Holds bytes that could not be read: renamed instead of removed.
        var isDamaged = false
    }

    enum WriteFailure: Error {
        case full
        case broken(SystemError)
    }

    let files: any SpoolFiles
    let settings: SpoolSettings
    let surroundings: SpoolSurroundings
    let shared: SharedIndex
    let outcomes: OutcomeLog
    var segments: [UInt64: Segment] = [:]
    private var active: (number: UInt64, file: Int32)?
    private var nextSegment: UInt64
    private var nextSequence: UInt64
    /// Outcomes that are not durable yet.
    var backlog: [SpoolOutcome] = []
    /// Segments that were removed, which was not synchronised yet.
    var removed: [Segment] = []
    var expireAt: MonotonicTime?
    /// When records may be moved again after a move that failed.
    var moveAt: MonotonicTime?
    /// When the disk may be tried again after it had no room.
    var probeAt: MonotonicTime?
    private var failuresInRow = 0
    private var restsUntil: MonotonicTime?

    /// Opens the folder, whose lock the caller holds.
    init(
        files: any SpoolFiles, settings: SpoolSettings, surroundings: SpoolSurroundings,
        shared: SharedIndex
    ) throws(SpoolError) {
        self.files = files
        self.settings = settings
        self.surroundings = surroundings
        self.shared = shared
        let found = try SpoolInventory(files: files)
        nextSegment = found.segmentNumberMax + 1
        // A jump: a record that cannot be read this time, and can be next time, never shares its
        // number with one that is written now.
        nextSequence = found.sequenceMax + 1_000_000
        outcomes = OutcomeLog(
            files: files, old: found.outcomeFiles, random: surroundings.random,
            synchronize: { [shared] file throws(SystemError) in
                try Self.synchronize(file, files, surroundings, shared)
            })
        recover(found)
    }

    // MARK: Accepting

    /// Writes records so that they survive, all with one synchronisation where nothing fails.
    ///
    /// - Returns: for each draft its sequence, or why it is not safe.
    func commit(_ drafts: [SpoolDraft]) -> [Result<UInt64, SpoolRefusal>] {
        let now = surroundings.clock()
        let records = drafts.map { draft in
            defer { nextSequence += 1 }
            return SpoolRecord(
                head: SpoolHead(
                    sequence: nextSequence, key: draft.key, kind: draft.kind,
                    entity: draft.entity, receipt: draft.receipt, spooledAt: now),
                payload: draft.payload)
        }
        let results = accept(records)
        if segments.values.contains(where: \.isSuspect) { maintain() }
        return results
    }

    private func accept(_ records: [SpoolRecord]) -> [Result<UInt64, SpoolRefusal>] {
        guard !isResting else { return records.map { _ in .failure(.failing) } }
        do throws(WriteFailure) {
            do throws(WriteFailure) {
                try keep(records)
            } catch .broken(let error) {
                // Once more in a new file: what the failed one holds is never acknowledged.
                note(error)
                try keep(records)
            }
            setHealth(.accepting)
            return records.map { .success($0.head.sequence) }
        } catch {
            switch error {
            case .full where records.count > 1:
                // The long ones may have no room while the short ones do.
                return records.flatMap { accept([$0]) }
            case .full:
                setHealth(.full)
                return records.map { _ in .failure(.full) }
            case .broken(let error):
                rest(after: error)
                return records.map { _ in .failure(.failing) }
            }
        }
    }

    private func keep(_ records: [SpoolRecord]) throws(WriteFailure) {
        let locations = try write(records)
        shared.withLock { state in
            for (record, location) in zip(records, locations) {
                state.index.insert(
                    SpoolIndex.Entry(
                        head: record.head, state: .waiting, since: record.head.spooledAt,
                        location: location, payloadBytes: record.payload.count))
            }
            state.metrics.accepted += records.count
            state.metrics.groups += 1
        }
    }

    // MARK: Writing

    /// Puts records into one segment and synchronises it.
    func write(_ records: [SpoolRecord]) throws(WriteFailure) -> [SpoolLocation] {
        let lengths = records.map { RecordFormat.length(payloadBytes: $0.payload.count) }
        let (number, file) = try openActive(room: lengths.reduce(0, +))
        guard var segment = segments[number] else { throw .full }
        var locations: [SpoolLocation] = []
        var end = segment.bytes
        do throws(SystemError) {
            for record in records {
                let bytes = RecordFormat.encode(record, salt: segment.name.salt)
                try files.writeAll(bytes, to: file, at: end)
                locations.append(
                    SpoolLocation(segment: number, offset: end, length: bytes.count))
                end += bytes.count
            }
        } catch {
            guard error.isLackOfRoom else { throw suspectActive(error) }
            cutBack(to: segment.bytes)
            throw .full
        }
        do throws(SystemError) {
            try synchronize(file)
        } catch {
            throw suspectActive(error)
        }
        addBytes(end - segment.bytes)
        segment.bytes = end
        segment.sequences += records.map(\.head.sequence)
        segment.live += records.count
        segment.liveBytes += lengths.reduce(0, +)
        segments[number] = segment
        return locations
    }

    /// The segment that is written to, with room for so many bytes.
    private func openActive(
        room: Int
    ) throws(WriteFailure) -> (number: UInt64, file: Int32) {
        if let active, let segment = segments[active.number] {
            if segment.bytes + room <= settings.segmentBytesMax { return active }
            sealActive()
        }
        let name = SpoolFileName(
            role: .segment, number: nextSegment,
            salt: SegmentSalt(rawValue: surroundings.random()))
        nextSegment += 1
        do throws(SystemError) {
            let file = try files.create(name.text)
            do throws(SystemError) {
                try files.writeAll(SegmentFormat.beginning(name), to: file, at: 0)
                // Before anything in it is acknowledged: fsync(2) says that synchronising a file
                // does not make its entry in the folder survive.
                try files.synchronizeFolder()
            } catch {
                files.close(file)
                try? files.remove(name.text)
                throw error
            }
            segments[name.number] = Segment(name: name, bytes: SegmentFormat.headerBytes)
            addBytes(SegmentFormat.headerBytes)
            active = (name.number, file)
            return (name.number, file)
        } catch {
            throw error.isLackOfRoom ? .full : .broken(error)
        }
    }

    /// Writes no more to the active segment.
    func sealActive() {
        guard let (number, file) = active else { return }
        files.close(file)
        active = nil
        removeIfDone(number)
    }

    func isActive(_ number: UInt64) -> Bool { active?.number == number }

    /// Takes back what an attempt without room has left behind the acknowledged records.
    private func cutBack(to length: Int) {
        guard let (_, file) = active else { return }
        // Without it a later record would stand before the rest of an older one.
        do { try files.truncate(file, to: length) } catch { sealActive() }
    }

    /// Never acknowledges anything of the active segment again.
    ///
    /// A failed fdatasync is reported once; then the kernel marks the pages clean, though they are
    /// not on the disk, and the next fdatasync succeeds. So it must not be called again in the hope
    /// of success: Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020,
    /// sections 3 and 5; PostgreSQL's "fsyncgate" of 2018. Even what was acknowledged before shares
    /// its last page with what failed, so everything that is still needed is written again, to a
    /// new file.
    private func suspectActive(_ error: SystemError) -> WriteFailure {
        guard let (number, file) = active else { return .broken(error) }
        files.close(file)
        active = nil
        if let name = segments[number]?.name {
            let suspect = name.with(role: .suspect)
            segments[number]?.isSuspect = true
            // So that the next start knows it too.
            if (try? files.rename(name.text, to: suspect.text)) != nil {
                segments[number]?.name = suspect
            }
        }
        removeIfDone(number)
        return error.isLackOfRoom ? .full : .broken(error)
    }

    // MARK: Reading

    /// Reads a record; nil where it is done with, or not there as it was written.
    func read(_ sequence: UInt64) throws(SystemError) -> SpoolRecord? {
        guard let entry = shared.withLock({ $0.index[sequence] }), !entry.state.isFinal,
            let place = entry.location, let segment = segments[place.segment]
        else { return nil }
        let file = try files.open(segment.name.text)
        defer { files.close(file) }
        let bytes = try files.readAll(place.length, from: file, at: place.offset)
        let record = bytes.withUnsafeBytes { RecordFormat.decode($0, salt: segment.name.salt) }
        return record?.head == entry.head ? record : nil
    }

    // MARK: Failing

    /// Nothing is tried for a while after a failure that a new file did not help.
    var isResting: Bool { restsUntil.map { surroundings.monotonic() < $0 } ?? false }

    func rest(after error: SystemError) {
        note(error)
        failuresInRow += 1
        let seconds = min(30, 1 << min(failuresInRow - 1, 5))
        restsUntil = surroundings.monotonic() + .seconds(seconds)
        setHealth(.failing("\(error)"))
    }

    func note(_ error: SystemError) {
        shared.withLock { $0.metrics.lastError = "\(error)" }
    }

    func setHealth(_ health: SpoolHealth) {
        if health == .accepting {
            failuresInRow = 0
            restsUntil = nil
        }
        shared.withLock { $0.health = health }
    }

    // MARK: Counting

    func addBytes(_ count: Int) {
        shared.withLock { $0.bytes += count }
    }

    func synchronize(_ file: Int32) throws(SystemError) {
        try Self.synchronize(file, files, surroundings, shared)
    }

    private static func synchronize(
        _ file: Int32, _ files: any SpoolFiles, _ surroundings: SpoolSurroundings,
        _ shared: SharedIndex
    ) throws(SystemError) {
        let start = surroundings.monotonic()
        do throws(SystemError) {
            try files.synchronize(file)
        } catch {
            shared.withLock { $0.metrics.syncFailures += 1 }
            throw error
        }
        let time = surroundings.monotonic() - start
        shared.withLock { state in
            state.metrics.syncs += 1
            state.metrics.syncTime += time
            state.metrics.syncTimeMax = max(state.metrics.syncTimeMax, time)
        }
    }

    /// Writes down what can be, and lets go of the folder.
    func close() {
        flush()
        sealActive()
        finishRemovals()
        outcomes.close()
        files.unlock()
        shared.withLock { $0.health = .stopped }
    }
}

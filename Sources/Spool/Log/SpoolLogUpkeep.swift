import Domain
import EventLoop

/// What becomes of records, and of the files that they leave.
extension SpoolLog {
    /// Notes what became of records, at once in memory and as soon as possible on the disk.
    ///
    /// A crash in between leads to a replay, which the record's key makes harmless.
    ///
    /// - Returns: the sequences whose state has changed; the others are unknown or done with.
    @discardableResult
    func settle(_ decisions: [(sequence: UInt64, state: SpoolState)]) -> [UInt64] {
        let now = surroundings.clock()
        let changed = shared.withLock { state in
            decisions.compactMap { decision -> SpoolOutcome? in
                let bounded = decision.state.bounded
                guard state.index.settle(decision.sequence, bounded, at: now) else { return nil }
                if case .applied = bounded { state.metrics.applied += 1 }
                return state.index[decision.sequence]?.outcome
            }
        }
        backlog += changed
        flush()
        return changed.map(\.head.sequence)
    }

    /// Writes down the outcomes that are not on the disk; those that cannot be now stay in memory.
    func flush() {
        defer { countPending() }
        guard !backlog.isEmpty, !isResting else { return }
        do throws(SystemError) {
            do throws(SystemError) {
                try outcomes.append(backlog, all: decided)
            } catch {
                note(error)
                if error.isLackOfRoom { makeRoom() }
                // Once more, in a new file.
                try outcomes.append(backlog, all: decided)
            }
        } catch {
            return error.isLackOfRoom ? note(error) : rest(after: error)
        }
        let written = backlog
        backlog = []
        for outcome in written where outcome.state.isFinal { release(outcome.head.sequence) }
        finishRemovals()
    }

    /// Every outcome that a start has to find.
    private func decided() -> [SpoolOutcome] {
        let all = shared.withLock { state in
            state.index.entries.values.filter { $0.state != .waiting }.map(\.outcome)
        }
        return all.sorted { $0.head.sequence < $1.head.sequence }
    }

    /// Removes segments that are only kept until the outcomes of their records are on the disk.
    ///
    /// On a full disk the outcomes would wait for room, and the room for the outcomes. These records
    /// are in the database: all that a crash can lose now is what their receipts' pages say.
    private func makeRoom() {
        var waiting: [UInt64: Int] = [:]
        for outcome in backlog where outcome.state.isFinal {
            guard let place = location(outcome.head.sequence) else { continue }
            waiting[place.segment, default: 0] += 1
        }
        for (number, count) in waiting where segments[number]?.live == count {
            segments[number]?.live = 0
            removeIfDone(number)
        }
        finishRemovals()
    }

    /// The record's payload is needed no longer.
    private func release(_ sequence: UInt64) {
        guard let place = location(sequence), var segment = segments[place.segment] else { return }
        segment.live -= 1
        segment.liveBytes -= place.length
        segments[place.segment] = segment
        removeIfDone(place.segment)
    }

    private func location(_ sequence: UInt64) -> SpoolLocation? {
        shared.withLock { $0.index[sequence]?.location }
    }

    // MARK: Removing

    /// Removes a segment that nothing is needed of, and with it what visitors sent.
    func removeIfDone(_ number: UInt64) {
        guard let segment = segments[number], segment.live <= 0 else { return }
        // Sealing comes back here.
        if isActive(number) { return sealActive() }
        do throws(SystemError) {
            if segment.isDamaged {
                let damaged = segment.name.with(role: .damaged).text
                try files.rename(segment.name.text, to: damaged)
                shared.withLock { $0.metrics.recovery.damagedFiles.append(damaged) }
            } else {
                try files.remove(segment.name.text)
            }
        } catch {
            // Tried again by `maintain`, unless it is gone.
            if error.errno != noEntry { return note(error) }
        }
        segments[number] = nil
        addBytes(-segment.bytes)
        removed.append(segment)
    }

    /// Makes removals survive; only then the records may be forgotten.
    func finishRemovals() {
        guard !removed.isEmpty else { return }
        do throws(SystemError) { try files.synchronizeFolder() } catch { return note(error) }
        let gone = removed
        removed = []
        shared.withLock { state in
            for segment in gone {
                for sequence in segment.sequences {
                    guard let entry = state.index[sequence], entry.state.isFinal,
                        entry.location?.segment == segment.name.number
                    else { continue }
                    state.index.place(sequence, at: nil)
                    if entry.head.receipt == nil { state.index.forget(sequence) }
                }
            }
        }
    }

    // MARK: Upkeep

    /// Does what was put off: moves records out of suspect and mostly empty segments, writes
    /// outcomes, forgets old receipts.
    func maintain() {
        probe()
        flush()
        for number in segments.values.filter(\.isSuspect).map(\.name.number).sorted() {
            move(number)
        }
        expire()
        compact()
        // Twice what is needed, and some: each outcome is rewritten once on average.
        let count = shared.withLock { $0.index.done + $0.index.setAside }
        if outcomes.count > 2 * count + 1_000, !isResting { try? outcomes.rewrite(decided()) }
        for number in segments.keys where !isActive(number) { removeIfDone(number) }
        finishRemovals()
        countPending()
    }

    /// Finds out whether the disk takes anything again, so that nobody has to be refused for it.
    private func probe() {
        let now = surroundings.monotonic()
        guard shared.withLock({ $0.health }) != .accepting, !isResting else { return }
        if let probeAt, now < probeAt { return }
        probeAt = now + .seconds(5)
        // A new file: in the present one there may be room though the disk has none.
        sealActive()
        do throws(WriteFailure) {
            _ = try write([])
            setHealth(.accepting)
        } catch {
            if case .broken(let error) = error { rest(after: error) }
        }
    }

    /// Moves the records of one segment of which less than a quarter is needed: the rest is what
    /// visitors sent, and has been applied.
    private func compact() {
        let candidate = segments.values.filter {
            !isActive($0.name.number) && !$0.isSuspect && $0.live > 0
                && $0.liveBytes * 4 < $0.bytes
        }.min { $0.liveBytes < $1.liveBytes }
        if let candidate, shared.withLock({ $0.health }) == .accepting {
            move(candidate.name.number)
        }
    }

    /// Writes the records of a segment that are needed to the active one, and removes it.
    private func move(_ number: UInt64) {
        guard let segment = segments[number], !isResting else { return }
        if let moveAt, surroundings.monotonic() < moveAt { return }
        let needed = shared.withLock { state in
            segment.sequences.filter {
                guard let entry = state.index[$0] else { return false }
                return entry.location?.segment == number && !entry.state.isFinal
            }
        }
        var records: [SpoolRecord] = []
        for sequence in Set(needed).sorted() {
            if let record = (try? read(sequence)) ?? nil { records.append(record) }
        }
        do throws(WriteFailure) {
            let locations = records.isEmpty ? [] : try write(records)
            shared.withLock { state in
                for (record, location) in zip(records, locations) {
                    state.index.place(record.head.sequence, at: location)
                }
            }
        } catch {
            // On a full disk each try reads and writes a whole segment for nothing.
            moveAt = surroundings.monotonic() + .seconds(10)
            if case .broken(let error) = error { rest(after: error) }
            return
        }
        let unreadable = Set(needed).count - records.count
        segments[number]?.isSuspect = false
        segments[number]?.live = unreadable + unwritten(in: segment)
        segments[number]?.liveBytes = segment.bytes
        if unreadable > 0 { segments[number]?.isDamaged = true }
        removeIfDone(number)
        finishRemovals()
    }

    /// How many records of a segment are done with, which is not on the disk yet.
    private func unwritten(in segment: Segment) -> Int {
        let done = Set(backlog.filter(\.state.isFinal).map(\.head.sequence))
        guard !done.isEmpty else { return 0 }
        return shared.withLock { state in
            Set(segment.sequences).intersection(done).count {
                state.index[$0]?.location?.segment == segment.name.number
            }
        }
    }

    /// Forgets receipts whose time is over.
    func expire() {
        let now = surroundings.monotonic()
        if let expireAt, now < expireAt { return }
        expireAt = now + .seconds(3600)
        let moment = surroundings.clock().adding(days: -settings.receiptDays)
        let countMax = settings.receiptsMax
        shared.withLock { state in
            for sequence in state.index.expired(before: moment, countMax: countMax) {
                state.index.forget(sequence)
            }
        }
    }

    private func countPending() {
        let (pending, count) = (backlog.count, segments.count)
        shared.withLock { state in
            state.metrics.outcomesPending = pending
            state.metrics.segments = count
        }
    }
}

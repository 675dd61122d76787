import Domain
import EventLoop

/// How a start goes on from what the last process has left.
extension SpoolLog {
    /// Takes over what was found.
    func recover(_ found: SpoolInventory) {
        var report = SpoolRecovery(damagedFiles: found.damagedFiles)
        let last = found.segments.last?.name.number
        for segment in found.segments {
            takeOver(segment, isLast: segment.name.number == last, &report)
        }
        index(found, &report)
        report.records = shared.withLock { $0.index.kept }
        let done = report
        shared.withLock { $0.metrics.recovery = done }
        // All of them: what was read may have been in the memory of the machine only. Segments that
        // nothing is needed of go when this is on the disk.
        backlog = shared.withLock { state in
            state.index.entries.values.filter { $0.state != .waiting }.map(\.outcome)
        }
        maintain()
    }

    /// Adds a segment; cuts off the torn tail of the newest.
    private func takeOver(
        _ found: SpoolInventory.FoundSegment, isLast: Bool, _ report: inout SpoolRecovery
    ) {
        let tail = found.bytes - found.scan.end
        var damagedBytes = found.scan.damaged.reduce(0) { $0 + $1.count }
        if isLast || found.name.role == .suspect {
            report.cutBytes += tail
            if isLast, tail > 0 { cut(found.name, to: found.scan.end) }
        } else {
            // Only the newest segment was being written when the last process ended.
            damagedBytes += tail
        }
        if found.scan.beginning == .damaged, !isLast || !found.scan.records.isEmpty {
            damagedBytes += SegmentFormat.headerBytes
        }
        report.damagedBytes += damagedBytes
        segments[found.name.number] = Segment(
            name: found.name, bytes: isLast ? found.scan.end : found.bytes,
            // The newest was written by a process that may have been killed between writing and
            // synchronising, or after a failed synchronising: its records are written again.
            isSuspect: isLast || found.name.role == .suspect,
            isDamaged: damagedBytes > 0 || found.isUnreadable)
        addBytes(isLast ? found.scan.end : found.bytes)
    }

    private func cut(_ name: SpoolFileName, to length: Int) {
        do throws(SystemError) {
            let file = try files.open(name.text)
            defer { files.close(file) }
            try files.truncate(file, to: length)
            try synchronize(file)
        } catch {
            // Its readable records are moved to another file anyway.
            note(error)
        }
    }

    /// Fills the index from all segments and outcomes.
    private func index(_ found: SpoolInventory, _ report: inout SpoolRecovery) {
        var places: [UInt64: (head: SpoolHead, place: SpoolLocation, payloadBytes: Int)] = [:]
        for segment in found.segments {
            for record in segment.scan.records {
                // The copy in a later segment is the one that was moved there.
                let place = SpoolLocation(
                    segment: segment.name.number, offset: record.offset, length: record.length)
                places[record.head.sequence] = (record.head, place, record.payloadBytes)
            }
        }
        let superseded = superseded(places.values.map(\.head), found.outcomes)
        report.supersededRecords = superseded.count
        for (sequence, record) in places.sorted(by: { $0.key < $1.key })
        where !superseded.contains(sequence) {
            let outcome = found.outcomes[sequence]
            insert(
                SpoolIndex.Entry(
                    head: record.head, state: outcome?.state ?? .waiting,
                    since: outcome?.decidedAt ?? record.head.spooledAt, location: record.place,
                    payloadBytes: record.payloadBytes))
        }
        for (sequence, outcome) in found.outcomes.sorted(by: { $0.key < $1.key })
        where places[sequence] == nil && outcome.state.isFinal && outcome.head.receipt != nil {
            insert(
                SpoolIndex.Entry(
                    head: outcome.head, state: outcome.state, since: outcome.decidedAt,
                    location: nil, payloadBytes: 0))
        }
    }

    private func insert(_ entry: SpoolIndex.Entry) {
        if let place = entry.location {
            segments[place.segment]?.sequences.append(entry.head.sequence)
            segments[place.segment]?.live += 1
            segments[place.segment]?.liveBytes += place.length
        }
        shared.withLock { $0.index.insert(entry) }
    }

    /// Records without an outcome whose key a later record has.
    ///
    /// A key that is known is not written twice; so the earlier was refused, after a write that
    /// failed in a way that left it on the disk, and the later was sent in its place.
    private func superseded(
        _ heads: [SpoolHead], _ outcomes: [UInt64: SpoolOutcome]
    ) -> Set<UInt64> {
        var last: [SpoolKey: UInt64] = [:]
        for head in heads + outcomes.values.map(\.head) {
            last[head.key] = max(last[head.key] ?? 0, head.sequence)
        }
        return Set(
            heads.filter { $0.sequence < last[$0.key] ?? 0 && outcomes[$0.sequence] == nil }
                .map(\.sequence))
    }
}

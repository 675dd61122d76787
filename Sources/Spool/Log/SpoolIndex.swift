import Domain

/// Where a record stands.
struct SpoolLocation: Hashable, Sendable {
    let segment: UInt64
    let offset: Int
    let length: Int
}

/// What is in the spool, in memory: by sequence, by key and by receipt. Pure.
struct SpoolIndex: Sendable {
    struct Entry: Sendable {
        let head: SpoolHead
        var state: SpoolState
        var since: Instant
        /// Nil when its file is gone.
        var location: SpoolLocation?
        var payloadBytes: Int
    }

    private(set) var entries: [UInt64: Entry] = [:]
    private var keys: [SpoolKey: UInt64] = [:]
    private var receipts: [ReceiptCode: UInt64] = [:]
    private(set) var waiting = 0
    private var setAsideSequences: Set<UInt64> = []
    private var waitingEntities: [SpoolEntity: Int] = [:]
    private(set) var waitingPayloadBytes = 0
    /// Nothing with a lower sequence waits.
    private var oldestHint: UInt64 = 0
    private var sequenceMax: UInt64 = 0
    /// Sequences that have begun to wait since they were last asked for.
    private var fresh: [UInt64] = []

    /// Records that wait for an admin.
    var setAside: Int { setAsideSequences.count }
    /// Records that keep their payload.
    var kept: Int { waiting + setAside }
    /// Records that only their receipts remember.
    var done: Int { entries.count - kept }

    subscript(sequence: UInt64) -> Entry? { entries[sequence] }
    subscript(key: SpoolKey) -> Entry? { keys[key].flatMap { entries[$0] } }
    subscript(receipt: ReceiptCode) -> Entry? { receipts[receipt].flatMap { entries[$0] } }

    mutating func insert(_ entry: Entry) {
        let head = entry.head
        entries[head.sequence] = entry
        keys[head.key] = max(keys[head.key] ?? 0, head.sequence)
        if let receipt = head.receipt { receipts[receipt] = head.sequence }
        sequenceMax = max(sequenceMax, head.sequence)
        count(entry, 1)
    }

    /// Changes a record's state; false where the record is not known or is done with.
    mutating func settle(_ sequence: UInt64, _ state: SpoolState, at time: Instant) -> Bool {
        guard var entry = entries[sequence], !entry.state.isFinal else { return false }
        count(entry, -1)
        entry.state = state
        entry.since = time
        entries[sequence] = entry
        count(entry, 1)
        return true
    }

    mutating func place(_ sequence: UInt64, at location: SpoolLocation?) {
        entries[sequence]?.location = location
    }

    /// Forgets a record altogether.
    mutating func forget(_ sequence: UInt64) {
        guard let entry = entries.removeValue(forKey: sequence) else { return }
        count(entry, -1)
        if keys[entry.head.key] == sequence { keys[entry.head.key] = nil }
        if let receipt = entry.head.receipt, receipts[receipt] == sequence {
            receipts[receipt] = nil
        }
    }

    /// Sequences of records that are done with and gone from the disk, and were decided before a
    /// moment or are more than `countMax`, of which the earliest go.
    func expired(before moment: Instant, countMax: Int) -> [UInt64] {
        let gone = entries.values.filter { $0.state.isFinal && $0.location == nil }
        let old = gone.filter { $0.since < moment }
        let surplus = gone.count - countMax
        if surplus <= old.count { return old.map(\.head.sequence) }
        return gone.sorted { ($0.since, $0.head.sequence) < ($1.since, $1.head.sequence) }
            .prefix(surplus).map(\.head.sequence)
    }

    /// True where sequences have begun to wait since they were last asked for.
    var hasFresh: Bool { !fresh.isEmpty }

    /// The sequences that wait and were not given out yet, in order.
    mutating func takeFresh() -> [UInt64] {
        defer { fresh = [] }
        return fresh.filter { entries[$0]?.state == .waiting }.sorted()
    }

    /// When the longest waiting record was accepted.
    mutating func oldestWaiting() -> Instant? {
        guard waiting > 0 else { return nil }
        // Each step is taken once per sequence, but for gaps: those of a start are jumped over.
        if sequenceMax - oldestHint > UInt64(2 * entries.count + 1_000) {
            oldestHint =
                entries.values.lazy.filter { $0.state == .waiting }.map(\.head.sequence).min()
                ?? sequenceMax
        }
        while oldestHint < sequenceMax, entries[oldestHint]?.state != .waiting { oldestHint += 1 }
        return entries[oldestHint]?.head.spooledAt
    }

    /// True where a record of the entity waits.
    func isWaiting(_ entity: SpoolEntity) -> Bool { waitingEntities[entity] != nil }

    /// Records that wait for an admin, by sequence.
    func listSetAside(after sequence: UInt64, limit: Int) -> [Entry] {
        setAsideSequences.filter { $0 > sequence }.sorted().prefix(limit)
            .compactMap { entries[$0] }
    }

    private mutating func count(_ entry: Entry, _ change: Int) {
        switch entry.state {
        case .waiting:
            waiting += change
            waitingPayloadBytes += change * entry.payloadBytes
            let left = (waitingEntities[entry.head.entity] ?? 0) + change
            waitingEntities[entry.head.entity] = left == 0 ? nil : left
            guard change > 0 else { return }
            fresh.append(entry.head.sequence)
            oldestHint = min(oldestHint, entry.head.sequence)
        case .setAside:
            if change > 0 {
                setAsideSequences.insert(entry.head.sequence)
            } else {
                setAsideSequences.remove(entry.head.sequence)
            }
        case .applied, .discarded: break
        }
    }
}

extension SpoolIndex.Entry {
    /// What others may see of it.
    var entry: SpoolEntry {
        SpoolEntry(head: head, state: state, since: since, payloadBytes: payloadBytes)
    }

    var outcome: SpoolOutcome { SpoolOutcome(head: head, state: state, decidedAt: since) }
}

import Synchronization

/// The slots that all lanes share: how many requests use the database now.
///
/// Both counts are halves of one word, so that no interleaving can cross either bound.
final class SlotBank: Sendable {
    /// All there are.
    let slots: Int
    /// How many of them a conversion, a visitor or a crawler may have; the rest is the reserve.
    let ordinaryMax: Int

    /// Low half: all in use; high half: those of ordinary classes.
    private let used = Atomic<UInt64>(0)
    private static let ordinaryUnit: UInt64 = 1 << 32

    init(slots: Int, reserve: Int) {
        self.slots = slots
        ordinaryMax = slots - reserve
    }

    var inUse: Int { Int(used.load(ordering: .relaxed) & 0xffff_ffff) }

    private func fits(_ word: UInt64, _ isImportant: Bool) -> Bool {
        Int(word & 0xffff_ffff) < slots && (isImportant || Int(word >> 32) < ordinaryMax)
    }

    /// Whether a slot would be found now.
    func hasRoom(isImportant: Bool) -> Bool {
        fits(used.load(ordering: .relaxed), isImportant)
    }

    /// Takes a slot; false where there is none for this kind of class.
    ///
    /// Sequentially consistent with the lanes' signs: who finds none has said before that it
    /// waits, or looks again afterwards, and so sees the slot or is seen by who gives it back.
    func take(isImportant: Bool) -> Bool {
        let unit = 1 + (isImportant ? 0 : Self.ordinaryUnit)
        var word = used.load(ordering: .sequentiallyConsistent)
        while fits(word, isImportant) {
            let (isTaken, found) = used.weakCompareExchange(
                expected: word, desired: word + unit, ordering: .sequentiallyConsistent)
            if isTaken { return true }
            word = found
        }
        return false
    }

    /// Gives back what `take` took.
    func give(isImportant: Bool) {
        let unit = 1 + (isImportant ? 0 : Self.ordinaryUnit)
        used.subtract(unit, ordering: .sequentiallyConsistent)
    }
}

/// What a lane tells the others: the most important class that waits there, and its slots.
final class LaneSign: Sendable {
    private let word = Atomic<UInt64>(0)
    private let seenAt = Atomic<UInt64>(0)

    /// A lane whose loop has not turned for so long is not waited for.
    private static let absence: Int64 = 300_000_000

    /// What the lane said last.
    struct Reading {
        let best: RequestClass?
        let held: Int
    }

    var reading: Reading {
        @inline(__always) get {
            let word = word.load(ordering: .sequentiallyConsistent)
            let best = UInt8(truncatingIfNeeded: word)
            return Reading(
                best: best == 0 ? nil : RequestClass(rawValue: best - 1), held: Int(word >> 8))
        }
    }

    @inline(__always)
    func show(best: Int?, held: Int) {
        word.store(
            UInt64(held) << 8 | UInt64(best.map { $0 + 1 } ?? 0),
            ordering: .sequentiallyConsistent)
    }

    func wasSeen(_ now: Moment) { seenAt.store(now.nanoseconds, ordering: .relaxed) }

    func isPresent(_ now: Moment) -> Bool {
        let last = Moment(nanoseconds: seenAt.load(ordering: .relaxed))
        return now.nanoseconds(since: last) < Self.absence
    }
}

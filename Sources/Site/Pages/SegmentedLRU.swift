/// Values in memory up to so many bytes; what was read least recently goes first.
///
/// Segmented, so that a crawler's walk over pages that nobody else reads does not push out those
/// that everybody reads: a value begins on probation, and is protected once it was found there
/// (Karedla, Love, Wherry: "Caching Strategies to Improve Disk System Performance", 1994).
struct SegmentedLRU<Key: Hashable, Value> {
    private struct Slot {
        let key: Key
        var value: Value
        var byteCount: Int
        var isProtected: Bool
        /// The neighbours in the slot's list; -1 at its ends.
        var newer: Int
        var older: Int
    }

    /// A list from the newest to the oldest, through the slots.
    private struct Chain {
        var newest = -1
        var oldest = -1
        var byteCount = 0
    }

    private let bytesMax: Int
    private let protectedBytesMax: Int
    private var slots: [Slot?] = []
    private var free: [Int] = []
    private var positions: [Key: Int] = [:]
    private var probation = Chain()
    private var protected = Chain()
    /// How many values had to go for others.
    private(set) var evictionCount = 0

    /// - Parameter bytesMax: what all values together may take; four fifths of it are for those
    ///   that were found at least once.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
        protectedBytesMax = bytesMax / 5 * 4
    }

    var count: Int { positions.count }
    var byteCount: Int { probation.byteCount + protected.byteCount }

    /// A value, which counts as read by this.
    mutating func find(_ key: Key) -> Value? {
        guard let position = positions[key], let slot = slots[position] else { return nil }
        // The newest is where it belongs already: the page that everybody reads costs nothing.
        if slot.isProtected, protected.newest == position { return slot.value }
        unlink(position)
        slots[position]?.isProtected = true
        link(position)
        while protected.byteCount > protectedBytesMax, protected.oldest != position {
            let oldest = protected.oldest
            unlink(oldest)
            slots[oldest]?.isProtected = false
            link(oldest)
        }
        return slot.value
    }

    /// A value, without reading it.
    func peek(_ key: Key) -> Value? { positions[key].flatMap { slots[$0]?.value } }

    /// Puts a value in, in the place of the one before; a value that is larger than a fifth of all
    /// there may be is not kept.
    ///
    /// - Returns: whether it was kept.
    @discardableResult
    mutating func insert(_ value: Value, for key: Key, byteCount: Int) -> Bool {
        guard byteCount <= bytesMax / 5 else {
            remove(key)
            return false
        }
        if let position = positions[key] {
            unlink(position)
            slots[position]?.value = value
            slots[position]?.byteCount = byteCount
            link(position)
        } else {
            let position = free.popLast() ?? slots.count
            let slot = Slot(
                key: key, value: value, byteCount: byteCount, isProtected: false, newer: -1,
                older: -1)
            if position == slots.count { slots.append(slot) } else { slots[position] = slot }
            positions[key] = position
            link(position)
        }
        while self.byteCount > bytesMax {
            evictionCount += 1
            let oldest = probation.oldest >= 0 ? probation.oldest : protected.oldest
            guard let slot = slots[oldest] else { break }
            remove(slot.key)
        }
        return true
    }

    mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key) else { return }
        unlink(position)
        slots[position] = nil
        free.append(position)
    }

    /// All values with their keys, in no order.
    var all: some Sequence<(key: Key, value: Value)> {
        slots.lazy.compactMap { $0 }.map { (key: $0.key, value: $0.value) }
    }

    // MARK: - The lists

    private mutating func link(_ position: Int) {
        guard let slot = slots[position] else { return }
        var chain = slot.isProtected ? protected : probation
        slots[position]?.newer = -1
        slots[position]?.older = chain.newest
        if chain.newest >= 0 { slots[chain.newest]?.newer = position }
        chain.newest = position
        if chain.oldest < 0 { chain.oldest = position }
        chain.byteCount += slot.byteCount
        if slot.isProtected { protected = chain } else { probation = chain }
    }

    private mutating func unlink(_ position: Int) {
        guard let slot = slots[position] else { return }
        var chain = slot.isProtected ? protected : probation
        if slot.newer >= 0 {
            slots[slot.newer]?.older = slot.older
        } else {
            chain.newest = slot.older
        }
        if slot.older >= 0 {
            slots[slot.older]?.newer = slot.newer
        } else {
            chain.oldest = slot.newer
        }
        chain.byteCount -= slot.byteCount
        if slot.isProtected { protected = chain } else { probation = chain }
    }
}

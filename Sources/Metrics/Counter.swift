import Synchronization

/// A number that only grows; counted on any thread, read on any other.
package final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    package init() {}

    /// Adds without ordering anything else.
    package func add(_ count: Int = 1) { number.add(count, ordering: .relaxed) }

    package var value: Int { number.load(ordering: .relaxed) }
}

/// A number that is what it was last set to.
package final class Gauge: Sendable {
    private let number = Atomic<Int>(0)

    package init() {}

    package func set(_ value: Int) { number.store(value, ordering: .relaxed) }

    package func add(_ count: Int) { number.add(count, ordering: .relaxed) }

    package var value: Int { number.load(ordering: .relaxed) }
}

/// How often each duration was seen, in buckets that double.
///
/// Bounds are powers of two of microseconds, from 128 us to 33.6 s and beyond: a quantile read off
/// them is right to a factor of two, which is enough to tell calm from trouble.
package final class DurationHistogram: Sendable {
    package static let bounds: [Int] = (7...25).map { 1 << $0 }
    private let buckets: [Counter]
    private let sumMicroseconds = Counter()

    package init() { buckets = (0...Self.bounds.count).map { _ in Counter() } }

    /// - Parameter microseconds: anything below zero counts as zero.
    package func record(microseconds: Int) {
        let microseconds = max(0, microseconds)
        // The first bound that is not smaller: the number of bits of one less says which.
        let bits = microseconds <= 128 ? 7 : Int.bitWidth - (microseconds - 1).leadingZeroBitCount
        buckets[min(bits - 7, Self.bounds.count)].add()
        sumMicroseconds.add(microseconds)
    }

    /// Each bound in microseconds (nil is beyond all) with how many were at most so long.
    package var cumulative: [(bound: Int?, count: Int)] {
        var total = 0
        return buckets.enumerated().map { index, bucket in
            total += bucket.value
            return (index < Self.bounds.count ? Self.bounds[index] : nil, total)
        }
    }

    package var sum: Int { sumMicroseconds.value }
}

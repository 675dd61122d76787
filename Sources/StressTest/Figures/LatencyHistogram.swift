import EventLoop

/// Counts of latencies in buckets whose width grows with the value, after HdrHistogram (Tene):
/// 1 us to 100 s, and as precise at one end as at the other.
///
/// Values below `2^bits` microseconds have a bucket each. Above, every octave is cut into
/// `2^(bits-1)` buckets of equal width, so a bucket is at most `1/2^(bits-1)` of its values wide.
package struct LatencyHistogram: Sendable {
    /// How wide the buckets are.
    package enum Precision: Int, Sendable {
        /// 1 part in 128: better than 1 %. 11 KB when in use.
        case fine = 8
        /// 1 part in 16, about 6 %: for the many of a timeline. 1.6 KB when in use.
        case coarse = 5
    }

    /// How many latencies were recorded.
    package private(set) var count = 0
    private let bits: Int
    /// Empty until the first value: most classes have nothing in most slots.
    private var buckets: [UInt32] = []
    private var highest: UInt64 = 0

    /// 100 s, in microseconds; what is longer counts as that.
    private static let valueMax: UInt64 = 100_000_000

    package init(_ precision: Precision = .fine) { bits = precision.rawValue }

    /// Counts one latency; what is below 1 us counts as 0.
    package mutating func record(_ latency: Duration) {
        let value = min(UInt64(clamping: latency.wholeNanoseconds / 1_000), Self.valueMax)
        if buckets.isEmpty { buckets = [UInt32](repeating: 0, count: index(Self.valueMax) + 1) }
        buckets[index(value)] += 1
        count += 1
        highest = max(highest, value)
    }

    /// Adds the counts of another histogram of the same precision.
    package mutating func merge(_ other: LatencyHistogram) {
        precondition(bits == other.bits, "histograms of two precisions")
        if other.count == 0 { return }
        if buckets.isEmpty {
            self = other
            return
        }
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        highest = max(highest, other.highest)
    }

    /// The latency that the share `quantile` (0 to 1) of all did not exceed, by nearest rank: the
    /// upper end of its bucket. Zero where nothing was recorded.
    package func value(at quantile: Double) -> Duration {
        let rank = max(1, Int((min(max(quantile, 0), 1) * Double(count)).rounded(.up)))
        var seen = 0
        for (index, bucket) in buckets.enumerated() {
            seen += Int(bucket)
            if seen >= rank { return .microseconds(Int64(min(upperEnd(index), highest))) }
        }
        return .zero
    }

    /// The longest latency, exactly.
    package var longest: Duration { .microseconds(Int64(highest)) }

    private func index(_ value: UInt64) -> Int {
        if value >> UInt64(bits) == 0 { return Int(value) }
        let half = 1 << (bits - 1)
        let shift = 63 - value.leadingZeroBitCount - (bits - 1)
        return (1 << bits) + (shift - 1) * half + Int(value >> UInt64(shift)) - half
    }

    private func upperEnd(_ index: Int) -> UInt64 {
        let linear = 1 << bits
        if index < linear { return UInt64(index) }
        let half = linear / 2
        let shift = (index - linear) / half + 1
        let part = (index - linear) % half + half
        return (UInt64(part + 1) << UInt64(shift)) - 1
    }
}

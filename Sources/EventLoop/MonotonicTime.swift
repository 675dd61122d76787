import CLinux

/// A moment of `CLOCK_MONOTONIC`, in nanoseconds since an arbitrary start (Linux: boot).
package struct MonotonicTime: Comparable, Hashable, Sendable {
    /// Nanoseconds since the clock's start.
    package var nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// The clock's present value; one vDSO call, about 20 ns.
    package static var now: MonotonicTime {
        MonotonicTime(nanoseconds: vouch_monotonic_nanoseconds())
    }

    @inline(__always)
    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment `duration` later; saturates at both ends of the range.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let delta = duration.wholeNanoseconds
        if delta >= 0 {
            let (sum, over) = time.nanoseconds.addingReportingOverflow(UInt64(delta))
            return MonotonicTime(nanoseconds: over ? .max : sum)
        }
        let (rest, under) = time.nanoseconds.subtractingReportingOverflow(delta.magnitude)
        return MonotonicTime(nanoseconds: under ? 0 : rest)
    }

    /// How long it is from `right` to `left`; negative where `left` is earlier.
    package static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        .nanoseconds(Int64(bitPattern: left.nanoseconds &- right.nanoseconds))
    }
}

extension Duration {
    /// The length in whole nanoseconds, saturated to what an `Int64` holds (292 years).
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, over) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if over { return seconds < 0 ? .min : .max }
        let (sum, overSum) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overSum ? (seconds < 0 ? .min : .max) : sum
    }
}

/// A moment of a monotonic clock, in nanoseconds since an arbitrary start.
///
/// Passed in by the caller, who reads the clock once in a turn of its loop; nothing here asks for
/// the time itself, so tests and the simulator make their own.
package struct Moment: Comparable, Hashable, Sendable {
    /// Nanoseconds since the clock's start.
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    @inline(__always)
    package static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Nanoseconds from `earlier` to this moment; 0 where the clock went backwards, so that no
    /// waiting time is ever negative.
    @inline(__always)
    func nanoseconds(since earlier: Moment) -> Int64 {
        nanoseconds > earlier.nanoseconds
            ? Int64(clamping: nanoseconds &- earlier.nanoseconds) : 0
    }

    /// The moment so many nanoseconds later; saturates at the end of the range.
    @inline(__always)
    func advanced(by span: Int64) -> Moment {
        let (sum, over) = nanoseconds.addingReportingOverflow(UInt64(max(0, span)))
        return Moment(nanoseconds: over ? .max : sum)
    }
}

extension Duration {
    /// Whole nanoseconds, at least 0 and saturated at what an `Int64` holds. Settings are turned
    /// into these once: arithmetic on `Duration` is 128 bits wide.
    var nanosecondCount: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (scaled, over) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overSum) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return over || overSum ? .max : sum
    }
}

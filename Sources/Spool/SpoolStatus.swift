import Domain
import EventLoop

/// Whether records are accepted.
package enum SpoolHealth: Hashable, Sendable {
    case accepting
    /// The bounds are reached, or the disk was full at the last try; the next record tries again.
    case full
    /// The disk reported an error; records are refused until a try succeeds.
    case failing(String)
    case stopped
}

/// The spool in numbers, as of one moment.
package struct SpoolMetrics: Sendable {
    /// Records that wait to be applied.
    package var waiting = 0
    package var waitingPayloadBytes = 0
    /// When the longest waiting was accepted.
    package var oldest: Instant?
    package var setAside = 0
    /// Of all segments, as they stand on the disk.
    package var bytes = 0
    package var segments = 0
    /// Receipts whose record is done with.
    package var receipts = 0
    /// Outcomes that are not on the disk yet: after a crash these records are applied once more,
    /// which their keys make harmless.
    package var outcomesPending = 0

    // Since the start.
    package var accepted = 0
    /// Calls with a key that was known.
    package var repeats = 0
    package var refusedFull = 0
    package var refusedBusy = 0
    package var refusedFailing = 0
    package var groups = 0
    package var syncs = 0
    package var syncFailures = 0
    package var syncTime = Duration.zero
    package var syncTimeMax = Duration.zero
    package var applied = 0
    /// The last error of the disk.
    package var lastError: String?

    /// What the start found.
    package var recovery = SpoolRecovery()
}

/// What the start found and did; worth a line in the log where it is not empty.
package struct SpoolRecovery: Hashable, Sendable {
    /// Records that wait or are set aside.
    package var records = 0
    /// Bytes behind the last whole record of the newest segment, cut off, and of suspect ones: a
    /// write that did not end, so never acknowledged.
    package var cutBytes = 0
    /// Bytes that no record could be read from; their files are kept as `damaged-…`.
    package var damagedBytes = 0
    package var damagedFiles: [String] = []
    /// Records of keys that a later record has too: they were refused, and their repeat was not.
    package var supersededRecords = 0
}

/// What a receipt's page or an admin's list says about a record.
package struct SpoolEntry: Hashable, Sendable {
    package let head: SpoolHead
    package let state: SpoolState
    /// When the state began.
    package let since: Instant
    package let payloadBytes: Int
}

/// What the caller of `append` tells the visitor.
package struct SpoolAcceptance: Hashable, Sendable {
    package let sequence: UInt64
    /// The receipt of the first record with this key.
    package let receipt: ReceiptCode?
    /// The key was known: nothing was written.
    package let isRepeat: Bool
}

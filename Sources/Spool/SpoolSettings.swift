/// The bounds of a spool.
package struct SpoolSettings: Sendable {
    /// A file takes no more records when it would grow past this; a record never spans two.
    package var segmentBytesMax = 16 << 20
    /// The longest payload; an application brings a CV of up to 5 MB.
    package var payloadBytesMax = 6 << 20
    /// All segments together, as they stand on the disk.
    package var bytesMax = 1 << 30
    /// Records that wait or are set aside.
    package var recordsMax = 100_000
    /// The part of `bytesMax` and `recordsMax` that only important records may use.
    package var reserveBytes = 32 << 20
    package var reserveRecords = 20_000
    /// An important record longer than this is not let into the reserve of bytes.
    package var reservePayloadBytesMax = 64 << 10
    /// A group is written out when it has so many records, or this long after its first.
    package var groupRecordsMax = 64
    package var groupWindow = Duration.milliseconds(5)
    /// Payloads in memory that are not written yet; what comes beyond is refused as `busy`.
    package var pendingBytesMax = 64 << 20
    /// How long a receipt's page can say what became of a record, and how many there are at most.
    package var receiptDays = 30
    package var receiptsMax = 200_000
    /// How long the start waits for the lock: a child of a dead process on its way to `exec` holds
    /// it for a moment.
    package var lockPatience = Duration.seconds(2)

    package init() {}

    /// What contradicts itself, as a sentence; nil where nothing does.
    package var problem: String? {
        let longest =
            SegmentFormat.headerBytes + RecordFormat.length(payloadBytes: payloadBytesMax)
        if payloadBytesMax < 0 || payloadBytesMax > RecordFormat.payloadBytesMax {
            return "a payload may have 0 to \(RecordFormat.payloadBytesMax) bytes"
        }
        if segmentBytesMax < longest { return "a segment must hold the longest record" }
        if bytesMax < reserveBytes + longest { return "the reserve leaves no room for a record" }
        if recordsMax <= reserveRecords { return "the reserve leaves no record" }
        if reserveBytes < 0 || reserveRecords < 0 { return "a reserve is not negative" }
        if pendingBytesMax < payloadBytesMax { return "the longest payload must fit in memory" }
        if groupRecordsMax < 1 { return "a group has a record" }
        return nil
    }
}

import Domain
import EventLoop
import Testing

@testable import Spool

private let name = SpoolFileName(
    role: .segment, number: 7, salt: SegmentSalt(rawValue: 0x1122_3344_5566_7788))

private func record(_ number: Int, bytes: Int = 20, hasReceipt: Bool = true) -> SpoolRecord {
    let draft = draft(number, bytes: bytes, hasReceipt: hasReceipt)
    return SpoolRecord(
        head: SpoolHead(
            sequence: UInt64(number), key: draft.key, kind: draft.kind, entity: draft.entity,
            receipt: draft.receipt, spooledAt: Instant(microseconds: -5 + Int64(number))),
        payload: draft.payload)
}

private func segment(_ records: [SpoolRecord]) -> [UInt8] {
    records.reduce(into: SegmentFormat.beginning(name)) {
        $0 += RecordFormat.encode($1, salt: name.salt)
    }
}

private func scan(_ bytes: [UInt8]) -> SegmentFormat.Scan {
    bytes.withUnsafeBytes { SegmentFormat.scan($0, of: name) }
}

/// The records that a scan finds, read again as a replay reads them.
private func found(_ bytes: [UInt8]) -> [SpoolRecord] {
    scan(bytes).records.compactMap { found in
        bytes[found.offset...].withUnsafeBytes { RecordFormat.decode($0, salt: name.salt) }
    }
}

@Suite struct FormatTests {
    /// RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRCs.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            (Array(0...31), 0x46dd_794e),
            (Array((0...31).reversed()), 0x113f_db5c),
            (Array("123456789".utf8), 0xe306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func `the checksum is that of RFC 3720`(bytes: [UInt8], expected: UInt32) {
        #expect(bytes.withUnsafeBytes { CRC32C.checksum($0) } == expected)
    }

    @Test func `a checksum goes on where another ended`() {
        let bytes = payload(1, 100)
        let whole = bytes.withUnsafeBytes { CRC32C.checksum($0) }
        for cut in 0...100 {
            let first = bytes[..<cut].withUnsafeBytes { CRC32C.checksum($0) }
            let both = bytes[cut...].withUnsafeBytes { CRC32C.checksum($0, continuing: first) }
            #expect(both == whole)
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1_000, 100_000])
    func `a record is read as it was written`(bytes: Int) {
        for hasReceipt in [true, false] {
            let record = record(3, bytes: bytes, hasReceipt: hasReceipt)
            let encoded = RecordFormat.encode(record, salt: name.salt)
            #expect(encoded.count == RecordFormat.length(payloadBytes: bytes))
            let decoded = encoded.withUnsafeBytes { RecordFormat.decode($0, salt: name.salt) }
            #expect(decoded == record)
        }
    }

    @Test func `a record stands in a file as the table says`() {
        let bytes = RecordFormat.encode(record(3, bytes: 2), salt: name.salt)
        #expect(Array(bytes[0..<4]) == [0x44, 0x33, 0x22, 0x11])
        #expect(Array(bytes[8..<12]) == [2, 0, 0, 0])
        #expect(Array(bytes[16..<24]) == [3, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(bytes[32..<48]) == [UInt8](repeating: 0, count: 15) + [4])
        #expect(Array(bytes[56..<59]) == [1, 0, 1])
        #expect(Array(bytes[64..<90]) == Array(receipt(3).text.utf8))
        #expect(bytes.count == 98)
    }

    @Test func `a file cut at any byte gives the records before the cut and no other`() {
        let records = (1...4).map { record($0, bytes: $0 * 7) }
        let whole = segment(records)
        let ends = (0...4).map { segment(Array(records.prefix($0))).count }
        for cut in 0...whole.count {
            let bytes = Array(whole.prefix(cut))
            let count = max(0, ends.lastIndex { $0 <= cut } ?? 0)
            #expect(found(bytes) == Array(records.prefix(count)), "cut at \(cut)")
            #expect(scan(bytes).damaged.isEmpty)
        }
    }

    @Test func `a bit that flips anywhere costs at most the record it is in`() {
        let records = (1...4).map { record($0, bytes: $0 * 7) }
        let whole = segment(records)
        let ends = (0...4).map { segment(Array(records.prefix($0))).count }
        for position in 0..<whole.count {
            for bit in 0..<8 {
                var bytes = whole
                bytes[position] ^= 1 << UInt8(bit)
                var expected = records
                if let hit = ends.firstIndex(where: { position < $0 }), hit > 0 {
                    expected.remove(at: hit - 1)
                }
                #expect(found(bytes) == expected, "bit \(bit) of byte \(position)")
            }
        }
    }

    @Test func `zeros in the place of a lost block do not hide what follows`() {
        let records = (1...4).map { record($0, bytes: 50) }
        var bytes = segment(records)
        for position in 250..<350 { bytes[position] = 0 }
        let scan = scan(bytes)
        #expect(scan.records.map(\.head.sequence) == [1, 4])
        #expect(scan.damaged.count == 1)
        #expect(scan.end == bytes.count)
    }

    @Test func `a record within a CV is no record, wherever its own is damaged`() {
        // The attacker knows everything but the salt.
        let foreign = SegmentSalt(rawValue: 0x9999_8888_7777_6666)
        let forged = RecordFormat.encode(record(9), salt: foreign)
        let carrier = SpoolRecord(head: record(1).head, payload: forged + forged)
        let whole = segment([carrier, record(2)])
        for position in SegmentFormat.headerBytes..<SegmentFormat.headerBytes + 96 {
            var bytes = whole
            bytes[position] ^= 0xff
            #expect(found(bytes) == [record(2)])
        }
    }

    @Test func `random bytes give no record`() {
        let bytes = SegmentFormat.beginning(name) + payload(5, 100_000)
        #expect(found(bytes).isEmpty)
        #expect(scan(bytes).end == SegmentFormat.headerBytes)
    }

    @Test func `a file of a newer program is told from a damaged one`() {
        var bytes = segment([record(1)])
        bytes[8] = 2
        let checksum = bytes[0..<32].withUnsafeBytes { CRC32C.checksum($0) }
        for offset in 0..<4 { bytes[32 + offset] = UInt8(checksum >> UInt32(8 * offset) & 0xff) }
        #expect(scan(bytes).beginning == .newer(version: 2))
        bytes[9] = 1
        #expect(scan(bytes).beginning == .damaged)
    }

    @Test(arguments: [
        "segment-0000000000000007-1122334455667788.spool",
        "outcomes-ffffffffffffffff-0000000000000000.spool",
        "suspect-0000000000000001-0000000000000001.spool",
        "damaged-0000000000000001-0000000000000001.spool",
    ])
    func `a file's name is read as it is written`(text: String) {
        #expect(SpoolFileName(text)?.text == text)
    }

    @Test(arguments: [
        "", "lock", "segment-7-1122334455667788.spool", "segment-0000000000000007.spool",
        "segment-000000000000000G-1122334455667788.spool",
        "Segment-0000000000000007-1122334455667788.spool",
        "segment-0000000000000007-1122334455667788.spool.old",
        "segment-+000000000000007-1122334455667788.spool",
        "other-0000000000000007-1122334455667788.spool",
    ])
    func `another name is none of the spool's`(text: String) {
        #expect(SpoolFileName(text) == nil)
    }

    @Test(arguments: [
        SpoolState.waiting, .applied(note: ""), .applied(note: "/introductions/ă"),
        .setAside(reason: "the job is closed"), .discarded(reason: "a joke"),
    ])
    func `an outcome is read as it was written`(state: SpoolState) {
        let outcome = SpoolOutcome(
            head: record(4).head, state: state, decidedAt: Instant(microseconds: 77))
        #expect(OutcomeFormat.decode(OutcomeFormat.encode(outcome)) == outcome)
    }

    @Test func `a long reason is cut between characters`() {
        let reason = String(repeating: "ș", count: 300)
        let state = SpoolState.setAside(reason: reason).bounded
        #expect(state == .setAside(reason: String(repeating: "ș", count: 200)))
    }

    @Test func `an outcome that says nothing known is none`() {
        let head = record(4).head
        for payload in [[], [1], [9] + [UInt8](repeating: 0, count: 8)] as [[UInt8]] {
            #expect(OutcomeFormat.decode(SpoolRecord(head: head, payload: payload)) == nil)
        }
    }
}

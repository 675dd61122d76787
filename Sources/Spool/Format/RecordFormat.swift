import Domain

/// What makes the records of one file its own: 64 random bits, which stand in the file's name and in
/// its first bytes.
///
/// A damaged record makes the scanner look for the next one, within bytes that a visitor sent. Who
/// does not know the salt cannot send a CV that holds a record: half of the salt is the marker that
/// records begin with, the other half is what their checksums continue.
package struct SegmentSalt: Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    var marker: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }
    var seed: UInt32 { UInt32(truncatingIfNeeded: rawValue) }
}

/// How one record stands in a file. Numbers are little-endian; the payload follows the header.
///
///      0  4  marker of the file's salt
///      4  4  CRC-32C of the header but for this field, continuing the salt's seed
///      8  4  length of the payload
///     12  4  CRC-32C of the payload, continuing the salt's seed
///     16  8  sequence
///     24  8  time of acceptance, microseconds since 1970
///     32 16  idempotency key, the first byte first
///     48  8  entity
///     56  2  kind
///     58  1  version
///     59  5  zero
///     64 26  receipt, ASCII; all zero for none
///     90  6  zero
package enum RecordFormat {
    /// The bytes before the payload.
    package static let headerBytes = 96
    /// The longest payload any file may hold; settings allow less.
    package static let payloadBytesMax = 32 << 20
    /// The version this program writes, and the only one it reads.
    package static let version: UInt8 = 1

    private static let checksumRange = 4..<8
    private static let receiptOffset = 64
    private static let zeroRanges = [59..<64, 90..<96]

    /// What a header says.
    struct Header {
        let head: SpoolHead
        let payloadBytes: Int
        let payloadChecksum: UInt32
    }

    /// The length of a record in its file.
    package static func length(payloadBytes: Int) -> Int { headerBytes + payloadBytes }

    /// The bytes of a record in a file with this salt.
    package static func encode(_ record: SpoolRecord, salt: SegmentSalt) -> [UInt8] {
        let head = record.head
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerBytes + record.payload.count)
        bytes.append(number: salt.marker)
        bytes.append(number: UInt32(0))
        bytes.append(number: UInt32(record.payload.count))
        bytes.append(
            number: record.payload.withUnsafeBytes {
                CRC32C.checksum($0, continuing: salt.seed)
            })
        bytes.append(number: head.sequence)
        bytes.append(number: head.spooledAt.microseconds)
        bytes.append(number: head.key.rawValue.byteSwapped)
        bytes.append(number: head.entity.rawValue)
        bytes.append(number: head.kind.rawValue)
        bytes.append(version)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 5))
        let receipt = head.receipt.map { Array($0.text.utf8) } ?? []
        precondition(
            receipt.isEmpty || receipt.count == ReceiptCode.length, "a receipt has its length")
        bytes.append(contentsOf: receipt)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: headerBytes - bytes.count))
        let checksum = bytes.withUnsafeBytes { headerChecksum($0, salt) }
        for (offset, position) in checksumRange.enumerated() {
            bytes[position] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * offset))
        }
        bytes.append(contentsOf: record.payload)
        return bytes
    }

    /// Reads the header that `bytes` begin with; nil where there is none that is whole and right.
    static func decodeHeader(_ bytes: UnsafeRawBufferPointer, salt: SegmentSalt) -> Header? {
        guard bytes.count >= headerBytes, bytes.number(at: 0, as: UInt32.self) == salt.marker,
            bytes.number(at: 4, as: UInt32.self) == headerChecksum(bytes, salt),
            bytes[58] == version,
            zeroRanges.allSatisfy({ range in range.allSatisfy { bytes[$0] == 0 } })
        else { return nil }
        let payloadBytes = Int(bytes.number(at: 8, as: UInt32.self))
        guard payloadBytes <= payloadBytesMax else { return nil }
        let text = bytes[receiptOffset..<receiptOffset + ReceiptCode.length]
        let receipt = ReceiptCode(String(decoding: text, as: UTF8.self))
        guard receipt != nil || text.allSatisfy({ $0 == 0 }) else { return nil }
        let head = SpoolHead(
            sequence: bytes.number(at: 16, as: UInt64.self),
            key: SpoolKey(rawValue: bytes.number(at: 32, as: UInt128.self).byteSwapped),
            kind: SpoolKind(rawValue: bytes.number(at: 56, as: UInt16.self)),
            entity: SpoolEntity(rawValue: bytes.number(at: 48, as: UInt64.self)),
            receipt: receipt,
            spooledAt: Instant(microseconds: bytes.number(at: 24, as: Int64.self)))
        return Header(
            head: head, payloadBytes: payloadBytes,
            payloadChecksum: bytes.number(at: 12, as: UInt32.self))
    }

    /// Reads the record that `bytes` begin with; nil where none is whole and right.
    package static func decode(
        _ bytes: UnsafeRawBufferPointer, salt: SegmentSalt
    ) -> SpoolRecord? {
        guard let header = check(bytes, salt: salt) else { return nil }
        return SpoolRecord(
            head: header.head,
            payload: Array(bytes[headerBytes..<headerBytes + header.payloadBytes]))
    }

    /// The header of the record that `bytes` begin with; nil where none is whole and right.
    static func check(_ bytes: UnsafeRawBufferPointer, salt: SegmentSalt) -> Header? {
        guard let header = decodeHeader(bytes, salt: salt),
            bytes.count - headerBytes >= header.payloadBytes
        else { return nil }
        let payload = UnsafeRawBufferPointer(
            rebasing: bytes[headerBytes..<headerBytes + header.payloadBytes])
        let checksum = CRC32C.checksum(payload, continuing: salt.seed)
        return checksum == header.payloadChecksum ? header : nil
    }

    private static func headerChecksum(
        _ bytes: UnsafeRawBufferPointer, _ salt: SegmentSalt
    ) -> UInt32 {
        let before = CRC32C.checksum(
            UnsafeRawBufferPointer(rebasing: bytes[0..<checksumRange.lowerBound]),
            continuing: salt.seed)
        return CRC32C.checksum(
            UnsafeRawBufferPointer(rebasing: bytes[checksumRange.upperBound..<headerBytes]),
            continuing: before)
    }
}

extension [UInt8] {
    /// Appends a number, its least significant byte first.
    mutating func append(number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// The little-endian number at a place; the caller has checked that it is there.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Number.Type
    ) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}

/// How a file of the spool begins, and how all that is whole in it is found again.
///
///      0  8  `VouchSpl`
///      8  4  version
///     12  4  zero
///     16  8  number of the file
///     24  8  salt
///     32  4  CRC-32C of the 32 bytes before
///     36  4  zero
///
/// Number and salt stand in the name too: a damaged beginning loses no record.
package enum SegmentFormat {
    package static let headerBytes = 40
    /// The version this program writes; a file of a higher one is left untouched.
    package static let version: UInt32 = 1

    private static let magic = Array("VouchSpl".utf8)

    /// What a file's first bytes say about it.
    package enum Beginning: Equatable, Sendable {
        case right
        /// Torn, damaged, or another file's; its records may be readable all the same.
        case damaged
        /// Written by a newer program.
        case newer(version: UInt32)
    }

    /// What was found in a file.
    package struct Scan: Sendable {
        package let beginning: Beginning
        package internal(set) var records: [Found] = []
        /// What could not be read, with readable records behind it.
        package internal(set) var damaged: [Range<Int>] = []
        /// Where the last readable record ends; what follows is the torn tail.
        package internal(set) var end: Int
    }

    /// A record and where it stands.
    package struct Found: Sendable {
        package let head: SpoolHead
        package let offset: Int
        package let payloadBytes: Int
        package var length: Int { RecordFormat.length(payloadBytes: payloadBytes) }
    }

    /// The first bytes of a file.
    package static func beginning(_ name: SpoolFileName) -> [UInt8] {
        var bytes = magic
        bytes.append(number: version)
        bytes.append(number: UInt32(0))
        bytes.append(number: name.number)
        bytes.append(number: name.salt.rawValue)
        bytes.append(number: bytes.withUnsafeBytes { CRC32C.checksum($0) })
        bytes.append(number: UInt32(0))
        return bytes
    }

    /// Reads a file's first bytes.
    package static func readBeginning(
        _ bytes: UnsafeRawBufferPointer, of name: SpoolFileName
    ) -> Beginning {
        guard bytes.count >= headerBytes, bytes.prefix(magic.count).elementsEqual(magic),
            CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[0..<32]))
                == bytes.number(at: 32, as: UInt32.self)
        else { return .damaged }
        let found = bytes.number(at: 8, as: UInt32.self)
        if found > version { return .newer(version: found) }
        return bytes.prefix(headerBytes).elementsEqual(beginning(name)) ? .right : .damaged
    }

    /// Finds every whole record of a file.
    ///
    /// Where bytes are no record, the next record is looked for behind them; see `SegmentSalt` for
    /// why it cannot be one that a visitor made up.
    package static func scan(
        _ bytes: UnsafeRawBufferPointer, of name: SpoolFileName
    ) -> Scan {
        let beginning = readBeginning(bytes, of: name)
        var scan = Scan(beginning: beginning, end: min(headerBytes, bytes.count))
        if case .newer = beginning { return scan }
        var position = headerBytes
        while let found = nextRecord(in: bytes, from: position, salt: name.salt) {
            if found.offset > position { scan.damaged.append(position..<found.offset) }
            scan.records.append(found)
            position = found.offset + found.length
            scan.end = position
        }
        return scan
    }

    private static func nextRecord(
        in bytes: UnsafeRawBufferPointer, from start: Int, salt: SegmentSalt
    ) -> Found? {
        let first = UInt8(truncatingIfNeeded: salt.marker)
        var position = start
        while position + RecordFormat.headerBytes <= bytes.count {
            // One byte first: most places of a long damaged stretch are passed by this test.
            if bytes[position] == first,
                let header = RecordFormat.check(
                    UnsafeRawBufferPointer(rebasing: bytes[position...]), salt: salt)
            {
                return Found(
                    head: header.head, offset: position, payloadBytes: header.payloadBytes)
            }
            position += 1
        }
        return nil
    }
}

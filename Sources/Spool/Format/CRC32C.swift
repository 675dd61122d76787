/// CRC-32C, the cyclic redundancy check of Castagnoli et al. (IEEE Transactions on Communications
/// 41(6), 1993) as iSCSI uses it: RFC 3720, section 12.1 and the examples of its appendix B.4.
///
/// It finds every burst of up to 32 bits, which is what a torn write or a bad sector makes. It is no
/// defence against an adversary; the salt of a segment is, see `SegmentSalt`.
package enum CRC32C {
    /// The polynomial 0x1EDC6F41 with its bits reversed.
    private static let polynomial: UInt32 = 0x82F6_3B78

    /// Eight tables of 256: the check of a byte followed by 0 to 7 zero bytes, so that 8 bytes are
    /// done at once (Kounavis and Berry, "A Systematic Approach to Building High Performance
    /// Software-Based CRC Generators", 2005). A CV of 5 MB takes milliseconds instead of tens.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var check = UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ polynomial : check >> 1 }
            tables[byte] = check
        }
        for index in 256..<tables.count {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }()

    /// The check of some bytes.
    ///
    /// - Parameter before: the check of what stands before them; 0 where nothing does.
    package static func checksum(
        _ bytes: UnsafeRawBufferPointer, continuing before: UInt32 = 0
    ) -> UInt32 {
        tables.withUnsafeBufferPointer { table in
            var check = ~before
            var position = 0
            while position + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let mixed = word ^ UInt64(check)
                check = 0
                for lane in 0..<8 {
                    let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * lane) & 0xFF)
                    check ^= table[(7 - lane) * 256 + byte]
                }
                position += 8
            }
            while position < bytes.count {
                check = check >> 8 ^ table[Int((check ^ UInt32(bytes[position])) & 0xFF)]
                position += 1
            }
            return ~check
        }
    }
}

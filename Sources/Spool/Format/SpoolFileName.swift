/// The name of a file of the spool: `segment-0000000000000007-9f3ac18e5d20b764.spool`.
package struct SpoolFileName: Hashable, Sendable {
    /// What a file is for.
    package enum Role: String, Sendable {
        /// Holds records.
        case segment
        /// Holds records, and once could not be written out: its records are moved to another.
        case suspect
        /// Holds what became of records.
        case outcomes
        /// Was damaged, and its readable records are done with; kept for a person to look at.
        case damaged
    }

    package let role: Role
    /// Grows from file to file; segments and outcomes count apart.
    package let number: UInt64
    package let salt: SegmentSalt

    package init(role: Role, number: UInt64, salt: SegmentSalt) {
        self.role = role
        self.number = number
        self.salt = salt
    }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == Self.ending else { return nil }
        let fields = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, let role = Role(rawValue: String(fields[0])),
            let number = UInt64(fields[1], radix: 16), let salt = UInt64(fields[2], radix: 16)
        else { return nil }
        self.init(role: role, number: number, salt: SegmentSalt(rawValue: salt))
        guard self.text == text else { return nil }
    }

    /// The name in the folder.
    package var text: String {
        "\(role.rawValue)-\(hexadecimal(number))-\(hexadecimal(salt.rawValue)).\(Self.ending)"
    }

    /// The same file in another role.
    func with(role: Role) -> SpoolFileName {
        SpoolFileName(role: role, number: number, salt: salt)
    }

    private static let ending = "spool"

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

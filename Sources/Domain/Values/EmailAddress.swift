/// An e-mail address that can be written to, as its owner spells it.
package struct EmailAddress: Hashable, Sendable {
    /// As typed, without the spaces around it.
    package let text: String

    /// RFC 5321 4.5.3.1.3: a path has 256 octets, two of them its angle brackets.
    package static let bytesMax = 254
    private static let localBytesMax = 64

    /// Takes the dot-string form of RFC 5321 4.1.2 with a domain of two labels or more, in ASCII.
    package init(
        _ input: String, field: ValidationError.Field = .email
    ) throws(ValidationError) {
        let trimmed = input.trimmingSpaces()
        guard !trimmed.isEmpty else { throw ValidationError(field, .missing) }
        guard trimmed.utf8.count <= Self.bytesMax else {
            throw ValidationError(field, .tooLong(max: Self.bytesMax))
        }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isLocalPart(parts[0]), Self.isDomain(parts[1]) else {
            throw ValidationError(field, .malformed)
        }
        text = trimmed
    }

    /// Takes an address that passed these checks before it was stored.
    package init(stored text: String) {
        self.text = text
    }

    /// The key of an account: the address without regard to case.
    package var key: String { text.lowercased() }

    /// The form in which two addresses of one mailbox are equal: case, and dots at Gmail (rule 1).
    package var folded: String {
        let lower = key
        guard let at = lower.lastIndex(of: "@") else { return lower }
        let domain = lower[lower.index(after: at)...]
        guard domain == "gmail.com" || domain == "googlemail.com" else { return lower }
        return lower[..<at].filter { $0 != "." } + "@gmail.com"
    }

    private static func isLocalPart(_ part: Substring) -> Bool {
        guard !part.isEmpty, part.utf8.count <= localBytesMax else { return false }
        let atoms = part.split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { atom in !atom.isEmpty && atom.utf8.allSatisfy(isAtomByte) }
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isDomain(_ part: Substring) -> Bool {
        let labels = part.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.utf8.count >= 2 else { return false }
        guard !last.utf8.allSatisfy(\.isDigit) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
        }
    }
}

extension EmailAddress: CustomStringConvertible {
    package var description: String { text }
}

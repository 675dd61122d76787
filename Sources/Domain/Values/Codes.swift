/// The code of an affiliate's link, as in `/r/CODE`.
package struct LinkCode: Hashable, Sendable {
    package let text: String

    /// 10 letters of 5 bits: a billion links leave one code in a million taken.
    package static let length = 10

    /// Takes a code out of an address, in either case; nil when no code looks like that.
    package init?(_ input: String) {
        let lower = input.lowercased()
        guard lower.utf8.count == Self.length, lower.utf8.allSatisfy(CodeAlphabet.contains) else {
            return nil
        }
        text = lower
    }

    /// Makes a code of at least `length` random bytes.
    package init(random: some Collection<UInt8>) {
        precondition(random.count >= Self.length, "a link code needs \(Self.length) random bytes")
        text = CodeAlphabet.text(of: random.prefix(Self.length))
    }

    /// Takes a code that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

extension LinkCode: CustomStringConvertible {
    package var description: String { text }
}

/// The secret in the address of a candidate's own page: whoever knows it sees and withdraws.
package struct ReceiptCode: Hashable, Sendable {
    package let text: String

    /// 26 letters of 5 bits: 130 bits cannot be guessed.
    package static let length = 26

    /// Takes a code out of an address; nil when no code looks like that.
    package init?(_ input: String) {
        guard input.utf8.count == Self.length, input.utf8.allSatisfy(CodeAlphabet.contains) else {
            return nil
        }
        text = input
    }

    /// Makes a code of at least `length` bytes from a cryptographic source.
    package init(random: some Collection<UInt8>) {
        precondition(random.count >= Self.length, "a receipt needs \(Self.length) random bytes")
        text = CodeAlphabet.text(of: random.prefix(Self.length))
    }

    /// Takes a code that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

/// An affiliate's own name for the place where a link is shared; empty for none.
package struct ChannelName: Hashable, Sendable {
    package let text: String

    package static let lengthMax = 40
    /// The link that has no channel.
    package static let none = ChannelName(stored: "")

    /// Takes letters, digits, spaces, dots, dashes and underscores; an empty input is `none`.
    package init(_ input: String) throws(ValidationError) {
        let trimmed = input.trimmingSpaces()
        guard trimmed.unicodeScalars.count <= Self.lengthMax else {
            throw ValidationError(.channel, .tooLong(max: Self.lengthMax))
        }
        let allowed = trimmed.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " .-_".unicodeScalars.contains(scalar)
        }
        guard allowed else { throw ValidationError(.channel, .malformed) }
        text = trimmed
    }

    /// Takes a name that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

/// What a client sends with a write so that sending it twice makes one.
package struct IdempotencyKey: Hashable, Sendable {
    package let text: String

    package static let lengthMax = 128

    /// Takes 8 to 128 visible ASCII characters.
    package init(_ input: String) throws(ValidationError) {
        guard (8...Self.lengthMax).contains(input.utf8.count),
            input.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw ValidationError(.idempotencyKey, .malformed) }
        text = input
    }

    /// Makes a key of 26 random bytes.
    package init(random: some Collection<UInt8>) {
        text = CodeAlphabet.text(of: random)
    }
}

/// A code that stands in for an app that was lost, once.
package struct RecoveryCode: Hashable, Sendable {
    package let text: String

    /// 16 letters of 5 bits: 80 bits cannot be guessed, not even by somebody who has their hashes.
    /// So they need no key to be kept safely, and outlive a signing key that was lost.
    package static let length = 16
    /// How many there are at a time.
    package static let count = 10

    /// Takes what somebody typed, in either case, with dashes and spaces, and with the letters that
    /// look like digits (the alphabet has no i, l, o); nil when no code looks like that.
    package init?(_ input: String) {
        guard input.utf8.count <= 3 * Self.length else { return nil }
        var text = ""
        for letter in input.lowercased().unicodeScalars {
            switch letter {
            case "-", " ": continue
            case "o": text.unicodeScalars.append("0")
            case "i", "l": text.unicodeScalars.append("1")
            default: text.unicodeScalars.append(letter)
            }
        }
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(CodeAlphabet.contains) else {
            return nil
        }
        self.text = text
    }

    /// Makes a code of at least `length` bytes from a cryptographic source.
    package init(random: some Collection<UInt8>) {
        precondition(random.count >= Self.length, "a code needs \(Self.length) random bytes")
        text = CodeAlphabet.text(of: random.prefix(Self.length))
    }

    /// The code in groups of four, to be read and typed.
    package var grouped: String { text.grouped(by: 4, separator: "-") }
}

/// What somebody shows as their second factor.
package enum FactorProof: Hashable, Sendable {
    case code(OneTimeCode)
    case recovery(RecoveryCode)

    /// Tells the two apart; nil for what is neither.
    package init?(_ input: String) {
        if let code = OneTimeCode(input) {
            self = .code(code)
        } else if let code = RecoveryCode(input) {
            self = .recovery(code)
        } else {
            return nil
        }
    }
}

/// How long and how often a second factor may be tried.
package enum FactorPolicy {
    /// Between the password and the code.
    package static let secondsBetween = 300
    /// Between the page with a new secret and the first code of it.
    package static let setUpSeconds = 1_800
    /// Tries for one account. Three of a million codes count at a time, so that somebody who has
    /// the password and tries all day gets in with a chance of 1 in 700.
    package static let triesMax = 5
    package static let windowSeconds = 900
}

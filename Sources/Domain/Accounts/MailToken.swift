/// The secret in a link that was mailed; only its hash is kept, and it works once.
package struct MailToken: Hashable, Sendable {
    package let text: String

    /// 26 letters of 5 bits: 130 bits cannot be guessed.
    package static let length = 26

    /// Takes a token out of an address; nil when no token looks like that.
    package init?(_ input: String) {
        guard input.utf8.count == Self.length, input.utf8.allSatisfy(CodeAlphabet.contains) else {
            return nil
        }
        text = input
    }

    /// Makes a token of at least `length` bytes from a cryptographic source.
    package init(random: some Collection<UInt8>) {
        precondition(random.count >= Self.length, "a token needs \(Self.length) random bytes")
        text = CodeAlphabet.text(of: random.prefix(Self.length))
    }

    /// Takes a token that was well formed before.
    package init(stored text: String) {
        self.text = text
    }
}

/// What a mailed link is for; a token for one purpose is worth nothing for another.
package enum MailPurpose: String, Hashable, Sendable, CaseIterable {
    case confirmAddress = "confirm_address"
    case resetPassword = "reset_password"
    case acceptInvitation = "accept_invitation"
    case answerRecommendation = "answer_recommendation"

    /// For how long a link works.
    package var lifetimeSeconds: Int {
        switch self {
        case .confirmAddress, .acceptInvitation: 3 * 86_400
        case .resetPassword: 3_600
        case .answerRecommendation: Recommendation.answerDays * 86_400
        }
    }
}

/// How many mails with links may be asked for.
package enum MailedLinkPolicy {
    package static let windowSeconds = 86_400
    /// Links that confirm an address, for one account in a day.
    package static let confirmationsMax = 5
    /// Links that set a password, for one account in a day.
    package static let resetsMax = 5
    /// Links that set a password, asked for from one address prefix in a window of `SignInPolicy`.
    package static let resetsPerAddressMax = 20

    /// Seconds until the first of those that were counted is a day old.
    package static func wait(since first: Instant, at now: Instant) -> Int {
        let end = first.adding(seconds: windowSeconds)
        return max(1, Int((end.microseconds - now.microseconds + 999_999) / 1_000_000))
    }
}

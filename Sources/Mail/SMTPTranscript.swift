import Domain

/// What matters of the conversation about one mail: what was last asked, and the last reply.
///
/// libcurl tells only that a mail failed; whether the address, the mail or the server is at fault
/// follows from which command was refused (RFC 5321 4.2.1) and from the enhanced code (RFC 3463).
struct SMTPTranscript {
    private enum Stage {
        /// Greeting, EHLO, STARTTLS, AUTH.
        case opening
        case sender
        case recipient
        case content
    }

    private var stage = Stage.opening
    /// We have said good-bye: what the server says to that is no answer.
    private var isOver = false
    private var recipient = ""
    private var reply = ""
    /// Longer replies of a server are cut.
    private static let replyMax = 500

    /// A line of ours.
    mutating func sent(_ line: String) {
        let upper = line.uppercased()
        if upper.hasPrefix("MAIL FROM:") {
            stage = .sender
        } else if upper.hasPrefix("RCPT TO:") {
            stage = .recipient
            recipient = String(line.dropFirst("RCPT TO:<".count).prefix { $0 != ">" })
        } else if upper.hasPrefix("DATA") {
            stage = .content
        } else if upper.hasPrefix("QUIT") || upper.hasPrefix("RSET") {
            isOver = true
            return
        } else {
            stage = .opening
        }
        isOver = false
        reply = ""
    }

    /// A line of the server's.
    mutating func received(_ line: String) {
        if isOver { return }
        reply = String(
            line.unicodeScalars.filter { $0.value >= 32 }.prefix(Self.replyMax).map(Character.init))
    }

    /// What a failure means.
    ///
    /// - Parameter problem: what libcurl calls it.
    func outcome(_ problem: String) -> DeliveryOutcome {
        let words = reply.isEmpty ? problem : "\(reply) (\(problem))"
        let isFinal = reply.first == "5"
        switch stage {
        case .opening: return .unavailable(words)
        case .sender:
            // A sender that is refused is a matter of the settings: every mail has the same.
            return isFinal ? .unavailable(words) : .deferred(words)
        case .recipient:
            guard isFinal else { return .deferred(words) }
            guard isAboutAddress else { return .refusedMessage(words) }
            return .refusedAddress(EmailAddress(stored: recipient), words)
        case .content: return isFinal ? .refusedMessage(words) : .deferred(words)
        }
    }

    /// RFC 3463 3: X.1 is about the address and X.2 about the mailbox; X.3 to X.7 are about the
    /// system, the way, the protocol, the content and policies, as when our own host is blocked.
    private var isAboutAddress: Bool {
        let parts = reply.dropFirst(4).prefix { $0 == "." || $0.isNumber }.split(separator: ".")
        guard parts.count == 3, parts[0] == "5", let subject = Int(parts[1]) else { return true }
        return subject <= 2
    }
}

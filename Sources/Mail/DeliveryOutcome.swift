import Domain

/// What became of a try to hand a mail over.
package enum DeliveryOutcome: Hashable, Sendable {
    /// The server took it and answers for it from now on (RFC 5321 4.2.5).
    case accepted
    /// Not now: a 4yz reply, silence, or a connection that broke; to be tried again.
    case deferred(String)
    /// The server takes nothing for this address, for good; nobody got the mail.
    case refusedAddress(EmailAddress, String)
    /// The server does not take this mail, for good.
    case refusedMessage(String)
    /// There is no server to talk to, or it does not let us in: this says nothing about the mail.
    case unavailable(String)
}

/// Where mails are handed over.
package protocol MailTransport: Sendable {
    /// How many mails are handed over at once.
    var concurrency: Int { get }

    /// Tries once; ends within minutes whatever the other side does.
    func deliver(_ mail: OutgoingMail) async -> DeliveryOutcome

    /// Ends what works for it.
    func stop()
}

/// How long a mail waits after a try that came to nothing.
package enum Backoff {
    /// RFC 5321 4.5.4.1 asks for four to five days of tries: these are nine ever longer waits up to
    /// four hours, and then one each four hours.
    package static let attemptsMax = 31
    private static let first = 30.0
    private static let longest = 14_400.0

    /// Seconds until the next try; half of it is random, so that mails that failed together do not
    /// come back together.
    ///
    /// - Parameters:
    ///   - attempt: how many tries there were, from 1.
    ///   - random: from 0 to 1.
    package static func seconds(after attempt: Int, random: Double) -> Int {
        let whole = min(longest, first * Double(1 << min(max(0, attempt - 1), 20)))
        return Int(whole / 2 + whole / 2 * random)
    }
}

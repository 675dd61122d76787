/// What became of a request, as its sender sees it.
package enum Outcome: Int, Sendable, CaseIterable {
    /// An answer of status 2xx or 3xx within a second of when it was meant to be asked for.
    case good
    /// Such an answer after more than a second.
    case late
    /// The server said that it has no time: 503 or 429.
    case refused
    /// No such answer: another status, a broken connection, a torn or malformed answer.
    case failed
    /// Nothing came before the sender lost patience and closed the connection.
    case gaveUp
    /// The generator had no descriptor or port left to ask with; this says nothing of the server.
    case unsent

    /// A good answer comes within this time.
    package static let goodWithin = Duration.seconds(1)
    /// Capacity is defined by answers within this time.
    package static let promptWithin = Duration.milliseconds(250)

    /// Judges a whole answer.
    ///
    /// - Parameters:
    ///   - latency: from the moment the request was meant to be sent.
    ///   - expected: the statuses that the profile takes for right; empty: every 2xx and 3xx. A
    ///     redirect to the sign-in page is no success of a page for members.
    package init(status: Int, latency: Duration, expected: [Int]) {
        switch status {
        case 429, 503: self = .refused
        case 200..<400 where expected.isEmpty || expected.contains(status):
            self = latency <= Self.goodWithin ? .good : .late
        default: self = .failed
        }
    }
}

/// Why a request failed.
package enum Failure: Int, Sendable, CaseIterable {
    /// No connection: refused, reset or unreachable.
    case connect
    /// The TLS handshake, or the TLS of an open connection.
    case tls
    /// The connection ended before the first byte of an answer.
    case cut
    /// The connection ended in the middle of an answer.
    case torn
    /// Not an answer in HTTP/1.1.
    case malformed
    /// A whole answer with a status that is no success.
    case status
    /// A whole answer that lacks what the next step needs.
    case capture

    /// A name for reports.
    package var name: String {
        switch self {
        case .connect: "connect"
        case .tls: "TLS"
        case .cut: "cut"
        case .torn: "torn"
        case .malformed: "malformed"
        case .status: "status"
        case .capture: "capture"
        }
    }
}

import EventLoop
import HTTP

/// The peer has gone while an answer was being made for it.
package struct ConnectionClosed: Error {}

/// What a connection remembers of the request it is at.
struct RequestInProgress {
    let isHead: Bool
    /// Whether the request changes nothing (RFC 9110 9.2.1).
    let isSafe: Bool
    let begin: MonotonicTime
    let version: HTTPVersion
    var keepsAlive: Bool

    init(head: RequestHead?, keepsAlive: Bool, begin: MonotonicTime) {
        self.begin = begin
        isHead = head?.method == .head
        isSafe = isHead || head?.method == .get
        version = head?.version ?? .http11
        self.keepsAlive = keepsAlive
    }
}

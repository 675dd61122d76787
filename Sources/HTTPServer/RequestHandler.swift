import HTTP

/// What a server asks about each request; one handler serves one loop, on its thread.
package protocol RequestHandler: AnyObject, Sendable {
    /// Decides at the end of the head, before any of the body is read. Must not block.
    func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan

    /// The answer where the server itself refuses: a malformed request, a bound that was crossed.
    /// The head is nil where it could not be read. The connection may be closed after it.
    func refusal(_ status: Status, reason: StaticString, head: RequestHead?, isSecure: Bool)
        -> Response

    /// The overload control that decides what is read; nil where all is read as it comes.
    var doorkeeper: (any Doorkeeper)? { get }
}

extension RequestHandler {
    package var doorkeeper: (any Doorkeeper)? { nil }
}

/// What is to happen with a request.
package enum RequestPlan: Sendable {
    /// Answer now, from memory; a body that follows is read and dropped.
    case respond(Response)
    /// Read the body, at most so many bytes (413 beyond), then run the handler on the loop.
    case handle(bodyBytesMax: Int, @Sendable (Request) async -> Response)
}

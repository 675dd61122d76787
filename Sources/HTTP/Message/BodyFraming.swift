/// How the content of a request is delimited (RFC 9112 6.3).
package enum BodyFraming: Sendable, Hashable {
    /// The request has no content.
    case none
    /// This many bytes follow the head; may be 0.
    case length(Int)
    /// Chunks follow the head.
    case chunked

    /// Whether bytes of content follow the head.
    package var hasContent: Bool {
        switch self {
        case .none, .length(0): false
        case .length, .chunked: true
        }
    }
}

/// The content of a response.
package enum ResponseBody: Sendable {
    /// No content; where the status allows content, its length is given as 0.
    case none
    /// Bytes in memory.
    case bytes([UInt8])
    /// A complete response made in advance; its status and fields count, and the fields of the
    /// `Response` around it are added to them.
    case prepared(PreparedResponse)
    /// Bytes of unknown length as they are made: chunked, or until the close for HTTP/1.0.
    case stream(@Sendable (any BodyWriter) async throws -> Void)
    /// Content that stays open and is sent piece by piece, framed like a stream.
    case held(any HeldContent)

    /// The bytes that the content has, or nil if nobody knows before its end.
    package var length: Int? {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .prepared(let prepared): prepared.contentCount
        case .stream, .held: nil
        }
    }
}

/// Takes the pieces of streamed content.
package protocol BodyWriter: Sendable {
    /// Sends a piece; returns when there is room for the next, throws when the client is gone.
    func write(_ bytes: [UInt8]) async throws
}

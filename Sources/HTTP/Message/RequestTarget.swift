/// The request target (RFC 9112 3.2).
///
/// A target with a malformed escape, an escaped slash, backslash or control character, text that
/// is not UTF-8, or a segment "." or ".." never gets here: the parser refuses its request.
package struct RequestTarget: Sendable {
    /// The four forms of a target.
    package enum Form: UInt8, Sendable, Hashable {
        case origin, absolute, authority, asterisk
    }

    private let storage: HeadStorage

    init(storage: HeadStorage) { self.storage = storage }

    /// Which form was sent.
    package var form: Form { storage.header.targetForm }

    /// The target as it was sent.
    package var text: String { storage.string(storage.header.target) }

    /// The path, decoded; begins with "/". Empty for the authority form, "*" for the asterisk.
    package var path: String { storage.string(storage.header.path) }

    /// The path as it was sent, escapes and all.
    package var rawPath: String { storage.string(storage.header.rawPath) }

    /// What follows the first "?" as it was sent; nil without one.
    package var query: String? {
        storage.header.hasQuery ? storage.string(storage.header.query) : nil
    }

    /// Calls the closure with the bytes of `path`, without a copy.
    @inline(__always)
    package func withPathBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withBytes(of: storage.header.path, body)
    }

    /// Calls the closure with the bytes of `query`, without a copy; with none if there is none.
    @inline(__always)
    package func withQueryBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withBytes(of: storage.header.query, body)
    }
}

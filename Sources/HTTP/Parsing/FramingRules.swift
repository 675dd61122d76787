/// The fields that decide where a request ends and whose it is, and the rules between them.
///
/// Whatever two parsers on the way could read differently is refused, not repaired: that is what
/// request smuggling lives on (RFC 9112 11.2).
struct FramingRules {
    private var host: ByteSpan?
    private var contentLength: Int?
    private var isChunked = false
    private var wantsClose = false
    private var wantsKeepAlive = false
    private var expectsContinue = false

    /// Takes a field line into account if it is one of those that matter here.
    @inline(__always)
    mutating func note(
        _ field: KnownField, value: Range<Int>, of input: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) {
        switch field {
        case .host:
            guard host == nil else { throw .hostRepeated }
            guard Authority.isValid(input.part(value)) else { throw .host }
            host = ByteSpan(value)
        case .connection: noteConnection(input.part(value))
        case .contentLength, .transferEncoding, .expect:
            try noteRare(field, input.part(value))
        default: break
        }
    }

    private mutating func noteConnection(_ value: UnsafeBufferPointer<UInt8>) {
        let close: StaticString = "close"
        let keepAlive: StaticString = "keep-alive"
        if keepAlive.equalsFolded(value) {
            wantsKeepAlive = true
            return
        }
        value.forEachListElement { option in
            if close.equalsFolded(option) {
                wantsClose = true
            } else if keepAlive.equalsFolded(option) {
                wantsKeepAlive = true
            }
        }
    }

    private mutating func noteRare(
        _ field: KnownField, _ value: UnsafeBufferPointer<UInt8>
    ) throws(ParseError) {
        switch field {
        case .contentLength:
            guard contentLength == nil else { throw .contentLengthRepeated }
            guard !value.isEmpty, value.allSatisfy(\.isDigit) else { throw .contentLength }
            guard let length = value.decimalValue else { throw .contentLengthTooLarge }
            contentLength = length
        case .transferEncoding:
            guard !isChunked else { throw .transferCodingRepeated }
            guard ("chunked" as StaticString).equalsFolded(value) else { throw .transferCoding }
            isChunked = true
        case .expect:
            guard ("100-continue" as StaticString).equalsFolded(value) else { throw .expectation }
            expectsContinue = true
        default: break
        }
    }

    /// Checks the fields against each other and writes what follows from them into the head.
    @inline(__always)
    func conclude(_ head: inout HeadSummary) throws(ParseError) {
        if isChunked {
            guard contentLength == nil else { throw .lengthWithChunked }
            // A 1.0 client or proxy does not know chunks (RFC 9112 6.1).
            guard head.version == .http11 else { throw .transferCodingInHTTP10 }
            head.framing = .chunked
        } else if let contentLength {
            head.framing = .length(contentLength)
        }
        // Host must be there even if an absolute target overrides it (RFC 9112 3.2.2).
        if let host {
            if head.authority.count == 0 { head.authority = host }
        } else if head.version == .http11 {
            throw .hostMissing
        }
        head.keepAlive = head.version == .http11 ? !wantsClose : wantsKeepAlive && !wantsClose
        head.expectsContinue =
            expectsContinue && head.version == .http11 && head.framing.hasContent
    }
}

/// Why a request head was refused; its connection is closed after the answer, because where the
/// next request begins can no longer be trusted (RFC 9112 9.6, 11.2).
package enum ParseError: Error, Sendable, Hashable {
    case bareLineFeed, requestLine, method, target, pathEncoding
    case versionSyntax, versionNotSupported, targetTooLong, headTooLarge, tooManyFields
    case fieldNameTooLong, fieldName, fieldValue, lineFolding
    case hostMissing, hostRepeated, host
    case contentLength, contentLengthRepeated, contentLengthTooLarge, lengthWithChunked
    case transferCoding, transferCodingRepeated, transferCodingInHTTP10
    case expectation

    /// The status to answer with.
    package var status: Status {
        switch self {
        case .versionNotSupported: .httpVersionNotSupported
        case .targetTooLong: .uriTooLong
        case .headTooLarge, .tooManyFields, .fieldNameTooLong: .requestHeaderFieldsTooLarge
        case .contentLengthTooLarge: .contentTooLarge
        case .transferCoding: .notImplemented
        case .expectation: .expectationFailed
        default: .badRequest
        }
    }

    /// A few words for the log and for the answer; never bytes of the request.
    package var reason: StaticString {
        switch self {
        case .bareLineFeed: "a line ends with LF alone"
        case .requestLine: "the request line is malformed"
        case .method: "the method is not a token"
        case .target: "the request target is malformed"
        case .pathEncoding: "the path has a refused escape or dot segment"
        case .versionSyntax: "the version is malformed"
        case .versionNotSupported: "the version is neither HTTP/1.0 nor HTTP/1.1"
        case .targetTooLong: "the request target is too long"
        case .headTooLarge: "the request head is too large"
        case .tooManyFields: "the request has too many fields"
        case .fieldNameTooLong: "a field name is too long"
        case .fieldName: "a field name is malformed"
        case .fieldValue: "a field value has a control character"
        case .lineFolding: "a field line is folded"
        case .hostMissing: "the Host field is missing"
        case .hostRepeated: "the Host field is repeated"
        case .host: "the host is malformed"
        case .contentLength: "Content-Length is not a number"
        case .contentLengthRepeated: "Content-Length is repeated"
        case .contentLengthTooLarge: "Content-Length is beyond any limit"
        case .lengthWithChunked: "Content-Length comes with Transfer-Encoding"
        case .transferCoding: "the transfer coding is not chunked"
        case .transferCodingRepeated: "Transfer-Encoding is repeated"
        case .transferCodingInHTTP10: "Transfer-Encoding comes in HTTP/1.0"
        case .expectation: "the expectation is not 100-continue"
        }
    }
}

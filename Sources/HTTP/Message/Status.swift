/// A status code (RFC 9110 15).
package struct Status: Sendable, Hashable {
    /// Three digits, 100 to 999.
    package let code: UInt16

    /// A status by its code, which must have three digits.
    package init(_ code: UInt16) {
        precondition((100...999).contains(code), "a status code has three digits")
        self.code = code
    }

    /// The phrase after the code; empty for a code without a registered one.
    package var reasonPhrase: String {
        guard let line = statusLine else { return "" }
        return line.withUTF8Buffer { String(decoding: $0[13..<($0.count - 2)], as: UTF8.self) }
    }

    /// Whether a response with this status never has content (RFC 9110 6.4.1).
    package var forbidsContent: Bool {
        code < 200 || code == 204 || code == 304
    }

    /// 100 Continue.
    package static let `continue` = Status(100)
    /// 200 OK.
    package static let ok = Status(200)
    /// 201 Created.
    package static let created = Status(201)
    /// 202 Accepted.
    package static let accepted = Status(202)
    /// 204 No Content.
    package static let noContent = Status(204)
    /// 206 Partial Content.
    package static let partialContent = Status(206)
    /// 301 Moved Permanently.
    package static let movedPermanently = Status(301)
    /// 302 Found.
    package static let found = Status(302)
    /// 303 See Other.
    package static let seeOther = Status(303)
    /// 304 Not Modified.
    package static let notModified = Status(304)
    /// 307 Temporary Redirect.
    package static let temporaryRedirect = Status(307)
    /// 308 Permanent Redirect.
    package static let permanentRedirect = Status(308)
    /// 400 Bad Request.
    package static let badRequest = Status(400)
    /// 401 Unauthorized.
    package static let unauthorized = Status(401)
    /// 403 Forbidden.
    package static let forbidden = Status(403)
    /// 404 Not Found.
    package static let notFound = Status(404)
    /// 405 Method Not Allowed.
    package static let methodNotAllowed = Status(405)
    /// 406 Not Acceptable.
    package static let notAcceptable = Status(406)
    /// 408 Request Timeout.
    package static let requestTimeout = Status(408)
    /// 409 Conflict.
    package static let conflict = Status(409)
    /// 410 Gone.
    package static let gone = Status(410)
    /// 411 Length Required.
    package static let lengthRequired = Status(411)
    /// 412 Precondition Failed.
    package static let preconditionFailed = Status(412)
    /// 413 Content Too Large.
    package static let contentTooLarge = Status(413)
    /// 414 URI Too Long.
    package static let uriTooLong = Status(414)
    /// 415 Unsupported Media Type.
    package static let unsupportedMediaType = Status(415)
    /// 416 Range Not Satisfiable.
    package static let rangeNotSatisfiable = Status(416)
    /// 417 Expectation Failed.
    package static let expectationFailed = Status(417)
    /// 421 Misdirected Request.
    package static let misdirectedRequest = Status(421)
    /// 422 Unprocessable Content.
    package static let unprocessableContent = Status(422)
    /// 428 Precondition Required.
    package static let preconditionRequired = Status(428)
    /// 429 Too Many Requests.
    package static let tooManyRequests = Status(429)
    /// 431 Request Header Fields Too Large.
    package static let requestHeaderFieldsTooLarge = Status(431)
    /// 500 Internal Server Error.
    package static let internalServerError = Status(500)
    /// 501 Not Implemented.
    package static let notImplemented = Status(501)
    /// 502 Bad Gateway.
    package static let badGateway = Status(502)
    /// 503 Service Unavailable.
    package static let serviceUnavailable = Status(503)
    /// 504 Gateway Timeout.
    package static let gatewayTimeout = Status(504)
    /// 505 HTTP Version Not Supported.
    package static let httpVersionNotSupported = Status(505)
    /// 507 Insufficient Storage.
    package static let insufficientStorage = Status(507)
}

extension Status {
    /// The whole status line with its CRLF, ready to be copied; nil for a code not listed above.
    var statusLine: StaticString? {
        switch code {
        case 100: "HTTP/1.1 100 Continue\r\n"
        case 200: "HTTP/1.1 200 OK\r\n"
        case 201: "HTTP/1.1 201 Created\r\n"
        case 202: "HTTP/1.1 202 Accepted\r\n"
        case 204: "HTTP/1.1 204 No Content\r\n"
        case 206: "HTTP/1.1 206 Partial Content\r\n"
        case 301: "HTTP/1.1 301 Moved Permanently\r\n"
        case 302: "HTTP/1.1 302 Found\r\n"
        case 303: "HTTP/1.1 303 See Other\r\n"
        case 304: "HTTP/1.1 304 Not Modified\r\n"
        case 307: "HTTP/1.1 307 Temporary Redirect\r\n"
        case 308: "HTTP/1.1 308 Permanent Redirect\r\n"
        case 400..<500: clientErrorLine
        case 500: "HTTP/1.1 500 Internal Server Error\r\n"
        case 501: "HTTP/1.1 501 Not Implemented\r\n"
        case 502: "HTTP/1.1 502 Bad Gateway\r\n"
        case 503: "HTTP/1.1 503 Service Unavailable\r\n"
        case 504: "HTTP/1.1 504 Gateway Timeout\r\n"
        case 505: "HTTP/1.1 505 HTTP Version Not Supported\r\n"
        case 507: "HTTP/1.1 507 Insufficient Storage\r\n"
        default: nil
        }
    }

    private var clientErrorLine: StaticString? {
        switch code {
        case 400: "HTTP/1.1 400 Bad Request\r\n"
        case 401: "HTTP/1.1 401 Unauthorized\r\n"
        case 403: "HTTP/1.1 403 Forbidden\r\n"
        case 404: "HTTP/1.1 404 Not Found\r\n"
        case 405: "HTTP/1.1 405 Method Not Allowed\r\n"
        case 406: "HTTP/1.1 406 Not Acceptable\r\n"
        case 408: "HTTP/1.1 408 Request Timeout\r\n"
        case 409: "HTTP/1.1 409 Conflict\r\n"
        case 410: "HTTP/1.1 410 Gone\r\n"
        case 411: "HTTP/1.1 411 Length Required\r\n"
        case 412: "HTTP/1.1 412 Precondition Failed\r\n"
        case 413: "HTTP/1.1 413 Content Too Large\r\n"
        case 414: "HTTP/1.1 414 URI Too Long\r\n"
        case 415: "HTTP/1.1 415 Unsupported Media Type\r\n"
        case 416: "HTTP/1.1 416 Range Not Satisfiable\r\n"
        case 417: "HTTP/1.1 417 Expectation Failed\r\n"
        case 421: "HTTP/1.1 421 Misdirected Request\r\n"
        case 422: "HTTP/1.1 422 Unprocessable Content\r\n"
        case 428: "HTTP/1.1 428 Precondition Required\r\n"
        case 429: "HTTP/1.1 429 Too Many Requests\r\n"
        case 431: "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        default: nil
        }
    }
}

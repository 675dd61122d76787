/// The name of a field: a literal, compared without regard to case.
///
/// Names come from literals only, so that no byte of a request can become part of a name.
package struct FieldName: Sendable, ExpressibleByStringLiteral {
    /// The name as it is written in a response.
    package let text: StaticString
    let known: KnownField

    /// A name by its text, which must be a token (RFC 9110 5.1).
    package init(stringLiteral text: StaticString) {
        assert(!text.utf8.isEmpty && CharacterClass.token.containsAll(text.utf8))
        self.text = text
        known = KnownField(text.utf8)
    }

    init(_ known: KnownField) {
        text = known.name
        self.known = known
    }

    /// Whether these bytes of a message are this name.
    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { text.equalsFolded(bytes) }
}

extension FieldName: Hashable {
    /// Whether the names are the same but for case.
    package static func == (left: FieldName, right: FieldName) -> Bool {
        left.text.equalsFolded(right.text.utf8)
    }

    /// Hashes the name without its case.
    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte.lowercased) }
    }
}

extension FieldName: CustomStringConvertible {
    /// The name as it is written in a response.
    package var description: String { text.description }
}

extension FieldName {
    /// `Accept`.
    package static var accept: FieldName { FieldName(.accept) }
    /// `Accept-Encoding`.
    package static var acceptEncoding: FieldName { FieldName(.acceptEncoding) }
    /// `Accept-Language`.
    package static var acceptLanguage: FieldName { FieldName(.acceptLanguage) }
    /// `Authorization`.
    package static var authorization: FieldName { FieldName(.authorization) }
    /// `Cache-Control`.
    package static var cacheControl: FieldName { FieldName(.cacheControl) }
    /// `Connection`.
    package static var connection: FieldName { FieldName(.connection) }
    /// `Content-Encoding`.
    package static var contentEncoding: FieldName { FieldName(.contentEncoding) }
    /// `Content-Length`.
    package static var contentLength: FieldName { FieldName(.contentLength) }
    /// `Content-Type`.
    package static var contentType: FieldName { FieldName(.contentType) }
    /// `Cookie`.
    package static var cookie: FieldName { FieldName(.cookie) }
    /// `Expect`.
    package static var expect: FieldName { FieldName(.expect) }
    /// `Forwarded`.
    package static var forwarded: FieldName { FieldName(.forwarded) }
    /// `Host`.
    package static var host: FieldName { FieldName(.host) }
    /// `Idempotency-Key`.
    package static var idempotencyKey: FieldName { FieldName(.idempotencyKey) }
    /// `If-Match`.
    package static var ifMatch: FieldName { FieldName(.ifMatch) }
    /// `If-Modified-Since`.
    package static var ifModifiedSince: FieldName { FieldName(.ifModifiedSince) }
    /// `If-None-Match`.
    package static var ifNoneMatch: FieldName { FieldName(.ifNoneMatch) }
    /// `If-Range`.
    package static var ifRange: FieldName { FieldName(.ifRange) }
    /// `If-Unmodified-Since`.
    package static var ifUnmodifiedSince: FieldName { FieldName(.ifUnmodifiedSince) }
    /// `Origin`.
    package static var origin: FieldName { FieldName(.origin) }
    /// `Range`.
    package static var range: FieldName { FieldName(.range) }
    /// `Referer`.
    package static var referer: FieldName { FieldName(.referer) }
    /// `Sec-Fetch-Site`.
    package static var secFetchSite: FieldName { FieldName(.secFetchSite) }
    /// `Transfer-Encoding`.
    package static var transferEncoding: FieldName { FieldName(.transferEncoding) }
    /// `User-Agent`.
    package static var userAgent: FieldName { FieldName(.userAgent) }
    /// `X-Forwarded-For`.
    package static var xForwardedFor: FieldName { FieldName(.xForwardedFor) }
    /// `X-Forwarded-Proto`.
    package static var xForwardedProto: FieldName { FieldName(.xForwardedProto) }
    /// `X-Request-ID`.
    package static var xRequestID: FieldName { FieldName(.xRequestID) }
}

// Fields of responses.
extension FieldName {
    /// `Accept-Ranges`.
    package static let acceptRanges: FieldName = "Accept-Ranges"
    /// `Allow`.
    package static let allow: FieldName = "Allow"
    /// `Content-Disposition`.
    package static let contentDisposition: FieldName = "Content-Disposition"
    /// `Content-Language`.
    package static let contentLanguage: FieldName = "Content-Language"
    /// `Content-Location`.
    package static let contentLocation: FieldName = "Content-Location"
    /// `Content-Range`.
    package static let contentRange: FieldName = "Content-Range"
    /// `Content-Security-Policy`.
    package static let contentSecurityPolicy: FieldName = "Content-Security-Policy"
    /// `Date`.
    package static let date: FieldName = "Date"
    /// `ETag`.
    package static let etag: FieldName = "ETag"
    /// `Expires`.
    package static let expires: FieldName = "Expires"
    /// `Last-Modified`.
    package static let lastModified: FieldName = "Last-Modified"
    /// `Link`.
    package static let link: FieldName = "Link"
    /// `Location`.
    package static let location: FieldName = "Location"
    /// `Retry-After`.
    package static let retryAfter: FieldName = "Retry-After"
    /// `Set-Cookie`.
    package static let setCookie: FieldName = "Set-Cookie"
    /// `Strict-Transport-Security`.
    package static let strictTransportSecurity: FieldName = "Strict-Transport-Security"
    /// `Vary`.
    package static let vary: FieldName = "Vary"
    /// `WWW-Authenticate`.
    package static let wwwAuthenticate: FieldName = "WWW-Authenticate"
    /// `X-Content-Type-Options`.
    package static let xContentTypeOptions: FieldName = "X-Content-Type-Options"
}

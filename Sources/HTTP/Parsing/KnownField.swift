/// The fields that are recognised while a request is parsed, so that later look-ups compare a byte.
enum KnownField: UInt8 {
    case unknown
    case accept, acceptEncoding, acceptLanguage, authorization, cacheControl, connection
    case contentEncoding, contentLength, contentType, cookie, expect, forwarded, host
    case idempotencyKey, ifMatch, ifModifiedSince, ifNoneMatch, ifRange, ifUnmodifiedSince
    case origin, range, referer, secFetchSite, transferEncoding, userAgent
    case xForwardedFor, xForwardedProto, xRequestID

    /// The field with this name in any case, `unknown` if none is; the bytes must be a token.
    init(_ name: UnsafeBufferPointer<UInt8>) {
        let candidate = Self.candidate(name)
        self = candidate.matches(name) ? candidate : .unknown
    }

    /// The bit of this field in a set of known fields.
    @inline(__always)
    var bit: UInt64 { 1 &<< UInt64(rawValue) }

    /// Compares a token with the name. Setting bit 0x20 folds case here: of the characters of a
    /// token only letters change into something that these names contain.
    @inline(__always)
    private func matches(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
        let name = self.name.utf8
        guard name.count == token.count else { return false }
        var index = 0
        while index < token.count {
            if token[index] | 0x20 != name[index] | 0x20 { return false }
            index &+= 1
        }
        return true
    }

    /// The only field that the name can be, by its length, first and, where needed, last letter.
    private static func candidate(_ name: UnsafeBufferPointer<UInt8>) -> KnownField {
        guard let first = name.first, let last = name.last else { return .unknown }
        switch name.count {
        case 4: return .host
        case 5: return .range
        case 6:
            switch first | 0x20 {
            case UInt8(ascii: "a"): return .accept
            case UInt8(ascii: "c"): return .cookie
            case UInt8(ascii: "e"): return .expect
            case UInt8(ascii: "o"): return .origin
            default: return .unknown
            }
        case 7: return .referer
        case 8:
            switch last | 0x20 {
            case UInt8(ascii: "h"): return .ifMatch
            case UInt8(ascii: "e"): return .ifRange
            default: return .unknown
            }
        case 9: return .forwarded
        case 10:
            switch first | 0x20 {
            case UInt8(ascii: "c"): return .connection
            case UInt8(ascii: "u"): return .userAgent
            default: return .unknown
            }
        case 12:
            switch first | 0x20 {
            case UInt8(ascii: "c"): return .contentType
            case UInt8(ascii: "x"): return .xRequestID
            default: return .unknown
            }
        case 13:
            switch first | 0x20 {
            case UInt8(ascii: "a"): return .authorization
            case UInt8(ascii: "c"): return .cacheControl
            case UInt8(ascii: "i"): return .ifNoneMatch
            default: return .unknown
            }
        case 14:
            switch first | 0x20 {
            case UInt8(ascii: "c"): return .contentLength
            case UInt8(ascii: "s"): return .secFetchSite
            default: return .unknown
            }
        case 15:
            switch last | 0x20 {
            case UInt8(ascii: "g"): return .acceptEncoding
            case UInt8(ascii: "e"): return .acceptLanguage
            case UInt8(ascii: "y"): return .idempotencyKey
            case UInt8(ascii: "r"): return .xForwardedFor
            default: return .unknown
            }
        case 16: return .contentEncoding
        case 17:
            switch first | 0x20 {
            case UInt8(ascii: "i"): return .ifModifiedSince
            case UInt8(ascii: "t"): return .transferEncoding
            case UInt8(ascii: "x"): return .xForwardedProto
            default: return .unknown
            }
        case 19: return .ifUnmodifiedSince
        default: return .unknown
        }
    }

    /// The name as it is written in a message.
    var name: StaticString {
        switch self {
        case .unknown: ""
        case .accept: "Accept"
        case .acceptEncoding: "Accept-Encoding"
        case .acceptLanguage: "Accept-Language"
        case .authorization: "Authorization"
        case .cacheControl: "Cache-Control"
        case .connection: "Connection"
        case .contentEncoding: "Content-Encoding"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .cookie: "Cookie"
        case .expect: "Expect"
        case .forwarded: "Forwarded"
        case .host: "Host"
        case .idempotencyKey: "Idempotency-Key"
        case .ifMatch: "If-Match"
        case .ifModifiedSince: "If-Modified-Since"
        case .ifNoneMatch: "If-None-Match"
        case .ifRange: "If-Range"
        case .ifUnmodifiedSince: "If-Unmodified-Since"
        case .origin: "Origin"
        case .range: "Range"
        case .referer: "Referer"
        case .secFetchSite: "Sec-Fetch-Site"
        case .transferEncoding: "Transfer-Encoding"
        case .userAgent: "User-Agent"
        case .xForwardedFor: "X-Forwarded-For"
        case .xForwardedProto: "X-Forwarded-Proto"
        case .xRequestID: "X-Request-ID"
        }
    }
}

extension KnownField: CaseIterable {}

/// The versions of HTTP that are spoken (RFC 9112 2.3); any other is answered with 505.
package enum HTTPVersion: UInt8, Sendable, Hashable {
    case http10, http11
}

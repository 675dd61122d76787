/// A request method (RFC 9110 9, RFC 5789); every other token is `other`.
package enum Method: UInt8, Sendable, Hashable {
    case get, head, post, put, patch, delete, options, trace, connect, other

    /// The method as it is written in a request line; empty for `other`, whose name the head has.
    package var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other: ""
        }
    }

    /// Whether the method only reads (RFC 9110 9.2.1).
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        case .post, .put, .patch, .delete, .connect, .other: false
        }
    }

    /// The method with this name; methods are case-sensitive (RFC 9110 9.1).
    init(_ name: UnsafeBufferPointer<UInt8>) {
        let candidate: Method
        switch (name.count, name.first) {
        case (3, UInt8(ascii: "G")): candidate = .get
        case (3, UInt8(ascii: "P")): candidate = .put
        case (4, UInt8(ascii: "H")): candidate = .head
        case (4, UInt8(ascii: "P")): candidate = .post
        case (5, UInt8(ascii: "P")): candidate = .patch
        case (5, UInt8(ascii: "T")): candidate = .trace
        case (6, UInt8(ascii: "D")): candidate = .delete
        case (7, UInt8(ascii: "O")): candidate = .options
        case (7, UInt8(ascii: "C")): candidate = .connect
        default: candidate = .other
        }
        self = candidate.name.equals(name) ? candidate : .other
    }
}

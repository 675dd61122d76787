/// The head of a request, checked in full: method, target, fields, and what follows from them.
///
/// A value of one reference to immutable bytes; texts are decoded when they are asked for.
package struct RequestHead: Sendable {
    private let storage: HeadStorage

    init(storage: HeadStorage) { self.storage = storage }

    /// The method; `methodName` tells which one when it is `other`.
    package var method: Method { storage.header.method }

    /// The method as it was sent.
    package var methodName: String { storage.string(storage.header.methodName) }

    /// The request target.
    package var target: RequestTarget { RequestTarget(storage: storage) }

    /// The decoded path: `target.path`.
    package var path: String { target.path }

    /// The version that the client speaks.
    package var version: HTTPVersion { storage.header.version }

    /// The field lines in their order.
    package var fields: RequestFields { RequestFields(storage: storage) }

    /// How the content that follows is delimited.
    package var framing: BodyFraming { storage.header.framing }

    /// Whether the client wants the connection to persist (RFC 9112 9.3).
    package var keepAlive: Bool { storage.header.keepAlive }

    /// Whether the client waits for 100 before it sends its content (RFC 9110 10.1.1).
    package var expectsContinue: Bool { storage.header.expectsContinue }

    /// Host and port as they were sent, from an absolute target or else from Host (RFC 9112 3.3);
    /// empty only for HTTP/1.0 without Host.
    package var authority: String { storage.string(storage.header.authority) }

    /// The host in lower case without its port; an IPv6 address keeps its brackets.
    package var host: String {
        storage.withBytes(of: storage.header.authority) { bytes in
            let host = bytes.part(0..<Authority.hostCount(bytes))
            return String(decoding: host.lazy.map(\.lowercased), as: UTF8.self)
        }
    }
}

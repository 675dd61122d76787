import EventLoop
import Glibc
import HTTP
import HTTPServer
import TLS
import Testing

/// Answers that exercise the server; nothing of the product.
final class TestHandler: RequestHandler {
    let loop: EventLoop
    init(loop: EventLoop) { self.loop = loop }

    func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan {
        switch head.target.path {
        case "/": return .respond(.text("hello"))
        case "/secure": return .respond(.text(isSecure ? "secure" : "plain"))
        case "/echo": return .handle(bodyBytesMax: 100_000) { .bytes($0.body) }
        case "/small": return .handle(bodyBytesMax: 10) { .bytes($0.body) }
        case "/big":
            return .respond(.bytes([UInt8](repeating: UInt8(ascii: "b"), count: 8 << 20)))
        case "/stream":
            return .handle(bodyBytesMax: 0) { _ in
                var response = Response(.ok)
                response.body = .stream { writer in
                    for part in ["one ", "", "two ", "three"] {
                        try await writer.write(Array(part.utf8))
                    }
                }
                return response
            }
        case "/endless":
            return .handle(bodyBytesMax: 0) { _ in
                var response = Response(.ok)
                response.body = .stream { writer in
                    while true { try await writer.write([UInt8](repeating: 65, count: 9_000)) }
                }
                return response
            }
        case "/late":
            return .handle(bodyBytesMax: 0) { [loop] _ in
                try? await loop.sleep(for: .milliseconds(30))
                return .text("late")
            }
        default: return .respond(.text("nothing here", status: .notFound))
        }
    }

    func refusal(
        _ status: Status, reason: StaticString, head: RequestHead?, isSecure: Bool
    ) -> Response {
        .text("\(reason)", status: status)
    }
}

extension Response {
    fileprivate static func bytes(_ bytes: [UInt8]) -> Response {
        var response = Response(.ok)
        response.body = .bytes(bytes)
        return response
    }
}

/// A running server on a port of its own, for the length of a test.
func withServer<Result>(
    loops loopCount: Int = 1, tls: TLSContext? = nil,
    _ change: (inout ServerSettings) -> Void = { _ in },
    _ body: (ListenAddress, Server) async throws -> Result
) async throws -> Result {
    var settings = ServerSettings()
    change(&settings)
    let loops = try (0..<loopCount).map { try EventLoop(name: "test-\($0)") }
    for loop in loops { loop.start() }
    let any = try #require(ListenAddress("127.0.0.1:0"))
    let server = try Server(
        settings: settings, loops: loops, plain: tls == nil ? [any] : [],
        secure: tls.map { [(any, $0)] } ?? [], handler: TestHandler.init)
    server.start()
    let outcome: Swift.Result<Result, any Error>
    do {
        outcome = .success(try await body(server.addresses[0], server))
    } catch {
        outcome = .failure(error)
    }
    await server.drain(within: .milliseconds(50))
    for loop in loops {
        loop.stop()
        loop.join()
    }
    return try outcome.get()
}

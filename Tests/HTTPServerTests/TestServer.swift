import EventLoop
import Glibc
import HTTP
import HTTPServer
import Synchronization
import TLS
import Testing

/// Answers that exercise the server; nothing of the product.
final class TestHandler: RequestHandler {
    let loop: EventLoop
    /// Requests for `/big` that were planned; asked for at `/planned`.
    private let planned = Atomic<Int>(0)
    /// Producers of `/waiting` that were cancelled; asked for at `/cancelled`.
    private let cancelled = Atomic<Int>(0)

    /// Requests for `/working` that a handler has begun; asked for at `/begun`.
    private let begun = Atomic<Int>(0)

    /// Requests for `/number`.
    private let numbers = Atomic<Int>(0)

    private let held: HeldReaders

    let doorkeeper: (any Doorkeeper)?

    convenience init(loop: EventLoop) { self.init(loop: loop, keeper: nil) }

    init(loop: EventLoop, keeper: TestKeeper?) {
        self.loop = loop
        doorkeeper = keeper
        held = HeldReaders(loop: loop)
    }

    func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan {
        switch head.target.path {
        case "/": return .respond(.text("hello"))
        case "/secure": return .respond(.text(isSecure ? "secure" : "plain"))
        case "/echo": return .handle(bodyBytesMax: 100_000) { .bytes($0.body) }
        case "/small": return .handle(bodyBytesMax: 10) { .bytes($0.body) }
        case "/big":
            planned.add(1, ordering: .relaxed)
            return .respond(.bytes([UInt8](repeating: UInt8(ascii: "b"), count: 8 << 20)))
        case "/page":
            return .respond(.text(String(repeating: "p", count: 100_000) + "!"))
        case "/planned": return .respond(.text("<\(planned.load(ordering: .relaxed))>"))
        case "/cancelled": return .respond(.text("<\(cancelled.load(ordering: .relaxed))>"))
        case "/important", "/refused":
            var response = Response.text("<\(head.target.path)>")
            response.standing = head.target.path == "/important" ? .important : .refused
            return .respond(response)
        case "/busy":
            // As a handler that must not block would not do.
            usleep(100_000)
            return .respond(.text("busy"))
        case "/number":
            return .respond(.text("<\(numbers.add(1, ordering: .relaxed).newValue)>"))
        case "/last":
            var response = Response.text("last")
            response.closesConnection = true
            return .respond(response)
        case "/stream", "/nothing", "/failing", "/endless", "/waiting":
            return .handle(bodyBytesMax: 0) { [self] request in stream(request.head.target.path) }
        case "/held": return .handle(bodyBytesMax: 0) { [held] _ in held.join() }
        case "/held/tell":
            held.tell("told")
            return .respond(.text("<\(held.count)>"))
        case "/held/flood":
            held.tell(String(repeating: "f", count: 16 << 10))
            return .respond(.text("<\(held.count)>"))
        case "/working":
            return .handle(bodyBytesMax: 100) { [self] _ in
                begun.add(1, ordering: .relaxed)
                try? await waitForCancellation()
                return .text("nobody reads this")
            }
        case "/begun": return .respond(.text("<\(begun.load(ordering: .relaxed))>"))
        case "/late":
            return .handle(bodyBytesMax: 100) { [loop] _ in
                try? await loop.sleep(for: .milliseconds(30))
                return .text("late")
            }
        default: return .respond(.text("nothing here", status: .notFound))
        }
    }

    private func stream(_ path: String) -> Response {
        var response = Response(path == "/nothing" ? .noContent : .ok)
        response.body = .stream { [self] writer in
            if path == "/endless" {
                while true { try await writer.write([UInt8](repeating: 65, count: 9_000)) }
            }
            for part in ["one ", "", "two ", "three"] {
                try await writer.write(Array(part.utf8))
            }
            if path == "/failing" { throw CancellationError() }
            if path == "/waiting" { try await waitForCancellation() }
        }
        return response
    }

    private func waitForCancellation() async throws {
        do {
            try await loop.sleep(for: .seconds(3_600))
        } catch {
            cancelled.add(1, ordering: .relaxed)
            throw error
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
    loops loopCount: Int = 1, tls: TLSContext? = nil, keeper: TestKeeper? = nil,
    hasMembers: Bool = false,
    _ change: (inout ServerSettings) -> Void = { _ in },
    _ body: (ListenAddress, Server) async throws -> Result
) async throws -> Result {
    var settings = ServerSettings()
    // A machine that is busy with other tests takes nobody for leaving.
    settings.halfCloseTimeMax = .seconds(3_600)
    change(&settings)
    let loops = try (0..<loopCount).map { try EventLoop(name: "test-\($0)") }
    for loop in loops { loop.start() }
    let any = try #require(ListenAddress("127.0.0.1:0"))
    let server = try Server(
        settings: settings, loops: loops, plain: tls == nil ? [any] : [],
        secure: tls.map { [(any, $0)] } ?? [], members: hasMembers ? (any, nil) : nil
    ) { TestHandler(loop: $0, keeper: keeper) }
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

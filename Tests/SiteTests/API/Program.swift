import Domain
import HTTP
import Store
import Synchronization
import TestSupport
import Testing

@testable import Site

/// A program that talks JSON, with somebody's token or none. Every answer it gets is held against
/// the API's description.
struct Program: Sendable {
    let world: APIWorld
    let token: String?

    func get(_ target: String) async throws -> Answer { try await send("GET", target) }

    /// Sends a write.
    ///
    /// - Parameter key: the Idempotency-Key; nil sends none.
    func send(
        _ method: String, _ target: String, _ body: String? = nil, key: String? = nil,
        type: String = "application/json"
    ) async throws -> Answer {
        var ask = Ask(method: method, target: target)
        if let body {
            ask.body = Array(body.utf8)
            ask.fields.append(("Content-Type", type))
        }
        if let key { ask.fields.append(("Idempotency-Key", key)) }
        if let token { ask.fields.append(("Authorization", "Bearer " + token)) }
        let answer = try await world.site.send(ask)
        if let operation = world.document.operation(method, target) {
            let misfits = try world.document.misfits(of: answer, to: operation)
            #expect(misfits.isEmpty)
            if answer.status < 300 { world.done.add(operation.id) }
        }
        return answer
    }
}

extension Answer {
    /// The code of a problem.
    var code: String? { (try? json())?["code"]?.text }

    /// Where the problems of a refused request are.
    var places: [String] {
        let parts = (try? json())?["errors"]?.list ?? []
        return parts.compactMap { ($0["pointer"] ?? $0["parameter"] ?? $0["header"])?.text }
    }

    var items: [JSONValue] { (try? json())?["items"]?.list ?? [] }
}

/// Which operations were answered well.
final class DoneOperations: Sendable {
    private let ids = Mutex(Set<String>())

    func add(_ id: String) { ids.withLock { _ = $0.insert(id) } }

    var all: Set<String> { ids.withLock { $0 } }
}

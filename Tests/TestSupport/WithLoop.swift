import EventLoop

/// Runs `body` on an event loop of its own, and ends the loop afterwards.
package func withLoop<Value: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Value
) async throws -> Value {
    let loop = try EventLoop(name: "test")
    loop.start()
    defer {
        loop.stop()
        loop.join()
    }
    return try await Task(executorPreference: loop) { try await body(loop) }.value
}

/// Turns the loop until `condition` holds; false where it does not within `limit`.
///
/// For what another process or thread brings about and nobody announces.
package func eventually(
    on loop: EventLoop, within limit: Duration = .seconds(20),
    _ condition: () async throws -> Bool
) async throws -> Bool {
    let end = MonotonicTime.now + limit
    while MonotonicTime.now < end {
        if try await condition() { return true }
        try await loop.sleep(for: .milliseconds(1))
    }
    return false
}

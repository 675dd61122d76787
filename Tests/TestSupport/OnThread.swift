import EventLoop

/// Runs what blocks on a thread of its own, and waits for it without blocking the caller's.
package func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        startThread(name: "blocking") { continuation.resume(with: Result(catching: body)) }
    }
}

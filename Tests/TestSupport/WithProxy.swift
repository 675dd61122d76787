import EventLoop
import Postgres

/// Like `withDatabase`, with a `FaultProxy` between the pool and the server.
///
/// The schema is empty.
package func withProxiedDatabase<Value: Sendable>(
    settings change: @escaping @Sendable (inout PoolSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (Database, FaultProxy) async throws -> Value
) async throws -> Value {
    let place = try TestDatabase(migrated: false)
    let proxy = try FaultProxy(to: place.connectionString)
    let outcome: Result<Value, any Error>
    do {
        outcome = .success(
            try await withLoop { loop in
                try await use(proxy.connectionString, loop, change) { database in
                    try await body(database, proxy)
                }
            })
    } catch {
        outcome = .failure(error)
    }
    proxy.stop()
    try place.drop()
    return try outcome.get()
}

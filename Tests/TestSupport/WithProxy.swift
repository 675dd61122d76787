import EventLoop
import Postgres

/// Like `withDatabase`, with a `FaultProxy` between the pool and the server.
///
/// - Parameter migrated: false leaves the schema empty.
package func withProxiedDatabase<Value: Sendable>(
    migrated: Bool = false,
    settings change: @escaping @Sendable (inout PoolSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (Database, FaultProxy) async throws -> Value
) async throws -> Value {
    try await TestSlots.shared.hold {
        let place = try TestDatabase(migrated: migrated)
        let proxy = try FaultProxy(to: place.connectionString)
        let outcome = await settle(proxy.connectionString, change) { database in
            try await body(database, proxy)
        }
        proxy.stop()
        try place.drop()
        return try outcome.get()
    }
}

import EventLoop
import Logging
import Postgres
import Synchronization

/// A schema of its own on the test cluster, with all migrations applied.
package struct TestDatabase: Sendable {
    /// The schema's name, which `search_path` of all its connections consists of.
    package let schema: String
    /// A libpq connection string with that `search_path`.
    package let connectionString: String

    private static let count = Atomic<Int>(0)

    /// The folder of the product's migrations.
    package static let migrationsDirectory: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Migrations"
    }()

    /// Makes the schema; `drop()` it afterwards.
    package init(migrated: Bool = true) throws {
        let base = try TestCluster.connectionString()
        schema = "test_\(Self.count.add(1, ordering: .relaxed).newValue)"
        connectionString = "\(base) options='-c search_path=\(schema)'"
        try Statement.run("CREATE SCHEMA \(schema)", on: base)
        guard migrated else { return }
        _ = try Migrator(directory: Self.migrationsDirectory).run(
            connectionString: connectionString, logger: quietLogger)
    }

    /// Removes the schema with all that is in it.
    package func drop() throws {
        let base = try TestCluster.connectionString()
        do {
            try Statement.run("DROP SCHEMA \(schema) CASCADE", on: base)
        } catch let failure where "\(failure)".contains("deadlock detected") {
            // A read that was under way when its pool was closed may still have run on the
            // server, and have locked the tables in another order; by now it is over.
            try Statement.run("DROP SCHEMA \(schema) CASCADE", on: base)
        }
    }

    /// Runs statements of this schema, outside of any `Database`; blocks.
    package func run(_ text: String) throws {
        try Statement.run(text, on: connectionString)
    }
}

/// A logger that says nothing.
package let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` on a loop with a database in a schema of its own, which is dropped afterwards.
///
/// - Parameters:
///   - migrated: false leaves the schema empty.
///   - settings: changes the pool's bounds and time-outs.
package func withDatabase<Value: Sendable>(
    migrated: Bool = true,
    settings change: @escaping @Sendable (inout PoolSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (Database) async throws -> Value
) async throws -> Value {
    try await TestSlots.shared.hold {
        let place = try TestDatabase(migrated: migrated)
        let outcome = await settle(place.connectionString, change, body)
        try place.drop()
        return try outcome.get()
    }
}

/// Runs `body` on a loop with a pool on any connection string, and ends both.
package func withDatabase<Value: Sendable>(
    on connectionString: String,
    settings change: @escaping @Sendable (inout PoolSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (Database) async throws -> Value
) async throws -> Value {
    try await TestSlots.shared.hold {
        try await settle(connectionString, change, body).get()
    }
}

/// The same without a slot, for those who hold one already.
func settle<Value: Sendable>(
    _ connectionString: String, _ change: @escaping @Sendable (inout PoolSettings) -> Void,
    _ body: @escaping @Sendable (Database) async throws -> Value
) async -> Result<Value, any Error> {
    do {
        return .success(
            try await withLoop { loop in try await use(connectionString, loop, change, body) })
    } catch {
        return .failure(error)
    }
}

private func use<Value: Sendable>(
    _ connectionString: String, _ loop: EventLoop,
    _ change: @Sendable (inout PoolSettings) -> Void,
    _ body: @Sendable (Database) async throws -> Value
) async throws -> Value {
    var settings = PoolSettings(connectionString: connectionString)
    // A machine that is busy with other tests is no reason to fail one.
    settings.readDeadline = .seconds(30)
    settings.deadline = .seconds(30)
    settings.statementTimeout = .seconds(60)
    settings.lockTimeout = .seconds(60)
    change(&settings)
    let database = Database(loop: loop, settings: settings, logger: quietLogger)
    do {
        let value = try await body(database)
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}

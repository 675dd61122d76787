import EmbeddedPostgres
import Logging
import Postgres

/// The database that the settings mean: one of its own in the data folder, or a given one.
struct DatabaseSource: Sendable {
    let connectionString: String
    private let embedded: EmbeddedPostgres?

    /// True where the database is private to this data folder.
    var isEmbedded: Bool { embedded != nil }

    /// Starts the embedded server, if it is that. Blocks.
    init(_ settings: Settings, _ folder: DataFolder, _ logger: Logger) throws {
        if let given = settings["databaseURL"] {
            connectionString = given
            embedded = nil
            return
        }
        let server = EmbeddedPostgres(dataDirectory: folder.path)
        connectionString = try server.start()
        embedded = server
        logger.info("embedded PostgreSQL is running", metadata: ["data": "\(folder.path)"])
    }

    /// Stops the embedded server, if this process has started it. Blocks.
    func stop() { embedded?.stop() }

    /// Starts the embedded server again where it has ended by itself; true where it had. Blocks.
    func revive() throws -> Bool { try embedded?.revive() ?? false }

    /// Brings the schema up to date; the names of the files that were applied. Blocks.
    @discardableResult
    func migrate(_ resources: Resources, _ logger: Logger) throws -> [String] {
        try Migrator(directory: resources.migrationsFolder)
            .run(connectionString: connectionString, logger: logger)
    }

    /// The bounds of a loop's connections.
    func pool(_ settings: Settings) -> PoolSettings {
        var pool = PoolSettings(connectionString: connectionString)
        pool.exclusiveConnectionsMax = settings.number("databaseConnectionsMax")
        pool.queueMax = settings.number("databaseQueueMax")
        pool.deadline = settings.time("databaseDeadline")
        pool.readDeadline = settings.time("databaseReadDeadline")
        pool.statementTimeout = settings.time("statementTimeout")
        pool.lockTimeout = settings.time("lockTimeout")
        pool.connectTimeout = settings.time("connectTimeout")
        return pool
    }
}

import EventLoop
import Logging
import Postgres
import Store

/// What every command that touches the database begins with.
struct ProgramContext: Sendable {
    let settings: Settings
    let folder: DataFolder
    let resources: Resources
    let logger: Logger

    /// Sets up logging for the whole process; call it once.
    init(_ settings: Settings) throws {
        self.settings = settings
        let level = settings["logLevel"].flatMap { Logger.Level(rawValue: $0) } ?? .info
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level) }
        logger = Logger(label: "vouch")
        folder = try DataFolder(settings["data"] ?? "var")
        resources = try Resources(setting: settings["resources"])
    }

    /// The database that the settings mean, its server running. Blocks.
    func openDatabase() throws -> DatabaseSource {
        try DatabaseSource(settings, folder, logger)
    }

    /// Runs `body` with a store on a loop of its own, as a command does that serves nobody.
    func withStore<Result: Sendable>(
        _ source: DatabaseSource, _ body: @escaping @Sendable (Store) async throws -> Result
    ) async throws -> Result {
        let loop = try EventLoop(name: "command")
        loop.start()
        defer {
            loop.stop()
            loop.join()
        }
        let database = Database(loop: loop, settings: source.pool(settings), logger: logger)
        return try await Task(executorPreference: loop) {
            do {
                let result = try await body(Store(database: database))
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }.value
    }
}

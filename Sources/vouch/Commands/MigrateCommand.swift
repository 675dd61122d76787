import ArgumentParser

/// `vouch migrate`: brings the schema up to date and ends.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema up to date.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        let context = try ProgramContext(settings)
        let source = try context.openDatabase()
        defer { source.stop() }
        let names = try source.migrate(context.resources, context.logger)
        Console.write(
            names.isEmpty
                ? "The schema is up to date.\n"
                : names.map { "Applied \($0).\n" }.joined())
    }
}

import ArgumentParser
import Demo

/// `vouch demo`: loads demo data, as much as wanted.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Load demo data into an empty database.")

    @Option(help: "How many jobs.")
    var jobs = DemoData.jobsDefault

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        do {
            let context = try ProgramContext(settings)
            let source = try context.openDatabase()
            defer { source.stop() }
            if settings.flag("migrate") { try source.migrate(context.resources, context.logger) }
            let demo = DemoLoading(context: context, source: source)
            guard try await demo.load(jobs: jobs) else { throw DemoError.databaseNotEmpty }
            try await DemoFactor(context: context, source: source).ensure()
            Console.write(try await demo.accountsText() ?? "")
        } catch {
            Console.complain("vouch: \(error)")
            throw ExitCode.failure
        }
    }
}

import ArgumentParser
import Domain
import Logging
import Postgres
import ServiceLifecycle
import Store

/// `vouch serve`: the site, until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the site.",
        discussion: """
            Without --database-url a private PostgreSQL is kept in the data folder. SIGTERM and \
            SIGINT stop the program in order, SIGQUIT at once; SIGHUP reads the TLS \
            certificate again.
            """)

    @Flag(help: "Load demo data first, if the database is empty.")
    var demo = false

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try await options.load()
        do {
            let context = try ProgramContext(settings)
            ProcessLimits.raiseDescriptors()
            let source = try context.openDatabase()
            // Last of all: until then requests and writes that have begun still need it.
            defer { source.stop() }
            if settings.flag("migrate") { try source.migrate(context.resources, context.logger) }
            var greeting = ""
            if demo {
                let demo = DemoLoading(context: context, source: source)
                _ = try await demo.load()
                try await DemoFactor(context: context, source: source).ensure()
                greeting = try await demo.accountsText().map { "\n" + $0 } ?? ""
            }
            try await announceIssuer(context, source)
            let program = try RunningProgram(context, source, isDemo: demo)
            let text = program.greeting + greeting
            try await program.run { Console.write(text) }
        } catch {
            Console.complain("vouch: \(error)")
            throw ExitCode.failure
        }
    }

    /// What the settings say of the issuer stands on invoices from now on.
    private func announceIssuer(_ context: ProgramContext, _ source: DatabaseSource) async throws {
        guard let issuer = context.settings.issuer else { return }
        do {
            try await context.withStore(source) { store in
                try await store.write { transaction in
                    try await store.invoices.announce(
                        issuer, at: WallClock.now(), in: transaction)
                }
            }
        } catch let error as PostgresError {
            // A database that is away keeps nobody from starting; the issuer said last goes on.
            context.logger.error(
                "the issuer of invoices is not announced; start again once the database is there",
                metadata: ["error": "\(error)"])
        }
    }
}

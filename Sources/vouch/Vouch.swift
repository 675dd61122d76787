import ArgumentParser

/// The program: one command with its subcommands.
@main
struct Vouch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vouch",
        abstract: "A recruitment-affiliate platform: jobs, recommendations, hires, commissions.",
        discussion: """
            Settings are given as flags, in the environment or in a YAML file (--config FILE); \
            'vouch settings' lists them with their values and where these come from.
            """,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, DemoCommand.self, AdminCommand.self,
            BooksCommand.self, StressCommand.self, SettingsCommand.self,
        ])
}

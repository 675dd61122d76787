import ArgumentParser

/// `vouch settings`: every setting, its value, and where that comes from.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "List all settings with their values and where these come from.")

    @Flag(help: "Print a YAML file with all settings at their defaults.")
    var yaml = false

    @OptionGroup var options: SettingOptions

    func run() async throws {
        if yaml { return Console.write(SettingsFile.text) }
        let settings = try await options.load()
        for setting in SettingTable.all {
            let entry = settings.entry(setting.key)
            let value = entry.map { setting.isSecret ? "(secret)" : $0.text } ?? "(not set)"
            let origin = entry.map { "  [\($0.origin)]" } ?? ""
            Console.write(
                "\(setting.key): \(value)\(origin)\n"
                    + "    \(setting.explanation); \(setting.typeName)\n"
                    + "    \(setting.flagName)  \(setting.variable)\n")
        }
    }
}

/// The settings on a command line: any flag of the table.
struct SettingOptions: ParsableArguments {
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp(
            "Settings as --name value; 'vouch settings' lists them.",
            valueName: "--setting value"))
    var flags: [String] = []

    /// The effective settings; ends the program with status 78 where something is wrong.
    func load() async throws -> Settings {
        do {
            return try await Settings.load(flags: flags)
        } catch let problems as SettingsProblems {
            Console.complain(problems.description)
            throw ExitCode(78)
        }
    }
}

import ArgumentParser
import StressTest

/// `vouch stress`: the open-loop load generator.
struct StressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stress",
        abstract: "Load a server of one's own, and say what became of every request.",
        discussion: """
            Visitors arrive by chance at a given rate and never wait for each other; latency counts \
            from when a request was meant to be sent. See config/stress/default.json for what they \
            do.
            """,
        subcommands: [
            StressRunCommand.self, StressCapacityCommand.self, StressProfileCommand.self,
        ],
        defaultSubcommand: StressRunCommand.self)
}

/// `vouch stress profile`: the built-in profile, to begin one's own with.
struct StressProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Print the profile that is played when none is named.")

    func run() { Console.write(Profile.defaultText) }
}

import ArgumentParser
import Foundation
import StressTest

/// `vouch stress capacity`: the highest rate that a server answers in time.
struct StressCapacityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capacity",
        abstract: "Find the highest rate at which 99 % of all have a good answer within 250 ms.",
        discussion: """
            Doubles the rate until it does not hold, then halves the gap; every step is a run of \
            its own. The last line is the capacity, in visitors a second.
            """)

    @OptionGroup var options: StressOptions

    @Option(help: "How long a rate is tried.")
    var trial = "4s"

    @Option(help: "How long the server has for itself after each.")
    var rest = "1s"

    @Option(help: "Ends when the rate is known to this share of it.")
    var precision = 0.05

    @Option(help: "How often a rate is tried before it counts as too high.")
    var tries = 2

    @Option(help: "Write the figures of all trials to a file as JSON.")
    var json: String?

    func validate() throws {
        guard let length = Duration(shortText: trial), length >= .milliseconds(100),
            length <= .seconds(600)
        else { throw ValidationError("--trial is not a time such as 4s, up to 10m") }
        guard Duration(shortText: rest) != nil else {
            throw ValidationError("--rest is not a time such as 1s")
        }
        guard (1...10).contains(tries) else { throw ValidationError("--tries: 1 to 10") }
        guard (0.005...0.5).contains(precision) else {
            throw ValidationError("--precision: 0.005 to 0.5")
        }
    }

    private struct Trial: Encodable {
        let rate: Double
        let holds: Bool
        let scaled: Figures
        let lagP99: Double
    }

    private struct Result: Encodable {
        let capacity: Double
        /// Whether the generator, not the server, was at its end.
        let isBoundByGenerator: Bool
        let trials: [Trial]
    }

    func run() async throws {
        do {
            var profile = try options.readProfile()
            let surroundings = try await options.discover(profile)
            profile.phases = Phases(steady: Duration(shortText: trial) ?? .seconds(4))
            var search = CapacitySearch(
                start: profile.rate, precision: precision, triesMax: tries, rateMax: 1_000_000)
            var trials: [Trial] = []
            var isBound = false
            while let rate = search.next {
                profile.rate = rate
                let report = try await StressPlay.play(try options.plan(profile, surroundings))
                let holds = CapacitySearch.holds(report.scaled)
                trials.append(
                    Trial(
                        rate: rate, holds: holds, scaled: report.scaled,
                        lagP99: report.generator.lagP99))
                Console.write(Self.line(rate, report, holds: holds))
                if report.isCutShort { break }
                // A rate that the generator cannot make says nothing of the server, unless it held.
                if !CapacitySearch.isTelling(report), !holds { isBound = true }
                search.note(holds: holds)
                if search.next != nil {
                    try await Task.sleep(for: Duration(shortText: rest) ?? .seconds(1))
                }
            }
            let capacity = search.capacity ?? 0
            if isBound {
                Console.complain(
                    "vouch: the generator was late or short of descriptors at some rates: the "
                        + "server may be able to do more")
            }
            Console.write("\(Self.rounded(capacity))\n")
            if let json {
                let result = Result(
                    capacity: capacity, isBoundByGenerator: isBound, trials: trials)
                let data = try JSONEncoder().encode(result)
                guard FileManager.default.createFile(atPath: json, contents: data) else {
                    throw ProfileProblems(["\(json) cannot be written"])
                }
            }
            if capacity == 0 { throw ExitCode.failure }
        } catch {
            throw StressPlay.exit(after: error)
        }
    }

    private static func line(_ rate: Double, _ report: RunReport, holds: Bool) -> String {
        let share = (report.scaled.promptShare * 10_000).rounded(.down) / 100
        return
            "\(rounded(rate))/s: \(share) % good within 250 ms, p99 \(Int(report.scaled.p99)) ms, "
            + "lag p99 \(rounded(report.generator.lagP99)) ms: \(holds ? "holds" : "does not hold")\n"
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

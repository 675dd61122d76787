import ArgumentParser
import Foundation
import StressTest
import UnixSignals

/// `vouch stress run`: one run of a profile.
struct StressRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Play a profile once, and print a table.",
        discussion: """
            Ends with status 1 where an assertion does not hold, and says which. Ctrl-C ends the \
            run early, with a report of what was counted.

            Assertions name a class (or all, or lag), a figure, and a bound: 'member.good>=0.999', \
            'status.p99<=50ms', 'all.goodput@2>=400' (in the second phase), 'lag.p99<=5ms'. \
            Figures: \(Assertion.metrics.joined(separator: ", ")).
            """)

    @OptionGroup var options: StressOptions

    @Option(help: "Phases instead of the profile's, as in 10s@1,20s@10,10s@1.")
    var phases: String?

    @Option(help: "Write all figures and the timeline to a file as JSON.")
    var json: String?

    @Option(help: "Write a line for each write that was sent to a file.")
    var receipts: String?

    @Option(name: .customLong("assert"), help: "What must hold; can be given several times.")
    var assertions: [Assertion] = []

    func validate() throws {
        if let phases, Phases(phases) == nil {
            throw ValidationError("--phases is not as in 10s@1,20s@10, of at most an hour")
        }
    }

    func run() async throws {
        do {
            var profile = try options.readProfile()
            if let phases = phases.flatMap({ Phases($0) }) { profile.phases = phases }
            let plan = try options.plan(profile, try await options.discover(profile))
            let log = try receipts.map { path in
                guard let log = ReceiptLog(path: path) else {
                    throw ProfileProblems(["\(path) cannot be written"])
                }
                return log
            }
            let report = try await StressPlay.play(plan, receipts: log)
            Console.write("\(ReportTable(report))")
            if let json { try StressPlay.write(report, to: json) }
            let complaints = assertions.compactMap { $0.complaint(about: report) }
            for complaint in complaints { Console.complain("vouch: \(complaint)") }
            if !complaints.isEmpty { throw ExitCode.failure }
        } catch {
            throw StressPlay.exit(after: error)
        }
    }
}

extension Assertion: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

/// Runs a plan for a command: until its end, or until a signal.
enum StressPlay {
    static func play(_ plan: RunPlan, receipts: ReceiptLog? = nil) async throws -> RunReport {
        let run = try StressRun(plan, receipts: receipts)
        run.start()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watch = Task {
            for await _ in signals { run.stop() }
        }
        defer { watch.cancel() }
        return try await StressOptions.onThread { run.wait() }
    }

    static func write(_ report: RunReport, to path: String) throws {
        let bytes = try report.json()
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw ProfileProblems(["\(path) cannot be written"])
        }
    }

    /// Says what went wrong; status 78 for what the caller named, 1 for all else.
    static func exit(after error: any Error) -> any Error {
        if error is ExitCode { return error }
        Console.complain("vouch: \(error)")
        return error is ProfileProblems || error is Target.Problem
            ? ExitCode(78) : ExitCode.failure
    }
}

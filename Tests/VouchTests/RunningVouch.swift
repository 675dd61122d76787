import EmbeddedPostgres
import Foundation
import Glibc
import TestSupport

/// The real program, as it was built beside these tests, running with a data folder of its own.
///
/// `@unchecked Sendable`: never changed after `init`, and the process guards itself.
final class RunningVouch: @unchecked Sendable {
    let address: URL
    let dataFolder: URL
    private let process: ChildProcess
    /// Gone with this object, as it is no data.
    private let logFolder: TemporaryDirectory

    /// The password of the demo accounts in tests.
    static let demoPassword = "a demo password 1"

    /// The built executable: it lies beside the bundle of the tests.
    static let executable: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0])
        let folders = [
            bundle.deletingLastPathComponent(), repository.appending(path: ".build/debug"),
        ]
        let paths = folders.map { $0.appending(path: "vouch") }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? paths[1]
    }()

    /// Starts `vouch serve` and waits until it answers.
    ///
    /// - Parameter prefix: a command that starts it, as to run it under another user.
    init(
        dataFolder: URL? = nil, program: URL = executable, arguments: [String] = [],
        environment: [String: String] = [:], prefix: [String] = []
    ) async throws {
        logFolder = try TemporaryDirectory()
        let port = try freePort()
        address = try require(URL(string: "http://127.0.0.1:\(port)"))
        self.dataFolder = try dataFolder ?? makeFolder("vouch data")
        let command = prefix + [program.path, "serve"] + arguments
        process = try ChildProcess(
            ChildProcess.Options(
                path: "/usr/bin/env", arguments: command, directory: repository.path,
                environment: environmentLines(
                    environment.merging([
                        "VOUCH_LISTEN": "127.0.0.1:\(port)",
                        "VOUCH_DATA": self.dataFolder.path,
                        "VOUCH_DEMO_PASSWORD": Self.demoPassword,
                    ]) { own, _ in own }),
                outputPath: "\(logFolder.path)/log"))
        do {
            try await waitUntil("vouch answers") {
                guard self.process.status == nil else {
                    throw Missing(description: "vouch has ended:\n\(self.printed)")
                }
                return (try? await PlainHTTP.request("GET", self.address))?.status == 200
            }
        } catch {
            remove()
            throw error
        }
    }

    /// Makes an admin with the command that operators use, beside the running server.
    func createAdmin(_ email: String, _ password: String) async throws {
        let (status, output) = try await Self.command(
            ["admin", "create", "--email", email, "--name", "Ana Admin"], data: dataFolder,
            input: password + "\n")
        guard status == 0 else { throw Missing(description: "an admin: \(output)") }
    }

    /// What the app of a second factor shows, by the command that operators use.
    ///
    /// - Parameter secret: the key of the app; the demo admin's where nil.
    func code(of secret: String? = nil) async throws -> String {
        let arguments = ["admin", "code"] + (secret.map { ["--secret", $0] } ?? [])
        let (status, output) = try await Self.command(arguments, data: dataFolder)
        guard status == 0 else { throw Missing(description: "a code: \(output)") }
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs another command of the program to its end; its status and what it printed.
    static func command(
        _ arguments: [String], data: URL, environment: [String: String] = [:], input: String = ""
    ) async throws -> (status: Int32?, output: String) {
        let folder = try makeFolder("vouch-command")
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "output")
        let given = folder.appending(path: "input")
        try Data(input.utf8).write(to: given)
        var options = ChildProcess.Options(
            path: executable.path, arguments: arguments, directory: repository.path,
            environment: environmentLines(
                environment.merging(["VOUCH_DATA": data.path]) { own, _ in own }),
            outputPath: output.path)
        options.inputPath = given.path
        let process = try ChildProcess(options)
        try await waitUntil("the command ends") { process.status != nil }
        let text = try String(contentsOf: output, encoding: .utf8)
        return (process.status.map { ($0 >> 8) & 0xff }, text)
    }

    /// What the program has printed and logged.
    var printed: String {
        (try? String(contentsOfFile: "\(logFolder.path)/log", encoding: .utf8)) ?? ""
    }

    var processIdentifier: Int32 { process.id }

    /// Asks it to end, as Ctrl-C does, and waits; its exit status, or nil after a signal.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) -> Int32? {
        process.signal(signal)
        return ended()
    }

    /// Ends it at once, as a crash would.
    func crash() {
        process.signal(SIGKILL)
        _ = ended()
    }

    private func ended() -> Int32? {
        guard process.waitForEnd(milliseconds: 60_000), let status = process.status else {
            process.signal(SIGKILL)
            return nil
        }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
    }

    /// Stops it and removes its data.
    func remove() {
        stop()
        try? FileManager.default.removeItem(at: dataFolder)
    }
}

/// Runs `body` with a running program that is stopped and removed afterwards.
func withVouch<Result>(
    _ arguments: [String] = ["--demo"], environment: [String: String] = [:],
    _ body: (RunningVouch) async throws -> Result
) async throws -> Result {
    let vouch = try await RunningVouch(arguments: arguments, environment: environment)
    defer { vouch.remove() }
    return try await body(vouch)
}

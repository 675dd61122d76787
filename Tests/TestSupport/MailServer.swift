import EmbeddedPostgres
import Foundation

/// A mail server of Debian's packages as a process of its own, that keeps what it takes and
/// misbehaves on demand; see `smtpd.py` beside this file.
package final class MailServer: Sendable {
    /// How it behaves from the next command on.
    package enum Mode: String, Sendable {
        case ok, slow, busy, silent, cut, reject
    }

    /// A mail that it took.
    package struct Taken: Decodable, Sendable {
        package let from: String
        package let to: [String]
        package let content: String
        package let tls: Bool
        package let authenticated: Bool

        /// A field of the head, unfolded.
        package func field(_ name: String) -> String? {
            let head = content.replacing("\r\n ", with: " ").components(separatedBy: "\r\n\r\n")[0]
            let prefix = name.lowercased() + ": "
            return head.components(separatedBy: "\r\n")
                .first { $0.lowercased().hasPrefix(prefix) }
                .map { String($0.dropFirst(prefix.count)) }
        }
    }

    package let port: UInt16
    private let folder: TemporaryDirectory
    private let process: ChildProcess

    /// Starts it and waits until it listens.
    ///
    /// - Parameters:
    ///   - port: one of its own, or that of an earlier server.
    ///   - certificate: makes STARTTLS a must.
    ///   - login: makes authentication a must.
    package init(
        port: UInt16? = nil, certificate: TestCertificate? = nil,
        login: (user: String, password: String)? = nil
    ) throws {
        self.port = try port ?? freePort()
        folder = try TemporaryDirectory()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "smtpd.py").path
        var arguments = ["python3", script, "\(self.port)", folder.path]
        if let certificate {
            arguments += ["--certificate", certificate.path, "--key", certificate.keyPath]
        }
        if let login { arguments += ["--user", login.user, "--password", login.password] }
        process = try ChildProcess(
            ChildProcess.Options(
                path: "/usr/bin/env", arguments: arguments, directory: folder.path,
                environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"],
                outputPath: "\(folder.path)/output"))
        let end = Date() + 60
        while TemporaryDirectory.read("\(folder.path)/output")?.contains("ready") != true {
            guard Date() < end, process.status == nil else {
                throw TestFailure("no mail server: \(output)")
            }
            usleep(20_000)
        }
    }

    deinit { stop() }

    /// Ends it at once.
    package func stop() {
        process.signal(9)
        _ = process.waitForEnd(milliseconds: 10_000)
    }

    package func behave(_ mode: Mode) throws {
        let path = try folder.write(mode.rawValue, to: "mode.new")
        guard rename(path, "\(folder.path)/mode") == 0 else { throw TestFailure("rename") }
    }

    /// What it took so far, oldest first.
    package func taken() throws -> [Taken] {
        guard let data = FileManager.default.contents(atPath: "\(folder.path)/mails") else {
            return []
        }
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(Taken.self, from: Data(line))
        }
    }

    private var output: String { TemporaryDirectory.read("\(folder.path)/output") ?? "" }
}

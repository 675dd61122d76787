import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport

/// The program with its data and a database that is stopped and killed.
final class SpoolScene: Sendable {
    private let folder: URL
    private let environment: [String: String]
    private let vouch: Mutex<RunningVouch>

    init(folder: URL, environment: [String: String]) async throws {
        self.folder = folder
        self.environment = environment
        vouch = Mutex(try await RunningVouch(dataFolder: folder, environment: environment))
    }

    private var address: URL { vouch.withLock { $0.address } }

    func end() { vouch.withLock { _ = $0.stop() } }

    /// The slug of a published job.
    func aJob() async throws -> String {
        let answer = try await PlainHTTP.request("GET", address.appending(path: "api/v1/jobs"))
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        let items = try require(object?["items"] as? [[String: Any]], "a list of jobs")
        return try require(items.first?["slug"] as? String, "a job")
    }

    // MARK: - Faults

    /// Kills the program, its database too, and starts it again with both running.
    func crashAndRestart() async throws {
        vouch.withLock { $0.crash() }
        // One that stands still could not be ended by the next start.
        try? signalDatabase(SIGCONT)
        let next = try await RunningVouch(dataFolder: folder, environment: environment)
        vouch.withLock { $0 = next }
    }

    func killDatabase() throws { try signalDatabase(SIGKILL) }

    /// Lets every process of the database stand still, as a disk that hangs would.
    func pauseDatabase() async throws { try signalDatabase(SIGSTOP) }

    /// To the main process and its children, which are found by their parent's id.
    private func signalDatabase(_ signal: Int32) throws {
        let file = folder.appending(path: "cluster/postmaster.pid")
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let main = text.split(separator: "\n").first.flatMap({ pid_t($0) })
        else { throw Missing(description: "a running database") }
        for child in Self.children(of: main) { Glibc.kill(child, signal) }
        Glibc.kill(main, signal)
    }

    private static func children(of parent: pid_t) -> [pid_t] {
        let path = "/proc/\(parent)/task/\(parent)/children"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { pid_t($0) }
    }

    // MARK: - Applications

    /// Applies until that is acknowledged, each time under the same key.
    func apply(_ slug: String, _ email: String) async throws -> Acknowledged {
        let body = try JSONSerialization.data(withJSONObject: [
            "name": "Load Tester", "email": email, "consent": true,
            "cv": [
                "file_name": "cv.pdf",
                "content": Data("%PDF-1.4\n%%EOF\n".utf8).base64EncodedString(),
            ],
        ])
        let fields = ["Content-Type": "application/json", "Idempotency-Key": "key-of-\(email)"]
        let found = Mutex<Acknowledged?>(nil)
        try await waitUntil("the application of \(email) is acknowledged") {
            let url = self.address.appending(path: "api/v1/jobs/\(slug)/applications")
            guard
                let answer = try? await PlainHTTP.request("POST", url, fields: fields, body: body)
            else { return false }
            let object =
                (try? JSONSerialization.jsonObject(with: answer.body)) as? [String: Any]
            let receipt = object?["receipt"] as? String
            switch answer.status {
            case 503: return false
            case 201:
                let path = "/applications/" + (receipt ?? "")
                found.withLock {
                    $0 = Acknowledged(email: email, path: path, isKept: false)
                }
            case 202:
                let path = "/receipts/" + (receipt ?? "")
                found.withLock { $0 = Acknowledged(email: email, path: path, isKept: true) }
            default:
                throw Missing(description: "\(email): \(answer.status) \(answer.text)")
            }
            return true
        }
        return try require(found.withLock { $0 }, "an acknowledgement")
    }

    /// Whether the page of an application, or its receipt's, says that it is in.
    func hasArrived(_ one: Acknowledged) async throws -> Bool {
        guard
            let answer = try? await PlainHTTP.request(
                "GET", address.appending(path: String(one.path.dropFirst())))
        else { return false }
        guard answer.status == 200 else { return false }
        return !one.isKept || answer.text.contains("/applications/")
    }

    /// Until the program says that it keeps something.
    func waitUntilSomethingIsKept() async throws {
        try await waitUntil("something is kept") {
            let spool = self.folder.appending(path: "spool")
            let files = try? FileManager.default.contentsOfDirectory(atPath: spool.path)
            return (files ?? []).contains { name in
                let attributes = try? FileManager.default.attributesOfItem(
                    atPath: spool.appending(path: name).path)
                return (attributes?[.size] as? Int ?? 0) > 256
            }
        }
    }

    func number(_ query: SQL) async throws -> Int64 {
        let socket = folder.appending(path: "socket").path
        return try await withDatabase(
            on: "host='\(socket)' port=5432 dbname=vouch user=vouch"
        ) { database in
            try await database.queryFirst(query) { row in try row.next(Int64.self) } ?? 0
        }
    }
}

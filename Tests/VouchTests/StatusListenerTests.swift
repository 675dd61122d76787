import Foundation
import Glibc
import TestSupport
import Testing

/// Plane A of the running program: it answers whatever the rest is at.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StatusListenerTests {
    @Test func `it tells that the database is gone and back, while pages go on`() async throws {
        let port = try freePort()
        let agent = try freePort()
        let environment = [
            "VOUCH_STATUS_LISTEN": "127.0.0.1:\(port)", "VOUCH_AGENT_LISTEN": "127.0.0.1:\(agent)",
        ]
        try await withVouch(["--demo"], environment: environment) { vouch in
            let status = try require(URL(string: "http://127.0.0.1:\(port)"), "an address")
            try await waitUntil("it is ready") {
                try await PlainHTTP.request("GET", status.appending(path: "readyz")).status == 200
            }
            let metrics = try await PlainHTTP.request("GET", status.appending(path: "metrics"))
            for name in [
                "vouch_requests_total", "vouch_pages ", "vouch_database_up 1", "vouch_mails",
                "vouch_loop_lag_seconds_bucket", "process_resident_memory_bytes",
                "process_open_fds",
            ] {
                #expect(metrics.text.contains(name), "\(name)")
            }
            // What alerts and dashboard ask for is there.
            for file in ["prometheus-alerts.yml", "grafana-dashboard.json"] {
                let text = try String(
                    contentsOf: repository.appending(path: "config/\(file)"), encoding: .utf8)
                let names = Set(
                    text.matches(of: /(vouch|process)_[a-z_]+/).map { match in
                        String(match.0).replacing(/_bucket$/, with: "")
                    })
                #expect(names.count > 8)
                for name in names {
                    #expect(metrics.text.contains("# TYPE \(name) "), "\(file): \(name)")
                }
            }
            // Everything of PostgreSQL stands still: nothing answers, and nothing ends.
            let family = try vouch.databaseProcesses()
            #expect(family.count > 2)
            for process in family { kill(process, SIGSTOP) }
            for _ in 0..<20 {
                for path in ["", "jobs"] {
                    let page = try await PlainHTTP.request(
                        "GET", vouch.address.appending(path: path))
                    #expect(page.status == 200, "/\(path)")
                }
                for path in ["healthz", "status", "metrics"] {
                    let answer = try await PlainHTTP.request("GET", status.appending(path: path))
                    #expect(answer.status == 200, "/\(path)")
                }
            }
            for process in family { kill(process, SIGCONT) }
            try vouch.killDatabase()
            // It comes back by itself; until then readiness says what is missing.
            try await waitUntil("it is ready again") {
                let answer = try await PlainHTTP.request("GET", status.appending(path: "readyz"))
                #expect([200, 503].contains(answer.status))
                let page = try await PlainHTTP.request("GET", vouch.address)
                #expect(page.status == 200)
                return answer.status == 200
            }
        }
    }

    @Test func `an address that is taken is said, the usual one is done without`() async throws {
        let port = try freePort()
        let environment = ["VOUCH_STATUS_LISTEN": "127.0.0.1:\(port)"]
        try await withVouch([], environment: environment) { first in
            let (status, output) = try await RunningVouch.command(
                ["serve", "--listen", "127.0.0.1:0"], data: try makeFolder("vouch data"),
                environment: environment)
            #expect(status != 0)
            #expect(output.contains("127.0.0.1:\(port)"))
            _ = first
        }
    }
}

extension RunningVouch {
    /// The processes of the embedded server.
    func databaseProcesses() throws -> [pid_t] {
        let file = dataFolder.appending(path: "cluster/postmaster.pid")
        let text = try String(contentsOf: file, encoding: .utf8)
        let main = try require(
            text.split(separator: "\n").first.flatMap { pid_t($0) }, "a running database")
        let children = try String(
            contentsOfFile: "/proc/\(main)/task/\(main)/children", encoding: .utf8)
        return [main] + children.split(separator: " ").compactMap { pid_t($0) }
    }
}

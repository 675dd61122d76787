import Foundation
import Glibc
import Testing

/// The database is killed under load: no answer is wrong, and what was acknowledged is there.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OutageTests {
    @Test func `killing PostgreSQL under load loses nothing that was acknowledged`() async throws {
        try await withVouch(["--demo"]) { vouch in
            let slug = try await vouch.aJob()
            let writers = 4
            let perWriter = 40
            let receipts = try await withThrowingTaskGroup(of: [String].self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var receipts: [String] = []
                        for number in 0..<perWriter {
                            receipts.append(
                                try await apply(
                                    vouch.address, slug, "writer\(writer).\(number)@load.test"))
                            // The second of four kills at a quarter and at the half of its work.
                            if writer == 1, number == 10 || number == 20 {
                                try vouch.killDatabase()
                            }
                        }
                        return receipts
                    }
                }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(Set(receipts).count == writers * perWriter)
            for receipt in receipts {
                // What was kept meanwhile comes in when the database is back.
                let url = vouch.address.appending(path: "receipts/\(receipt)")
                try await waitUntil("the application of \(receipt) is in") {
                    let page = try await PlainHTTP.request("GET", url)
                    return page.status == 200 && page.text.contains("/applications/")
                }
            }
        }
    }
}

/// Applies for a job until it is acknowledged, each time under the same key; the receipt.
private func apply(_ site: URL, _ slug: String, _ email: String) async throws -> String {
    let body = try JSONSerialization.data(withJSONObject: [
        "name": "Load Tester", "email": email, "consent": true,
        "cv": [
            "file_name": "cv.pdf", "content": Data("%PDF-1.4\n%%EOF\n".utf8).base64EncodedString(),
        ],
    ])
    let fields = ["Content-Type": "application/json", "Idempotency-Key": "key-of-\(email)"]
    let url = site.appending(path: "api/v1/jobs/\(slug)/applications")
    var receipt: String?
    try await waitUntil("the application of \(email) is acknowledged") {
        let answer = try await PlainHTTP.request("POST", url, fields: fields, body: body)
        if answer.status == 503 { return false }
        guard [201, 202].contains(answer.status) else {
            throw Missing(description: "201, 202 or 503, not \(answer.status): \(answer.text)")
        }
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        receipt = object?["receipt"] as? String
        return true
    }
    return try require(receipt, "a receipt")
}

extension RunningVouch {
    /// The slug of a published job of the demo data.
    fileprivate func aJob() async throws -> String {
        let answer = try await PlainHTTP.request("GET", address.appending(path: "api/v1/jobs"))
        let object = try JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
        let items = try require(object?["items"] as? [[String: Any]], "a list of jobs")
        return try require(items.first?["slug"] as? String, "a job")
    }

    /// Kills the main process of the embedded server, as a crash of it would.
    func killDatabase() throws {
        let file = dataFolder.appending(path: "cluster/postmaster.pid")
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let id = text.split(separator: "\n").first.flatMap({ pid_t($0) })
        else { throw Missing(description: "a running database") }
        Glibc.kill(id, SIGKILL)
    }
}

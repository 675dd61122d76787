import Foundation
import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

/// The program, its PostgreSQL and the mail server are killed again and again while hires are
/// recorded: each is recorded once, and what it has to tell arrives.
@Suite(.serialized, .timeLimit(.minutes(10))) struct CrashTests {
    private static let hires = 96
    private static let token = "vouch_" + String(repeating: "c", count: 43)

    @Test func `no win and no mail is lost by kills, and none is told as another`() async throws {
        let folder = try makeFolder("vouch crashes")
        defer { try? FileManager.default.removeItem(at: folder) }
        let loaded = try await RunningVouch.command(["demo", "--jobs", "400"], data: folder)
        try #require(loaded.status == 0, "\(loaded.output)")
        let post = try PostOffice()
        let scene = try await CrashScene(folder: folder, post: post)
        let hires = try await scene.reportHires(Self.hires, token: Self.token)
        #expect(hires.count == Self.hires)

        try await withThrowingTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for (number, hire) in hires.enumerated() where number % 4 == writer {
                        try await record(hire, at: scene, token: Self.token)
                    }
                }
            }
            group.addTask { try await scene.killAll() }
            try await group.waitForAll()
        }
        try await scene.deliverEverything()
        try await check(scene, hires)
        scene.end()
        let books = try await RunningVouch.command(["books"], data: folder)
        #expect(books.status == 0, "\(books.output)")
    }

    private func check(_ scene: CrashScene, _ hires: [Int64]) async throws {
        let recorded = try await scene.number(
            "SELECT count(*) FROM hire WHERE id = ANY (\(hires)) AND state = 'recorded'")
        #expect(recorded == Int64(hires.count))
        let wins = try await scene.number(
            """
            SELECT count(*) FROM outbox WHERE topic = 'commission.won'
                AND (payload ->> 'hire')::bigint = ANY (\(hires))
            """)
        #expect(wins == Int64(hires.count))
        #expect(
            try await scene.number("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") == 0)
        let told = try await scene.ids(
            """
            SELECT id FROM outbox WHERE delivered_at > created_at
                AND topic IN ('commission.won', 'hire.recorded')
            """)
        var contents: [String: Set<String>] = [:]
        for mail in try scene.post.taken() {
            contents[mail.field("Message-ID") ?? "", default: []].insert(mail.content)
        }
        for id in told {
            // A repeat after a crash is the same to the byte.
            let versions = contents["<outbox-\(id).vouch@example.com>"] ?? []
            #expect(versions.count == 1, "\(versions.joined(separator: "\n======\n"))")
        }
        #expect(told.count == 3 * hires.count)
    }
}

/// Records a hire until that is acknowledged, each time under the same key.
private func record(_ hire: Int64, at scene: CrashScene, token: String) async throws {
    let fields = [
        "Content-Type": "application/json", "Authorization": "Bearer \(token)",
        "Idempotency-Key": "crash-\(hire)",
    ]
    try await waitUntil("hire \(hire) is recorded") {
        let url = scene.address.appending(path: "api/v1/admin/hires/\(hire)/record")
        guard
            let answer = try? await PlainHTTP.request(
                "POST", url, fields: fields, body: Data("{}".utf8))
        else { return false }
        if answer.status == 503 { return false }
        guard (200...201).contains(answer.status) else {
            throw Missing(description: "\(hire): \(answer.status) \(answer.text)")
        }
        // Slowly enough that the kills fall between them.
        try await Task.sleep(for: .milliseconds(100))
        return true
    }
}

import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// The database stands still and is killed, and the program is killed while it keeps applications and
/// while it brings them in: each that had a receipt is there once.
@Suite(.serialized, .timeLimit(.minutes(10))) struct SpoolCrashTests {
    private static let writers = 3
    private static let perWriter = 12

    @Test func `what had a receipt is in the database once, whatever was killed`() async throws {
        let folder = try makeFolder("vouch spool")
        defer { try? FileManager.default.removeItem(at: folder) }
        let loaded = try await RunningVouch.command(["demo", "--jobs", "40"], data: folder)
        try #require(loaded.status == 0, "\(loaded.output)")
        // Shorter than by default, so that a database that stands still is found too slow soon.
        let scene = try await SpoolScene(
            folder: folder, environment: ["VOUCH_DATABASE_DEADLINE": "500ms"])
        let slug = try await scene.aJob()

        let acknowledged = try await withThrowingTaskGroup(of: [Acknowledged].self) { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    var all: [Acknowledged] = []
                    for number in 0..<Self.perWriter {
                        all.append(
                            try await scene.apply(
                                slug, "writer\(writer).\(number)@load.test"))
                    }
                    return all
                }
            }
            // While they write: the database stands still, then dies, and the program with it.
            group.addTask {
                try await scene.pauseDatabase()
                try await scene.waitUntilSomethingIsKept()
                try await scene.crashAndRestart()
                try scene.killDatabase()
                try await scene.crashAndRestart()
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(acknowledged.count == Self.writers * Self.perWriter)
        #expect(acknowledged.contains { $0.isKept }, "nothing was kept, so nothing is shown")
        // While it is brought in.
        for _ in 0..<3 { try await scene.crashAndRestart() }
        for one in acknowledged {
            try await waitUntil("the application of \(one.email) is in") {
                try await scene.hasArrived(one)
            }
        }
        for one in acknowledged {
            let email = one.email
            let count = try await scene.number(
                "SELECT count(*) FROM introduction WHERE email_folded = \(email)")
            #expect(count == 1, "\(email)")
        }
        scene.end()
    }
}

/// An application that the program has said is safe.
struct Acknowledged: Sendable {
    let email: String
    /// The path of its page, or of its receipt.
    let path: String
    let isKept: Bool
}

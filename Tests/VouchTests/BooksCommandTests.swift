import Foundation
import Testing

/// `vouch books` on the demo data, while the program serves them.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BooksCommandTests {
    @Test func `the books of the demo data balance, and the command says so`() async throws {
        let folder = try makeFolder("vouch data")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (loaded, text) = try await RunningVouch.command(["demo"], data: folder)
        #expect(loaded == 0, "\(text)")
        let (status, output) = try await RunningVouch.command(["books"], data: folder)
        #expect(status == 0, "\(output)")
        #expect(output.contains("The books balance."))
        #expect(output.contains("EUR"))
        #expect(!output.contains("OFF"))
    }
}

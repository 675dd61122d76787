import Domain
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Site

/// Whoever leaves before the answer costs the database nothing more.
@Suite struct LeavingTests {
    @Test func `the statement of somebody who left is ended in the database`() async throws {
        try await withDatabase(settings: {
            // No deadline ends it instead.
            $0.readDeadline = .seconds(600)
            $0.deadline = .seconds(600)
            $0.statementTimeout = .seconds(600)
        }) { database in
            let passwords = PasswordWorker(cost: .trivial)
            defer { passwords.stop() }
            let site = TestSite(database, passwords)
            let browser = Browser(site)
            try await browser.signUpAffiliate()
            let ask = browser.asking(.get("/affiliate"))
            try await database.transaction { holder in
                try await holder.execute("LOCK TABLE introduction IN ACCESS EXCLUSIVE MODE")
                func waitingCount() async throws -> Int {
                    try await holder.first(
                        """
                        SELECT count(*) FROM pg_locks
                        WHERE relation = 'introduction'::regclass AND NOT granted
                        """
                    ) { row in try row.next(Int.self) } ?? 0
                }
                let visit = Task(executorPreference: database.loop) { try await site.send(ask) }
                #expect(
                    try await eventually(on: database.loop) { try await waitingCount() > 0 })
                visit.cancel()
                #expect(try await visit.value.status == 503)
                #expect(
                    try await eventually(on: database.loop) { try await waitingCount() == 0 })
            }
            #expect(try await site.send(ask).status == 200)
            await site.site.close()
        }
    }
}

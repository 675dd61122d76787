import Domain
import Postgres
import Store
import TestSupport
import Testing

@testable import Demo

@Suite struct `Demo data` {
    @Test func `four hundred jobs are loaded in every state, with their books balanced`()
        async throws
    {
        try await withDatabase { database in
            let summary = try await load(into: database)

            #expect(summary.companies == 40)
            #expect(summary.jobs == 400)
            #expect(summary.affiliates == 25)
            #expect((600...660).contains(summary.candidates))
            #expect(summary.hires >= 20)
            let states = try await count("state", of: "job", in: database)
            #expect(Set(states.keys) == Set(JobState.allCases.map(\.rawValue)))
            #expect(states["published", default: 0] > 250)
            let stages = try await count("stage", of: "introduction", in: database)
            #expect(Set(stages.keys) == Set(Stage.allCases.map(\.rawValue)))
            let report = try await Store(database: database).books.check()
            #expect(report.isBalanced)
            #expect(report.transfers > summary.hires)
            let expired: SQL = """
                SELECT count(*) FROM job WHERE state = 'published' AND valid_through < \(today)
                """
            #expect(try await number(expired, in: database) > 5)
        }
    }

    @Test func `two loads on one day make the same rows`() async throws {
        let first = try await withDatabase { database in
            try await load(into: database, jobs: 60)
            return try await fingerprint(of: database)
        }
        let second = try await withDatabase { database in
            try await load(into: database, jobs: 60, now: now.adding(seconds: 7000))
            return try await fingerprint(of: database)
        }

        #expect(first.count > 500)
        #expect(first == second)
    }

    @Test func `another seed makes other rows`() async throws {
        let titles = try await withDatabase { database in
            try await load(into: database, jobs: 40)
            return try await fingerprint(of: database)
        }
        let others = try await withDatabase { database in
            try await load(into: database, jobs: 40, seed: 7)
            return try await fingerprint(of: database)
        }

        #expect(titles != others)
    }

    @Test func `a database with anybody in it is refused and left alone`() async throws {
        try await withDatabase { database in
            try await load(into: database, jobs: 20)
            let before = try await fingerprint(of: database)

            await #expect(throws: DemoError.databaseNotEmpty) {
                try await load(into: database, jobs: 20)
            }
            let again = try await DemoData.loadIfEmpty(
                database, jobs: 20, passwordHash: "scrypt$demo", now: now)
            #expect(again == nil)
            #expect(try await fingerprint(of: database) == before)
        }
    }

    @Test func `a number of jobs that cannot be made is refused`() async throws {
        try await withDatabase { database in
            _ = await #expect(throws: DemoError.jobsOutOfRange(3)) {
                try await load(into: database, jobs: 3)
            }
        }
    }

    @Test func `two thousand jobs have more companies and candidates, and report how far they are`()
        async throws
    {
        try await withDatabase { database in
            let seen = Seen()
            let summary = try await DemoData.load(
                into: database, jobs: 2000, passwordHash: "scrypt$demo", now: now
            ) { progress in seen.add(progress) }

            #expect(summary.jobs == 2000)
            #expect(summary.companies == 56)
            #expect(summary.candidates >= 1400)
            #expect(try await Store(database: database).books.check().isBalanced)
            #expect(Set(seen.all.map(\.step)) == Set(DemoProgress.Step.allCases))
            let last = seen.all.last { $0.step == .jobs }
            #expect(last == DemoProgress(step: .jobs, done: 2000, total: 2000))
        }
    }

    @Test func `nothing that was loaded is news to be mailed`() async throws {
        try await withDatabase { database in
            try await load(into: database, jobs: 40)

            let waiting = try await Store(database: database).outbox.waiting()
            #expect(waiting.isEmpty)
        }
    }

    /// What every row says, without the keys that the database gave.
    private func fingerprint(of database: Database) async throws -> [String] {
        try await database.query(
            """
            SELECT slug || title || description || state || valid_through || created_at FROM job
            UNION ALL SELECT slug || name || about FROM company
            UNION ALL SELECT email || name || password_hash FROM account
            UNION ALL SELECT code || channel || created_at FROM link
            UNION ALL SELECT receipt || stage || message || created_at FROM introduction
            UNION ALL SELECT email || name || coalesce(phone, '') FROM candidate
            UNION ALL SELECT file_name || md5(bytes) FROM cv
            UNION ALL SELECT amount || currency || due_on || state FROM commission
            UNION ALL SELECT clicks || ' ' || day FROM link_click
            ORDER BY 1
            """
        ) { row in try row.next(String.self) }
    }

    private func count(
        _ column: StaticString, of table: StaticString, in database: Database
    ) async throws -> [String: Int] {
        let rows = try await database.query(
            "SELECT \(raw: column), count(*) FROM \(raw: table) GROUP BY 1"
        ) { row in (try row.next(String.self), try row.next(Int.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

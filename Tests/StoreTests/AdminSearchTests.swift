import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Finding things again` {
    /// The kinds in which something is found, with how much.
    private func find(_ text: String, _ people: People) async throws -> [AdminSearch.Kind: Int] {
        let question = try #require(try SearchQuestion(text))
        let groups = try await people.store.adminSearch.find(question)
        return Dictionary(uniqueKeysWithValues: groups.map { ($0.kind, $0.hits.count) })
    }

    private static func paid(_ people: People) async throws {
        let hire = try await people.record(try await people.introduction())
        try await people.decide(.approve, hire.commissions.map(\.id))
        try await people.payTo()
        try await people.payAll(at: People.now)
    }

    @Test func `people, jobs, hires, payouts and invoices are found by what is known of them`()
        async throws
    {
        try await withPeople { people in
            try await Self.paid(people)
            let expected: [(String, [AdminSearch.Kind: Int])] = [
                ("ionescu mih", [.candidates: 1, .hires: 1]),
                ("IONÉSCU", [.candidates: 1, .hires: 1]),
                ("MIHAI@exam", [.candidates: 1, .hires: 1]),
                ("ana@example.com", [.accounts: 1, .payouts: 1]),
                ("atelier", [.companies: 1]),
                ("developer sw", [.jobs: 1]),
                ("3000", [.accounts: 1, .payouts: 1]),
                ("0532 0130 00", [.accounts: 1, .payouts: 1]),
                ("VOUCH-P1", [.payouts: 1]),
                ("V20260000001", [.invoices: 1]),
                ("nobody at all", [:]),
            ]
            for (text, found) in expected {
                #expect(try await find(text, people) == found, "\(text)")
            }
            let one = try await find("1", people)
            #expect(one[.hires] == 1 && one[.payouts] == 1 && one[.companies] == 1)
            let reference = try #require(
                try await people.store.database.queryFirst("SELECT reference FROM invoice") {
                    row in try row.next(String.self)
                })
            #expect(try await find(reference, people)[.invoices] == 1)
        }
    }

    @Test func `letters of Romania and elsewhere are found without their marks`() async throws {
        try await withPeople { people in
            try await people.store.database.execute(
                "UPDATE account SET name = 'Ștefăniță Țîrlea-Weiß Łukasz' WHERE role = 'admin'")
            for text in ["stefanita", "ȘTEFĂN", "tirlea", "Ţîrl", "weiss", "lukasz"] {
                #expect(try await find(text, people)[.accounts] == 1, "\(text)")
            }
        }
    }

    @Test(arguments: [
        "%", "_", "%%%", "zz%", "\\", "' OR 1=1 --", "a:* & b", "!!!", "&|", "*", "(", "<script>",
        "😀😀😀", "%_%@%", "\\%\\_",
    ])
    func `nothing in a question is read as a pattern or an operator`(text: String) async throws {
        try await withPeople { people in
            let found = try await find(text, people)
            #expect(found.isEmpty)
        }
    }

    @Test func `no more than a few of each kind are read`() async throws {
        try await withPeople { people in
            try await people.store.database.execute(
                """
                INSERT INTO company (slug, name, created_at, updated_at)
                SELECT 'c-' || n, 'Atelier ' || n, \(People.now), \(People.now)
                FROM generate_series(1, 60) n
                """)
            let question = try #require(try SearchQuestion("atelier"))
            let groups = try await people.store.adminSearch.find(question)
            #expect(groups.map(\.kind) == [.companies])
            #expect(groups.first?.hits.count == AdminSearch.hitsMax)
            #expect(groups.first?.hasMore == true)
        }
    }
}

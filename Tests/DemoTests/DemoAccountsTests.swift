import Domain
import Postgres
import Store
import TestSupport
import Testing

@testable import Demo

@Suite struct `The demo accounts` {
    @Test func `the company has candidates in every stage and one hire waiting for the admin`()
        async throws
    {
        try await withDatabase { database in
            try await load(into: database)
            let store = Store(database: database)
            let company = try await account(.company, store)
            let id = try #require(company.principal.company)

            let jobs = try await store.jobs.list(of: id, limit: PageLimit(clamping: 50))
            #expect(jobs.items.count == Showcase.company + 9)
            let first = try #require(jobs.items.first { $0.job.offer.commission == .euros(500) })
            #expect(first.job.state == .published)
            let stages = Set(first.candidates.keys)
            #expect(stages == Set(Stage.allCases).subtracting([.unconfirmed]))
            let waiting = try await store.hires.reported(limit: PageLimit(clamping: 100))
            #expect(waiting.items.count { $0.companyName.text == "Carpat Digital" } == 1)
            let desk = try await store.desks.company(id, today: today)
            #expect(desk.newCandidates > 3)
            #expect(!desk.owed.isEmpty)
        }
    }

    @Test func `the affiliate has links, introductions and two won commissions, one of 500 EUR`()
        async throws
    {
        try await withDatabase { database in
            try await load(into: database)
            let store = Store(database: database)
            let affiliate = try await account(.affiliate, store)
            let id = try #require(affiliate.principal.affiliate)

            let links = try await store.links.list(of: id)
            #expect(links.items.count > 5)
            #expect(links.items.contains { $0.clicks > 0 && $0.introductions > 0 })
            let commissions = try await store.commissions.list(of: id, today: today)
            #expect(commissions.items.count >= 4)
            #expect(commissions.items.contains { $0.explanation.amount == .euros(500) })
            #expect(Set(commissions.items.map(\.explanation.amount.currency)) == [.eur, .ron])
            let balances = try await store.commissions.balances(of: id, today: today)
            #expect(balances.contains { $0.next != nil })
            let stages = try await store.introductions.list(of: id).items.map(\.stage)
            #expect(Set(stages).count > 4)
        }
    }

    @Test func `the admin finds reported hires and companies to look at`() async throws {
        try await withDatabase { database in
            try await load(into: database)
            let store = Store(database: database)
            let admin = try await account(.admin, store)

            #expect(admin.role == .admin)
            let queue = try await store.adminQueue.parts(today: today)
            #expect(queue.first { $0.kind == .hires }.map { $0.count >= 1 } == true)
            #expect(queue.first { $0.kind == .companies }?.count == 3)
            let flagged = try await number("SELECT count(*) FROM self_dealing", in: database)
            #expect(flagged == 1)
        }
    }

    @Test func `all three sign in with the hash that was given`() async throws {
        try await withDatabase { database in
            try await load(into: database, jobs: 20)
            let store = Store(database: database)

            for account in DemoAccount.allCases {
                let credentials = try await store.accounts.credentials(
                    for: EmailAddress(account.email))
                #expect(credentials?.passwordHash == "scrypt$demo")
                #expect(credentials?.account.role.rawValue == account.rawValue)
                #expect(credentials?.account.isConfirmed == true)
            }
        }
    }

    private func account(_ account: DemoAccount, _ store: Store) async throws -> Account {
        let credentials = try await store.accounts.credentials(
            for: EmailAddress(account.email))
        return try #require(credentials).account
    }
}

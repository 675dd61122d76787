import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// Letting admins in and shutting them out.
@Suite struct `Admins and invitations` {
    private static func invite(
        _ people: People, _ email: String, by account: Account? = nil, at now: Instant = People.now
    ) async throws -> MailToken {
        let token = MailToken(random: Random.bytes(26))
        let new = try Store.new(email)
        try await people.store.write { transaction in
            try await people.store.admins.invite(
                new, token, by: (account ?? people.admin).principal, at: now, in: transaction)
        }
        return token
    }

    private static func accept(
        _ token: MailToken, _ people: People, at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.admins.accept(
                token, passwordHash: "scrypt$own", at: now, in: transaction)
        }
    }

    private static func disable(
        _ id: AccountID, _ people: People, by account: Account
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.admins.disable(
                id, by: account.principal, at: People.now, in: transaction)
        }
    }

    private static func second(_ people: People) async throws -> Account {
        try await accept(try await invite(people, "two@example.com"), people)
        let found = try await people.store.accounts.credentials(
            for: EmailAddress("two@example.com"))
        guard let account = found?.account else { throw TestFailure("no second admin") }
        return account
    }

    private static func states(_ people: People) async throws -> [Admins.State] {
        try await people.store.admins.list().map(\.state)
    }

    @Test func `who is invited becomes an admin by the link, once`() async throws {
        try await withPeople { people in
            let token = try await Self.invite(people, "two@example.com")
            #expect(try await Self.states(people) == [.active, .invited])
            let before = try await people.store.accounts.credentials(
                for: EmailAddress("two@example.com"))
            #expect(before?.passwordHash == AccountLock.noPassword)

            try await Self.accept(token, people)

            #expect(try await Self.states(people) == [.active, .active])
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.accept(token, people)
            }
            let audit = try await people.store.audit.list().items.map(\.action)
            #expect(audit.contains("account.admin_invited"))
            #expect(audit.contains("account.admin_accepted"))
        }
    }

    @Test func `an invitation works for three days, and a newer one voids it`() async throws {
        try await withPeople { people in
            let first = try await Self.invite(people, "two@example.com")
            let second = try await Self.invite(people, "two@example.com")
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.accept(first, people)
            }
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.accept(second, people, at: People.now.adding(days: 3))
            }
            #expect(try await Self.states(people) == [.active, .invited])
        }
    }

    @Test func `who is invited gets no link to set a password, and no news`() async throws {
        try await withPeople { people in
            _ = try await Self.invite(people, "two@example.com")
            let isSent = try await people.store.write { transaction in
                try await people.store.passwordResets.send(
                    MailToken(random: Random.bytes(26)), to: EmailAddress("two@example.com"),
                    at: People.now, in: transaction)
            }
            #expect(!isSent)
            try await people.store.write { transaction in
                try await Outbox.add(
                    .hireReported, to: .admin, about: "test", payload: JSONObject(),
                    at: People.now, in: transaction)
            }
            let claims = try await people.store.outbox.claim(
                limit: 10, at: People.now, leaseSeconds: 60)
            let news = claims.first { $0.topic == "hire.reported" }
            #expect(news?.recipients.map(\.text) == ["admin@example.com"])
        }
    }

    @Test func `only admins invite, and nobody who has an account`() async throws {
        try await withPeople { people in
            await #expect(throws: DomainError.forbidden) {
                _ = try await Self.invite(people, "two@example.com", by: people.company)
            }
            for email in ["ana@example.com", "ADMIN@example.com"] {
                await #expect(throws: DomainError.duplicate(.email)) {
                    _ = try await Self.invite(people, email)
                }
            }
        }
    }

    @Test func `an admin who is disabled is out at once, and comes back only by invitation`()
        async throws
    {
        try await withPeople { people in
            let store = people.store
            let second = try await Self.second(people)
            let hash = Random.bytes(32)
            let session = try await store.write { transaction in
                _ = try await store.tokens.create(
                    try TokenName("laptop"), hash: hash, for: second.id, at: People.now,
                    in: transaction)
                return try await store.sessions.open(
                    for: second.principal, at: People.now, in: transaction)
            }
            for _ in 0..<2 { try await Self.disable(second.id, people, by: people.admin) }
            #expect(try await Self.states(people) == [.active, .disabled])
            #expect(try await store.sessions.find(session.id, at: People.now) == nil)
            #expect(try await store.accounts.credentials(for: second.email) == nil)
            await #expect(throws: DomainError.forbidden) {
                _ = try await Self.invite(people, "three@example.com", by: second)
            }
            let disabled: SQL =
                "SELECT count(*) FROM audit WHERE action = 'account.admin_disabled'"
            #expect(try await store.count(disabled) == 1)

            try await Self.accept(try await Self.invite(people, "two@example.com"), people)

            #expect(try await Self.states(people) == [.active, .active])
            let token = try await store.tokens.find(hash: hash)
            #expect(token == nil)
        }
    }

    @Test func `nobody disables themselves, nor the last one`() async throws {
        try await withPeople { people in
            _ = try await Self.invite(people, "three@example.com")
            await #expect(throws: DomainError.conflict(.lastAdmin)) {
                try await Self.disable(people.admin.id, people, by: people.admin)
            }
            _ = try await Self.second(people)
            await #expect(throws: DomainError.conflict(.ownAccount)) {
                try await Self.disable(people.admin.id, people, by: people.admin)
            }
            await #expect(throws: DomainError.notFound(.account)) {
                try await Self.disable(people.company.id, people, by: people.admin)
            }
        }
    }

    @Test func `of two who disable each other at once, one is left`() async throws {
        try await withPeople { people in
            let second = try await Self.second(people)
            let pairs = [(people.admin, second), (second, people.admin)]
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for (actor, target) in pairs {
                    group.addTask(executorPreference: people.store.database.loop) {
                        do {
                            try await Self.disable(target.id, people, by: actor)
                            return true
                        } catch DomainError.forbidden {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            #expect(try await Self.states(people).filter { $0 == .active }.count == 1)
        }
    }
}

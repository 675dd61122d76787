import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// The links in mails: once, in time, for their purpose, and of two at once one.
@Suite struct `Mailed links` {
    private static func token() -> MailToken { MailToken(random: Random.bytes(26)) }

    private static func reset(_ people: People, at now: Instant = People.now) async throws
        -> MailToken
    {
        let token = token()
        let isSent = try await people.store.write { transaction in
            try await people.store.passwordResets.send(
                token, to: people.affiliate.email, at: now, in: transaction)
        }
        guard isSent else { throw TestFailure("not sent") }
        return token
    }

    private static func finish(
        _ token: MailToken, _ people: People, at now: Instant = People.now
    ) async throws {
        try await people.store.write { transaction in
            try await people.store.passwordResets.finish(
                token, passwordHash: "scrypt$new", at: now, in: transaction)
        }
    }

    private static func send(_ people: People, to account: Account? = nil) async throws -> MailToken
    {
        let token = token()
        try await people.store.write { transaction in
            try await people.store.addresses.send(
                token, for: (account ?? people.company).id, at: People.now, in: transaction)
        }
        return token
    }

    private static func confirm(
        _ token: MailToken, _ people: People, at now: Instant = People.now
    ) async throws -> AccountID {
        try await people.store.write { transaction in
            try await people.store.addresses.confirm(token, at: now, in: transaction)
        }
    }

    private static func change(_ people: People, to address: String) async throws -> MailToken {
        let token = token()
        let address = try EmailAddress(address)
        try await people.store.write { transaction in
            try await people.store.addresses.change(
                to: address, token, for: people.company.id, at: People.now, in: transaction)
        }
        return token
    }

    @Test func `a token is kept as its hash only`() async throws {
        try await withPeople { people in
            let token = try await Self.reset(people)
            let kept = try await people.store.database.queryFirst(
                "SELECT encode(token_hash, 'escape') FROM mail_token"
            ) { row in try row.next(String.self) }
            #expect(kept?.contains(token.text) == false)
        }
    }

    @Test func `a link sets a password once`() async throws {
        try await withPeople { people in
            let token = try await Self.reset(people)
            try await Self.finish(token, people)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.finish(token, people)
            }
            let found = try await people.store.accounts.credentials(for: people.affiliate.email)
            #expect(found?.passwordHash == "scrypt$new")
        }
    }

    @Test func `a link that sets a password works for an hour`() async throws {
        try await withPeople { people in
            let token = try await Self.reset(people)
            let end = People.now.adding(seconds: MailPurpose.resetPassword.lifetimeSeconds)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.finish(token, people, at: end)
            }
            try await Self.finish(token, people, at: end.adding(seconds: -1))
        }
    }

    @Test func `a newer link voids the one before`() async throws {
        try await withPeople { people in
            let first = try await Self.reset(people)
            let second = try await Self.reset(people)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.finish(first, people)
            }
            try await Self.finish(second, people)
        }
    }

    @Test func `a link for one purpose is nothing for another`() async throws {
        try await withPeople { people in
            let reset = try await Self.reset(people)
            let confirmation = try await Self.send(people)
            await #expect(throws: DomainError.notFound(.mailedLink)) {
                _ = try await Self.confirm(reset, people)
            }
            await #expect(throws: DomainError.notFound(.mailedLink)) {
                try await Self.finish(confirmation, people)
            }
            await #expect(throws: DomainError.notFound(.mailedLink)) {
                try await people.store.mailTokens.find(reset, for: .acceptInvitation)
            }
            // Neither was used up by the wrong door.
            try await Self.finish(reset, people)
            #expect(try await Self.confirm(confirmation, people) == people.company.id)
        }
    }

    @Test func `of two that use a link at once, one does`() async throws {
        try await withPeople { people in
            let token = try await Self.reset(people)
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask(executorPreference: people.store.database.loop) {
                        do {
                            try await Self.finish(token, people)
                            return true
                        } catch DomainError.gone(.mailedLink) {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            let told: SQL =
                "SELECT count(*) FROM outbox WHERE topic = 'account.password_changed'"
            #expect(try await people.store.count(told) == 1)
        }
    }

    @Test func `beyond the bound of a day no link is mailed, and nobody is told`() async throws {
        try await withPeople { people in
            for _ in 0..<MailedLinkPolicy.resetsMax { _ = try await Self.reset(people) }
            let token = Self.token()
            let isSent = try await people.store.write { transaction in
                try await people.store.passwordResets.send(
                    token, to: people.affiliate.email, at: People.now, in: transaction)
            }
            #expect(!isSent)
            _ = try await Self.reset(people, at: People.now.adding(days: 1))
        }
    }

    @Test func `an address is confirmed by its link, and once more by the same`() async throws {
        try await withPeople { people in
            let token = try await Self.send(people)
            #expect(try await people.store.accounts.find(people.company.id)?.isConfirmed == false)
            for _ in 0..<2 {
                #expect(try await Self.confirm(token, people) == people.company.id)
            }
            #expect(try await people.store.accounts.find(people.company.id)?.isConfirmed == true)
            // Nothing is left to confirm.
            _ = try await Self.send(people)
            let sent: SQL = "SELECT count(*) FROM outbox WHERE topic = 'account.confirm_address'"
            #expect(try await people.store.count(sent) == 1)
        }
    }

    @Test func `a link that confirms works for three days`() async throws {
        try await withPeople { people in
            let token = try await Self.send(people)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await Self.confirm(token, people, at: People.now.adding(days: 3))
            }
        }
    }

    @Test func `five links to confirm are mailed in a day`() async throws {
        try await withPeople { people in
            for _ in 0..<MailedLinkPolicy.confirmationsMax { _ = try await Self.send(people) }
            let expected = DomainError.tooMany(.confirmations, retryAfterSeconds: 86_400)
            await #expect(throws: expected) { _ = try await Self.send(people) }
        }
    }

    @Test func `another address counts when its link is followed, and the old one hears of it`()
        async throws
    {
        try await withPeople { people in
            let old = people.company.email
            let first = try await Self.send(people)
            let token = try await Self.change(people, to: "new@example.com")
            #expect(try await people.store.accounts.find(people.company.id)?.email == old)
            // The link to the old address would bring it back.
            await #expect(throws: DomainError.gone(.mailedLink)) {
                _ = try await Self.confirm(first, people)
            }
            _ = try await Self.confirm(token, people)
            let found = try await people.store.accounts.find(people.company.id)
            #expect(found?.email.text == "new@example.com")
            #expect(found?.isConfirmed == true)
            let told: SQL = """
                SELECT count(*) FROM outbox WHERE topic = 'account.address_changed'
                    AND payload ->> 'address' = \(old.text) AND account_id = \(people.company.id)
                """
            #expect(try await people.store.count(told) == 1)
        }
    }

    @Test func `an address that somebody else has is refused, at the end too`() async throws {
        try await withPeople { people in
            await #expect(throws: DomainError.duplicate(.email)) {
                _ = try await Self.change(people, to: "ANA@example.com")
            }
            let token = try await Self.change(people, to: "late@example.com")
            _ = try await people.store.signUp(affiliate: "late@example.com")
            await #expect(throws: DomainError.duplicate(.email)) {
                _ = try await Self.confirm(token, people)
            }
        }
    }

    @Test func `a link to the address before sets no password any more`() async throws {
        try await withPeople { people in
            let reset = Self.token()
            _ = try await people.store.write { transaction in
                try await people.store.passwordResets.send(
                    reset, to: people.company.email, at: People.now, in: transaction)
            }
            _ = try await Self.confirm(
                try await Self.change(people, to: "new@example.com"), people)
            await #expect(throws: DomainError.gone(.mailedLink)) {
                try await Self.finish(reset, people)
            }
        }
    }

    @Test func `a new password ends sessions, and names the tokens that go on`() async throws {
        try await withPeople { people in
            let store = people.store
            let session = try await store.write { transaction in
                _ = try await store.tokens.create(
                    try TokenName("laptop"), hash: Random.bytes(32), for: people.affiliate.id,
                    at: People.now, in: transaction)
                return try await store.sessions.open(
                    for: people.affiliate.principal, at: People.now, in: transaction)
            }
            try await Self.finish(try await Self.reset(people), people)
            let live = try await store.sessions.find(session.id, at: People.now)
            #expect(live == nil)
            let told: SQL = """
                SELECT count(*) FROM outbox WHERE topic = 'account.password_changed'
                    AND payload ->> 'api_tokens' = 'laptop'
                """
            #expect(try await store.count(told) == 1)
            #expect(try await store.tokens.list(of: people.affiliate.id).count == 1)
        }
    }

    @Test func `where an affiliate is paid needs a confirmed address`() async throws {
        try await withPeople { people in
            try await people.store.database.execute(
                "UPDATE account SET email_confirmed_at = NULL WHERE id = \(people.affiliate.id)")
            let details = PayoutDetails(
                holder: try AccountHolder("Ana Pop"), iban: try IBAN("RO49AAAA1B31007593840000"),
                country: .romania, taxID: try TaxID("1234567"))
            await #expect(throws: DomainError.conflict(.addressNotConfirmed)) {
                _ = try await people.store.write { transaction in
                    try await people.store.payoutAccounts.set(
                        details, by: people.affiliate.principal, at: People.now, in: transaction)
                }
            }
        }
    }

    @Test func `tokens are forgotten two days after their end`() async throws {
        try await withPeople { people in
            _ = try await Self.reset(people)
            let end = People.now.adding(seconds: 3_600).adding(days: 2)
            #expect(try await people.store.mailTokens.purge(at: end) == 0)
            #expect(try await people.store.mailTokens.purge(at: end.adding(seconds: 1)) == 1)
        }
    }
}

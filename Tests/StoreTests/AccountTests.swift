import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Accounts of people` {
    @Test func `an address signs up once, in whatever case`() async throws {
        try await withPeople { people in
            await #expect(throws: DomainError.duplicate(.email)) {
                try await people.store.signUp(affiliate: "Firma@Example.com")
            }
            let affiliates = try await people.store.count("SELECT count(*) FROM affiliate")
            #expect(affiliates == 1)
        }
    }

    @Test func `two companies of one name have two addresses`() async throws {
        try await withPeople { people in
            let other = try await people.store.signUp(
                company: "Atelier Nord", email: "two@example.com")
            let company = try #require(other.principal.company)
            let profile = try #require(try await people.store.companies.find(company))
            #expect(profile.slug.text.hasPrefix("atelier-nord-"))
            let found = try await people.store.companies.find(profile.slug)
            #expect(found == profile)
        }
    }

    @Test func `signing in finds the account by its address`() async throws {
        try await withPeople { people in
            let accounts = people.store.accounts
            let found = try await accounts.credentials(for: EmailAddress("FIRMA@example.com"))
            #expect(found?.account == people.company)
            #expect(found?.passwordHash == "scrypt$test")
            let unknown = try await accounts.credentials(for: EmailAddress("x@example.com"))
            #expect(unknown == nil)
            #expect(try await accounts.find(people.admin.id) == people.admin)
        }
    }

    @Test func `a session lasts two weeks or until it is revoked`() async throws {
        try await withPeople { people in
            let store = people.store
            let session = try await store.write { transaction in
                try await store.sessions.open(
                    for: people.affiliate.principal, at: People.now, in: transaction)
            }
            let live = try await store.sessions.find(session.id, at: People.now)
            #expect(live == session)
            let over = try await store.sessions.find(session.id, at: session.expiresAt)
            #expect(over == nil)
            try await store.write { transaction in
                try await store.sessions.revoke(
                    session.id, of: people.affiliate.id, at: People.now, in: transaction)
            }
            let revoked = try await store.sessions.find(session.id, at: People.now)
            #expect(revoked == nil)
        }
    }

    @Test func `a new password ends every session`() async throws {
        try await withPeople { people in
            let store = people.store
            let session = try await store.write { transaction in
                try await store.sessions.open(
                    for: people.affiliate.principal, at: People.now, in: transaction)
            }
            try await store.write { transaction in
                try await store.accounts.setPasswordHash(
                    "scrypt$new", of: people.affiliate.id, at: People.now, in: transaction)
            }
            let found = try await store.sessions.find(session.id, at: People.now)
            #expect(found == nil)
        }
    }

    @Test func `a token is found by its hash until it is revoked`() async throws {
        try await withPeople { people in
            let store = people.store
            let hash = Random.bytes(32)
            let token = try await store.write { transaction in
                try await store.tokens.create(
                    try TokenName("laptop"), hash: hash, for: people.company.id, at: People.now,
                    in: transaction)
            }
            let found = try await store.tokens.find(hash: hash)
            #expect(found?.principal == people.company.principal)
            try await store.tokens.touch(token.id, on: People.today)
            let listed = try await store.tokens.list(of: people.company.id)
            #expect(listed.map(\.lastUsedOn) == [People.today])
            await #expect(throws: DomainError.notFound(.token)) {
                try await store.write { transaction in
                    try await store.tokens.revoke(
                        token.id, of: people.affiliate.id, at: People.now, in: transaction)
                }
            }
            try await store.write { transaction in
                try await store.tokens.revoke(
                    token.id, of: people.company.id, at: People.now, in: transaction)
            }
            let revoked = try await store.tokens.find(hash: hash)
            #expect(revoked == nil)
            #expect(try await store.tokens.list(of: people.company.id).isEmpty)
        }
    }

    @Test func `an account has so many tokens and no more`() async throws {
        try await withPeople { people in
            let store = people.store
            let create = { @Sendable in
                _ = try await store.write { transaction in
                    try await store.tokens.create(
                        try TokenName("laptop"), hash: Random.bytes(32), for: people.company.id,
                        at: People.now, in: transaction)
                }
            }
            for _ in 0..<APITokens.perAccountMax { try await create() }
            await #expect(throws: DomainError.tooMany(.tokens, retryAfterSeconds: 0)) {
                try await create()
            }
        }
    }
}

@Suite struct `Tries to sign in` {
    @Test func `an account's tries are used up and come back with the next window`() async throws {
        try await withPeople { people in
            let tries = people.store.signInTries
            let email = people.company.email
            for number in 0..<SignInPolicy.triesPerAccountMax {
                try await tries.begin(
                    email: email, addressPrefix: "10.0.\(number).0/24", at: People.now)
            }
            let later = People.now.adding(seconds: 100)
            let expected = DomainError.tooMany(.signInsOfAccount, retryAfterSeconds: 800)
            await #expect(throws: expected) {
                try await tries.begin(email: email, addressPrefix: "10.1.0.0/24", at: later)
            }
            let next = People.now.adding(seconds: SignInPolicy.windowSeconds)
            try await tries.begin(email: email, addressPrefix: "10.1.0.0/24", at: next)
        }
    }

    @Test func `an address over its bound touches no account`() async throws {
        try await withPeople { people in
            let tries = people.store.signInTries
            for number in 0..<SignInPolicy.triesPerAddressMax {
                let email = try EmailAddress("someone\(number)@example.com")
                try await tries.begin(email: email, addressPrefix: "10.0.0.0/24", at: People.now)
            }
            let expected = DomainError.tooMany(.signInsOfAddress, retryAfterSeconds: 900)
            await #expect(throws: expected) {
                try await tries.begin(
                    email: people.company.email, addressPrefix: "10.0.0.0/24", at: People.now)
            }
            let counted: SQL = "SELECT count(*) FROM sign_in_failure WHERE scope = 'account'"
            #expect(
                try await people.store.count(counted) == SignInPolicy.triesPerAddressMax)
            #expect(
                try await tries.purge(
                    at: People.now.adding(seconds: SignInPolicy.windowSeconds)) > 0)
        }
    }

    @Test func `the owner's own try does not count`() async throws {
        try await withPeople { people in
            let tries = people.store.signInTries
            for _ in 0..<100 {
                try await tries.begin(
                    email: people.company.email, addressPrefix: "10.0.0.0/24", at: People.now)
                try await tries.succeeded(
                    email: people.company.email, addressPrefix: "10.0.0.0/24")
            }
        }
    }
}

import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Applying` {
    @Test func `through a link it belongs to the affiliate and the present terms`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let link = try await people.link(to: job, channel: "blog")
            let cv = try CVFile(name: "cv.pdf", bytes: Array("%PDF-1.7 hello".utf8))
            let outcome = try await people.apply(to: job, via: link, cv: cv)

            let id = try accepted(outcome)
            let store = people.store
            let candidate = try await store.candidates.find(id, for: people.company.principal)
            #expect(candidate.summary.affiliateName?.text == "Ana Pop")
            #expect(candidate.summary.hasCV)
            #expect(candidate.offer.commission == .euros(500))
            #expect(candidate.steps.map(\.to) == [.submitted])
            #expect(try await store.candidates.cv(of: id, for: people.company.principal) == cv)
            let mine = try await store.introductions.list(of: people.affiliateID)
            #expect(mine.items.map(\.channel?.text) == ["blog"])
        }
    }

    @Test(arguments: [
        ("MIHAI@example.com", nil, CandidateMatch.email),
        ("other@example.com", "+40 722 123 456", .phone),
    ])
    func `the same person is refused with the reason, and only the second affiliate is told`(
        email: String, phone: String?, match: CandidateMatch
    ) async throws {
        try await withPeople { people in
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let job = try await people.job()
            let first = try await people.link(to: job)
            let second = try await people.link(to: job, for: other)
            _ = try await people.apply(to: job, via: first, phone: "0722123456")

            let outcome = try await people.apply(to: job, via: second, email: email, phone: phone)

            #expect(outcome == .duplicate(match))
            let otherID = try #require(other.principal.affiliate)
            let told = try await people.store.introductions.refusals(of: otherID)
            #expect(told.items.map(\.match) == [match])
            let owner = try await people.store.introductions.refusals(of: people.affiliateID)
            #expect(owner.items.isEmpty)
        }
    }

    @Test func `dots at Gmail do not make two people`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            _ = try await people.apply(to: job, email: "mihai.ionescu@gmail.com")
            let again = try await people.apply(to: job, email: "MihaiIonescu@googlemail.com")
            #expect(again == .duplicate(.email))
        }
    }

    @Test func `sixteen applications of one person at once make one introduction`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let link = try await people.link(to: job)
            let outcomes = try await withThrowingTaskGroup(of: Applications.Outcome.self) {
                group in
                for _ in 0..<16 {
                    group.addTask {
                        try await people.apply(to: job, via: link, phone: "0722123456")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == .duplicate(.email) } == 15)
            #expect(try await people.store.count("SELECT count(*) FROM introduction") == 1)
            #expect(try await people.store.count("SELECT count(*) FROM candidate") == 1)
        }
    }

    @Test func `the same form sent twice gives the same receipt`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let key = "form-0123456789"
            let first = try await people.apply(to: job, key: key)
            #expect(try await people.apply(to: job, key: key) == first)
            #expect(try await people.store.count("SELECT count(*) FROM stage_history") == 1)
            await #expect(throws: DomainError.conflict(.idempotencyKeyReused)) {
                try await people.apply(to: job, email: "else@example.com", key: key)
            }
        }
    }

    @Test func `after 180 days somebody else may bring the same person`() async throws {
        try await withPeople { people in
            let draft = try await people.draft { $0.validThrough = People.today.adding(days: 366) }
            let job = try await people.move(draft, to: .published)
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let first = try await people.link(to: job)
            let second = try await people.link(to: job, for: other)
            _ = try await people.apply(to: job, via: first)
            let early = People.now.adding(days: 179)
            #expect(
                try await people.apply(to: job, via: second, at: early) == .duplicate(.email))
            let late = People.now.adding(days: 180)
            let id = try accepted(try await people.apply(to: job, via: second, at: late))
            let owner = try #require(other.principal.affiliate)
            #expect(try await people.store.introductions.find(id, of: owner).introduction.id == id)
        }
    }

    @Test func `another job of the company stays the affiliate's when the candidate comes alone`()
        async throws
    {
        try await withPeople { people in
            let first = try await people.job("Swift developer")
            let second = try await people.job("Rust developer", euros: 700)
            let link = try await people.link(to: first)
            _ = try await people.apply(to: first, via: link)
            let id = try accepted(try await people.apply(to: second))
            let mine = try await people.store.introductions.find(id, of: people.affiliateID)
            #expect(mine.introduction.isCarriedOver)
            #expect(mine.introduction.offer.commission == .euros(700))
        }
    }

    @Test func `a code that nobody has keeps nobody from applying`() async throws {
        try await withPeople { people in
            let job = try await people.job("Swift developer")
            let elsewhere = try await people.link(to: try await people.job("Rust developer"))
            let id = try accepted(try await people.apply(to: job, via: elsewhere))
            let candidate = try await people.store.candidates.find(
                id, for: people.admin.principal)
            #expect(candidate.summary.affiliateName == nil)
        }
    }

    @Test func `a job that is not open takes nobody`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let paused = try await people.move(job, to: .paused)
            await #expect(throws: DomainError.conflict(.jobNotPublished)) {
                try await people.apply(to: paused)
            }
            let closed = try await people.move(job, to: .closed)
            await #expect(throws: DomainError.gone(.job)) { try await people.apply(to: closed) }
            let draft = try await people.draft()
            await #expect(throws: DomainError.notFound(.job)) {
                try await people.apply(to: draft)
            }
        }
    }

    @Test func `an affiliate who brings themselves is flagged, not refused`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let link = try await people.link(to: job)
            let id = try accepted(
                try await people.apply(to: job, via: link, email: "Ana@example.com"))
            _ = try await people.store.write { transaction in
                try await people.store.hires.report(
                    id, startsOn: People.today, note: Note(stored: ""),
                    by: people.company.principal, at: People.now, in: transaction)
            }
            let queue = try await people.store.hires.reported()
            #expect(queue.items.map(\.flags) == [[.candidateIsAffiliate]])
        }
    }

    @Test func `a later, lower promise does not reach an earlier candidate`() async throws {
        try await withPeople { people in
            let job = try await people.job(euros: 500)
            let link = try await people.link(to: job)
            let early = try accepted(try await people.apply(to: job, via: link))
            let lower = try TermsOffer(commission: .euros(100))
            let store = people.store
            _ = try await store.write { transaction in
                try await store.jobs.edit(
                    job.id, job.details, offer: lower, by: people.company.principal,
                    at: People.now.adding(seconds: 60), in: transaction)
            }
            let late = try accepted(
                try await people.apply(
                    to: job, via: link, email: "late@example.com",
                    at: People.now.adding(seconds: 120)))

            #expect(try await people.record(early).commissions.map(\.amount) == [.euros(500)])
            #expect(try await people.record(late).commissions.map(\.amount) == [.euros(100)])
            #expect(try await store.books.check().isBalanced)
        }
    }
}

@Suite struct `A candidate's own page` {
    @Test func `whoever has the receipt sees the state and withdraws once`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let link = try await people.link(to: job)
            let code = try receipt(try await people.apply(to: job, via: link))
            let store = people.store
            let page = try #require(try await store.receipts.find(code))
            #expect(page.canWithdraw)
            #expect(page.affiliateName?.text == "Ana Pop")
            for _ in 0..<2 {
                try await store.write { transaction in
                    try await store.receipts.withdraw(code, at: People.now, in: transaction)
                }
            }
            let after = try #require(try await store.receipts.find(code))
            #expect(after.stage == .withdrawn)
            #expect(!after.canWithdraw)
            #expect(after.steps.map(\.to) == [.submitted, .withdrawn])
        }
    }

    @Test func `a guessed receipt shows nothing`() async throws {
        try await withPeople { people in
            let code = ReceiptCode(random: Random.bytes(26))
            let found = try await people.store.receipts.find(code)
            #expect(found == nil)
            await #expect(throws: DomainError.notFound(.introduction)) {
                try await people.store.write { transaction in
                    try await people.store.receipts.withdraw(
                        code, at: People.now, in: transaction)
                }
            }
        }
    }
}

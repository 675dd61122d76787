import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `What an affiliate sees` {
    @Test func `a link taken twice is one, and each channel has its own`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let first = try await people.link(to: job, channel: "blog")
            #expect(try await people.link(to: job, channel: "blog") == first)
            #expect(try await people.link(to: job, channel: "forum") != first)
            let target = try #require(try await people.store.links.find(first.code))
            #expect(target.jobSlug == job.slug)
            #expect(target.affiliate == people.affiliateID)
        }
    }

    @Test func `clicks add up by day`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let link = try await people.link(to: job, channel: "blog")
            _ = try await people.apply(to: job, via: link)
            let links = people.store.links
            try await links.add(clicks: [link.id: 3], on: People.today)
            try await links.add(clicks: [link.id: 4], on: People.today)
            try await links.add(clicks: [link.id: 1], on: People.today.adding(days: 1))
            try await links.add(clicks: [:], on: People.today)
            let listed = try await links.list(of: people.affiliateID)
            #expect(listed.items.map(\.clicks) == [8])
            #expect(listed.items.map(\.introductions) == [1])
            #expect(listed.items.map(\.commission) == [.euros(500)])
        }
    }

    @Test func `a job that is over gives no links`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            _ = try await people.move(job, to: .closed)
            await #expect(throws: DomainError.gone(.job)) { try await people.link(to: job) }
        }
    }

    @Test func `a win says how much, why, under which terms and when`() async throws {
        try await withPeople { people in
            let id = try await people.introduction(euros: 501, instalments: "33/67")
            let hire = try await people.record(id)

            let won = try await people.store.commissions.list(
                of: people.affiliateID, today: People.today)
            #expect(won.items.count == 2)
            let last = try #require(won.items.first)
            #expect(last.hire == hire.id)
            #expect(last.explanation.amount == Money(minorUnits: 33_567, currency: .eur))
            #expect(last.explanation.why.jobTitle.text == "Swift developer")
            #expect(last.explanation.why.companyName.text == "Atelier Nord")
            #expect(last.explanation.why.channel?.text == "blog")
            #expect(last.explanation.terms.version == 1)
            #expect(last.explanation.terms.offer.commission == .euros(501))
            #expect(last.explanation.terms.instalment == 2)
            #expect(last.explanation.next == .guaranteeEnds(People.today.adding(days: 60)))
            let ofHire = try await people.store.commissions.list(of: hire.id, today: People.today)
            #expect(ofHire.map(\.id) == hire.commissions.map(\.id))
        }
    }

    @Test func `balances are per currency and state, with what comes next`() async throws {
        try await withPeople { people in
            let id = try await people.introduction(instalments: "50/50")
            _ = try await people.record(id)
            let balances = try await people.store.commissions.balances(
                of: people.affiliateID, today: People.today)
            let balance = try #require(balances.first)
            #expect(balances.count == 1)
            #expect(balance.sum(.pending) == .euros(500))
            #expect(balance.sum(.paid) == .zero(.eur))
            #expect(balance.next?.amount == .euros(250))
            #expect(balance.next?.dueOn == People.today.adding(days: 30))
            let none = try await people.store.commissions.balances(
                of: AffiliateID(999), today: People.today)
            #expect(none.isEmpty)
        }
    }

    @Test func `a rejection is read with its reason and its note`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let note = try Note("Good, but we need five years.")
            try await people.move(id, .reject(.lacksExperience, note: note))
            let mine = try await people.store.introductions.list(of: people.affiliateID)
            #expect(mine.items.map(\.rejectionReason) == [.lacksExperience])
            #expect(mine.items.map(\.rejectionNote) == [note])
        }
    }

    @Test func `another affiliate's introduction is not there`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            await #expect(throws: DomainError.notFound(.introduction)) {
                try await people.store.introductions.find(id, of: AffiliateID(999))
            }
        }
    }
}

@Suite struct `Moving candidates along` {
    @Test func `a step is taken once, forward, with its history`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let step = StageMove.advance(to: .interview, note: Note(stored: "Friday"))
            try await people.move(id, step)
            try await people.move(id, step)
            await #expect(throws: DomainError.conflict(.stage(from: .interview, to: .shortlisted)))
            {
                try await people.move(id, .advance(to: .shortlisted, note: Note(stored: "")))
            }
            let candidate = try await people.store.candidates.find(
                id, for: people.company.principal)
            #expect(candidate.steps.map(\.to) == [.submitted, .interview])
            #expect(candidate.steps.last?.note.text == "Friday")
            #expect(candidate.steps.last?.actor == "company")
        }
    }

    @Test func `another company neither sees nor moves a candidate`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            let stranger = try await people.store.signUp(company: "Other", email: "o@example.com")
            await #expect(throws: DomainError.notFound(.introduction)) {
                try await people.store.candidates.find(id, for: stranger.principal)
            }
            await #expect(throws: DomainError.notFound(.cv)) {
                try await people.store.candidates.cv(of: id, for: stranger.principal)
            }
            await #expect(throws: DomainError.notFound(.introduction)) {
                try await people.move(
                    id, .advance(to: .offer, note: Note(stored: "")), by: stranger)
            }
            await #expect(throws: DomainError.forbidden) {
                try await people.move(
                    id, .advance(to: .offer, note: Note(stored: "")), by: people.affiliate)
            }
        }
    }

    @Test func `whoever is reported as hired is neither rejected nor gone`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let outcome = try await people.apply(to: job)
            let id = try accepted(outcome)
            let code = try receipt(outcome)
            _ = try await people.store.write { transaction in
                try await people.store.hires.report(
                    id, startsOn: People.today, note: Note(stored: ""),
                    by: people.company.principal, at: People.now, in: transaction)
            }
            await #expect(throws: DomainError.conflict(.hireReported)) {
                try await people.move(id, .reject(.other, note: Note(stored: "")))
            }
            await #expect(throws: DomainError.conflict(.hireReported)) {
                try await people.store.write { transaction in
                    try await people.store.receipts.withdraw(
                        code, at: People.now, in: transaction)
                }
            }
        }
    }

    @Test func `a job's candidates are listed all or by stage`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let first = try accepted(try await people.apply(to: job))
            let second = try accepted(
                try await people.apply(to: job, email: "second@example.com"))
            try await people.move(first, .advance(to: .offer, note: Note(stored: "")))
            let candidates = people.store.candidates
            let all = try await candidates.list(of: job.id)
            #expect(all.items.map(\.introduction) == [second, first])
            let offered = try await candidates.list(of: job.id, at: .offer)
            #expect(offered.items.map(\.introduction) == [first])
            #expect(
                try await people.store.jobs.stageCounts(of: job.id) == [
                    .offer: 1, .submitted: 1,
                ])
        }
    }
}

@Suite struct `Keys of writes` {
    @Test func `the same request gets the same answer and nothing is done again`() async throws {
        try await withPeople { people in
            let request = try request(hash: 1, of: people)
            let first = try await once(request, people)
            let second = try await once(request, people)
            #expect(first == second)
            #expect(try await people.store.count("SELECT count(*) FROM job") == 1)
        }
    }

    @Test func `the key with another request is a conflict`() async throws {
        try await withPeople { people in
            _ = try await once(try request(hash: 1, of: people), people)
            await #expect(throws: DomainError.conflict(.idempotencyKeyReused)) {
                try await once(try request(hash: 2, of: people), people)
            }
        }
    }

    @Test func `a refusal is not kept`() async throws {
        try await withPeople { people in
            let request = try request(hash: 1, of: people)
            await #expect(throws: DomainError.forbidden) {
                try await people.store.once(request, at: People.now) { _ in
                    throw DomainError.forbidden
                }
            }
            #expect(try await once(request, people).status == 201)
        }
    }

    @Test func `old answers are forgotten`() async throws {
        try await withPeople { people in
            _ = try await once(try request(hash: 1, of: people), people)
            let late = People.now.adding(days: Store.answersKeptDays + 1)
            #expect(try await people.store.purgeAnswers(at: late) == 1)
        }
    }

    private func request(hash: UInt8, of people: People) throws -> KeyedRequest {
        KeyedRequest(
            account: people.company.id, key: try IdempotencyKey("abcdefgh"),
            hash: [UInt8](repeating: hash, count: 32))
    }

    private func once(_ request: KeyedRequest, _ people: People) async throws -> StoredAnswer {
        let details = try People.details("Swift developer")
        let offer = try TermsOffer(commission: .euros(500))
        return try await people.store.once(request, at: People.now) { transaction in
            let job = try await people.store.jobs.create(
                details, offer: offer, for: people.companyID, random: Random.bytes(8),
                by: people.company.principal, at: People.now, in: transaction)
            return StoredAnswer(status: 201, body: Array(job.slug.text.utf8))
        }
    }
}

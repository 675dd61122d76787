import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `The desks` {
    @Test func `each sees what waits and what is owed`() async throws {
        try await withPeople { people in
            let hired = try await people.introduction()
            _ = try await people.record(hired)
            let job = try await people.job("Second job")
            let link = try await people.link(to: job, channel: "forum")
            _ = try await people.apply(to: job, via: link, email: "two@example.com")
            try await people.store.links.add(clicks: [link.id: 5], on: People.today)

            let desks = people.store.desks
            let company = try await desks.company(people.companyID, today: People.today)
            #expect(company.openJobs == 2)
            #expect(company.newCandidates == 1)
            #expect(company.hires == 1)
            #expect(company.owed == [.euros(500)])
            let affiliate = try await desks.affiliate(people.affiliateID)
            #expect(affiliate == .init(runningIntroductions: 1, clicks: 5))
            #expect(try await desks.openCommissions() == [.euros(500)])
            let front = try await desks.front(today: People.today)
            #expect(front == .init(openJobs: 2, companies: 1, largestCommission: .euros(500)))
            let waiting = try await people.store.candidates.waiting(at: people.companyID)
            #expect(waiting.map(\.jobTitle.text) == ["Second job"])
            let hires = try await people.store.hires.list(of: people.companyID)
            #expect(hires.items.map(\.introduction) == [hired])
        }
    }

    @Test func `companies that wait come first, and every company comes once`() async throws {
        try await withPeople { people in
            let store = people.store
            for number in 1...4 {
                _ = try await store.signUp(
                    company: "Company \(number)", email: "c\(number)@example.com")
            }
            try await store.write { transaction in
                try await store.companies.verify(
                    people.companyID, by: people.admin.principal, at: People.now, in: transaction)
            }
            var names: [String] = []
            var cursor: Cursor?
            repeat {
                let page = try await store.companies.list(
                    after: cursor, limit: PageLimit(clamping: 2), today: People.today)
                names += page.items.map(\.profile.page.name.text)
                cursor = page.next.flatMap { Cursor($0.text) }
            } while cursor != nil
            #expect(
                names == ["Company 4", "Company 3", "Company 2", "Company 1", "Atelier Nord"])
        }
    }

    @Test func `a company has its jobs by key, with every version of the terms`() async throws {
        try await withPeople { people in
            let store = people.store
            let job = try await people.job()
            let better = try TermsOffer(commission: .euros(900))
            _ = try await store.write { transaction in
                try await store.jobs.edit(
                    job.id, job.details, offer: better, by: people.company.principal,
                    at: People.now.adding(seconds: 5), in: transaction)
            }
            let found = try await store.jobs.find(job.id, for: people.company.principal)
            #expect(found.offer == better)
            let terms = try await store.jobs.terms(of: job.id)
            #expect(terms.map(\.version) == [2, 1])
            #expect(terms.last?.inForceUntil == People.now.adding(seconds: 5))
            await #expect(throws: DomainError.notFound(.job)) {
                try await store.jobs.find(job.id, for: people.affiliate.principal)
            }
        }
    }

    @Test func `an affiliate finds one commission, and which jobs are linked`() async throws {
        try await withPeople { people in
            let store = people.store
            let hire = try await people.record(try await people.introduction())
            let id = try #require(hire.commissions.first?.id)
            let own = try await store.commissions.find(
                id, of: people.affiliateID, today: People.today)
            #expect(own.explanation.amount == .euros(500))
            await #expect(throws: DomainError.notFound(.commission)) {
                try await store.commissions.find(id, of: AffiliateID(999), today: People.today)
            }
            let linked = try await people.job("Linked")
            let other = try await people.job("Other")
            _ = try await people.link(to: linked)
            let found = try await store.links.jobs(
                among: [linked.id, other.id], linkedBy: people.affiliateID)
            #expect(found == [linked.id])
        }
    }
}

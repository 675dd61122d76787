import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// The edges of rule 1: what 180 days end, and what they do not.
@Suite struct `Ownership` {
    private static let late = People.now.adding(days: 180)

    @Test func `whoever was introduced again after 180 days is hired for the new owner only`()
        async throws
    {
        try await withPeople { people in
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let job = try await people.longJob()
            let old = try accepted(
                try await people.apply(to: job, via: try await people.link(to: job)))
            let link = try await people.link(to: job, for: other)
            let new = try accepted(try await people.apply(to: job, via: link, at: Self.late))

            let startsOn = Self.late.date
            await #expect(throws: DomainError.conflict(.ownershipEnded)) {
                try await people.record(old, startsOn: startsOn)
            }
            await #expect(throws: DomainError.conflict(.ownershipEnded)) {
                try await people.store.write { transaction in
                    try await people.report(
                        old, startsOn: startsOn, at: Self.late, in: transaction)
                }
            }
            let hire = try await people.record(new, startsOn: startsOn)
            #expect(hire.affiliate == other.principal.affiliate)
        }
    }

    @Test func `whoever takes 180 days to be hired still belongs to who brought them`()
        async throws
    {
        try await withPeople { people in
            let job = try await people.longJob()
            let link = try await people.link(to: job)
            let id = try accepted(try await people.apply(to: job, via: link))
            let hire = try await people.record(id, startsOn: Self.late.date.adding(days: 30))
            #expect(hire.affiliate == people.affiliateID)
        }
    }

    @Test func `a hire that waits for its recording keeps its owner beyond the 180 days`()
        async throws
    {
        try await withPeople { people in
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let job = try await people.longJob()
            let id = try accepted(
                try await people.apply(to: job, via: try await people.link(to: job)))
            let link = try await people.link(to: job, for: other)
            let startsOn = Self.late.date
            let second = try await people.overlap { transaction in
                try await people.report(id, startsOn: startsOn, at: Self.late, in: transaction)
            } meeting: {
                try await people.apply(to: job, via: link, at: Self.late)
            }
            #expect(try second.get() == .duplicate(.email))
            #expect(
                try await people.record(id, startsOn: startsOn).affiliate == people.affiliateID)
        }
    }

    @Test func `what was carried over is not carried on`() async throws {
        try await withPeople { people in
            let jobs = [
                try await people.longJob(), try await people.longJob(), try await people.longJob(),
            ]
            let link = try await people.link(to: jobs[0])
            _ = try await people.apply(to: jobs[0], via: link)
            let carried = try accepted(
                try await people.apply(to: jobs[1], at: People.now.adding(days: 179)))
            let mine = try await people.store.introductions.find(carried, of: people.affiliateID)
            #expect(mine.introduction.isCarriedOver)

            let late = try accepted(
                try await people.apply(to: jobs[2], at: People.now.adding(days: 200)))
            let candidate = try await people.store.candidates.find(
                late, for: people.admin.principal)
            #expect(candidate.summary.affiliateName == nil)
        }
    }

    @Test func `a refused form that is sent twice is told to the affiliate once`() async throws {
        try await withPeople { people in
            let other = try await people.store.signUp(affiliate: "bogdan@example.com")
            let job = try await people.job()
            _ = try await people.apply(to: job, via: try await people.link(to: job))
            let link = try await people.link(to: job, for: other)
            for _ in 0..<2 {
                let again = try await people.apply(to: job, via: link, key: "form-0123456789")
                #expect(again == .duplicate(.email))
            }
            let told = try await people.store.introductions.refusals(
                of: try #require(other.principal.affiliate))
            #expect(told.items.count == 1)
        }
    }

    @Test func `a report with another first day does not pass for the one that is kept`()
        async throws
    {
        try await withPeople { people in
            let id = try await people.introduction()
            try await people.store.write { try await people.report(id, in: $0) }
            await #expect(throws: DomainError.conflict(.hireReported)) {
                try await people.store.write { transaction in
                    try await people.report(
                        id, startsOn: People.today.adding(days: 1), in: transaction)
                }
            }
        }
    }

    @Test func `an admin does not withdraw whom the company reported as hired`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            try await people.store.write { try await people.report(id, in: $0) }
            await #expect(throws: DomainError.conflict(.hireReported)) {
                try await people.move(
                    id, .advance(to: .withdrawn, note: Note(stored: "")), by: people.admin)
            }
        }
    }

    @Test func `the log says what a recording and new terms changed`() async throws {
        try await withPeople { people in
            let id = try await people.introduction()
            try await people.store.write { try await people.report(id, in: $0) }
            let hire = try await people.record(id)
            let entry = try #require(
                try await people.store.audit.list(of: "hire", hire.id.rawValue).items.first)
            #expect(entry.detail.contains("\"from\": \"reported\""))
            #expect(entry.detail.contains("\"from_stage\": \"submitted\""))
            #expect(entry.detail.contains("\"commission\": 50000"))

            let job = try await people.job()
            let offer = try TermsOffer(commission: .lei(900), guaranteeDays: 30)
            _ = try await people.store.write { transaction in
                try await people.store.jobs.edit(
                    job.id, job.details, offer: offer, by: people.company.principal,
                    at: People.now, in: transaction)
            }
            let change = try #require(
                try await people.store.audit.list(of: "job", job.id.rawValue).items.first)
            #expect(change.detail.contains("\"from_commission\": 50000"))
            #expect(change.detail.contains("\"from_currency\": \"EUR\""))
            #expect(change.detail.contains("\"guarantee_days\": 30"))
        }
    }
}

extension People {
    /// A published job that stays open for a year.
    func longJob() async throws -> Jobs.OwnJob {
        let draft = try await draft { $0.validThrough = People.today.adding(days: 366) }
        return try await move(draft, to: .published)
    }
}

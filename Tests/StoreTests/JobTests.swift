import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `Jobs of a company` {
    @Test func `a draft is published, paused, resumed and closed`() async throws {
        try await withPeople { people in
            var job = try await people.draft()
            #expect(job.publishedAt == nil)
            for state in [JobState.published, .paused, .published, .closed] {
                job = try await people.move(job, to: state)
                #expect(job.state == state)
            }
            #expect(job.publishedAt == People.now)
            let closed = job
            await #expect(throws: DomainError.conflict(.jobState(from: .closed, to: .published))) {
                try await people.move(closed, to: .published)
            }
        }
    }

    @Test func `publishing twice is publishing once`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let again = try await people.move(
                job, to: .published, at: People.now.adding(seconds: 5))
            #expect(again == job)
        }
    }

    @Test func `an ad without a salary needs an admin's leave`() async throws {
        try await withPeople { people in
            let job = try await people.draft { $0.salary = nil }
            await #expect(throws: DomainError.conflict(.salaryMissing)) {
                try await people.move(job, to: .published)
            }
            let store = people.store
            await #expect(throws: DomainError.forbidden) {
                try await store.write { transaction in
                    try await store.jobs.waiveSalary(
                        of: job.id, by: people.company.principal, at: People.now, in: transaction)
                }
            }
            try await store.write { transaction in
                try await store.jobs.waiveSalary(
                    of: job.id, by: people.admin.principal, at: People.now, in: transaction)
            }
            #expect(try await people.move(job, to: .published).state == .published)
        }
    }

    @Test func `a published ad cannot lose its salary`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            var details = job.details
            details.salary = nil
            let without = details
            await #expect(throws: DomainError.conflict(.salaryMissing)) {
                try await people.store.write { transaction in
                    try await people.store.jobs.edit(
                        job.id, without, offer: job.offer, by: people.company.principal,
                        at: People.now, in: transaction)
                }
            }
        }
    }

    @Test func `an expired draft is not published`() async throws {
        try await withPeople { people in
            let job = try await people.draft { $0.validThrough = People.today }
            await #expect(throws: DomainError.conflict(.jobExpired)) {
                try await people.move(job, to: .published, at: People.now.adding(days: 1))
            }
        }
    }

    @Test func `somebody else's job is not there`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let stranger = try await people.store.signUp(company: "Other", email: "o@example.com")
            for principal in [stranger.principal, people.affiliate.principal] {
                await #expect(throws: DomainError.notFound(.job)) {
                    try await people.store.jobs.find(job.slug, for: principal)
                }
                await #expect(throws: DomainError.notFound(.job)) {
                    try await people.store.write { transaction in
                        try await people.store.jobs.move(
                            job.id, to: .closed, by: principal, at: People.now, in: transaction)
                    }
                }
            }
            #expect(try await people.store.jobs.find(job.slug, for: people.admin.principal) == job)
        }
    }

    @Test func `other terms are another version, the same terms are not`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let store = people.store
            let edit = { @Sendable (offer: TermsOffer, seconds: Int) in
                try await store.write { transaction in
                    try await store.jobs.edit(
                        job.id, job.details, offer: offer, by: people.company.principal,
                        at: People.now.adding(seconds: seconds), in: transaction)
                }
            }
            #expect(try await edit(job.offer, 1).termsVersion == 1)
            let better = try TermsOffer(commission: .euros(900))
            #expect(try await edit(better, 2).termsVersion == 2)
            #expect(try await store.publicJobs.find(job.slug)?.offer == better)
        }
    }

    @Test func `a company's list counts candidates by stage and goes on at its cursor`()
        async throws
    {
        try await withPeople { people in
            let first = try await people.job("First job")
            _ = try await people.draft("Second job")
            _ = try await people.apply(to: first)
            let store = people.store
            let one = PageLimit(clamping: 1)
            let top = try await store.jobs.list(of: people.companyID, limit: one)
            #expect(top.items.map(\.job.details.title.text) == ["Second job"])
            let next = try #require(top.next)
            let rest = try await store.jobs.list(of: people.companyID, after: next, limit: one)
            #expect(rest.items.map(\.job.id) == [first.id])
            #expect(rest.items.first?.candidates == [.submitted: 1])
            #expect(rest.next == nil)
        }
    }
}

@Suite struct `Jobs in bulk` {
    @Test func `a thousand jobs are loaded at once and are like any other`() async throws {
        try await withPeople { people in
            let offer = try TermsOffer(
                commission: .lei(2500), instalments: InstalmentPlan("30/70"))
            var details = try People.details("Loaded developer")
            let jobs = (1...1000).map { number in
                if number == 2 { details.salary = nil }
                return JobLoad.NewJob(
                    company: people.companyID, companyName: CompanyName(stored: "Atelier Nord"),
                    slug: JobSlug(stored: "loaded-\(number)"),
                    state: number == 1 ? .published : .draft, details: details, offer: offer,
                    createdAt: People.now, publishedAt: number == 1 ? People.now : nil)
            }
            let store = people.store
            let ids = try await store.write { transaction in
                try await store.jobLoad.insert(jobs, in: transaction)
            }
            #expect(ids.count == 1000)
            let slug = JobSlug(stored: "loaded-1")
            let page = try #require(try await store.publicJobs.find(slug))
            #expect(page.id == ids[slug])
            #expect(page.offer == offer)
            let found = try await store.publicJobs.list(
                .init(words: "loaded"), today: People.today)
            #expect(found.items.map(\.slug) == [slug])
        }
    }
}

@Suite struct `Jobs in public` {
    @Test func `a job is read with everything on its page`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let page = try #require(try await people.store.publicJobs.find(job.slug))
            #expect(page.details == job.details)
            #expect(page.offer == job.offer)
            #expect(page.company.page.name.text == "Atelier Nord")
            #expect(page.company.slug.text == "atelier-nord")
            #expect(page.visibility(on: People.today) == .open)
            #expect(page.visibility(on: People.today.adding(days: 61)) == .expired)
        }
    }

    @Test(arguments: [
        ("swift", 1), ("Inginer ȘEF", 1), ("sef iasi", 1), ("atelier", 2), ("cluj dev", 1),
        ("nothing", 0), ("'; DROP TABLE job; --", 0), ("&", 0), ("", 2),
    ])
    func `words find jobs by title, company, town and text`(words: String, count: Int)
        async throws
    {
        try await withPeople { people in
            _ = try await people.job("Swift developer")
            let chief = try await people.draft("Inginer-șef") { details in
                details.description = JobDescription(stored: "Conduce echipa de la Iași.")
            }
            _ = try await people.move(chief, to: .published)
            _ = try await people.draft("Swift draft")
            let found = try await people.store.publicJobs.list(
                .init(words: words), today: People.today)
            #expect(found.items.count == count)
            #expect(
                try await people.store.publicJobs.count(.init(words: words), today: People.today)
                    == count)
        }
    }

    @Test func `filters narrow, and what is not open is not listed`() async throws {
        try await withPeople { people in
            let remote = try await people.draft("Remote job") { details in
                details.location = Location(
                    storedCountry: CountryCode(stored: "DE"), city: nil, remote: .full)
                details.employmentType = .contract
            }
            _ = try await people.move(remote, to: .published)
            let paused = try await people.job("Paused job")
            _ = try await people.move(paused, to: .paused)
            _ = try await people.job("Local job")
            let jobs = people.store.publicJobs
            let titles = { @Sendable (search: PublicJobs.Search, today: CalendarDate) in
                try await jobs.list(search, today: today).items.map(\.title.text)
            }
            #expect(try await titles(.init(), People.today) == ["Local job", "Remote job"])
            #expect(try await titles(.init(remote: .full), People.today) == ["Remote job"])
            #expect(try await titles(.init(remote: .hybrid), People.today) == ["Local job"])
            #expect(try await titles(.init(country: .romania), People.today) == ["Local job"])
            #expect(
                try await titles(.init(employmentType: .contract), People.today) == ["Remote job"])
            let late = People.today.adding(days: 61)
            #expect(try await titles(.init(), late).isEmpty)
        }
    }

    @Test func `every job is listed once however small the pages`() async throws {
        try await withPeople { people in
            for number in 1...7 { _ = try await people.job("Job number \(number)") }
            var seen: [JobID] = []
            var cursor: Cursor?
            repeat {
                let page = try await people.store.publicJobs.list(
                    after: cursor, limit: PageLimit(clamping: 2), today: People.today)
                seen += page.items.map(\.id)
                cursor = page.next.flatMap { Cursor($0.text) }
            } while cursor != nil
            #expect(seen.count == 7)
            #expect(seen == seen.sorted(by: >))
        }
    }

    @Test func `a renamed company's jobs are found by the new name`() async throws {
        try await withPeople { people in
            let job = try await people.job()
            let store = people.store
            let page = Companies.Page(
                name: try CompanyName("Țesătoria Sud"), about: try AboutText("We weave."),
                website: try WebAddress("example.com"), country: .romania,
                city: try CityName("Brașov"))
            try await store.write { transaction in
                try await store.companies.edit(
                    people.companyID, page, at: People.now, in: transaction)
            }
            let jobs = store.publicJobs
            let found = try await jobs.list(.init(words: "tesatoria"), today: People.today)
            #expect(found.items.map(\.id) == [job.id])
            let old = try await jobs.list(.init(words: "atelier"), today: People.today)
            #expect(old.items.isEmpty)
            #expect(try await store.companies.find(people.companyID)?.page == page)
            let own = try await jobs.list(of: people.companyID, today: People.today)
            #expect(own.items.map(\.companyName.text) == ["Țesătoria Sud"])
        }
    }

    @Test(arguments: [
        "", "abc", "1_", "_1", "1_2_3", "1_-5", "99999999999999999999_1",
        "9223372036854775806_1", "-1_1",
    ])
    func `a cursor that nobody gave out is none`(text: String) {
        #expect(Cursor(text) == nil)
    }
}

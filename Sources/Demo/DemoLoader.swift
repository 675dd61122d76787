import Domain
import Postgres
import Store

/// Puts the demo data into the database, in the order in which they depend on each other.
struct DemoLoader: Sendable {
    let store: Store
    let transaction: Transaction
    let calendar: DemoCalendar
    let seed: UInt64
    let size: DemoSize
    let passwordHash: String
    let progress: @Sendable (DemoProgress) -> Void

    func run() async throws -> DemoSummary {
        let makers = try (0..<size.companies).map { try companyMaker.company($0) }
        try await store.invoices.announce(
            try BillingMaker.issuer(), at: calendar.midnight.adding(days: -430), in: transaction)
        let people = try await loadPeople(makers)
        let writer = JobMaker(seed: seed, companies: makers)
        let jobs = try await loadJobs(writer, people)
        let sketches = SketchMaker(
            seed: seed, calendar: calendar, jobs: jobs, affiliates: people.affiliates.count
        ).sketches(size.candidates, hiresMax: size.hires)
        let links = try await LinkLoader(loader: self, jobs: jobs, people: people).load(sketches)
        let introductions = try await loadIntroductions(sketches, jobs, people, links)
        let hires = try await HireLoader(loader: self, jobs: jobs, people: people)
            .load(sketches, introductions)
        try await MoneyLoader(loader: self, people: people).load(hires)
        try await raiseTerms(writer, jobs, people)
        try await store.bulkLoad.settleMessages(in: transaction)
        try await store.bulkLoad.analyze(in: transaction)
        return DemoSummary(
            companies: makers.count, jobs: jobs.count, affiliates: people.affiliates.count,
            links: links.count, candidates: sketches.count, hires: hires.count)
    }

    private var companyMaker: CompanyMaker {
        CompanyMaker(seed: seed, passwordHash: passwordHash, calendar: calendar)
    }

    /// Who can sign in; companies and affiliates by their positions.
    struct People: Sendable {
        let companies: [Principal]
        let affiliates: [Principal]
        let affiliateEmails: [EmailAddress]
        let affiliateNames: [PersonName]
        let admin: Principal
    }

    private func loadPeople(_ makers: [CompanyMaker.Company]) async throws -> People {
        let companies = try makers.enumerated().map { index, company in
            try companyMaker.row(company, index: index, count: makers.count)
        }
        let affiliates = try (0..<size.affiliates).map { try affiliate($0) }
        let admin = try await store.accounts.createAdmin(
            Accounts.New(
                email: try EmailAddress(DemoAccount.admin.email), name: try PersonName("Ada Admin"),
                passwordHash: passwordHash, language: .english),
            at: calendar.midnight.adding(days: -430), in: transaction)
        return People(
            companies: try await store.peopleLoad.insert(companies, in: transaction),
            affiliates: try await store.peopleLoad.insert(affiliates, in: transaction),
            affiliateEmails: affiliates.map(\.account.email),
            affiliateNames: affiliates.map(\.account.name), admin: admin.principal)
    }

    private func affiliate(_ index: Int) throws -> PeopleLoad.NewAffiliate {
        var random = DemoRandom(seed: seed, stream: 10, index: index)
        let person = PersonMaker.person(in: random.pick(weighted: Place.romanian), &random)
        let isDemo = index == Showcase.affiliate
        let account = Accounts.New(
            email: try isDemo
                ? EmailAddress(DemoAccount.affiliate.email)
                : EmailAddress("\(person.mailbox).\(index)@affiliates.example"),
            name: try PersonName(isDemo ? "Ilinca Munteanu" : person.name),
            passwordHash: passwordHash,
            language: !isDemo && random.chance(60) ? .romanian : .english)
        return PeopleLoad.NewAffiliate(
            account: account, createdAt: calendar.moment(daysAgo: 180...400, &random))
    }

    private func loadJobs(_ writer: JobMaker, _ people: People) async throws -> [LoadedJob] {
        let outlines = try JobPlanner(
            seed: seed, calendar: calendar, companies: writer.companies
        ).outlines(size.jobs)
        var jobs: [LoadedJob] = []
        jobs.reserveCapacity(outlines.count)
        for batch in outlines.batches(of: JobLoad.rowsMax) {
            let written = try batch.map { try writer.write($0) }
            let rows = try zip(batch, written).map { outline, job in
                try row(outline, job, writer.companies, people)
            }
            let ids = try await store.jobLoad.insert(rows, in: transaction)
            for (outline, job) in zip(batch, written) {
                guard let id = ids[job.slug] else { throw DemoError.unusable(job.slug.text) }
                jobs.append(
                    LoadedJob(
                        id: id, outline: outline, offer: job.offer, title: job.details.title,
                        place: job.place, language: job.language))
            }
            progress(DemoProgress(step: .jobs, done: jobs.count, total: outlines.count))
        }
        return jobs
    }

    private func row(
        _ outline: JobOutline, _ job: JobMaker.Written, _ companies: [CompanyMaker.Company],
        _ people: People
    ) throws -> JobLoad.NewJob {
        guard let company = people.companies[outline.company].company else {
            throw DemoError.unusable(job.slug.text)
        }
        return JobLoad.NewJob(
            company: company, companyName: companies[outline.company].name, slug: job.slug,
            state: outline.state, details: job.details, offer: job.offer,
            createdAt: outline.createdAt, publishedAt: outline.publishedAt)
    }

    private func loadIntroductions(
        _ sketches: [Sketch], _ jobs: [LoadedJob], _ people: People, _ links: [LinkKey: LinkID]
    ) async throws -> [IntroductionID] {
        let maker = IntroductionMaker(
            jobs: jobs, companies: people.companies, affiliates: people.affiliates,
            affiliateEmails: people.affiliateEmails, links: links, cvsMax: size.cvs)
        var ids: [IntroductionID] = []
        for batch in sketches.batches(of: IntroductionLoad.rowsMax) {
            let rows = try batch.enumerated().map { offset, sketch in
                try maker.row(sketch, number: ids.count + offset)
            }
            ids += try await store.introductionLoad.insert(rows, in: transaction)
            progress(DemoProgress(step: .candidates, done: ids.count, total: sketches.count))
        }
        return ids
    }

    /// A company promises more than before: what was introduced keeps the first version.
    private func raiseTerms(
        _ writer: JobMaker, _ jobs: [LoadedJob], _ people: People
    ) async throws {
        guard let job = jobs.first(where: { $0.outline.number == Showcase.raised.job }) else {
            return
        }
        _ = try await store.jobs.edit(
            job.id, try writer.write(job.outline).details,
            offer: try TermsOffer(commission: Showcase.raised.commission),
            by: people.companies[Showcase.company], at: calendar.midnight, in: transaction)
    }
}

extension Array {
    /// The elements in runs of so many, the last one shorter.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}

import Domain
import Store

// From what the store has to what pages and programs show.

extension JobCard {
    init(_ job: PublicJobs.Summary) {
        self.init(
            slug: job.slug, title: job.title, company: job.companyName, location: job.location,
            employmentType: job.employmentType, salary: job.salary, commission: job.commission,
            publishedOn: ZonedTime(job.publishedAt).date)
    }
}

extension CompanySummary {
    init(_ company: Companies.Profile) {
        self.init(
            slug: company.slug, name: company.page.name, about: company.page.about,
            website: company.page.website, isVerified: company.isVerified)
    }
}

extension JobReference {
    init(_ job: PublicJobs.Job) {
        self.init(slug: job.slug, title: job.details.title, company: job.company.page.name)
    }
}

extension CompanyJobsPage.Row {
    init(_ summary: Jobs.Summary, today: CalendarDate) {
        let job = summary.job
        self.init(
            id: job.id, title: job.details.title, visibility: job.visibility(on: today),
            commission: job.offer.commission, validThrough: job.details.validThrough,
            candidateCount: summary.candidates.values.reduce(0, +),
            newCount: summary.candidates[.submitted] ?? 0)
    }
}

extension CandidateRow {
    init(_ candidate: Candidates.Summary, job: JobTitle? = nil) {
        self.init(
            id: candidate.introduction, name: candidate.name, stage: candidate.stage,
            since: candidate.stageChangedAt, affiliate: candidate.affiliateName,
            hasCV: candidate.hasCV, job: job)
    }
}

extension JobFilter {
    /// What a query asks for; a value that is none narrows nothing.
    init(_ query: (String) -> String?) {
        self.init(
            words: String((query("q") ?? "").prefix(200)),
            country: query("country").flatMap { try? CountryCode($0) },
            employmentType: query("type").flatMap(EmploymentType.init(rawValue:)),
            remote: query("remote").flatMap(Remote.init(rawValue:)))
    }

    var search: PublicJobs.Search {
        PublicJobs.Search(
            words: words, country: country, employmentType: employmentType, remote: remote)
    }
}

import Domain
import HTTP
import Store

/// A company: its public page, its desk, and what it writes about itself.
struct CompanyHandlers {
    let visit: Visit

    private static let jobsOnDesk = PageLimit(clamping: 5)
    private static let waitingOnDesk = PageLimit(clamping: 8)
    private static let jobsOnPage = PageLimit(clamping: 50)

    func show(_ slug: CompanySlug) async throws -> Response {
        guard let company = try await visit.store.companies.find(slug) else {
            throw DomainError.notFound(.company)
        }
        visit.shared?.shows(only: company.id)
        let jobs = try await visit.store.publicJobs.list(
            of: company.id, limit: Self.jobsOnPage, today: visit.today)
        return visit.page(
            CompanyPage(
                company: CompanySummary(company), jobs: jobs.items.map { JobCard($0) }))
    }

    func desk() async throws -> Response {
        let id = try visit.company()
        let store = visit.store
        let today = visit.today
        // All travel together.
        async let found = store.companies.find(id)
        async let known = store.desks.company(id, today: today)
        async let jobs = store.jobs.list(of: id, limit: Self.jobsOnDesk)
        async let waiting = store.candidates.waiting(at: id, limit: Self.waitingOnDesk)
        guard let company = try await found else { throw DomainError.notFound(.company) }
        let figures = try await known
        return visit.page(
            CompanyDeskPage(
                company: company.page.name, isVerified: company.isVerified,
                figures: CompanyDeskPage.Figures(
                    openJobs: figures.openJobs, newCandidates: figures.newCandidates,
                    candidatesInProgress: figures.candidatesInProgress, hires: figures.hires,
                    owed: figures.owed),
                waiting: try await waiting.map { CandidateRow($0.candidate, job: $0.jobTitle) },
                jobs: try await jobs.items.map { CompanyJobsPage.Row($0, today: today) }))
    }

    func hires() async throws -> Response {
        let id = try visit.company()
        let hires = try await visit.store.hires.list(
            of: id, limit: PageLimit(clamping: PageLimit.max))
        let invoices = try await visit.store.invoices.numbers(
            of: hires.items.map(\.id), at: id)
        let rows = hires.items.map { hire in
            CompanyHiresPage.Row(
                introduction: hire.introduction, candidate: hire.candidateName,
                job: hire.jobTitle, state: hire.state, startsOn: hire.startsOn,
                commission: hire.affiliateName == nil ? nil : hire.offer.commission,
                affiliate: hire.affiliateName, invoices: invoices[hire.id] ?? [],
                disputable: hire.affiliateName == nil || hire.recordedAt == nil ? nil : hire.id)
        }
        let owed = try await visit.store.desks.owed(by: id)
        return visit.page(CompanyHiresPage(hires: rows, owed: owed))
    }

    func profileForm() async throws -> Response {
        let company = try await own()
        let billing = try await visit.store.companies.billing(of: company.id)
        let input = FormInput([
            .companyName: company.page.name.text, .about: company.page.about.text,
            .website: company.page.website?.text ?? "",
            .billingName: billing.name?.text ?? "",
            .billingAddress: billing.address?.text ?? "",
            .billingCountry: billing.country?.text ?? "",
            .billingTaxID: billing.taxID?.text ?? "",
        ])
        return visit.page(CompanyProfilePage(slug: company.slug, input: input))
    }

    func saveProfile() async throws -> Response {
        let company = try await own()
        let fields = visit.fields
        do {
            let (page, billing) = try Self.read(fields, over: company.page)
            try await visit.store.write { transaction in
                try await visit.store.companies.edit(
                    company.id, page, at: visit.now, in: transaction)
                try await visit.store.companies.setBilling(
                    billing, of: company.id, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                CompanyProfilePage(slug: company.slug, input: fields.typed(failure: error)),
                status: .unprocessableContent)
        }
        return visit.redirect(to: CompanyRoute.profileForm.path, notice: .profileSaved)
    }

    private func own() async throws -> Companies.Profile {
        guard let company = try await visit.store.companies.find(try visit.company()) else {
            throw DomainError.notFound(.company)
        }
        return company
    }

    private static func read(
        _ fields: Fields, over old: Companies.Page
    ) throws(DomainError) -> (Companies.Page, BillingDetails) {
        var validation = Validation()
        let name = validation.read { () throws(ValidationError) in
            try CompanyName(fields[.companyName])
        }
        let about = validation.read { () throws(ValidationError) in try AboutText(fields[.about]) }
        let website = validation.read { () throws(ValidationError) -> WebAddress? in
            fields[.website].isEmpty ? nil : try WebAddress(fields[.website])
        }
        let billing = readBilling(fields, &validation)
        try validation.finish()
        guard let name, let about else { throw .invalid(validation.errors) }
        var page = old
        page.name = name
        page.about = about
        page.website = website ?? nil
        return (page, billing)
    }

    /// What is left empty is nil.
    private static func readBilling(
        _ fields: Fields, _ validation: inout Validation
    ) -> BillingDetails {
        func given(_ field: ValidationError.Field) -> String? {
            fields[field].isEmpty ? nil : fields[field]
        }
        var billing = BillingDetails()
        if let text = given(.billingName) {
            billing.name = validation.read { () throws(ValidationError) in
                try CompanyName(text, field: .billingName)
            }
        }
        if let text = given(.billingAddress) {
            billing.address = validation.read { () throws(ValidationError) in
                try BillingAddress(text)
            }
        }
        if let text = given(.billingCountry) {
            billing.country = validation.read { () throws(ValidationError) in
                try CountryCode(text, field: .billingCountry)
            }
        }
        if let text = given(.billingTaxID) {
            billing.taxID = validation.read { () throws(ValidationError) in
                try TaxID(text, field: .billingTaxID)
            }
        }
        return billing
    }
}

extension DomainError {
    /// Whether the person who filled in the form can do something about it there.
    var isAboutTheForm: Bool {
        switch self {
        case .invalid, .duplicate, .conflict, .tooMany: true
        case .notFound, .forbidden, .gone: false
        }
    }
}

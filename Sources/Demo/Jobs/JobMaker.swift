import Domain
import Store

/// Writes jobs: text, place, pay and promise, from an outline.
struct JobMaker: Sendable {
    let seed: UInt64
    let companies: [CompanyMaker.Company]

    /// A job that was written, ready to be loaded.
    struct Written: Sendable {
        let details: JobDetails
        let offer: TermsOffer
        let slug: JobSlug
        let place: Place
        let language: Language
    }

    func write(_ outline: JobOutline) throws -> Written {
        var random = DemoRandom(seed: seed, stream: 5, index: outline.number)
        let company = companies[outline.company]
        let place = outline.isShowcase ? company.place : place(of: company, &random)
        let field = Field.named(outline.field)
        let type =
            outline.isShowcase ? .fullTime : employmentType(of: outline.role, &random)
        let remote = remote(of: outline.role, &random)
        let pay = Pay(outline.role, outline.field, place: place, type, &random)
        let isRomanian =
            place.isRomanian && field.romanian != nil && outline.role.romanianTitle != nil
            && random.chance(48)
        let title =
            isRomanian ? outline.role.romanianTitle ?? outline.role.title : outline.role.title
        let writer = JobWriter(
            company: company.name.text, about: company.sketch.about, title: title, place: place,
            remote: remote, field: field)
        let text = isRomanian ? writer.romanian(&random) : writer.english(&random)
        let salary = try outline.state == .draft && random.chance(40) ? nil : pay.salary()
        let withoutCity = remote == .full && random.chance(50)
        let details = JobDetails(
            title: try JobTitle(title), description: try JobDescription(text),
            employmentType: type,
            location: try Location(
                country: CountryCode(place.country),
                city: withoutCity ? nil : CityName(place.city), remote: remote),
            salary: salary, validThrough: outline.validThrough)
        return Written(
            details: details, offer: try outline.offer ?? pay.offer(&random),
            slug: JobSlug(words: title, random: random.bytes(8)), place: place,
            language: isRomanian ? .romanian : .english)
    }

    /// Mostly the town of the company's seat.
    private func place(of company: CompanyMaker.Company, _ random: inout DemoRandom) -> Place {
        if random.chance(62) { return company.place }
        let isAtHome = random.chance(company.place.isRomanian ? 62 : 15)
        return random.pick(weighted: isAtHome ? Place.romanian : Place.european)
    }

    private func employmentType(
        of role: Field.Role, _ random: inout DemoRandom
    ) -> EmploymentType {
        if role.title.hasSuffix("Intern") { return .internship }
        if role.title.contains("Part-Time") { return .partTime }
        return random.pick(
            weighted: [(84, .fullTime), (8, .partTime), (4, .contract), (4, .temporary)])
    }

    private func remote(of role: Field.Role, _ random: inout DemoRandom) -> Remote {
        switch role.remote {
        case .never: .onSite
        case .sometimes: random.pick(weighted: [(38, .onSite), (57, .hybrid), (5, .full)])
        case .often: random.pick(weighted: [(12, .onSite), (53, .hybrid), (35, .full)])
        }
    }
}

import Domain
import Store

/// Makes companies with their pages and contacts.
struct CompanyMaker: Sendable {
    let seed: UInt64
    let passwordHash: String
    let calendar: DemoCalendar

    /// A company that ads can be written for.
    struct Company: Sendable {
        let sketch: CompanySketch
        let name: CompanyName
        let slug: CompanySlug
        let place: Place
    }

    /// The last ones have just registered, and an admin has yet to look at them.
    static let newcomers = 3

    static func isNewcomer(_ index: Int, of count: Int) -> Bool { index >= count - newcomers }

    func company(_ index: Int) throws -> Company {
        let sketch =
            index < CompanySketch.all.count ? CompanySketch.all[index] : invented(index)
        let name = try CompanyName(sketch.name)
        guard let slug = CompanySlug(words: sketch.name) else {
            throw DemoError.unusable(sketch.name)
        }
        return Company(sketch: sketch, name: name, slug: slug, place: .named(sketch.city))
    }

    func row(_ company: Company, index: Int, count: Int) throws -> PeopleLoad.NewCompany {
        var random = DemoRandom(seed: seed, stream: 1, index: index)
        let person = PersonMaker.person(in: company.place, &random)
        let contact = Accounts.New(
            email: try index == 0
                ? EmailAddress("company@demo.test")
                : EmailAddress("jobs@\(company.slug.text).example"),
            name: try PersonName(person.name), passwordHash: passwordHash, language: .english)
        let createdAt = calendar.moment(daysAgo: 180...420, &random)
        let isVerified = !Self.isNewcomer(index, of: count)
        return PeopleLoad.NewCompany(
            slug: company.slug,
            page: Companies.Page(
                name: company.name, about: try AboutText(about(company, &random)),
                website: try WebAddress("https://www.\(company.slug.text).example/"),
                country: try CountryCode(company.place.country),
                city: try CityName(company.place.city)),
            billing: try BillingMaker(seed: seed).details(of: company, index: index),
            contact: contact,
            createdAt: isVerified ? createdAt : calendar.moment(daysAgo: 6...9, &random),
            verifiedAt: isVerified
                ? createdAt.adding(seconds: random.number(in: 7_200...180_000)) : nil)
    }

    private func about(_ company: Company, _ random: inout DemoRandom) -> String {
        let field = Field.named(company.sketch.field)
        let first = company.sketch.about
        let second = random.pick(3, of: field.team).joined(separator: " ")
        let third = random.pick(3, of: Self.values).joined(separator: " ")
        return [first, second, third].joined(separator: "\n\n")
    }

    /// For more companies than were thought of: a name of parts, made its own by a number.
    private func invented(_ index: Int) -> CompanySketch {
        var random = DemoRandom(seed: seed, stream: 2, index: index)
        let field = random.pick(Field.Name.allCases)
        let place =
            random.chance(75)
            ? random.pick(weighted: Place.romanian) : random.pick(weighted: Place.european)
        let name =
            "\(random.pick(Self.firstParts))\(random.pick(Self.secondParts)) \(index + 1)"
        let about = "\(name) works in \(place.city) and nearby, with people who know their trade."
        return CompanySketch(name, place.city, field, about)
    }

    private static let firstParts = [
        "Alba", "Aura", "Boreal", "Cetina", "Delta", "Doina", "Fluvia", "Gorun", "Helia", "Izvor",
        "Lumina", "Magura", "Nova", "Olt", "Poiana", "Retezat", "Silva", "Tisa", "Urban", "Vega",
    ]

    private static let secondParts = [
        "con", "dent", "form", "grup", "lab", "line", "log", "mark", "med", "net", "pro", "serv",
        "soft", "tech", "tera", "vest",
    ]

    private static let values = lines(
        """
        We pay on the last working day of the month, and have done so since the beginning.
        Salaries follow a table that everybody can read.
        Nobody was ever dismissed here without two honest conversations before.
        A quarter of us came by the recommendation of somebody who works here.
        We answer every application within ten days, also with a no.
        Half of our managers are women, and it was not a programme that did it.
        The company belongs to the people who founded it, and to eighteen who joined them.
        We publish our figures each spring, the bad ones too.
        Apprentices and students are welcome, and paid.
        What we promise in an ad is in the contract.
        """)
}

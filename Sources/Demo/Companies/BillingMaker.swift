import Domain

/// Makes what stands on invoices: addresses and tax numbers that nobody was given.
struct BillingMaker: Sendable {
    let seed: UInt64

    /// Who issues the invoices of the demo.
    static func issuer() throws -> InvoiceIssuer {
        InvoiceIssuer(
            name: try CompanyName("Vouch Demo SRL"),
            address: try BillingAddress("Strada Memorandumului 21\n400114 Cluj-Napoca"),
            country: .romania, taxID: try TaxID("RO00000019"),
            // The example of SWIFT's registry.
            iban: try IBAN("RO49AAAA1B31007593840000"),
            vatRate: VATRate(basisPoints: 2_100))
    }

    /// Most companies have said it all; the first one, whose account visitors have, too.
    func details(of company: CompanyMaker.Company, index: Int) throws -> BillingDetails {
        var random = DemoRandom(seed: seed, stream: 12, index: index)
        guard index == 0 || random.chance(85) else { return BillingDetails() }
        let street = random.pick(Self.streets)
        let place = company.place
        let form = place.isRomanian ? "SRL" : random.pick(["GmbH", "BV", "SA"])
        let digits = random.number(in: 10_000_000...99_999_999)
        return BillingDetails(
            name: try CompanyName("\(company.name.text) \(form)"),
            address: try BillingAddress(
                "\(street) \(random.number(in: 2...140))\n\(place.city)"),
            taxID: try TaxID("\(place.country)\(digits)"))
    }

    private static let streets = [
        "Strada Lungă", "Calea Victoriei", "Strada Republicii", "Bulevardul Unirii",
        "Strada Horea", "Strada Morii", "Piața Mare", "Strada Fabricii",
    ]
}

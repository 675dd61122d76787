import Domain
import TestSupport
import Testing

@Suite struct `VAT on an invoice` {
    private static let rate = VATRate(basisPoints: 2_100)

    private static func issuer(in country: String = "RO", rate: VATRate?) -> InvoiceIssuer {
        InvoiceIssuer(
            name: CompanyName(stored: "Vouch"), address: BillingAddress(stored: "Cluj"),
            country: CountryCode(stored: country), taxID: TaxID(stored: "RO1"), iban: nil,
            vatRate: rate)
    }

    private static func recipient(_ country: String, _ taxID: String?) -> InvoiceRecipient {
        InvoiceRecipient(
            name: CompanyName(stored: "Nord"), address: nil,
            country: CountryCode(stored: country), taxID: taxID.map { TaxID(stored: $0) })
    }

    @Test(
        arguments: [
            ("RO", "RO", "RO12345", .charged), ("RO", "RO", nil, .charged),
            ("RO", "DE", "DE123456789", .reverseCharge), ("RO", "DE", nil, .charged),
            // Not a VAT number of its country.
            ("RO", "DE", "123456789", .charged), ("RO", "DE", "DE", .charged),
            ("RO", "GR", "EL123456789", .reverseCharge), ("RO", "GR", "GR123456789", .charged),
            ("RO", "CH", nil, .outside), ("RO", "GB", "GB123", .outside),
            ("CH", "DE", "DE123456789", .outside), ("CH", "CH", nil, .charged),
        ] as [(String, String, String?, VATTreatment)])
    func `is owed where the law says so`(
        issuer: String, recipient: String, taxID: String?, wanted: VATTreatment
    ) {
        let to = Self.recipient(recipient, taxID)
        let found = VATTreatment(issuer: Self.issuer(in: issuer, rate: Self.rate), recipient: to)
        #expect(found == wanted)
        #expect(
            VATTreatment(issuer: Self.issuer(in: issuer, rate: nil), recipient: to) == .notCharged)
        #expect(VATTreatment(issuer: nil, recipient: to) == .notCharged)
    }

    @Test(
        arguments: [
            // 0.5, 1.5, 2.5 and 3.5 go to the even one, and so do their opposites.
            (1, 5_000, 0), (3, 5_000, 2), (5, 5_000, 2), (7, 5_000, 4), (-1, 5_000, 0),
            (-3, 5_000, -2), (-5, 5_000, -2),
            (10_050, 2_100, 2_110), (10_051, 2_100, 2_111), (50, 2_100, 10), (150, 2_100, 32),
            (250, 2_100, 52), (0, 2_100, 0), (Int64.max, 10_000, Int64.max),
            (Int64.min + 1, 10_000, Int64.min + 1), (1, 1, 0), (10_000, 1, 1),
        ] as [(Int64, Int, Int64)])
    func `is rounded to the nearest, and to the even one from the middle`(
        net: Int64, basisPoints: Int, tax: Int64
    ) throws {
        let rate = try #require(VATRate(basisPoints: basisPoints))
        #expect(rate.tax(on: Money(minorUnits: net, currency: .eur)).minorUnits == tax)
    }

    @Test func `has a rate within bounds`() {
        for basisPoints in [-1, 0, 10_001] { #expect(VATRate(basisPoints: basisPoints) == nil) }
        for basisPoints in [1, 10_000] { #expect(VATRate(basisPoints: basisPoints) != nil) }
    }

    /// Any parts of any amount at any rate: each part is rounded, the sum is exact.
    @Test func `is given back exactly by the credit notes of a whole invoice`() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let rate = try #require(
                VATRate(basisPoints: Int.random(in: 1...10_000, using: &generator)))
            let net = Int64.random(in: 1...100_000, using: &generator)
            let whole = InvoiceVAT(
                on: Money(minorUnits: net, currency: .ron),
                issuer: Self.issuer(rate: rate), recipient: Self.recipient("RO", nil))
            var (left, tax) = (net, Int64(0))
            while left > 0 {
                let part = Int64.random(in: 1...left, using: &generator)
                let note = try whole.credit(
                    of: Money(minorUnits: part, currency: .ron),
                    after: (
                        net: Money(minorUnits: net - left, currency: .ron),
                        tax: Money(minorUnits: -tax, currency: .ron)
                    ))
                #expect(note.amount.minorUnits <= 0)
                #expect(-note.amount.minorUnits <= part)
                left -= part
                tax += note.amount.minorUnits
            }
            #expect(tax == -whole.amount.minorUnits)
        }
    }
}

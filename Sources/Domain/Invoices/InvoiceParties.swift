/// Who issues invoices; what was said once stays, on every invoice that names it.
package struct InvoiceIssuer: Hashable, Sendable {
    package let name: CompanyName
    package let address: BillingAddress
    package let country: CountryCode
    package let taxID: TaxID
    /// Where companies pay to.
    package let iban: IBAN?
    /// Nil for an issuer that is not registered for VAT.
    package let vatRate: VATRate?

    package init(
        name: CompanyName, address: BillingAddress, country: CountryCode, taxID: TaxID,
        iban: IBAN?, vatRate: VATRate?
    ) {
        self.name = name
        self.address = address
        self.country = country
        self.taxID = taxID
        self.iban = iban
        self.vatRate = vatRate
    }
}

/// To whom an invoice is issued, as it was on that day.
package struct InvoiceRecipient: Hashable, Sendable {
    package let name: CompanyName
    /// At least a town, where the company has said so much.
    package let address: BillingAddress?
    package let country: CountryCode
    package let taxID: TaxID?

    package init(
        name: CompanyName, address: BillingAddress?, country: CountryCode, taxID: TaxID?
    ) {
        self.name = name
        self.address = address
        self.country = country
        self.taxID = taxID
    }
}

/// What a company wants to stand on its invoices; what is nil is taken from its page.
package struct BillingDetails: Hashable, Sendable {
    package var name: CompanyName?
    package var address: BillingAddress?
    package var country: CountryCode?
    package var taxID: TaxID?

    package init(
        name: CompanyName? = nil, address: BillingAddress? = nil, country: CountryCode? = nil,
        taxID: TaxID? = nil
    ) {
        self.name = name
        self.address = address
        self.country = country
        self.taxID = taxID
    }

    /// On an invoice of today, for a company of that name and place.
    package func recipient(
        named company: CompanyName, in home: CountryCode, _ city: CityName?
    ) -> InvoiceRecipient {
        InvoiceRecipient(
            name: name ?? company,
            address: address ?? city.map { BillingAddress(stored: $0.text) },
            country: country ?? home, taxID: taxID)
    }
}

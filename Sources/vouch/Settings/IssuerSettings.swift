import Domain

// Who issues invoices, as the settings say it.

extension Settings {
    private static let issuerNeeds = [
        "issuerName", "issuerAddress", "issuerCountry", "issuerTaxID",
    ]
    private static let issuerMay = ["issuerIBAN", "issuerVatRate"]

    /// Nil where nothing is said of an issuer.
    var issuer: InvoiceIssuer? {
        guard let name = try? CompanyName(self["issuerName"] ?? ""),
            let address = try? BillingAddress(addressLines),
            let country = try? CountryCode(self["issuerCountry"] ?? ""),
            let taxID = try? TaxID(self["issuerTaxID"] ?? "")
        else { return nil }
        return InvoiceIssuer(
            name: name, address: address, country: country, taxID: taxID,
            iban: self["issuerIBAN"].flatMap { try? IBAN($0) },
            vatRate: self["issuerVatRate"].flatMap(Int.init).flatMap(VATRate.init(basisPoints:)))
    }

    /// `Strada Lungă 1; 400001 Cluj-Napoca` in its lines.
    private var addressLines: String {
        (self["issuerAddress"] ?? "").split(separator: ";").map {
            String($0.drop(while: \.isWhitespace))
        }.joined(separator: "\n")
    }

    /// What is missing, and what cannot be used.
    var issuerProblems: [String] {
        guard (Self.issuerNeeds + Self.issuerMay).contains(where: { self[$0] != nil }) else {
            return []
        }
        var found = Self.issuerNeeds.filter { self[$0] == nil }.map {
            "\($0) is not set: an issuer of invoices needs name, address, country and tax number"
        }
        func check(_ key: String, _ sentence: String, _ make: (String) throws -> Void) {
            guard let text = self[key] else { return }
            do { try make(text) } catch { found.append("\(key) \(sentence)") }
        }
        check("issuerName", "is not a name of at most 120 letters") { _ = try CompanyName($0) }
        check("issuerAddress", "is not an address of at most 300 letters") { _ in
            _ = try BillingAddress(addressLines)
        }
        check("issuerCountry", "is not a European country in two letters") {
            _ = try CountryCode($0)
        }
        check("issuerTaxID", "is not a number of 2 to 20 letters and digits") {
            _ = try TaxID($0)
        }
        check("issuerIBAN", "is not an account that banks know") { _ = try IBAN($0) }
        return found
    }
}

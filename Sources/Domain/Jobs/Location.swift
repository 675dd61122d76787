/// A country by its ISO 3166-1 code of two letters.
package struct CountryCode: Hashable, Sendable {
    /// Two capital letters.
    package let text: String

    package static let romania = CountryCode(stored: "RO")

    /// The countries of the European Economic Area, Switzerland, the United Kingdom and Moldova.
    package static let known: [CountryCode] = [
        "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR",
        "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MD", "MT", "NL", "NO", "PL", "PT", "RO",
        "SE", "SI", "SK",
    ].map(CountryCode.init(stored:))

    private static let knownTexts = Set(known.map(\.text))

    /// Takes a known country in either case.
    package init(
        _ input: String, field: ValidationError.Field = .country
    ) throws(ValidationError) {
        let upper = input.uppercased()
        guard !upper.isEmpty else { throw ValidationError(field, .missing) }
        guard Self.knownTexts.contains(upper) else {
            throw ValidationError(field, .unsupported)
        }
        text = upper
    }

    /// Takes a code that the database kept.
    package init(stored text: String) {
        self.text = text
    }
}

extension CountryCode: CustomStringConvertible {
    package var description: String { text }
}

/// Where the work is done.
package struct Location: Hashable, Sendable {
    /// Where the job is, or for remote work the country people may apply from.
    package let country: CountryCode
    /// Nil only for work that is remote.
    package let city: CityName?
    package let remote: Remote

    package init(
        country: CountryCode, city: CityName?, remote: Remote
    ) throws(ValidationError) {
        guard remote == .full || city != nil else { throw ValidationError(.city, .missing) }
        self.country = country
        self.city = city
        self.remote = remote
    }

    /// Takes a location that the database kept.
    package init(storedCountry: CountryCode, city: CityName?, remote: Remote) {
        self.country = storedCountry
        self.city = city
        self.remote = remote
    }
}

/// How much of the work can be done from elsewhere.
package enum Remote: String, Hashable, Sendable, CaseIterable {
    case onSite = "on_site"
    case hybrid
    case full

    /// Reads the name that forms and JSON use.
    package init(_ input: String) throws(ValidationError) {
        guard let value = Remote(rawValue: input) else {
            throw ValidationError(.remote, input.isEmpty ? .missing : .unsupported)
        }
        self = value
    }
}

import Domain

/// A job as its company's program writes it: shaped as it is read.
enum JobInput: InputDocument {
    static let schemaName = "JobInput"
    static let schemaDescription =
        "A whole job. A draft may lack its salary; without a plan the commission is paid at once, at the end of the guarantee, which is 60 days if nothing else is said."
    static let schema = Schema.object([
        .always("title", .text(lengthMax: TextRules.JobTitle.lengthMax)),
        .always("description", .text(lengthMax: TextRules.JobDescription.lengthMax)),
        .always("employment_type", .any(of: EmploymentType.self)),
        .always("location", .named(LocationInput.self)),
        .maybe("salary", .optional(.named(SalaryRange.self))),
        .always("terms", .named(TermsInput.self)),
        .always("valid_through", .date),
    ])

    /// Where the work is done.
    enum LocationInput: Described {
        static let schemaName = "LocationInput"
        static let schema = Schema.object([
            .always("country", .choice(CountryCode.known.map(\.text))),
            .maybe("city", .optional(.text(lengthMax: TextRules.City.lengthMax))),
            .always("remote", .any(of: Remote.self)),
        ])
    }

    /// What is promised for a hire.
    enum TermsInput: Described {
        static let schemaName = "TermsInput"
        static let schema = Schema.object([
            .always("commission", .named(Money.self)),
            .maybe("guarantee_days", .optional(.integer(min: 0, max: 365))),
            .maybe("instalments", .optional(.list(.integer(min: 1, max: 100)))),
        ])
    }

    static func pointer(to field: ValidationError.Field) -> String {
        switch field {
        case .country, .city, .remote: "/location/" + field.rawValue
        case .salaryMin: "/salary/min/minor_units"
        case .salaryMax: "/salary/max/minor_units"
        case .salaryCurrency: "/salary/min/currency"
        case .salaryPeriod: "/salary/period"
        case .commission: "/terms/commission/minor_units"
        case .commissionCurrency: "/terms/commission/currency"
        case .guaranteeDays, .instalments: "/terms/" + field.rawValue
        default: "/" + field.rawValue
        }
    }

    /// The values under the names that the form has for them.
    ///
    /// - Parameter content: has the shape of the schema.
    static func fields(_ content: JSONValue) throws(DomainError) -> Fields {
        var values: [ValidationError.Field: JSONValue] = [:]
        for field in [Field.title, .description, .employmentType, .validThrough] {
            values[field] = content[field.rawValue]
        }
        for field in [Field.country, .city, .remote] {
            values[field] = content["location"]?[field.rawValue]
        }
        let terms = content["terms"]
        values[.commission] = terms?["commission"].map(decimal)
        values[.commissionCurrency] = terms?["commission"]?["currency"]
        values[.guaranteeDays] = terms?["guarantee_days"]
        values[.instalments] = terms?["instalments"]?.list.map(plan)
        try read(content["salary"], into: &values)
        let named = values.map { ($0.key.rawValue, $0.value) }
        return .json(Dictionary(uniqueKeysWithValues: named))
    }

    private typealias Field = ValidationError.Field

    private static func read(
        _ salary: JSONValue?, into values: inout [ValidationError.Field: JSONValue]
    ) throws(DomainError) {
        guard let min = salary?["min"], let max = salary?["max"] else { return }
        guard min["currency"] == max["currency"] else {
            throw .invalid([ValidationError(.salaryCurrency, .currencyMismatch)])
        }
        values[.salaryMin] = decimal(min)
        values[.salaryMax] = decimal(max)
        values[.salaryCurrency] = min["currency"]
        values[.salaryPeriod] = salary?["period"]
    }

    /// As a person would type the amount, whose currency is judged by itself.
    private static func decimal(_ money: JSONValue) -> JSONValue {
        .text(Money(minorUnits: money["minor_units"]?.integer ?? 0, currency: .eur).decimal)
    }

    /// As a person would type the shares.
    private static func plan(_ shares: [JSONValue]) -> JSONValue {
        .text(shares.compactMap(\.integer).map { String($0) }.joined(separator: "/"))
    }
}

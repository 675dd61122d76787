import Domain

// Values of the domain that stand inside many resources.

extension Money: JSONWritable {
    package static var schemaName: String { "Money" }
    package static var schemaDescription: String {
        "An amount in whole minor units, cents or bani: 50000 is 500 EUR."
    }

    package static var schema: Schema {
        .object([
            .always("minor_units", .integer()),
            .always("currency", .any(of: Currency.self)),
        ])
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("minor_units")
            json.number(minorUnits)
            json.member("currency", currency.rawValue)
        }
    }
}

extension Location: JSONWritable {
    package static var schemaName: String { "Location" }

    package static var schema: Schema {
        .object([
            .always("country", .text(pattern: "^[A-Z]{2}$")),
            .always("city", .optional(.text())),
            .always("remote", .choice(Remote.allCases.map(\.rawValue))),
        ])
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("country", country.text)
            json.member("city", city?.text)
            json.member("remote", remote.rawValue)
        }
    }
}

extension SalaryRange: JSONWritable {
    package static var schemaName: String { "SalaryRange" }

    package static var schema: Schema {
        .object([
            .always("min", .named(Money.self)),
            .always("max", .named(Money.self)),
            .always("period", .choice(SalaryPeriod.allCases.map(\.rawValue))),
        ])
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("min", min)
            json.member("max", max)
            json.member("period", period.rawValue)
        }
    }
}

extension TermsOffer: JSONWritable {
    package static var schemaName: String { "Terms" }

    package static var schema: Schema {
        .object([
            .always("commission", .named(Money.self)),
            .always("guarantee_days", .integer(min: 0, max: 365)),
            .always("instalments", .list(.integer(min: 1, max: 100))),
        ])
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("commission", commission)
            json.member("guarantee_days", guaranteeDays)
            json.name("instalments")
            json.list(instalments.shares) { json, share in json.number(Int64(share.value)) }
        }
    }
}

extension Schema {
    static var date: Schema { .text(format: .date) }
    static var moment: Schema { .text(format: .dateTime) }
    static var id: Schema { .integer(min: 1) }
    static var slug: Schema { .text(pattern: "^[a-z0-9-]+$") }

    /// A choice among the raw values of a type.
    static func any<Value: CaseIterable & RawRepresentable>(
        of type: Value.Type
    ) -> Schema where Value.RawValue == String {
        .choice(type.allCases.map(\.rawValue))
    }
}

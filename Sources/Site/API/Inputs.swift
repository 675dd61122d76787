import Domain

// What programs send. Members have the names of the fields of the forms for people, and the same
// rules read both.

private typealias Field = ValidationError.Field

extension Schema.Member {
    fileprivate static func always(_ field: Field, _ schema: Schema) -> Self {
        .always(field.rawValue, schema)
    }

    fileprivate static func maybe(_ field: Field, _ schema: Schema) -> Self {
        .maybe(field.rawValue, .optional(schema))
    }
}

extension Schema {
    /// An amount as a person would type it, or as a number.
    fileprivate static var amount: Schema { .text(pattern: "^[0-9]+([.,][0-9]{1,2})?$") }
}

/// A job as its company writes it.
enum JobInput: Described {
    static let schemaName = "JobInput"
    static let schema = Schema.object([
        .always(.title, .text(lengthMax: TextRules.JobTitle.lengthMax)),
        .always(.description, .text(lengthMax: TextRules.JobDescription.lengthMax)),
        .always(.employmentType, .any(of: EmploymentType.self)),
        .always(.country, .text(pattern: "^[A-Z]{2}$")),
        .maybe(.city, .text(lengthMax: TextRules.City.lengthMax)),
        .always(.remote, .any(of: Remote.self)),
        .maybe(.salaryMin, .amount),
        .maybe(.salaryMax, .amount),
        .maybe(.salaryCurrency, .any(of: Currency.self)),
        .maybe(.salaryPeriod, .any(of: SalaryPeriod.self)),
        .always(.validThrough, .date),
        .always(.commission, .amount),
        .always(.commissionCurrency, .any(of: Currency.self)),
        .maybe(.guaranteeDays, .integer(min: 0, max: 365)),
        .maybe(.instalments, .text(pattern: "^[0-9]+(/[0-9]+)*$")),
    ])
}

/// An application; the CV travels in base64.
enum ApplicationInput: Described {
    static let schemaName = "ApplicationInput"
    static let schema = Schema.object([
        .always(.name, .text(lengthMax: TextRules.PersonName.lengthMax)),
        .always(.email, .text(format: .email)),
        .maybe(.phone, .text()),
        .maybe(.message, .text(lengthMax: TextRules.Message.lengthMax)),
        .always(.consent, .boolean),
        .maybe("via", .text(pattern: "^[0-9a-z]{10}$")),
        .maybe(
            "cv",
            .object([
                .always("file_name", .text(lengthMax: TextRules.FileName.lengthMax)),
                .always("content", .text(format: .byte)),
            ])),
        .maybe(.language, .any(of: Language.self)),
    ])
}

/// A step of a candidate.
enum StageInput: Described {
    static let schemaName = "StageInput"
    static let schema = Schema.object([
        .always(.stage, .any(of: Stage.self)),
        .maybe(.reason, .any(of: RejectionReason.self)),
        .maybe(.note, .text(lengthMax: TextRules.Note.lengthMax)),
    ])
}

/// A hire as the company reports it.
enum HireInput: Described {
    static let schemaName = "HireInput"
    static let schema = Schema.object([.always(.startsOn, .date)])
}

/// A hire as the admin records it; without a day the reported one counts.
enum RecordingInput: Described {
    static let schemaName = "RecordingInput"
    static let schema = Schema.object([.maybe(.startsOn, .date)])
}

/// Which link an affiliate wants.
enum LinkInput: Described {
    static let schemaName = "LinkInput"
    static let schema = Schema.object([
        .always("job", .slug),
        .maybe(.channel, .text(lengthMax: ChannelName.lengthMax)),
    ])
}

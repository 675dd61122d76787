import Domain

// What programs send. The same rules read these and the forms for people.

private typealias Field = ValidationError.Field

extension Schema.Member {
    fileprivate static func always(_ field: Field, _ schema: Schema) -> Self {
        .always(field.rawValue, schema)
    }

    fileprivate static func maybe(_ field: Field, _ schema: Schema) -> Self {
        .maybe(field.rawValue, .optional(schema))
    }
}

/// Content of a request that knows where the values stand that the rules complain about.
protocol InputDocument: Described {
    /// The JSON pointer to what a rule calls by the name of a form's field.
    static func pointer(to field: ValidationError.Field) -> String
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
        .maybe("via", .optional(.text(pattern: "^[0-9a-z]{10}$"))),
        .always("cv", .named(CVInput.self)),
        .maybe(.language, .any(of: Language.self)),
    ])

    /// A PDF file.
    enum CVInput: Described {
        static let schemaName = "CVInput"
        static let schema = Schema.object([
            .always("file_name", .text(lengthMax: TextRules.FileName.lengthMax)),
            .always("content", .text(format: .byte)),
        ])
    }
}

/// A person whom an affiliate recommends; `consent` says that the person knows of it.
enum RecommendationInput: Described {
    static let schemaName = "RecommendationInput"
    static let schema = Schema.object([
        .always(.candidateName, .text(lengthMax: TextRules.PersonName.lengthMax)),
        .always(.email, .text(format: .email)),
        .maybe(.phone, .text()),
        .maybe(.language, .any(of: Language.self)),
        .maybe(.message, .text(lengthMax: TextRules.Message.lengthMax)),
        .always(.consent, .boolean),
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
    static let schema = Schema.object([
        .always(.startsOn, .date),
        .maybe(.note, .text(lengthMax: TextRules.Note.lengthMax)),
    ])
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

/// A hire that an admin knows of otherwise.
enum HandRecordingInput: Described {
    static let schemaName = "HandRecordingInput"
    static let schema = Schema.object([.always("starts_on", .date)])
}

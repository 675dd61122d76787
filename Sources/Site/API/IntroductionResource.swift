import Domain

/// A candidate as the company sees them in a list.
struct CandidateRowResource: JSONWritable {
    let id: IntroductionID
    let name: PersonName
    let stage: Stage
    let createdAt: Instant

    static let schemaName = "CandidateRow"
    static let schema = Schema.object([
        .always("id", .id),
        .always("name", .text()),
        .always("stage", .any(of: Stage.self)),
        .always("created_at", .moment),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("name", name.text)
            json.member("stage", stage.rawValue)
            json.member("created_at", createdAt)
        }
    }
}

/// A candidate as the company sees them, with what happened so far.
struct IntroductionResource: JSONWritable {
    let id: IntroductionID
    let jobID: JobID
    let name: PersonName
    let email: EmailAddress
    let phone: PhoneNumber?
    let message: CoverMessage
    let hasCV: Bool
    let stage: Stage
    let createdAt: Instant
    let history: [Step]

    static let schemaName = "Introduction"
    static let schema = Schema.object([
        .always("id", .id),
        .always("job_id", .id),
        .always("name", .text()),
        .always("email", .text(format: .email)),
        .always("phone", .optional(.text())),
        .always("message", .text()),
        .always("has_cv", .boolean),
        .always("stage", .any(of: Stage.self)),
        .always("created_at", .moment),
        .always("history", .list(.named(Step.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("job_id", jobID)
            json.member("name", name.text)
            json.member("email", email.text)
            json.member("phone", phone?.text)
            json.member("message", message.text)
            json.member("has_cv", hasCV)
            json.member("stage", stage.rawValue)
            json.member("created_at", createdAt)
            json.member("history", history)
        }
    }

    /// One change of stage.
    struct Step: JSONWritable {
        let at: Instant
        let from: Stage?
        let to: Stage
        let reason: String?
        let note: Note

        static let schemaName = "StageStep"
        static let schema = Schema.object([
            .always("at", .moment),
            .always("from", .optional(.any(of: Stage.self))),
            .always("to", .any(of: Stage.self)),
            .always("reason", .optional(.text())),
            .always("note", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("at", at)
                json.member("from", from?.rawValue)
                json.member("to", to.rawValue)
                json.member("reason", reason)
                json.member("note", note.text)
            }
        }
    }
}

/// What a candidate gets for an application: the secret address that tells what became of it.
struct ReceiptResource: JSONWritable {
    let receipt: ReceiptCode
    let url: String

    static let schemaName = "Receipt"
    static let schema = Schema.object([
        .always("receipt", .text(pattern: "^[0-9a-z]{26}$")),
        .always("url", .text(format: .uri)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("receipt", receipt.text)
            json.member("url", url)
        }
    }
}

/// Where a candidate was moved to.
struct StageResource: JSONWritable {
    let id: IntroductionID
    let stage: Stage

    static let schemaName = "StageMove"
    static let schema = Schema.object([
        .always("id", .id), .always("stage", .any(of: Stage.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("stage", stage.rawValue)
        }
    }
}

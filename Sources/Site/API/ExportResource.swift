import Domain
import Store

/// Everything that is kept of a candidate, to be taken along (GDPR Art. 20).
struct ExportResource: JSONWritable {
    let export: Receipts.Export

    static let schemaName = "CandidateData"
    static let schema = Schema.object([
        .always("application", .named(ApplicationResource.self)),
        .always("language", .any(of: Language.self)),
        .always("message", .text()),
        .always("recommendation", .text()),
        .always("cv", .optional(.named(File.self))),
        .always("history", .list(.named(Step.self))),
        .always("mails", .list(.named(Mail.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("application", ApplicationResource(receipt: export.receipt))
            json.member("language", export.language.rawValue)
            json.member("message", export.message.text)
            json.member("recommendation", export.recommendation.text)
            json.member("cv", export.cv.map { File(cv: $0) })
            json.member("history", export.receipt.steps.map { Step(step: $0) })
            json.member("mails", export.mails.map { Mail(mail: $0) })
        }
    }

    /// A file that was sent.
    struct File: JSONWritable {
        let cv: Receipts.CV

        static let schemaName = "CandidateFile"
        static let schema = Schema.object([
            .always("file_name", .text()), .always("content", .text(format: .byte)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("file_name", cv.name.text)
                json.member("content", Base64.encoded(cv.bytes))
            }
        }
    }

    /// A step, without what the company noted for itself.
    struct Step: JSONWritable {
        let step: StageStep

        static let schemaName = "CandidateStep"
        static let schema = Schema.object([
            .always("at", .moment),
            .always(
                "by", .choice(["company", "affiliate", "admin", "candidate", "system"])),
            .always("from", .optional(.any(of: Stage.self))),
            .always("to", .any(of: Stage.self)),
            .always("reason", .optional(.any(of: RejectionReason.self))),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("at", step.at)
                json.member("by", step.actor)
                json.member("from", step.from?.rawValue)
                json.member("to", step.to.rawValue)
                json.member("reason", step.reason?.rawValue)
            }
        }
    }

    /// A mail to the candidate.
    struct Mail: JSONWritable {
        let mail: Receipts.Mail

        static let schemaName = "CandidateMail"
        static let schema = Schema.object([
            .always("topic", .text()), .always("written_at", .moment),
            .always("delivered_at", .optional(.moment)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("topic", mail.topic)
                json.member("written_at", mail.writtenAt)
                json.member("delivered_at", mail.deliveredAt)
            }
        }
    }
}

/// The wish of a candidate to be erased; without consent nothing is done.
enum ErasureInput: Described {
    static let schemaName = "ErasureInput"
    static let schema = Schema.object([.always("consent", .boolean)])
}

/// That a candidate was erased.
struct ErasedResource: JSONWritable {
    static let schemaName = "Erased"
    static let schema = Schema.object([.always("is_erased", .boolean)])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("is_erased", true) }
    }
}

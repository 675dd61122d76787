import Domain
import Spool
import Store

/// An application as it waits in the spool: the checked form, and when and by whose link it came.
struct SpooledApplication: Sendable {
    let submission: Applications.Submission
    /// Of the form or the request; always there, because a form that was sent twice is one.
    let key: IdempotencyKey

    private static let version: UInt8 = 1

    /// - Parameter newKey: for a program that sent none.
    init(_ submission: Applications.Submission, newKey: () -> IdempotencyKey) {
        key = submission.key ?? newKey()
        self.submission = submission.with(key)
    }

    /// What makes it one, whichever instance keeps it: the job, the person and the form.
    var spoolKey: SpoolKey {
        let name = "application\n\(submission.job.text)\n\(email)\n\(key.text)"
        let digest = Digest.sha256(Array(name.utf8))
        return SpoolKey(rawValue: digest.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// A person's applications for a job are applied in their order.
    var entity: SpoolEntity { SpoolEntity("introduction:\(submission.job.text):\(email)") }

    private var email: String { submission.application.email.folded }

    var draft: SpoolDraft {
        SpoolDraft(
            key: spoolKey, kind: .application, entity: entity, receipt: submission.receipt,
            payload: payload)
    }

    /// Without the consent: a form that lacks it is no application.
    private var payload: [UInt8] {
        let application = submission.application
        var writer = PayloadWriter(
            version: Self.version, capacity: application.cv?.bytes.count ?? 0)
        writer.add(submission.job.text)
        writer.add(submission.via?.text ?? "")
        writer.add(submission.receipt.text)
        writer.add(key.text)
        writer.add(submission.at.microseconds)
        writer.add(application.name.text)
        writer.add(application.email.text)
        writer.add(application.phone?.text ?? "")
        writer.add(application.message.text)
        writer.add(application.language.rawValue)
        writer.add(application.cv?.name.text ?? "")
        writer.add(application.cv?.bytes ?? [])
        return writer.bytes
    }

    /// Reads a record and holds every value to the rules of a form.
    ///
    /// - Throws: `PayloadReader.Malformed`, `ValidationError`.
    init(payload: [UInt8]) throws {
        var reader = try PayloadReader(payload, version: Self.version)
        let slug = JobSlug(try reader.text())
        let via = try reader.text()
        let receipt = ReceiptCode(try reader.text())
        let key = try IdempotencyKey(try reader.text())
        let at = Instant(microseconds: try reader.number())
        let name = try PersonName(try reader.text())
        let email = try EmailAddress(try reader.text())
        let phone = try reader.text()
        let message = try CoverMessage(try reader.text())
        let language = Language(rawValue: try reader.text())
        let cvName = try reader.text()
        let cv = try reader.bytes()
        try reader.finish()
        guard let slug, let receipt, let language, via.isEmpty || LinkCode(via) != nil else {
            throw PayloadReader.Malformed()
        }
        self.key = key
        submission = Applications.Submission(
            job: slug, via: LinkCode(via),
            application: Application(
                name: name, email: email,
                phone: phone.isEmpty ? nil : try PhoneNumber(phone), message: message,
                cv: cvName.isEmpty && cv.isEmpty ? nil : try CVFile(name: cvName, bytes: cv),
                language: language),
            receipt: receipt, key: key, at: at)
    }
}

extension Applications.Submission {
    /// The same under another key.
    func with(_ key: IdempotencyKey) -> Self {
        Self(job: job, via: via, application: application, receipt: receipt, key: key, at: at)
    }
}

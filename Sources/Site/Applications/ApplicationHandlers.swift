import Domain
import HTTP
import Store

/// Applying for a job, and the candidate's own page ever after.
struct ApplicationHandlers {
    let visit: Visit

    func form(_ slug: JobSlug) async throws -> Response {
        let job = try await job(slug)
        visit.shared?.shows(only: job.company.id)
        guard job.visibility(on: visit.today) == .open else {
            return try await PublicJobHandlers(visit: visit).gone(job)
        }
        let via = visit.shared?.code ?? visit.query["via"].flatMap { LinkCode($0) }
        return visit.page(
            ApplyPage(
                job: JobReference(job), via: via, idempotencyKey: visit.newIdempotencyKey()))
    }

    func apply(_ slug: JobSlug) async throws -> Response {
        let fields = visit.fields
        let via = LinkCode(fields["code"]) ?? visit.query["via"].flatMap { LinkCode($0) }
        do {
            let form = try ApplicationForm(
                fields, cv: visit.submission?.file(ValidationError.Field.cv.rawValue),
                language: visit.language)
            let key = try? IdempotencyKey(fields[.idempotencyKey])
            switch try await submit(form, to: slug, via: via, key: key) {
            case .waits(let receipt):
                return visit.page(
                    KeptApplicationPage(receipt: receipt), status: .accepted, hasForm: false)
            case .written(.accepted(_, let receipt)):
                return visit.redirect(to: PublicRoute.receipt(receipt).path + "?new=1")
            case .written(.duplicate(let match)):
                throw DomainError.duplicate(.candidate(match))
            }
        } catch let error as DomainError {
            return try await again(slug, via: via, fields, error)
        }
    }

    /// The domain call that the form and the API share.
    func submit(
        _ form: ApplicationForm, to slug: JobSlug, via: LinkCode?, key: IdempotencyKey?
    ) async throws -> Kept<Applications.Outcome> {
        let submission = Applications.Submission(
            job: slug, via: via, application: form.application,
            receipt: ReceiptCode(random: visit.services.random.bytes(ReceiptCode.length)),
            key: key, at: visit.now)
        let application = SpooledApplication(
            submission, newKey: { IdempotencyKey(random: visit.services.random.bytes(26)) })
        return try await visit.keeping(application) {
            try await visit.store.write { transaction in
                try await visit.store.applications.submit(
                    application.submission, in: transaction)
            }
        }
    }

    private func again(
        _ slug: JobSlug, via: LinkCode?, _ fields: Fields, _ error: DomainError
    ) async throws -> Response {
        guard error.isAboutTheForm || error == .gone(.job) else { throw error }
        let job = try await job(slug)
        guard job.visibility(on: visit.today) == .open else {
            return try await PublicJobHandlers(visit: visit).gone(job)
        }
        // With another key for a form that was taken: the same one would mean the same application.
        let key =
            error == .conflict(.idempotencyKeyReused)
            ? visit.newIdempotencyKey() : fields[.idempotencyKey]
        return visit.page(
            ApplyPage(
                job: JobReference(job), via: via, input: fields.typed(failure: error),
                idempotencyKey: key.isEmpty ? visit.newIdempotencyKey() : key),
            after: error)
    }

    private func job(_ slug: JobSlug) async throws -> PublicJobs.Job {
        guard let job = try await visit.store.publicJobs.find(slug),
            job.visibility(on: visit.today) != .draft
        else { throw DomainError.notFound(.job) }
        return job
    }

    // MARK: - The candidate's own page

    func receipt(_ code: ReceiptCode) async throws -> Response {
        guard let receipt = try await visit.store.receipts.find(code) else {
            throw DomainError.notFound(.introduction)
        }
        guard !receipt.isErased else { return erased }
        let page = ApplicationPage(
            code: code,
            job: JobReference(
                slug: receipt.jobSlug, title: receipt.jobTitle, company: receipt.companyName),
            isJobOpen: receipt.isJobOpen(on: visit.today), stage: receipt.stage,
            sentAt: receipt.submittedAt, rejection: receipt.rejectionReason,
            sent: ApplicationPage.Sent(receipt),
            history: receipt.steps.map { ApplicationPage.Step(stage: $0.to, at: $0.at) },
            isNew: visit.query["new"] != nil)
        return visit.page(page)
    }

    func withdraw(_ code: ReceiptCode) async throws -> Response {
        try await visit.store.write { transaction in
            try await visit.store.receipts.withdraw(code, at: visit.now, in: transaction)
        }
        return visit.redirect(
            to: PublicRoute.receipt(code).path, notice: .applicationWithdrawn)
    }

    // MARK: - What is kept of the candidate

    func data(_ code: ReceiptCode) async throws -> Response {
        try await unlessErased {
            let export = try await visit.store.receipts.export(code)
            return visit.page(
                ApplicationDataPage(
                    code: code, job: JobReference(export.receipt),
                    sent: ApplicationPage.Sent(export.receipt), language: export.language,
                    message: export.message, recommendation: export.recommendation))
        }
    }

    func export(_ code: ReceiptCode) async throws -> Response {
        try await unlessErased {
            let export = try await visit.store.receipts.export(code)
            var json = JSONWriter(capacity: 4_096 + (export.cv?.bytes.count ?? 0) / 3 * 4)
            ExportResource(export: export).write(to: &json)
            return visit.download(
                json.finish(), mediaType: "application/json", name: "vouch-data.json")
        }
    }

    func eraseForm(_ code: ReceiptCode) async throws -> Response {
        try await unlessErased { visit.page(try await erasePage(code)) }
    }

    func erase(_ code: ReceiptCode) async throws -> Response {
        guard !visit.fields[.consent].isEmpty else {
            let error = DomainError.invalid([ValidationError(.consent, .notAccepted)])
            return try await unlessErased {
                visit.page(
                    try await erasePage(code, FormInput(failure: error)), after: error)
            }
        }
        try await erase(code, consented: true)
        return visit.redirect(to: PublicRoute.receipt(code).path)
    }

    /// The domain call that the form and the API share.
    func erase(_ code: ReceiptCode, consented: Bool) async throws {
        guard consented else {
            throw DomainError.invalid([ValidationError(.consent, .notAccepted)])
        }
        try await visit.store.write { transaction in
            try await visit.store.receipts.erase(code, at: visit.now, in: transaction)
        }
    }

    private func erasePage(
        _ code: ReceiptCode, _ input: FormInput = FormInput()
    ) async throws -> EraseApplicationPage {
        let export = try await visit.store.receipts.export(code)
        return EraseApplicationPage(code: code, job: JobReference(export.receipt), input: input)
    }

    private func unlessErased(_ answer: () async throws -> Response) async throws -> Response {
        do {
            return try await answer()
        } catch DomainError.gone(.introduction) {
            return erased
        }
    }

    private var erased: Response { visit.page(ErasedPage(), status: .gone, hasForm: false) }
}

extension ApplicationPage.Sent {
    init(_ receipt: Receipts.Receipt) {
        self.init(
            name: receipt.candidateName, email: receipt.email, phone: receipt.phone,
            cvName: receipt.cvName)
    }
}

extension JobReference {
    init(_ receipt: Receipts.Receipt) {
        self.init(
            slug: receipt.jobSlug, title: receipt.jobTitle, company: receipt.companyName)
    }
}

import Domain
import HTTP
import Store

/// A company and one of its candidates.
struct IntroductionHandlers {
    let visit: Visit

    func show(_ id: IntroductionID) async throws -> Response {
        visit.page(try await page(id, input: FormInput(), key: visit.newIdempotencyKey()))
    }

    func move(_ id: IntroductionID) async throws -> Response {
        let fields = visit.fields
        do {
            let move = try StageForm(fields).move
            let principal = try visit.principal()
            try await visit.store.write { transaction in
                try await visit.store.stages.move(
                    id, move, by: principal, at: visit.now, in: transaction)
            }
            return visit.redirect(
                to: CompanyRoute.introduction(id).path,
                notice: move.target == .rejected ? .candidateRejected : .stageMoved)
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(id, fields, error)
        }
    }

    func reportHire(_ id: IntroductionID) async throws -> Response {
        let fields = visit.fields
        do {
            let startsOn: CalendarDate
            do {
                startsOn = try JobForm.date(fields, .startsOn)
            } catch {
                throw DomainError.invalid([error])
            }
            let principal = try visit.principal()
            _ = try await visit.store.write { transaction in
                try await visit.store.hires.report(
                    id, startsOn: startsOn, note: Note(stored: ""), by: principal,
                    at: visit.now, in: transaction)
            }
            return visit.redirect(
                to: CompanyRoute.introduction(id).path, notice: .hireReported)
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(id, fields, error)
        }
    }

    /// The file as it came: to be kept, never to be shown inside this site.
    func cv(_ id: IntroductionID) async throws -> Response {
        let file = try await visit.store.candidates.cv(of: id, for: try visit.principal())
        var response = Response(.ok, contentType: "application/pdf", file.bytes)
        response.fields.add(.contentDisposition, ContentDisposition.attachment(file.name.text))
        response.fields.append(
            visit.isSecure ? SecurityFields.secureFile : SecurityFields.file)
        return response
    }

    private func again(
        _ id: IntroductionID, _ fields: Fields, _ error: DomainError
    ) async throws -> Response {
        let key = fields[.idempotencyKey]
        let page = try await page(
            id, input: fields.typed(failure: error),
            key: key.isEmpty ? visit.newIdempotencyKey() : key)
        return visit.page(page, after: error)
    }

    private func page(
        _ id: IntroductionID, input: FormInput, key: String
    ) async throws -> IntroductionPage {
        let candidate = try await visit.store.candidates.find(id, for: try visit.principal())
        let summary = candidate.summary
        let hire = summary.hire.flatMap { state in
            candidate.hireStartsOn.map { IntroductionPage.Hire(state: state, startsOn: $0) }
        }
        return IntroductionPage(
            id: id,
            candidate: IntroductionPage.Candidate(
                name: summary.name, email: summary.email, phone: summary.phone,
                message: candidate.message,
                recommendation: candidate.recommendation, cvName: candidate.cvName),
            job: (candidate.job, candidate.jobTitle), stage: summary.stage,
            affiliate: summary.affiliateName,
            history: candidate.steps.map { HistoryRow($0, texts: visit.texts) }, hire: hire,
            commission: summary.affiliateName == nil ? nil : candidate.offer.commission,
            input: input, idempotencyKey: key)
    }
}

/// Where a candidate is moved to, as the company typed it or its program sent it.
struct StageForm {
    let move: StageMove

    init(_ fields: Fields) throws(DomainError) {
        var validation = Validation()
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        let stage = validation.read { () throws(ValidationError) -> Stage in
            guard let stage = Stage(rawValue: fields[.stage]) else {
                throw ValidationError(.stage, fields[.stage].isEmpty ? .missing : .unsupported)
            }
            return stage
        }
        let reason = validation.read { () throws(ValidationError) -> RejectionReason? in
            stage == .rejected ? try RejectionReason(fields[.reason]) : nil
        }
        try validation.finish()
        guard let stage, let note else { throw .invalid(validation.errors) }
        if let reason = reason ?? nil {
            move = .reject(reason, note: note)
        } else {
            move = .advance(to: stage, note: note)
        }
    }
}

extension HistoryRow {
    /// A step as people read it: roles in their language, the candidate without a name.
    init(_ step: StageStep, texts: Texts) {
        let role = Role(rawValue: step.actor).map(texts.value.role)
        self.init(
            at: step.at, from: step.from, to: step.to,
            by: step.actor == "candidate" ? nil : step.actorName?.text ?? role ?? "Vouch",
            reason: step.reason,
            note: step.note)
    }
}

import Domain
import HTTP
import Store

/// Disputes, for both sides and the admins; the store knows who has a part in which.
struct DisputeHandlers {
    let visit: Visit

    private var disputes: Disputes { visit.store.disputes }

    func list() async throws -> Response {
        let principal = try visit.principal()
        let found = try await disputes.list(for: principal, after: visit.cursor)
        return visit.page(
            DisputeListPage(
                role: principal.role, disputes: found.items, nextCursor: found.next?.text))
    }

    func show(_ id: DisputeID) async throws -> Response {
        visit.page(try await page(id))
    }

    private func page(_ id: DisputeID, input: FormInput = FormInput()) async throws -> DisputePage {
        let principal = try visit.principal()
        let dispute = try await disputes.find(id, for: principal)
        async let statements = disputes.statements(of: id, for: principal)
        async let evidence = disputes.evidence(of: id, for: principal)
        return DisputePage(
            dispute: dispute, statements: try await statements, evidence: try await evidence,
            role: principal.role, input: input)
    }

    // MARK: - Speaking

    /// Says what a side has to say in its turn.
    func answer(_ id: DisputeID) async throws -> Response {
        try await speak(in: id, notice: .disputeAnswered) { principal in
            let text: DisputeText
            do throws(ValidationError) {
                text = try DisputeText(visit.fields[.text])
            } catch {
                throw DomainError.invalid([error])
            }
            try await visit.store.write { transaction in
                try await disputes.answer(
                    id, text, by: principal, at: visit.now, in: transaction)
            }
        }
    }

    /// Keeps a file; the same one again changes nothing.
    func addEvidence(_ id: DisputeID) async throws -> Response {
        try await speak(in: id, notice: .evidenceKept) { principal in
            let sent = visit.submission?.file(ValidationError.Field.evidence.rawValue)
            let file: EvidenceFile
            do throws(ValidationError) {
                guard let sent else { throw ValidationError(.evidence, .missing) }
                file = try EvidenceFile(name: sent.name, bytes: sent.bytes)
            } catch {
                throw DomainError.invalid([error])
            }
            _ = try await visit.store.write { transaction in
                try await disputes.add(
                    file, to: id, by: principal, at: visit.now, in: transaction)
            }
        }
    }

    /// Takes a dispute back; once more changes nothing.
    func withdraw(_ id: DisputeID) async throws -> Response {
        try await speak(in: id, notice: .disputeWithdrawn) { principal in
            try await visit.store.write { transaction in
                try await disputes.withdraw(id, by: principal, at: visit.now, in: transaction)
            }
        }
    }

    private func speak(
        in id: DisputeID, notice: Notice, _ deed: (Principal) async throws -> Void
    ) async throws -> Response {
        let principal = try visit.principal()
        // Somebody else's is nobody's business, whatever was sent.
        _ = try await disputes.find(id, for: principal)
        guard principal.role != .admin else { throw DomainError.forbidden }
        do {
            try await deed(principal)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await page(id, input: visit.fields.typed(failure: error)), after: error)
        }
        return visit.redirect(to: DisputeRoute.show(id).path, notice: notice)
    }

    func evidence(_ id: EvidenceID) async throws -> Response {
        let file = try await disputes.file(id, for: try visit.principal())
        var response = Response(.ok, fields: ResponseFields(), body: .bytes(file.bytes))
        response.fields.add(.contentType, file.mediaType)
        response.fields.add(.contentDisposition, ContentDisposition.attachment(file.name.text))
        response.fields.append(
            visit.isSecure ? SecurityFields.secureFile : SecurityFields.file)
        return response
    }

    // MARK: - Opening

    /// The form of an affiliate, who claims something for the hire of a commission.
    func claimForm(_ id: CommissionID) async throws -> Response {
        let hire = try await disputes.hire(of: id, for: try visit.affiliate())
        return visit.page(try await openingPage(hire, .claim(id)))
    }

    func claim(_ id: CommissionID) async throws -> Response {
        let hire = try await disputes.hire(of: id, for: try visit.affiliate())
        return try await open(hire, .claim(id)) { _ in .claim(hire) }
    }

    /// The form of a company, which objects to a commission of its hire.
    func objectionForm(_ id: HireID) async throws -> Response {
        visit.page(try await openingPage(id, .objection(id)))
    }

    func object(_ id: HireID) async throws -> Response {
        try await open(id, .objection(id)) { disputable in
            guard let row = CommissionID(visit.fields[.commission]),
                disputable.rows.contains(where: { $0.id == row })
            else {
                throw DomainError.invalid([
                    ValidationError(
                        .commission,
                        visit.fields[.commission].isEmpty ? .missing : .unsupported)
                ])
            }
            return .commission(row)
        }
    }

    private func open(
        _ hire: HireID, _ kind: OpenDisputePage.Kind,
        _ subject: (Disputes.Disputable) throws -> Disputes.Subject
    ) async throws -> Response {
        let principal = try visit.principal()
        let disputable = try await disputes.disputable(hire, for: principal)
        let path: String?
        do {
            let form = try DisputeForm(visit.fields, in: disputable.currency)
            let opening = form.opening(of: try subject(disputable))
            let key: IdempotencyKey
            do {
                key = try IdempotencyKey(visit.fields[.idempotencyKey])
            } catch {
                throw DomainError.invalid([error])
            }
            let request = KeyedRequest(
                account: principal.account, key: key,
                hash: Digest.sha256(Array("dispute \(hire) \(form.text.text)".utf8)))
            path = try await visit.store.once(request, at: visit.now) { transaction in
                let id = try await disputes.open(
                    opening, by: principal, at: visit.now, in: transaction)
                return StoredAnswer(
                    status: 303, location: DisputeRoute.show(id).path, body: [])
            }.location
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await openingPage(
                hire, kind, input: visit.fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: path ?? DisputeRoute.list.path, notice: .disputeOpened)
    }

    private func openingPage(
        _ hire: HireID, _ kind: OpenDisputePage.Kind, input: FormInput = FormInput()
    ) async throws -> OpenDisputePage {
        OpenDisputePage(
            disputable: try await disputes.disputable(hire, for: try visit.principal()),
            kind: kind, idempotencyKey: visit.newIdempotencyKey(), input: input)
    }

    // MARK: - Deciding

    /// The choice, and what follows from it once it is made.
    func decisionForm(_ id: DisputeID) async throws -> Response {
        let fields = Fields.form(FormData(fields: visit.query.fields))
        guard !fields[.outcome].isEmpty else {
            return visit.page(try await decisionPage(id))
        }
        let page = try await decisionPage(id, input: fields.typed())
        do {
            let form = try DisputeDecisionForm(fields, about: page.dispute.amount)
            return visit.page(page.showing(form.outcome))
        } catch {
            return visit.page(
                try await decisionPage(id, input: fields.typed(failure: error)), after: error)
        }
    }

    /// Decides as the preview showed; the same decision again changes nothing.
    func decide(_ id: DisputeID) async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        let dispute = try await disputes.find(id, for: principal)
        do {
            let form = try DisputeDecisionForm(fields, about: dispute.amount)
            try await visit.store.write { transaction in
                try await disputes.decide(
                    id, form.outcome, because: form.reason, note: form.note, by: principal,
                    at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await decisionPage(id, input: fields.typed(failure: error)), after: error)
        }
        return visit.redirect(to: DisputeRoute.decisionForm(id).path, notice: .disputeDecided)
    }

    private func decisionPage(
        _ id: DisputeID, input: FormInput = FormInput()
    ) async throws -> DecideDisputePage {
        let page = try await page(id)
        return DecideDisputePage(
            dispute: page.dispute, statements: page.statements, evidence: page.evidence,
            input: input)
    }
}

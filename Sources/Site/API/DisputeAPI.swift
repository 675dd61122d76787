import Domain
import HTTP
import Store

/// Disputes for programs; the same forms and calls as for people.
struct DisputeAPI {
    let visit: Visit

    private var disputes: Disputes { visit.store.disputes }

    func list() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await disputes.list(
            for: try visit.principal(), openOnly: query["open"] == "true", after: query.after,
            limit: query.limit)
        return visit.json(found) { DisputeResource(dispute: $0) }
    }

    func show(_ id: DisputeID) async throws -> Response {
        let principal = try visit.principal()
        let dispute = try await disputes.find(id, for: principal)
        return visit.json(
            WholeDisputeResource(
                dispute: dispute, statements: try await disputes.statements(of: id, for: principal),
                evidence: try await disputes.evidence(of: id, for: principal)))
    }

    func open() async throws -> Response {
        let content = try visit.sentContent()
        let principal = try visit.principal()
        let (currency, amount) = try Self.amount(content)
        let fields = Fields.json(of: content, with: [.amount: amount])
        let form = try DisputeForm(fields, in: currency)
        let subject: Disputes.Subject
        switch principal.role {
        case .company:
            guard let id = content["commission_id"]?.integer else {
                throw DomainError.invalid([ValidationError(.commission, .missing)])
            }
            subject = .commission(CommissionID(id))
        case .affiliate:
            guard let id = content["hire_id"]?.integer else {
                throw DomainError.notFound(.hire)
            }
            subject = .claim(HireID(id))
        case .admin: throw DomainError.forbidden
        }
        return try await visit.write(
            at: { APIRoute.dispute($0.id).path },
            { transaction in
                DisputeReference(
                    id: try await disputes.open(
                        form.opening(of: subject), by: principal, at: visit.now,
                        in: transaction))
            })
    }

    func answer(_ id: DisputeID) async throws -> Response {
        let fields = try visit.sentFields()
        let principal = try visit.principal()
        let text: DisputeText
        do throws(ValidationError) {
            text = try DisputeText(fields[.text])
        } catch {
            throw DomainError.invalid([error])
        }
        return try await visit.write { transaction in
            try await disputes.answer(id, text, by: principal, at: visit.now, in: transaction)
            return DisputeReference(id: id)
        }
    }

    func addEvidence(_ id: DisputeID) async throws -> Response {
        let content = try visit.sentContent()
        let principal = try visit.principal()
        let file: EvidenceFile
        do throws(ValidationError) {
            guard let bytes = Base64.decoded(content["content"]?.text ?? "") else {
                throw ValidationError(.evidence, .malformed)
            }
            file = try EvidenceFile(name: content["file_name"]?.text ?? "", bytes: bytes)
        } catch {
            throw DomainError.invalid([error])
        }
        return try await visit.write(
            at: { APIRoute.evidence($0.id).path },
            { transaction in
                EvidenceReference(
                    id: try await disputes.add(
                        file, to: id, by: principal, at: visit.now, in: transaction))
            })
    }

    func withdraw(_ id: DisputeID) async throws -> Response {
        _ = try visit.sentContent()
        let principal = try visit.principal()
        return try await visit.write { transaction in
            try await disputes.withdraw(id, by: principal, at: visit.now, in: transaction)
            return DisputeReference(id: id)
        }
    }

    func decide(_ id: DisputeID) async throws -> Response {
        let content = try visit.sentContent()
        let principal = try visit.principal()
        let dispute = try await disputes.find(id, for: principal)
        let (currency, amount) = try Self.amount(content)
        guard content["amount"] == nil || currency == dispute.amount.currency else {
            throw DomainError.invalid([ValidationError(.amount, .currencyMismatch)])
        }
        let form = try DisputeDecisionForm(
            Fields.json(of: content, with: [.amount: amount]), about: dispute.amount)
        return try await visit.write { transaction in
            try await disputes.decide(
                id, form.outcome, because: form.reason, note: form.note, by: principal,
                at: visit.now, in: transaction)
            return DisputeReference(id: id)
        }
    }

    /// The amount as a person would type it, so that the same rules read it; empty for none.
    private static func amount(
        _ content: JSONValue
    ) throws(DomainError) -> (currency: Currency, text: String) {
        guard let sent = content["amount"] else { return (.eur, "") }
        guard let currency = sent["currency"]?.text.flatMap({ Currency(rawValue: $0) }) else {
            throw .invalid([ValidationError(.amount, .unsupported)])
        }
        return (
            currency,
            Money(minorUnits: sent["minor_units"]?.integer ?? 0, currency: currency).decimal
        )
    }
}

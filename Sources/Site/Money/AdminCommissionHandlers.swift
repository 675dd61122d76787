import Domain
import HTTP
import Store

/// Commissions before an admin.
struct AdminCommissionHandlers {
    let visit: Visit

    func list() async throws -> Response { visit.page(try await page()) }

    /// Decides about all that were chosen, or about none of them.
    func decide() async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        do {
            let (deed, note) = try Self.decision(fields)
            let ids = chosen
            _ = try await visit.store.write { transaction in
                try await visit.store.commissionDeeds.decide(
                    deed, on: ids, note: note, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(input: fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(
            to: AdminRoute.commissions.path + "?state=" + state.rawValue,
            notice: .commissionsDecided)
    }

    private var chosen: [CommissionID] {
        guard visit.submission != nil, case .form(let form) = visit.fields else {
            // A link of the queue chooses one.
            return visit.query["commission"].flatMap { CommissionID($0) }.map { [$0] } ?? []
        }
        return form.values(of: "commission").compactMap { CommissionID($0) }
    }

    private var state: CommissionState {
        let asked = visit.query["state"].flatMap { CommissionState(rawValue: $0) }
        return asked.flatMap { AdminCommissionsPage.states.contains($0) ? $0 : nil } ?? .pending
    }

    static func decision(_ fields: Fields) throws(DomainError) -> (CommissionDeed, Note) {
        var validation = Validation()
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        let decision = CommissionDecision(rawValue: fields[.outcome])
        if decision == nil {
            validation.refuse(.outcome, fields[.outcome].isEmpty ? .missing : .unsupported)
        }
        let reason = CommissionReason(rawValue: fields[.reason])
        if reason == nil, decision == .hold || decision == .reverse {
            validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
        }
        try validation.finish()
        let deed: CommissionDeed =
            switch decision {
            case .approve, nil: .approve
            case .hold: .hold(reason ?? .other)
            case .release: .release
            case .reverse: .reverse(reason ?? .other)
            }
        return (deed, note ?? Note(stored: ""))
    }

    private func page(input: FormInput = FormInput()) async throws -> AdminCommissionsPage {
        let found = try await visit.store.commissions.waiting(in: state, after: visit.cursor)
        let chosen = Set(chosen)
        return AdminCommissionsPage(
            state: state,
            rows: found.items.map { row in
                AdminCommissionsPage.Row(
                    id: row.id, affiliate: row.affiliateName, candidate: row.candidateName,
                    company: row.companyName, amount: row.amount, dueOn: row.dueOn,
                    isChosen: chosen.contains(row.id))
            }, cursor: visit.cursor?.text, nextCursor: found.next?.text, input: input)
    }
}

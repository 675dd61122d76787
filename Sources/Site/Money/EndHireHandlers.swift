import Domain
import HTTP
import Store

/// Decisions about a hire, by an admin.
struct EndHireHandlers {
    let visit: Visit

    /// The choice, and what follows from it once it is made.
    func form(_ id: HireID) async throws -> Response {
        let fields = Fields.form(FormData(fields: visit.query.fields))
        guard !fields[.outcome].isEmpty else {
            return visit.page(EndHirePage(hire: try await hire(id)))
        }
        do {
            return visit.page(try await preview(id, fields))
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(id, fields, error)
        }
    }

    /// Does what the preview showed; whoever presses twice gets one answer.
    func end(_ id: HireID) async throws -> Response {
        let principal = try visit.principal()
        let fields = visit.fields
        do {
            let form = try HireDeedForm(fields)
            guard let decided = Fingerprint(fields[HireDeedForm.fingerprint]) else {
                throw DomainError.conflict(.changedMeanwhile)
            }
            _ = try await visit.store.write { transaction in
                try await visit.store.hireEnding.perform(
                    form.deed, on: id, decided: decided, by: principal, at: visit.now,
                    in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(id, fields, error)
        }
        return visit.redirect(to: AdminRoute.hire(id).path, notice: .hireDecided)
    }

    /// The choice again with what is wrong, and what would follow now where it still can be done.
    private func again(
        _ id: HireID, _ fields: Fields, _ error: DomainError
    ) async throws -> Response {
        var shown: HireConsequences?
        if error == .conflict(.changedMeanwhile) {
            shown = try? await preview(id, fields).consequences
        }
        let page = EndHirePage(
            hire: try await hire(id), consequences: shown, input: fields.typed(failure: error))
        return visit.page(page, after: error)
    }

    private func preview(_ id: HireID, _ fields: Fields) async throws -> EndHirePage {
        let form = try HireDeedForm(fields)
        let consequences = try await visit.store.hireEnding.preview(
            form.deed, on: id, by: try visit.principal(), today: visit.today)
        return EndHirePage(
            hire: try await hire(id), consequences: consequences, input: fields.typed())
    }

    private func hire(_ id: HireID) async throws -> AdminHireRow {
        AdminHireRow(try await visit.store.hires.find(id))
    }
}

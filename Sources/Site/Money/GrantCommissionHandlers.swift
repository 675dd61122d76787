import Domain
import HTTP
import Store

/// Adding a commission by hand.
struct GrantCommissionHandlers {
    let visit: Visit

    func form(_ id: HireID) async throws -> Response {
        visit.page(try await page(id, input: FormInput()))
    }

    /// Adds it; the form's key makes one commission of two sendings.
    func grant(_ id: HireID) async throws -> Response {
        let principal = try visit.principal()
        let hire = try await visit.store.hires.find(id)
        let path = AdminRoute.hire(id).path
        do {
            let form = try GrantForm(
                visit.fields, to: id, in: hire.offer.commission.currency)
            let key: IdempotencyKey
            do throws(ValidationError) {
                key = try IdempotencyKey(visit.fields[.idempotencyKey])
            } catch {
                throw DomainError.invalid([error])
            }
            let content = "grant \(id)\n\(form.grant)"
            let request = KeyedRequest(
                account: principal.account, key: key,
                hash: Digest.sha256(Array(content.utf8)))
            _ = try await visit.store.once(request, at: visit.now) { transaction in
                _ = try await visit.store.commissionDeeds.add(
                    form.grant, by: principal, at: visit.now, in: transaction)
                return StoredAnswer(status: 303, location: path, body: [])
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await page(id, input: visit.fields.typed(failure: error))
            return visit.page(page, after: error)
        }
        return visit.redirect(to: path, notice: .commissionAdded)
    }

    private func page(_ id: HireID, input: FormInput) async throws -> GrantCommissionPage {
        let hire = try await visit.store.hires.find(id)
        // Nobody earns anything by a hire that nobody brought or that was only reported.
        guard hire.affiliateName != nil, hire.recordedAt != nil else {
            throw DomainError.notFound(.hire)
        }
        return GrantCommissionPage(
            hire: AdminHireRow(hire), idempotencyKey: visit.newIdempotencyKey(), input: input)
    }
}

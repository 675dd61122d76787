import Domain
import HTTP
import Store

/// Confirming the address of an account, and changing it.
struct AddressHandlers {
    let visit: Visit

    /// Shows a button only: programs that look at mails follow their links.
    func confirmForm(_ token: MailToken) async throws -> Response {
        let found = try await visit.store.mailTokens.find(token, for: .confirmAddress)
        guard found.works(at: visit.now), let address = found.email else {
            return visit.linkIsOver(.confirmAddress)
        }
        return visit.page(ConfirmAddressPage(token: token, address: address))
    }

    func confirm(_ token: MailToken) async throws -> Response {
        let account: AccountID
        do {
            account = try await visit.store.write { transaction in
                try await visit.store.addresses.confirm(token, at: visit.now, in: transaction)
            }
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.confirmAddress)
        }
        let own = visit.person?.account.flatMap { $0.id == account ? $0 : nil }
        return visit.redirect(
            to: own.map { Visit.desk(of: $0.role) } ?? AccountRoute.signInForm.path,
            notice: .addressConfirmed)
    }

    func sendAgain() async throws -> Response {
        let account = try visit.principal().account
        let token = visit.newMailToken()
        do {
            try await visit.store.write { transaction in
                try await visit.store.addresses.send(
                    token, for: account, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(error)
        }
        return visit.redirect(to: AccountRoute.overview.path, notice: .confirmationSent)
    }

    func change() async throws -> Response {
        let account = try visit.principal().account
        do {
            let address = try Self.address(visit.fields)
            try await visit.demandPassword(.password)
            let token = visit.newMailToken()
            try await visit.store.write { transaction in
                try await visit.store.addresses.change(
                    to: address, token, for: account, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return try await again(error)
        }
        return visit.redirect(to: AccountRoute.overview.path, notice: .addressWanted)
    }

    private static func address(_ fields: Fields) throws(DomainError) -> EmailAddress {
        do {
            return try EmailAddress(fields[.email])
        } catch {
            throw .invalid([error])
        }
    }

    private func again(_ error: DomainError) async throws -> Response {
        let page = try await AccountHandlers(visit: visit).page(
            addressInput: visit.fields.typed(failure: error))
        return visit.page(page, after: error)
    }
}

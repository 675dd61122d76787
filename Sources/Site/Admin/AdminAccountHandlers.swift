import Domain
import HTTP
import Store

/// Admins: inviting them, accepting an invitation, shutting them out.
struct AdminAccountHandlers {
    let visit: Visit

    func list() async throws -> Response { visit.page(try await page()) }

    func invite() async throws -> Response {
        let fields = visit.fields
        do {
            let new = try Self.invited(fields, language: visit.language)
            let token = visit.newMailToken()
            let principal = try visit.principal()
            try await visit.store.write { transaction in
                try await visit.store.admins.invite(
                    new, token, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await page(fields.typed(failure: error)), after: error)
        }
        return visit.redirect(to: AdminRoute.admins.path, notice: .adminInvited)
    }

    func disable(_ id: AccountID) async throws -> Response {
        let principal = try visit.principal()
        do {
            try await visit.store.write { transaction in
                try await visit.store.admins.disable(
                    id, by: principal, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await page(FormInput(failure: error)), after: error)
        }
        return visit.redirect(to: AdminRoute.admins.path, notice: .adminDisabled)
    }

    private static func invited(
        _ fields: Fields, language: Language
    ) throws(DomainError) -> Accounts.New {
        var validation = Validation()
        let name = validation.read { () throws(ValidationError) in
            try PersonName(fields[.candidateName], field: .candidateName)
        }
        let email = validation.read { () throws(ValidationError) in
            try EmailAddress(fields[.email])
        }
        try validation.finish()
        guard let name, let email else { throw .invalid(validation.errors) }
        return Accounts.New(email: email, name: name, passwordHash: "", language: language)
    }

    private func page(_ input: FormInput = FormInput()) async throws -> AdminsPage {
        let own = try visit.principal().account
        let admins = try await visit.store.admins.list()
        return AdminsPage(
            admins: admins.map {
                AdminsPage.Row(
                    id: $0.id, name: $0.name, email: $0.email,
                    state: AdminsPage.State($0.state), since: $0.createdAt,
                    canBeDisabled: $0.id != own && $0.state != .disabled)
            }, input: input)
    }

    // MARK: - The invited person

    func invitationForm(_ token: MailToken) async throws -> Response {
        guard let account = try await invitee(token) else {
            return visit.linkIsOver(.acceptInvitation)
        }
        return visit.page(InvitationPage(token: token, name: account.name, email: account.email))
    }

    func accept(_ token: MailToken) async throws -> Response {
        guard let account = try await invitee(token) else {
            return visit.linkIsOver(.acceptInvitation)
        }
        do {
            let password = try PasswordHandlers(visit: visit).newPassword(of: account)
            let hash = try await visit.services.passwords.hash(password.text)
            try await visit.store.write { transaction in
                try await visit.store.admins.accept(
                    token, passwordHash: hash, at: visit.now, in: transaction)
            }
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.acceptInvitation)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                InvitationPage(
                    token: token, name: account.name, email: account.email,
                    input: FormInput(failure: error)), after: error)
        }
        return visit.redirect(to: AccountRoute.signInForm.path, notice: .invitationAccepted)
    }

    /// Whom a link invites; nil when it no longer works.
    private func invitee(_ token: MailToken) async throws -> Account? {
        let found = try await visit.store.mailTokens.find(token, for: .acceptInvitation)
        guard found.works(at: visit.now), let id = found.account else { return nil }
        return try await visit.store.accounts.find(id)
    }
}

extension AdminsPage.State {
    fileprivate init(_ state: Admins.State) {
        switch state {
        case .invited: self = .invited
        case .active: self = .active
        case .disabled: self = .disabled
        }
    }
}

import Domain
import HTTP
import Logging
import Store

/// Passwords that are forgotten or changed.
struct PasswordHandlers {
    let visit: Visit

    func forgotForm() -> Response { visit.page(ForgotPage()) }

    /// Answers the same whether there is such an account or not, and in the same time: the work is
    /// done behind the answer.
    func forgot() async throws -> Response {
        let email: EmailAddress
        do {
            email = try EmailAddress(visit.fields[.email])
        } catch {
            return forgotAgain(.invalid([error]))
        }
        do {
            try await visit.store.signInTries.beginReset(
                addressPrefix: visit.addressPrefix, at: visit.now)
            let isBegun = visit.memory.later.start { [visit] in await Self.send(to: email, visit) }
            guard isBegun else { throw DomainError.tooMany(.resets, retryAfterSeconds: 60) }
        } catch let error as DomainError {
            return forgotAgain(error)
        }
        return visit.redirect(to: AccountRoute.forgotForm.path, notice: .resetSent)
    }

    private static func send(to email: EmailAddress, _ visit: Visit) async {
        let token = visit.newMailToken()
        do {
            _ = try await visit.store.write { transaction in
                try await visit.store.passwordResets.send(
                    token, to: email, at: visit.now, in: transaction)
            }
        } catch {
            visit.services.logger.warning(
                "link to set a password not sent",
                metadata: ["error": "\(LoggedError(error: error))"])
        }
    }

    private func forgotAgain(_ error: DomainError) -> Response {
        visit.page(
            ForgotPage(input: visit.fields.typed(failure: error)),
            after: error)
    }

    // MARK: - With the link

    func resetForm(_ token: MailToken) async throws -> Response {
        guard let account = try await account(token) else {
            return visit.linkIsOver(.resetPassword)
        }
        return visit.page(ResetPasswordPage(token: token, email: account.email))
    }

    func reset(_ token: MailToken) async throws -> Response {
        guard let account = try await account(token) else {
            return visit.linkIsOver(.resetPassword)
        }
        do {
            let password = try newPassword(of: account)
            let hash = try await visit.services.passwords.hash(password.text)
            try await visit.store.write { transaction in
                try await visit.store.passwordResets.finish(
                    token, passwordHash: hash, at: visit.now, in: transaction)
            }
        } catch DomainError.gone(.mailedLink) {
            return visit.linkIsOver(.resetPassword)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                ResetPasswordPage(
                    token: token, email: account.email, input: FormInput(failure: error)),
                after: error)
        }
        // Not signed in by the link alone: there may be a second factor.
        return visit.redirect(to: AccountRoute.signInForm.path, notice: .passwordChanged)
    }

    /// Whose password a link sets; nil when it no longer works.
    private func account(_ token: MailToken) async throws -> Account? {
        let found = try await visit.store.mailTokens.find(token, for: .resetPassword)
        guard found.works(at: visit.now), let id = found.account else { return nil }
        return try await visit.store.accounts.find(id)
    }

    // MARK: - Signed in

    /// Sets another password and signs every device out but this one.
    func change() async throws -> Response {
        guard let account = visit.person?.account else { throw DomainError.forbidden }
        do {
            let password = try newPassword(of: account)
            try await visit.demandPassword(.currentPassword)
            let hash = try await visit.services.passwords.hash(password.text)
            try await visit.store.write { transaction in
                try await visit.store.passwordResets.change(
                    account.id, passwordHash: hash, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            let page = try await AccountHandlers(visit: visit).page(
                passwordInput: FormInput(failure: error))
            return visit.page(page, after: error)
        }
        return try await visit.signedIn(
            account, to: AccountRoute.overview.path, notice: .passwordChanged)
    }

    /// The typed password, by the rules of signing up.
    func newPassword(of account: Account) throws(DomainError) -> NewPassword {
        do {
            return try NewPassword(
                visit.fields[.newPassword], email: account.email, name: account.name.text,
                field: .newPassword)
        } catch {
            throw .invalid([error])
        }
    }
}

extension Visit {
    /// The page of a mailed link that was used or is too old.
    func linkIsOver(_ purpose: MailPurpose) -> Response {
        page(MailedLinkOverPage(purpose: purpose), status: .gone)
    }
}

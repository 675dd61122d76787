import Domain
import HTTP
import Store

/// Signing in and out.
struct SignInHandlers {
    let visit: Visit

    func form() -> Response {
        visit.page(SignInPage(next: LocalAddress(visit.query["next"])?.text))
    }

    func signIn() async throws -> Response {
        let fields = visit.fields
        let next = LocalAddress(fields["next"])?.text
        let email: EmailAddress
        do throws(ValidationError) {
            email = try EmailAddress(fields[.email])
            guard !fields[.password].isEmpty else {
                throw ValidationError(.password, .missing)
            }
        } catch {
            return again(fields, .invalid([error]), next: next)
        }
        // A longer one than anybody may have is not worth the work of hashing.
        guard fields[.password].utf8.count <= NewPassword.bytesMax else {
            return failed(fields, next: next)
        }
        let prefix = visit.addressPrefix
        do {
            try await visit.store.signInTries.begin(
                email: email, addressPrefix: prefix, at: visit.now)
        } catch let error as DomainError {
            return again(fields, error, next: next)
        }
        guard let account = try await account(email, fields[.password]) else {
            return failed(fields, next: next)
        }
        try await visit.store.signInTries.succeeded(email: email, addressPrefix: prefix)
        return try await visit.signedIn(account, to: next ?? Visit.desk(of: account.role))
    }

    func signOut() async throws -> Response {
        if let session = visit.person?.session {
            try await visit.store.write { transaction in
                try await visit.store.sessions.revoke(
                    session.id, of: session.principal.account, at: visit.now, in: transaction)
            }
        }
        var response = visit.redirect(to: PublicRoute.home.path, notice: .signedOut)
        response.fields.add(visit.sessionCookie.removed)
        return response
    }

    /// The account, if the password is its own; an account that is not there takes as long.
    private func account(_ email: EmailAddress, _ password: String) async throws -> Account? {
        let found = try await visit.store.accounts.credentials(for: email)
        let isRight = try await visit.services.passwords.verify(
            password, against: found?.passwordHash)
        return isRight ? found?.account : nil
    }

    private func failed(_ fields: Fields, next: String?) -> Response {
        let input = FormInput([.email: fields[.email]])
        return visit.page(
            SignInPage(input: input, hasFailed: true, next: next), status: .unprocessableContent)
    }

    private func again(_ fields: Fields, _ error: DomainError, next: String?) -> Response {
        visit.page(SignInPage(input: fields.typed(failure: error), next: next), after: error)
    }
}

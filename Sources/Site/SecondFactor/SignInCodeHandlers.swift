import Domain
import HTTP
import Store

/// The second step of signing in, for accounts that have a second factor.
struct SignInCodeHandlers {
    let visit: Visit

    func form() -> Response {
        guard visit.factorCookie.account(in: visit.head, now: visit.now) != nil else {
            return startAgain()
        }
        return visit.page(SignInCodePage(next: LocalAddress(visit.query["next"])?.text))
    }

    func check() async throws -> Response {
        guard let id = visit.factorCookie.account(in: visit.head, now: visit.now),
            let account = try await visit.store.accounts.find(id), !account.isDisabled
        else { return startAgain() }
        let next = LocalAddress(visit.fields["next"])?.text
        // The form with the recovery code is another one, which needs a keyboard with letters.
        let field: ValidationError.Field =
            visit.fields[.recoveryCode].isEmpty ? .factorCode : .recoveryCode
        do {
            let session = try await session(for: account, field)
            return visit.entered(session, account, to: next ?? Visit.desk(of: account.role))
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                SignInCodePage(input: FormInput(failure: error), next: next),
                after: error)
        }
    }

    private func session(
        for account: Account, _ field: ValidationError.Field
    ) async throws -> Session {
        let proof = try visit.factorProof(field)
        try await visit.store.secondFactors.begin(of: account.id, at: visit.now)
        return try await visit.store.write { transaction in
            guard try await visit.accept(proof, of: account.id, in: transaction) else {
                throw DomainError.invalid([ValidationError(field, .wrongCode)])
            }
            return try await visit.store.sessions.open(
                for: account.principal, at: visit.now, in: transaction)
        }
    }

    private func startAgain() -> Response {
        var response = visit.redirect(to: AccountRoute.signInForm.path)
        response.fields.add(visit.factorCookie.removed)
        return response
    }
}

extension Visit {
    var factorCookie: FactorCookie {
        FactorCookie(keys: services.settings.keys, isSecure: isSecure)
    }

    /// Opens a session for somebody who has just shown a password, or asks for the second factor
    /// that the account has.
    func signedIn(_ account: Account, to path: String, notice: Notice? = nil) async throws
        -> Response
    {
        // Whoever is signed in to this very account has shown its factor already.
        let isKnown = person?.principal.account == account.id
        let session = try await store.write { transaction -> Session? in
            if !isKnown,
                try await store.secondFactors.isSet(for: account.id, in: transaction)
            {
                return nil
            }
            return try await store.sessions.open(
                for: account.principal, at: now, in: transaction)
        }
        guard let session else { return codeWanted(account, next: path) }
        return entered(session, account, to: path, notice: notice)
    }

    private func codeWanted(_ account: Account, next: String) -> Response {
        let query =
            next == Self.desk(of: account.role) ? "" : "?" + QueryString.encoded([("next", next)])
        var response = redirect(to: AccountRoute.signInCodeForm.path + query)
        response.fields.add(factorCookie.set(account.id, now: now))
        return response
    }

    /// Gives the browser its session.
    func entered(
        _ session: Session, _ account: Account, to path: String, notice: Notice? = nil
    ) -> Response {
        var response = redirect(to: path, notice: notice)
        response.fields.add(sessionCookie.set(session, now: now))
        if factorCookie.account(in: head, now: now) != nil {
            response.fields.add(factorCookie.removed)
        }
        if account.language != language {
            response.fields.add(ReaderLanguage.set(account.language, isSecure: isSecure))
        }
        return response
    }
}

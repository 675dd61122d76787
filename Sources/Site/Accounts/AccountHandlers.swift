import Domain
import HTTP
import Store

/// What belongs to the person: language, tokens, sessions.
struct AccountHandlers {
    let visit: Visit

    func show() async throws -> Response { visit.page(try await page()) }

    func saveLanguage() async throws -> Response {
        let account = try visit.principal().account
        guard let language = Language(rawValue: visit.fields[.language]) else {
            throw DomainError.invalid([ValidationError(.language, .unsupported)])
        }
        try await visit.store.write { transaction in
            try await visit.store.accounts.setLanguage(language, of: account, in: transaction)
        }
        var response = visit.redirect(to: AccountRoute.overview.path, notice: .languageSaved)
        response.fields.add(ReaderLanguage.set(language, isSecure: visit.isSecure))
        return response
    }

    /// Shows the new token in the answer itself: it is kept nowhere, so there is no page to go to.
    func createToken() async throws -> Response {
        let account = try visit.principal().account
        let token: BearerToken
        do {
            let name: TokenName
            do {
                name = try TokenName(visit.fields[.tokenName])
                let key = try IdempotencyKey(visit.fields[.idempotencyKey])
                token = BearerToken(visit.services.settings.keys, account: account, key: key)
            } catch {
                throw DomainError.invalid([error])
            }
            _ = try await visit.store.write { transaction in
                try await visit.store.tokens.create(
                    name, hash: token.hash, for: account, at: visit.now, in: transaction)
            }
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                try await page(input: visit.fields.typed(failure: error)),
                after: error)
        }
        return visit.page(try await page(newToken: token.text))
    }

    func revokeToken(_ id: APITokenID) async throws -> Response {
        let account = try visit.principal().account
        try await visit.store.write { transaction in
            try await visit.store.tokens.revoke(id, of: account, at: visit.now, in: transaction)
        }
        return visit.redirect(to: AccountRoute.overview.path, notice: .tokenRevoked)
    }

    func signOutEverywhere() async throws -> Response {
        let account = try visit.principal().account
        try await visit.store.write { transaction in
            try await visit.store.sessions.revokeAll(
                of: account, at: visit.now, in: transaction)
        }
        var response = visit.redirect(to: PublicRoute.home.path, notice: .signedOut)
        response.fields.add(visit.sessionCookie.removed)
        return response
    }

    /// The page with one of its forms as it was sent.
    func page(
        newToken: String? = nil, input: FormInput = FormInput(),
        addressInput: FormInput = FormInput(), passwordInput: FormInput = FormInput()
    ) async throws -> AccountPage {
        guard let account = visit.person?.account else { throw DomainError.forbidden }
        let tokens = try await visit.store.tokens.list(of: account.id)
        let wanted = try await visit.store.addresses.wanted(by: account.id, at: visit.now)
        let hasSecondFactor = try await visit.store.secondFactors.isSet(for: account.id)
        return AccountPage(
            name: account.name, email: account.email, role: account.role,
            language: account.language,
            tokens: tokens.map { token in
                AccountPage.TokenRow(
                    id: token.id, name: token.name, createdAt: token.createdAt,
                    lastUsedAt: token.lastUsedOn.map { Instant($0) })
            },
            idempotencyKey: visit.newIdempotencyKey(), wantedAddress: wanted,
            hasSecondFactor: hasSecondFactor, newToken: newToken,
            input: input, addressInput: addressInput,
            passwordInput: passwordInput)
    }
}

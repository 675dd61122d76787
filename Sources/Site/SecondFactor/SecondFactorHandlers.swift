import Domain
import HTTP
import Store

/// Setting up, replacing and removing the second factor of whoever is signed in.
struct SecondFactorHandlers {
    let visit: Visit

    private var factors: SecondFactors { visit.store.secondFactors }

    func show() async throws -> Response {
        guard let page = try await statePage() else {
            return visit.page(try setUpPage(isReplacement: false))
        }
        return visit.page(page)
    }

    func replaceForm() async throws -> Response {
        guard try await factors.isSet(for: try visit.principal().account) else {
            return visit.redirect(to: AccountRoute.secondFactor.path)
        }
        return visit.page(try setUpPage(isReplacement: true))
    }

    /// Keeps the factor whose first code was typed, and shows the recovery codes in the answer
    /// itself: they are kept nowhere, so there is no page to go to.
    func save() async throws -> Response {
        let principal = try visit.principal()
        let isReplacement = try await factors.isSet(for: principal.account)
        let offered = visit.factorVault.offered(
            visit.fields["factor_secret"], to: principal.account, at: visit.now)
        guard let secret = offered else {
            let input = FormInput(failure: .conflict(.setUpExpired))
            return visit.page(
                try setUpPage(isReplacement: isReplacement, input: input), status: .conflict)
        }
        do {
            let codes = try await save(secret, isReplacement: isReplacement, by: principal)
            return visit.page(codesPage(codes))
        } catch let error as DomainError where error.isAboutTheForm {
            let input = FormInput(failure: error)
            return visit.page(
                try setUpPage(secret, isReplacement: isReplacement, input: input),
                after: error)
        }
    }

    private func save(
        _ secret: FactorSecret, isReplacement: Bool, by principal: Principal
    ) async throws -> [RecoveryCode] {
        let step = try firstStep(secret)
        try await visit.demandPassword(.password)
        let codes = visit.factorVault.newCodes()
        let new = visit.factorVault.factor(
            secret, of: principal.account, step: step, codes: codes)
        let session = visit.person?.session?.id
        guard isReplacement else {
            try await visit.store.write { transaction in
                try await factors.set(
                    new, isReplacement: false, by: principal, keeping: session, at: visit.now,
                    in: transaction)
            }
            return codes
        }
        try await visit.withFactor(.currentCode) { transaction in
            try await factors.set(
                new, isReplacement: true, by: principal, keeping: session, at: visit.now,
                in: transaction)
        }
        return codes
    }

    /// The step of the first code of a new secret: whoever types it has the secret in an app.
    private func firstStep(_ secret: FactorSecret) throws(DomainError) -> Int64 {
        let typed = visit.fields[.factorCode]
        guard !typed.isEmpty else { throw .invalid([ValidationError(.factorCode, .missing)]) }
        let step = OneTimeCode(typed)?.step(at: visit.now, after: nil, mac: secret.mac)
        guard let step else { throw .invalid([ValidationError(.factorCode, .wrongCode)]) }
        return step
    }

    func renewCodes() async throws -> Response {
        let principal = try visit.principal()
        return try await withProof {
            let codes = visit.factorVault.newCodes()
            try await visit.withFactor(.factorCode) { transaction in
                try await factors.renewCodes(
                    codes.map { $0.hash(of: principal.account) }, by: principal, at: visit.now,
                    in: transaction)
            }
            return visit.page(codesPage(codes))
        }
    }

    func remove() async throws -> Response {
        let principal = try visit.principal()
        // Said before a code is used up for nothing.
        guard principal.role != .admin else { throw DomainError.forbidden }
        return try await withProof {
            try await visit.withFactor(.factorCode) { transaction in
                try await factors.remove(by: principal, at: visit.now, in: transaction)
            }
            return visit.redirect(
                to: AccountRoute.overview.path, notice: .secondFactorRemoved)
        }
    }

    /// Shows the page again where password or code are wrong.
    private func withProof(
        _ deed: () async throws -> Response
    ) async throws -> Response {
        guard var page = try await statePage() else {
            throw DomainError.notFound(.secondFactor)
        }
        do {
            try await visit.demandPassword(.password)
            return try await deed()
        } catch let error as DomainError where error.isAboutTheForm {
            page.input = FormInput(failure: error)
            return visit.page(page, after: error)
        }
    }

    // MARK: - Pages

    /// Nil for an account without a factor.
    private func statePage() async throws -> SecondFactorPage? {
        let principal = try visit.principal()
        async let codes = factors.codesLeft(of: principal.account)
        guard let factor = try await factors.find(principal.account) else {
            _ = try await codes
            return nil
        }
        return SecondFactorPage(
            role: principal.role, since: factor.confirmedAt, codesLeft: try await codes)
    }

    private func setUpPage(
        _ secret: FactorSecret? = nil, isReplacement: Bool, input: FormInput = FormInput()
    ) throws(DomainError) -> SetUpFactorPage {
        guard let account = visit.person?.account else { throw .forbidden }
        let secret = secret ?? visit.factorVault.newSecret()
        return SetUpFactorPage(
            secret: secret.grouped, picture: QRCode(secret.uri(for: account.email)),
            offer: visit.factorVault.offer(secret, to: account.id, at: visit.now),
            role: account.role, isReplacement: isReplacement, input: input)
    }

    private func codesPage(_ codes: [RecoveryCode]) -> RecoveryCodesPage {
        let role = visit.person?.role ?? .affiliate
        return RecoveryCodesPage(codes: codes.map(\.grouped), role: role)
    }
}

import Domain
import HTTP
import Store

/// Making an account.
struct SignUpHandlers {
    let visit: Visit

    func form(_ role: Role) -> Response { visit.page(SignUpPage(for: role)) }

    func signUp(_ role: Role) async throws -> Response {
        let fields = visit.fields
        do {
            let form = try SignUpForm(fields, role: role)
            let hash = try await visit.services.passwords.hash(form.password.text)
            let account = try await create(form, passwordHash: hash)
            return try await visit.signedIn(
                account, to: Visit.desk(of: role),
                notice: role == .company ? .welcomeCompany : .welcomeAffiliate)
        } catch let error as DomainError where error.isAboutTheForm {
            return visit.page(
                SignUpPage(for: role, input: fields.typed(failure: error)),
                after: error)
        }
    }

    private func create(_ form: SignUpForm, passwordHash: String) async throws -> Account {
        let accounts = visit.store.accounts
        let new = Accounts.New(
            email: form.email, name: form.name, passwordHash: passwordHash,
            language: visit.language)
        let random = visit.services.random.bytes(8)
        let token = visit.newMailToken()
        let now = visit.now
        return try await visit.store.write { transaction in
            let account: Account
            if let company = form.companyName {
                account = try await accounts.signUp(
                    company: company, new, random: random, at: now, in: transaction)
            } else {
                account = try await accounts.signUpAffiliate(new, at: now, in: transaction)
            }
            try await visit.store.addresses.send(
                token, for: account.id, at: now, in: transaction)
            return account
        }
    }
}

/// What somebody who makes an account has typed.
struct SignUpForm {
    let email: EmailAddress
    let name: PersonName
    let password: NewPassword
    /// Nil for an affiliate.
    let companyName: CompanyName?

    init(_ fields: Fields, role: Role) throws(DomainError) {
        var validation = Validation()
        let company = validation.read { () throws(ValidationError) -> CompanyName? in
            role == .company ? try CompanyName(fields[.companyName]) : nil
        }
        let name = validation.read { () throws(ValidationError) in try PersonName(fields[.name]) }
        let email = validation.read { () throws(ValidationError) in
            try EmailAddress(fields[.email])
        }
        let password = validation.read { () throws(ValidationError) in
            try NewPassword(fields[.password], email: email, name: name?.text)
        }
        try validation.finish()
        guard let email, let name, let password else { throw .invalid(validation.errors) }
        self.email = email
        self.name = name
        self.password = password
        companyName = company ?? nil
    }
}

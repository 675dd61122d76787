import Domain
import HTTP
import Store

extension Visit {
    /// Refuses whoever is signed in but does not know the password, typed into a field; tries are
    /// counted as those of signing in are.
    func demandPassword(_ field: ValidationError.Field) async throws {
        guard let account = person?.account else { throw DomainError.forbidden }
        let password = fields[field]
        guard !password.isEmpty, password.utf8.count <= NewPassword.bytesMax else {
            throw DomainError.invalid([
                ValidationError(field, password.isEmpty ? .missing : .wrongPassword)
            ])
        }
        let tries = store.signInTries
        try await tries.begin(email: account.email, addressPrefix: addressPrefix, at: now)
        let known = try await store.accounts.credentials(for: account.email)
        let isRight = try await services.passwords.verify(password, against: known?.passwordHash)
        guard isRight, known?.account.id == account.id else {
            throw DomainError.invalid([ValidationError(field, .wrongPassword)])
        }
        try await tries.succeeded(email: account.email, addressPrefix: addressPrefix)
    }
}

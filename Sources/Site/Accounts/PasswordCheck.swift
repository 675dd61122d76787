import Domain
import HTTP
import Store

extension Visit {
    /// Refuses whoever is signed in, or has a token, but does not know the password; tries are
    /// counted as those of signing in are.
    ///
    /// - Parameter password: as it was sent; without it, as it was typed into the field.
    func demandPassword(_ field: ValidationError.Field, _ password: String? = nil) async throws {
        guard let account = try await store.accounts.find(try principal().account) else {
            throw DomainError.forbidden
        }
        let password = password ?? fields[field]
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

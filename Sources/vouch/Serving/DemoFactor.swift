import Demo
import Domain
import Site
import Store

/// The second factor of the demo's admin: its key is kept where the password is.
struct DemoFactor: Sendable {
    let context: ProgramContext
    let source: DatabaseSource

    private static let fileName = "demo-totp"

    /// The setting's key, or one that was made by chance and is kept in the data folder.
    func secret() throws -> FactorSecret {
        let text =
            try context.settings["demoTOTP"]
            ?? context.folder.secret(Self.fileName) {
                FactorVault.randomSecret().base32
            }
        guard let secret = FactorSecret(base32: text) else {
            throw DataFolder.Failure(description: "the demo admin's key is no base32")
        }
        return secret
    }

    /// The key where there is one already; nothing is made.
    static func known(_ settings: Settings) throws -> String? {
        if let given = settings["demoTOTP"] { return given }
        return DataFolder.existingSecret(fileName, in: settings["data"] ?? "var")
    }

    /// Sees to it that the demo's admin has a factor; whoever replaced it keeps their own.
    func ensure() async throws {
        let vault = FactorVault(keys: try SigningKeys(context))
        let secret = try secret()
        try await context.withStore(source) { store in
            let email = try EmailAddress(DemoAccount.admin.email)
            guard let admin = try await store.accounts.credentials(for: email)?.account,
                try await !store.secondFactors.isSet(for: admin.id)
            else { return }
            let new = vault.factor(
                secret, of: admin.id, step: 0, codes: vault.newCodes())
            do {
                try await store.write { transaction in
                    try await store.secondFactors.set(
                        new, isReplacement: false, by: admin.principal, keeping: nil,
                        at: WallClock.now(), in: transaction)
                }
            } catch DomainError.conflict(.changedMeanwhile) {
                // Another start was faster.
            }
        }
    }

    /// How to sign the demo's admin in; nil where the admin has another factor by now.
    func text() async throws -> String? {
        let vault = FactorVault(keys: try SigningKeys(context))
        let secret = try secret()
        let isOurs = try await context.withStore(source) { store in
            let email = try EmailAddress(DemoAccount.admin.email)
            guard let admin = try await store.accounts.credentials(for: email)?.account,
                let factor = try await store.secondFactors.find(admin.id)
            else { return false }
            return vault.holds(secret, in: factor.sealedSecret, of: admin.id)
        }
        guard isOurs else { return nil }
        return """
            The admin is asked for a code too. It is printed by
              \(CommandLine.arguments[0]) admin code --secret \(secret.base32)
            or shown by an authenticator app that is given the key
              \(secret.base32)

            """
    }
}

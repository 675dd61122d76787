import Domain
import Logging
import Postgres
import Store

// Looking at the codes that people type.

extension Visit {
    var factorVault: FactorVault {
        FactorVault(keys: services.settings.keys, random: services.random)
    }

    /// Reads what was typed into a field as a code of either kind.
    func factorProof(_ field: ValidationError.Field) throws(DomainError) -> FactorProof {
        let typed = fields[field]
        guard !typed.isEmpty else { throw .invalid([ValidationError(field, .missing)]) }
        guard let proof = FactorProof(typed) else {
            throw .invalid([ValidationError(field, .wrongCode)])
        }
        return proof
    }

    /// Uses a code up; the try was counted before.
    ///
    /// - Returns: false for a code that is wrong, or was used before.
    func accept(
        _ proof: FactorProof, of account: AccountID, in transaction: Transaction
    ) async throws -> Bool {
        let factors = store.secondFactors
        switch proof {
        case .recovery(let code):
            return try await factors.accept(
                codeHash: code.hash(of: account), of: account, at: now, in: transaction)
        case .code(let code):
            guard let factor = try await factors.find(account, in: transaction) else {
                return false
            }
            guard let opened = factorVault.open(factor.sealedSecret, of: account) else {
                services.logger.warning(
                    "no key opens a second factor", metadata: ["account": "\(account)"])
                return false
            }
            guard
                let step = code.step(
                    at: now, after: factor.lastStep, mac: opened.secret.mac)
            else { return false }
            // A key that was replaced goes away one day: what it sealed has to be sealed anew by then.
            let sealed = opened.isNewest ? nil : factorVault.seal(opened.secret, of: account)
            return try await factors.accept(
                step, of: account, sealedSecret: sealed, in: transaction)
        }
    }

    /// Refuses whoever is signed in but cannot show the factor that their account has, typed into a
    /// field; what follows happens in the transaction that uses the code up.
    func withFactor<Value>(
        _ field: ValidationError.Field,
        _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        let account = try principal().account
        let proof = try factorProof(field)
        try await store.secondFactors.begin(of: account, at: now)
        return try await store.write { transaction in
            guard try await accept(proof, of: account, in: transaction) else {
                throw DomainError.invalid([ValidationError(field, .wrongCode)])
            }
            return try await body(transaction)
        }
    }
}

import Domain
import Store
import TestSupport

@testable import Site

/// The second factor that admins of tests have.
enum TestFactor {
    static let secret = makeSecret(of: 1)

    /// Recovery codes that tests know.
    static let recoveryCodes = (0..<RecoveryCode.count).map { number in
        RecoveryCode(random: (0..<RecoveryCode.length).map { UInt8($0 == 0 ? number : $0) })
    }

    static func makeSecret(of seed: UInt8) -> FactorSecret {
        guard let secret = FactorSecret(bytes: (0..<20).map { seed &+ $0 }) else {
            preconditionFailure("20 bytes are a secret")
        }
        return secret
    }

    /// What the app shows so many seconds from now.
    static func code(in seconds: Int = 0, of secret: FactorSecret = secret) -> String {
        secret.code(at: TestSite.now.adding(seconds: seconds)).text
    }

    /// Gives an account the factor.
    static func give(to principal: Principal, _ site: TestSite) async throws {
        let vault = FactorVault(keys: site.services.settings.keys)
        let new = vault.factor(
            secret, of: principal.account, step: 0, codes: recoveryCodes)
        try await site.store.write { transaction in
            try await site.store.secondFactors.set(
                new, isReplacement: false, by: principal, keeping: nil, at: TestSite.now,
                in: transaction)
        }
    }
}

import Domain
import Store

// Letters about the second factor of an account.

extension LetterMessage {
    /// Nil for other topics.
    var factorWords: Words? {
        switch topic {
        case .secondFactorAdded:
            texts.mail.factorAdded(isReplacement: claim.payload["replaced"] == "yes")
        case .secondFactorRemoved: texts.mail.factorRemoved
        case .secondFactorCodesRenewed: texts.mail.factorCodesRenewed
        case .secondFactorRecoveryUsed:
            texts.mail.factorRecoveryUsed(left: Int(claim.payload["codes_left"] ?? "") ?? 0)
        default: nil
        }
    }
}

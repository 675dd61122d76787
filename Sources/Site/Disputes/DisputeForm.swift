import Domain
import Store

/// What a side says when it opens a dispute, as pages and programs say it.
struct DisputeForm {
    let reason: DisputeReason
    let text: DisputeText
    /// Nil for all of a commission.
    let amount: Money?

    /// - Parameter currency: in which the amount is meant.
    init(_ fields: Fields, in currency: Currency) throws(DomainError) {
        var validation = Validation()
        let reason = DisputeReason(rawValue: fields[.reason])
        if reason == nil {
            validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
        }
        let amount = validation.read { () throws(ValidationError) -> Money? in
            fields[.amount].isEmpty
                ? nil : try Money(decimal: fields[.amount], currency: currency, field: .amount)
        }
        let text = validation.read { () throws(ValidationError) in
            try DisputeText(fields[.text])
        }
        try validation.finish()
        guard let reason, let text, let amount else { throw .invalid(validation.errors) }
        self.reason = reason
        self.text = text
        self.amount = amount
    }

    func opening(of subject: Disputes.Subject) -> Disputes.Opening {
        Disputes.Opening(subject: subject, reason: reason, text: text, amount: amount)
    }
}

/// What an admin decides.
struct DisputeDecisionForm {
    let outcome: DisputeOutcome
    let reason: DisputeOutcomeReason
    /// May be empty: the reason says why.
    let note: Note

    /// - Parameter disputed: of which a part may be granted.
    init(_ fields: Fields, about disputed: Money) throws(DomainError) {
        var validation = Validation()
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        let reason = DisputeOutcomeReason(rawValue: fields[.reason])
            .flatMap { DisputeOutcomeReason.ofAdmins.contains($0) ? $0 : nil }
        if reason == nil {
            validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
        }
        var outcome: DisputeOutcome?
        switch fields[.outcome] {
        case "upheld": outcome = .upheld
        case "rejected": outcome = .rejected
        case "partly":
            let part = validation.read { () throws(ValidationError) in
                try Money(
                    decimal: fields[.amount], currency: disputed.currency, field: .amount)
            }
            if let part, !part.isPositive || part.minorUnits >= disputed.minorUnits {
                validation.refuse(.amount, .malformed)
            }
            outcome = part.map { .partly($0) }
        default:
            validation.refuse(.outcome, fields[.outcome].isEmpty ? .missing : .unsupported)
        }
        try validation.finish()
        guard let outcome, let reason, let note else { throw .invalid(validation.errors) }
        self.outcome = outcome
        self.reason = reason
        self.note = note
    }
}

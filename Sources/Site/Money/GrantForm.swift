import Domain
import Store

/// A commission that an admin adds by hand, as pages and programs say it.
struct GrantForm {
    let grant: CommissionDeeds.Grant

    /// - Parameter currency: in which the amount is meant.
    init(_ fields: Fields, to hire: HireID, in currency: Currency) throws(DomainError) {
        var validation = Validation()
        let amount = validation.read { () throws(ValidationError) in
            try Money(decimal: fields[.amount], currency: currency, field: .amount)
        }
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        let bearer = CommissionBearer(rawValue: fields[.borneBy])
        if bearer == nil {
            validation.refuse(.borneBy, fields[.borneBy].isEmpty ? .missing : .unsupported)
        }
        let reason = CommissionReason(rawValue: fields[.reason])
        if reason == nil {
            validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
        }
        try validation.finish()
        guard let amount, let note, let bearer, let reason else {
            throw .invalid(validation.errors)
        }
        do throws(ValidationError) {
            grant = try CommissionDeeds.Grant(
                hire: hire, amount: amount, bearer: bearer, reason: reason, note: note)
        } catch {
            throw .invalid([error])
        }
    }
}

import Domain
import Postgres

// How the values of the money path travel.

extension IBAN: StoredText {}
extension TaxID: StoredText {}
extension CreditorReference: StoredText {}
extension InvoiceNumber: StoredText {}

extension CommissionKind: StoredName { static let names = NameTable<CommissionKind>() }
extension CommissionBearer: StoredName { static let names = NameTable<CommissionBearer>() }
extension DisputeSide: StoredName { static let names = NameTable<DisputeSide>() }
extension DisputeReason: StoredName { static let names = NameTable<DisputeReason>() }
extension DisputeState: StoredName { static let names = NameTable<DisputeState>() }
extension DisputeOutcomeReason: StoredName {
    static let names = NameTable<DisputeOutcomeReason>()
}
extension PayoutState: StoredName { static let names = NameTable<PayoutState>() }
extension PayoutFailure: StoredName { static let names = NameTable<PayoutFailure>() }
extension InvoiceReopeningReason: StoredName {
    static let names = NameTable<InvoiceReopeningReason>()
}
extension VATTreatment: StoredName { static let names = NameTable<VATTreatment>() }
extension InvoiceState: StoredName { static let names = NameTable<InvoiceState>() }

/// An account of the books.
///
/// The platform passes commissions on and earns nothing on them, so it books as an agent:
///
/// | account | kind | grows by | when |
/// |---|---|---|---|
/// | `companyReceivable` | asset | debit | a hire is recorded: the company owes the commission |
/// | `affiliatePayable` | liability | credit | a hire is recorded: the affiliate is owed each instalment |
/// | `commissionClearing` | nil after each hire | both | between what a company owes and what affiliates get |
/// | `payoutInTransit` | liability | credit | a batch is sent and the bank has not answered |
/// | `platformCost` | expense | debit | an admin adds a commission that no company pays for |
/// | `vatPayable` | liability | credit | value added tax comes with a company's payment |
/// | `bank` | asset | debit | a company pays; a payout leaves |
///
/// What is owed by a company is without value added tax, which is owed to the state only once it is
/// received, and paid to it outside of these books.
///
/// A debit is a positive amount, a credit a negative one; what an affiliate is owed is therefore the
/// negative balance of the payable.
package enum LedgerAccount: Hashable, Sendable {
    case companyReceivable(CompanyID)
    case affiliatePayable(AffiliateID)
    case commissionClearing
    case payoutInTransit
    case bank
    case platformCost
    case vatPayable

    /// The name of its kind in the database.
    package var kind: Kind {
        switch self {
        case .companyReceivable: .companyReceivable
        case .affiliatePayable: .affiliatePayable
        case .commissionClearing: .commissionClearing
        case .payoutInTransit: .payoutInTransit
        case .bank: .bank
        case .platformCost: .platformCost
        case .vatPayable: .vatPayable
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case companyReceivable = "company_receivable"
        case affiliatePayable = "affiliate_payable"
        case commissionClearing = "commission_clearing"
        case payoutInTransit = "payout_in_transit"
        case bank
        case platformCost = "platform_cost"
        case vatPayable = "vat_payable"
    }

    package var company: CompanyID? {
        guard case .companyReceivable(let company) = self else { return nil }
        return company
    }

    package var affiliate: AffiliateID? {
        guard case .affiliatePayable(let affiliate) = self else { return nil }
        return affiliate
    }
}

/// One movement of the books: two or more entries that sum to zero per currency (rule 5).
///
/// A transfer that does not balance cannot be built.
package struct Transfer: Hashable, Sendable {
    package let kind: Kind
    package let entries: [Entry]

    /// What moved; the raw value is what the database keeps.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The company owes for a hire.
        case hireBilled = "hire_billed"
        /// The affiliate is owed one instalment.
        case commissionEarned = "commission_earned"
        /// An instalment is taken back from the affiliate.
        case commissionReversed = "commission_reversed"
        /// What a company owed for a reversed instalment is given back.
        case billingReversed = "billing_reversed"
        /// The company, or the platform itself, owes for a row that was added after the recording.
        case billingAdded = "billing_added"
        case companyPaid = "company_paid"
        /// It had not: an admin undoes the transfer before.
        case companyUnpaid = "company_unpaid"
        case payoutSent = "payout_sent"
        case payoutSettled = "payout_settled"
        case payoutFailed = "payout_failed"
    }

    /// One side of a movement: positive debits, negative credits.
    package struct Entry: Hashable, Sendable {
        package let account: LedgerAccount
        package let amount: Money

        package init(_ account: LedgerAccount, _ amount: Money) {
            self.account = account
            self.amount = amount
        }
    }

    package init(_ kind: Kind, entries: [Entry]) throws(LedgerError) {
        guard entries.count >= 2 else { throw .tooFewEntries }
        var sums: [Currency: Money] = [:]
        for entry in entries {
            guard !entry.amount.isZero else { throw .zeroEntry }
            let sum = sums[entry.amount.currency] ?? .zero(entry.amount.currency)
            do {
                sums[entry.amount.currency] = try sum.adding(entry.amount)
            } catch {
                throw .overflow
            }
        }
        guard sums.values.allSatisfy(\.isZero) else { throw .unbalanced }
        self.kind = kind
        self.entries = entries
    }

    /// Moves an amount from one account (credit) to another (debit).
    package init(
        _ kind: Kind, _ amount: Money, debit: LedgerAccount, credit: LedgerAccount
    ) throws(LedgerError) {
        let opposite: Money
        do {
            opposite = try amount.negated()
        } catch {
            throw .overflow
        }
        try self.init(kind, entries: [Entry(debit, amount), Entry(credit, opposite)])
    }

    /// What a hire books: the company owes the whole at once.
    package static func hireBilled(
        _ commission: Money, company: CompanyID
    ) throws(LedgerError) -> Transfer {
        try Transfer(
            .hireBilled, commission, debit: .companyReceivable(company),
            credit: .commissionClearing)
    }

    /// What each instalment books: the affiliate is owed it.
    package static func commissionEarned(
        _ amount: Money, affiliate: AffiliateID
    ) throws(LedgerError) -> Transfer {
        try Transfer(
            .commissionEarned, amount, debit: .commissionClearing,
            credit: .affiliatePayable(affiliate))
    }

    /// What a row that was added after the recording books on the other side.
    package static func billingAdded(
        _ amount: Money, to payer: LedgerAccount
    ) throws(LedgerError) -> Transfer {
        try Transfer(.billingAdded, amount, debit: payer, credit: .commissionClearing)
    }

    /// An amount is taken back from the affiliate.
    package static func commissionReversed(
        _ amount: Money, affiliate: AffiliateID
    ) throws(LedgerError) -> Transfer {
        try Transfer(
            .commissionReversed, amount, debit: .affiliatePayable(affiliate),
            credit: .commissionClearing)
    }

    /// And given back to whoever was to pay it.
    package static func billingReversed(
        _ amount: Money, to payer: LedgerAccount
    ) throws(LedgerError) -> Transfer {
        try Transfer(.billingReversed, amount, debit: .commissionClearing, credit: payer)
    }

    /// A batch takes what an affiliate is owed.
    package static func payoutSent(
        _ amount: Money, affiliate: AffiliateID
    ) throws(LedgerError) -> Transfer {
        try Transfer(
            .payoutSent, amount, debit: .affiliatePayable(affiliate), credit: .payoutInTransit)
    }

    /// The bank paid it.
    package static func payoutSettled(_ amount: Money) throws(LedgerError) -> Transfer {
        try Transfer(.payoutSettled, amount, debit: .payoutInTransit, credit: .bank)
    }

    /// The bank did not, and the affiliate is owed it as before.
    package static func payoutFailed(
        _ amount: Money, affiliate: AffiliateID
    ) throws(LedgerError) -> Transfer {
        try Transfer(
            .payoutFailed, amount, debit: .payoutInTransit, credit: .affiliatePayable(affiliate))
    }

    /// A company paid an invoice with its value added tax; the amounts of a credit note are negative,
    /// and go back to it.
    package static func companyPaid(
        _ amount: Money, vat: Money, company: CompanyID
    ) throws(LedgerError) -> Transfer {
        try payment(.companyPaid, amount, vat, company)
    }

    /// A company did not pay an invoice after all; the opposite of `companyPaid`.
    package static func companyUnpaid(
        _ amount: Money, vat: Money, company: CompanyID
    ) throws(LedgerError) -> Transfer {
        do {
            return try payment(.companyUnpaid, amount.negated(), vat.negated(), company)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw .overflow
        }
    }

    private static func payment(
        _ kind: Kind, _ amount: Money, _ vat: Money, _ company: CompanyID
    ) throws(LedgerError) -> Transfer {
        var entries: [Entry] = []
        do {
            entries = [
                Entry(.bank, try amount.adding(vat)),
                Entry(.companyReceivable(company), try amount.negated()),
            ]
            if !vat.isZero { entries.append(Entry(.vatPayable, try vat.negated())) }
        } catch {
            throw .overflow
        }
        return try Transfer(kind, entries: entries)
    }
}

/// Why a transfer cannot be built.
package enum LedgerError: Error, Hashable, Sendable {
    case tooFewEntries
    case zeroEntry
    case unbalanced
    case overflow
}

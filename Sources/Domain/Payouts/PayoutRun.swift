/// Who is paid how much in one run, and who is not and why: rule 8.
package struct PayoutRun: Hashable, Sendable {
    package let choice: Choice
    /// By affiliate.
    package let lines: [Line]
    /// By affiliate.
    package let skipped: [Skipped]

    /// What the admin chose.
    package struct Choice: Hashable, Sendable {
        package let currency: Currency
        /// What was approved on this day is in; what is taken back always is.
        package let cutOff: CalendarDate
        package let minimum: Money
        package let excluded: Set<AffiliateID>

        /// Takes the product's minimum unless another of the same currency is given.
        package init(
            currency: Currency, cutOff: CalendarDate, minimum: Money? = nil,
            excluded: Set<AffiliateID> = []
        ) throws(ValidationError) {
            let minimum = minimum ?? Self.minimum(currency)
            guard minimum.currency == currency else {
                throw ValidationError(.amount, .currencyMismatch)
            }
            guard minimum.isPositive else { throw ValidationError(.amount, .notPositive) }
            self.currency = currency
            self.cutOff = cutOff
            self.minimum = minimum
            self.excluded = excluded
        }

        /// Rule 8: below it a transfer costs more than it is worth.
        package static func minimum(_ currency: Currency) -> Money {
            switch currency {
            case .eur: .euros(25)
            case .ron: .lei(100)
            }
        }
    }

    /// An approved commission.
    package struct Payable: Hashable, Sendable {
        package let id: CommissionID
        package let affiliate: AffiliateID
        /// Negative where something is taken back.
        package let amount: Money
        /// What a payout failed for is approved anew, and tells one attempt from the other.
        package let approvedAt: Instant
        /// Whether its introduction or its affiliate waits for an admin (rule 10).
        package let isFlagged: Bool

        package init(
            id: CommissionID, affiliate: AffiliateID, amount: Money, approvedAt: Instant,
            isFlagged: Bool
        ) {
            self.id = id
            self.affiliate = affiliate
            self.amount = amount
            self.approvedAt = approvedAt
            self.isFlagged = isFlagged
        }
    }

    /// One transfer to be.
    package struct Line: Hashable, Sendable {
        package let affiliate: AffiliateID
        package let details: PayoutDetails
        package let commissions: [Payable]
        package let total: Money
    }

    /// An affiliate, or a part of what one is owed, that is not paid this time.
    package struct Skipped: Hashable, Sendable {
        package let affiliate: AffiliateID
        package let amount: Money
        package let reason: Reason

        package enum Reason: String, Hashable, Sendable, CaseIterable {
            case excluded, flagged
            case noDetails = "no_details"
            /// Lei are paid to accounts in Romania only.
            case abroad
            case belowMinimum = "below_minimum"
        }
    }

    /// Plans a run; what is approved after the cut-off is not mentioned at all.
    package init(
        _ choice: Choice, payable: [Payable], details: [AffiliateID: PayoutDetails]
    ) throws(MoneyError) {
        self.choice = choice
        let due = payable.filter {
            $0.amount.currency == choice.currency
                && ($0.approvedAt.date <= choice.cutOff || !$0.amount.isPositive)
        }
        var lines: [Line] = []
        var skipped: [Skipped] = []
        let groups = Dictionary(grouping: due, by: \.affiliate).sorted { $0.key < $1.key }
        for (affiliate, rows) in groups {
            let flagged = rows.filter { $0.isFlagged && $0.amount.isPositive }
            let rest = rows.filter { !$0.isFlagged || !$0.amount.isPositive }
                .sorted { $0.id < $1.id }
            if !flagged.isEmpty {
                skipped.append(
                    Skipped(
                        affiliate: affiliate, amount: try Self.sum(flagged, choice.currency),
                        reason: .flagged))
            }
            guard !rest.isEmpty else { continue }
            let total = try Self.sum(rest, choice.currency)
            let known = details[affiliate]
            if let reason = Self.obstacle(affiliate, total, known, choice) {
                skipped.append(Skipped(affiliate: affiliate, amount: total, reason: reason))
            } else if let known {
                lines.append(
                    Line(affiliate: affiliate, details: known, commissions: rest, total: total))
            }
        }
        self.lines = lines
        self.skipped = skipped
    }

    /// What all lines are together.
    package func total() throws(MoneyError) -> Money {
        var sum = Money.zero(choice.currency)
        for line in lines { sum = try sum.adding(line.total) }
        return sum
    }

    /// Of everything that would be paid and to whom; a batch carries that of its preview.
    package var fingerprint: Fingerprint {
        var facts = "\(choice.currency.rawValue) \(choice.cutOff)\n"
        for line in lines {
            facts += "\(line.affiliate) \(line.details.iban.text) \(line.details.holder.text)\n"
            for row in line.commissions {
                facts += "\(row.id) \(row.amount.decimal) \(row.approvedAt.microseconds)\n"
            }
        }
        return Fingerprint(of: facts)
    }

    private static func obstacle(
        _ affiliate: AffiliateID, _ total: Money, _ details: PayoutDetails?, _ choice: Choice
    ) -> Skipped.Reason? {
        if choice.excluded.contains(affiliate) { return .excluded }
        if total.minorUnits < choice.minimum.minorUnits { return .belowMinimum }
        guard let details else { return .noDetails }
        if choice.currency == .ron, details.iban.country != "RO" { return .abroad }
        return nil
    }

    private static func sum(
        _ rows: [Payable], _ currency: Currency
    ) throws(MoneyError) -> Money {
        var sum = Money.zero(currency)
        for row in rows { sum = try sum.adding(row.amount) }
        return sum
    }
}

/// Where a payout stands.
package enum PayoutState: String, Hashable, Sendable, CaseIterable {
    /// In a batch whose file was not handed out.
    case pending
    /// The bank has it.
    case processing
    case paid, failed

    package var isSettled: Bool { self == .paid || self == .failed }
}

/// Why a bank did not pay: a fixed list, read by the affiliate with the note.
package enum PayoutFailure: String, Hashable, Sendable, CaseIterable {
    case accountUnknown = "account_unknown"
    case accountClosed = "account_closed"
    case nameDiffers = "name_differs"
    case refusedByBank = "refused_by_bank"
    /// The admin took it out before it reached the bank.
    case withdrawn
    case other
}

/// Where an invoice stands.
package enum InvoiceState: String, Hashable, Sendable, CaseIterable {
    case open, received
    /// Its commission was reversed before it was paid.
    case void
}

/// Rule 6: the instalments that a hire makes under its terms.
package struct CommissionSchedule: Hashable, Sendable {
    /// In order of payment; their amounts add up to the commission of the terms.
    package let instalments: [Instalment]

    /// One commission row to be.
    package struct Instalment: Hashable, Sendable {
        /// From 1 to `count`.
        package let number: Int
        package let count: Int
        package let share: Percent
        package let amount: Money
        /// What `amount` has beyond its share because cents cannot be divided; the last one takes it.
        package let remainder: Money
        package let dueOn: CalendarDate

        package init(
            number: Int, count: Int, share: Percent, amount: Money, remainder: Money,
            dueOn: CalendarDate
        ) {
            self.number = number
            self.count = count
            self.share = share
            self.amount = amount
            self.remainder = remainder
            self.dueOn = dueOn
        }
    }

    /// Instalment k of n is due k/n of the guarantee after the first day of work, days rounded down.
    ///
    /// Each is its share rounded down to a whole minor unit, and the last is what is left. A share
    /// that rounds to nothing makes no row.
    package init(offer: TermsOffer, startsOn: CalendarDate) {
        let shares = offer.instalments.shares
        let currency = offer.commission.currency
        var left = offer.commission.minorUnits
        var rows: [Instalment] = []
        for (index, share) in shares.enumerated() {
            let exact = offer.commission.share(share).minorUnits
            let isLast = index == shares.count - 1
            let amount = isLast ? left : exact
            left -= amount
            guard amount > 0 else { continue }
            rows.append(
                Instalment(
                    number: index + 1, count: shares.count, share: share,
                    amount: Money(minorUnits: amount, currency: currency),
                    remainder: Money(minorUnits: amount - exact, currency: currency),
                    dueOn: startsOn.adding(
                        days: offer.guaranteeDays * (index + 1) / shares.count)))
        }
        instalments = rows
    }

    /// Which rows leaving on a day reverses: those not yet due then.
    package static func isReversed(dueOn: CalendarDate, byLeavingOn leftOn: CalendarDate) -> Bool {
        leftOn < dueOn
    }
}

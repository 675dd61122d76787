/// What happened to an affiliate's account in one month, replayed from the ledger.
///
/// It says only what never changes: days, amounts and numbers, no names. The statement of a month that
/// is over is the same bytes for ever.
package struct Statement: Hashable, Sendable {
    package let affiliate: AffiliateID
    package let month: CalendarMonth
    /// One for each currency that the affiliate ever had.
    package let sections: [Section]

    /// The account in one currency.
    package struct Section: Hashable, Sendable {
        package let opening: Money
        package let lines: [Line]
        package let closing: Money
    }

    /// One movement; what the affiliate is owed grows by it, or shrinks.
    package struct Line: Hashable, Sendable {
        package let on: CalendarDate
        package let kind: Transfer.Kind
        package let hire: HireID?
        package let commission: CommissionID?
        package let payout: PayoutID?
        package let amount: Money
        /// What is owed afterwards.
        package let balance: Money
    }

    /// A movement as the ledger has it.
    package struct Movement: Hashable, Sendable {
        package let at: Instant
        package let kind: Transfer.Kind
        package let hire: HireID?
        package let commission: CommissionID?
        package let payout: PayoutID?
        package let amount: Money

        package init(
            at: Instant, kind: Transfer.Kind, hire: HireID?, commission: CommissionID?,
            payout: PayoutID?, amount: Money
        ) {
            self.at = at
            self.kind = kind
            self.hire = hire
            self.commission = commission
            self.payout = payout
            self.amount = amount
        }
    }

    /// Replays the movements of a month.
    ///
    /// - Parameters:
    ///   - openings: what was owed before, one for each currency.
    ///   - movements: in the order of the ledger.
    package init(
        of affiliate: AffiliateID, in month: CalendarMonth, openings: [Money],
        movements: [Movement]
    ) throws(MoneyError) {
        self.affiliate = affiliate
        self.month = month
        let currencies = Set(openings.map(\.currency)).union(movements.map(\.amount.currency))
        var sections: [Section] = []
        for currency in currencies.sorted() {
            let opening = openings.first { $0.currency == currency } ?? .zero(currency)
            var balance = opening
            var lines: [Line] = []
            for movement in movements where movement.amount.currency == currency {
                balance = try balance.adding(movement.amount)
                lines.append(
                    Line(
                        on: movement.at.date, kind: movement.kind, hire: movement.hire,
                        commission: movement.commission, payout: movement.payout,
                        amount: movement.amount, balance: balance))
            }
            sections.append(Section(opening: opening, lines: lines, closing: balance))
        }
        self.sections = sections
    }

    /// RFC 4180, for an accountant's table.
    package var csv: [UInt8] {
        var text = "date,what,hire,commission,payout,amount,balance,currency\r\n"
        for section in sections {
            let currency = section.opening.currency.rawValue
            let opening = section.opening.decimal
            text += "\(month.firstDay),opening,,,,,\(opening),\(currency)\r\n"
            for line in section.lines {
                let numbers = [
                    line.hire.map { "\($0)" }, line.commission.map { "\($0)" },
                    line.payout.map { "\($0)" },
                ]
                text += "\(line.on),\(line.kind.rawValue),"
                text += numbers.map { $0 ?? "" }.joined(separator: ",")
                text += ",\(line.amount.decimal),\(line.balance.decimal),\(currency)\r\n"
            }
            let lastDay = month.next.firstDay.adding(days: -1)
            text += "\(lastDay),closing,,,,,\(section.closing.decimal),\(currency)\r\n"
        }
        return Array(text.utf8)
    }
}

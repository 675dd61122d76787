import Domain

// What pages and programs say of payouts.

extension PayoutRun.Choice {
    /// Reads currency and last day of a run: euros and today unless others are named.
    init(_ fields: Fields, today: CalendarDate) throws(DomainError) {
        let name = fields[.commissionCurrency]
        guard let currency = name.isEmpty ? .eur : Currency(rawValue: name) else {
            throw .invalid([ValidationError(.commissionCurrency, .unsupported)])
        }
        let day = fields[.cutOff]
        guard let cutOff = day.isEmpty ? today : CalendarDate(day) else {
            throw .invalid([ValidationError(.cutOff, .malformed)])
        }
        guard cutOff <= today else {
            throw .invalid([ValidationError(.cutOff, .inTheFuture)])
        }
        do throws(ValidationError) {
            try self.init(currency: currency, cutOff: cutOff)
        } catch {
            throw .invalid([error])
        }
    }
}

/// What the bank did with some lines of a batch.
struct BankAnswer {
    let payouts: [PayoutID]
    /// Nil where they were paid.
    let failure: PayoutFailure?
    let note: Note

    init(_ fields: Fields, on payouts: [PayoutID]) throws(DomainError) {
        var validation = Validation()
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        let outcome = PayoutState(rawValue: fields[.outcome])
        let failure = PayoutFailure(rawValue: fields[.failure])
        if outcome?.isSettled != true || payouts.isEmpty { validation.refuse(.outcome, .missing) }
        if outcome == .failed, failure == nil { validation.refuse(.failure, .missing) }
        try validation.finish()
        self.payouts = payouts
        self.failure = outcome == .failed ? failure : nil
        self.note = note ?? Note(stored: "")
    }
}

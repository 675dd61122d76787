/// Where a commission stands; the raw value is what the database and the API say.
package enum CommissionState: String, Hashable, Sendable, CaseIterable {
    case pending, approved, processing, paid, held, reversed

    /// `pending → approved → processing → paid`; `held` while disputed; `reversed` before payment.
    package var next: Set<CommissionState> {
        switch self {
        case .pending: [.approved, .held, .reversed]
        case .approved: [.processing, .held, .reversed]
        // A bank can refuse a payment; the commission is then owed as before.
        case .processing: [.paid, .approved]
        case .held: [.pending, .approved, .reversed]
        case .paid, .reversed: []
        }
    }

    /// Whether the affiliate is still owed: these are what the ledger's payable is the sum of.
    ///
    /// What is `processing` has left the payable and is in transit until the bank has answered.
    package var isOpen: Bool { self == .pending || self == .approved || self == .held }

    /// Where the clock takes it: a guarantee that is over approves what nobody disputes.
    package func advanced(dueOn: CalendarDate, today: CalendarDate) -> CommissionState {
        self == .pending && dueOn <= today ? .approved : self
    }

    /// Where the end of a hold or a dispute puts it: where the calendar says.
    package static func released(
        dueOn: CalendarDate, today: CalendarDate
    ) -> CommissionState {
        CommissionState.pending.advanced(dueOn: dueOn, today: today)
    }

    /// Takes the step, or says from where to where it is not allowed.
    package func moving(to target: CommissionState) throws(DomainError) -> CommissionState {
        guard next.contains(target) else {
            throw .conflict(.commissionState(from: self, to: target))
        }
        return target
    }
}

/// Why a commission was reversed or held: a fixed list, read by the affiliate with the note.
package enum CommissionReason: String, Hashable, Sendable, CaseIterable {
    case leftEarly = "left_early"
    case hireCancelled = "hire_cancelled"
    case disputed
    case recordedInError = "recorded_in_error"
    case selfDealing = "self_dealing"
    case other
}

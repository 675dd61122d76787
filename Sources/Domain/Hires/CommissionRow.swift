/// What a commission row is; the raw value is what the database keeps.
package enum CommissionKind: String, Hashable, Sendable, CaseIterable {
    /// Promised by the terms.
    case instalment
    /// What is left of a row of which a part was reversed or set apart.
    case remainder
    /// Added by an admin, with a reason.
    case manual
    /// Negative: takes back what was paid, because a paid row never changes.
    case clawback
}

/// Who pays for a commission.
package enum CommissionBearer: String, Hashable, Sendable, CaseIterable {
    case company
    /// What an admin grants for the platform's own mistake.
    case platform
}

/// What must be known of a commission to decide what a deed does to it.
package struct CommissionRow: Hashable, Sendable {
    package let id: CommissionID
    package let kind: CommissionKind
    package let state: CommissionState
    /// Negative for a clawback.
    package let amount: Money
    package let dueOn: CalendarDate
    /// What was taken back of it after payment, as a positive amount.
    package let takenBack: Money

    package init(
        id: CommissionID, kind: CommissionKind, state: CommissionState, amount: Money,
        dueOn: CalendarDate, takenBack: Money
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.amount = amount
        self.dueOn = dueOn
        self.takenBack = takenBack
    }

    /// What a reversal of the whole row does; nil when nothing is left to reverse.
    ///
    /// - Throws: `conflict(.commissionState)` while the bank has it.
    package func reversal() throws(DomainError) -> CommissionReversal? {
        switch state {
        case .pending, .approved, .held:
            return CommissionReversal(
                commission: id, way: .inPlace, amount: amount, dueOn: dueOn)
        case .processing: throw .conflict(.commissionState(from: .processing, to: .reversed))
        case .reversed: return nil
        case .paid:
            let left = Money(
                minorUnits: amount.minorUnits - takenBack.minorUnits, currency: amount.currency)
            guard left.isPositive else { return nil }
            return CommissionReversal(commission: id, way: .clawback, amount: left, dueOn: dueOn)
        }
    }

    /// As a line of a fingerprint.
    var facts: String {
        "\(id) \(kind.rawValue) \(state.rawValue) \(amount.decimal) \(amount.currency.rawValue) "
            + "\(dueOn) \(takenBack.decimal)\n"
    }
}

/// How one row is taken back.
package struct CommissionReversal: Hashable, Sendable {
    package let commission: CommissionID
    package let way: Way
    /// What the affiliate loses; negative where a clawback is taken back.
    package let amount: Money
    package let dueOn: CalendarDate

    package init(commission: CommissionID, way: Way, amount: Money, dueOn: CalendarDate) {
        self.commission = commission
        self.way = way
        self.amount = amount
        self.dueOn = dueOn
    }

    package enum Way: String, Hashable, Sendable {
        /// The row becomes `reversed`.
        case inPlace
        /// The row is paid and stays; a negative one is added.
        case clawback
    }
}

/// What an admin decides about commissions, one or many.
package enum CommissionDeed: Hashable, Sendable {
    case approve
    case hold(CommissionReason)
    case release
    case reverse(CommissionReason)

    package var reason: CommissionReason? {
        switch self {
        case .approve, .release: nil
        case .hold(let reason), .reverse(let reason): reason
        }
    }

    /// Where a row goes that is not reversed; nil when it is there already.
    ///
    /// - Throws: `conflict(.commissionState)`.
    package func target(
        of row: CommissionRow, today: CalendarDate
    ) throws(DomainError) -> CommissionState? {
        switch self {
        case .approve:
            guard row.state != .approved else { return nil }
            // Money that is held is released first, with a reason of its own.
            guard row.state == .pending else {
                throw .conflict(.commissionState(from: row.state, to: .approved))
            }
            return .approved
        case .hold: return row.state == .held ? nil : try row.state.moving(to: .held)
        case .release:
            let target = CommissionState.released(dueOn: row.dueOn, today: today)
            guard row.state != .pending, row.state != .approved else { return nil }
            guard row.state == .held else {
                throw .conflict(.commissionState(from: row.state, to: target))
            }
            return target
        case .reverse: return nil
        }
    }
}

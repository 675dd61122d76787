/// What somebody decides about a hire that was reported or recorded.
package enum HireDeed: Hashable, Sendable {
    /// The person came to work.
    case confirm
    /// There was no hire: a report is refused or taken back, a recording was an error, or the hire fell
    /// through.
    case cancel(CommissionReason, note: Note)
    /// The person left on a day inside the guarantee.
    case leftEarly(on: CalendarDate, note: Note)

    /// Where it takes the hire.
    package var target: HireState {
        switch self {
        case .confirm: .confirmed
        case .cancel: .cancelled
        case .leftEarly: .leftEarly
        }
    }

    /// What the commissions that it reverses say.
    package var reason: CommissionReason? {
        switch self {
        case .confirm: nil
        case .cancel(let reason, _): reason
        case .leftEarly: .leftEarly
        }
    }

    package var note: Note {
        switch self {
        case .confirm: Note(stored: "")
        case .cancel(_, let note), .leftEarly(_, let note): note
        }
    }

    /// The last day of work.
    package var leftOn: CalendarDate? {
        guard case .leftEarly(let day, _) = self else { return nil }
        return day
    }
}

/// A hire as far as a decision about it needs to know it.
package struct HireFacts: Hashable, Sendable {
    package let id: HireID
    package let state: HireState
    package let startsOn: CalendarDate
    /// The day on which nothing can fall any more.
    package let guaranteeEndsOn: CalendarDate
    /// Nil when the candidate came alone.
    package let affiliate: AffiliateID?
    package let company: CompanyID
    /// In order of payment.
    package let commissions: [CommissionRow]

    package init(
        id: HireID, state: HireState, startsOn: CalendarDate, guaranteeEndsOn: CalendarDate,
        affiliate: AffiliateID?, company: CompanyID, commissions: [CommissionRow]
    ) {
        self.id = id
        self.state = state
        self.startsOn = startsOn
        self.guaranteeEndsOn = guaranteeEndsOn
        self.affiliate = affiliate
        self.company = company
        self.commissions = commissions
    }
}

/// What a decision about a hire does: shown before, and then done, from this one value.
package struct HireConsequences: Hashable, Sendable {
    package let deed: HireDeed
    package let from: HireState
    package let to: HireState
    /// The commissions that are taken back, in order of payment.
    package let reversals: [CommissionReversal]
    /// Those that stay as they are.
    package let kept: [CommissionRow]
    /// Who gets a message.
    package let told: [Told]
    /// Of the facts and the deed; the deed is refused where it differs.
    package let fingerprint: Fingerprint

    /// Who gets a message of it.
    package enum Told: Hashable, Sendable {
        case affiliate(AffiliateID)
        case company(CompanyID)
        case admin
    }

    /// Works out what a deed does.
    ///
    /// A company may only take back its own report; everything else is the admin's.
    ///
    /// - Throws: `forbidden`, `conflict(.hireState)`, `conflict(.guaranteeOver)`,
    ///   `conflict(.commissionState)` while the bank has a row that would be reversed, `invalid` for a
    ///   day that cannot be and for a cancellation without a note.
    package init(
        of deed: HireDeed, to hire: HireFacts, by role: Role, today: CalendarDate
    ) throws(DomainError) {
        try Self.check(deed, hire, by: role, today: today)
        var reversals: [CommissionReversal] = []
        var kept: [CommissionRow] = []
        for row in hire.commissions {
            if Self.falls(row, by: deed), let reversal = try row.reversal() {
                reversals.append(reversal)
            } else {
                kept.append(row)
            }
        }
        self.deed = deed
        self.from = hire.state
        self.to = deed.target
        self.reversals = reversals
        self.kept = kept
        self.told = Self.told(of: deed, hire, by: role)
        fingerprint = Fingerprint(of: Self.facts(deed, hire))
    }

    /// What the affiliate loses, one sum per currency.
    package var reversed: [Money] {
        var sums: [Currency: Int64] = [:]
        for reversal in reversals {
            sums[reversal.amount.currency, default: 0] += reversal.amount.minorUnits
        }
        return sums.sorted { $0.key < $1.key }
            .map { Money(minorUnits: $0.value, currency: $0.key) }
    }

    private static func check(
        _ deed: HireDeed, _ hire: HireFacts, by role: Role, today: CalendarDate
    ) throws(DomainError) {
        switch role {
        case .admin: break
        case .company where hire.state == .reported && deed.target == .cancelled: break
        case .company, .affiliate: throw .forbidden
        }
        _ = try hire.state.moving(to: deed.target)
        switch deed {
        case .confirm:
            guard hire.startsOn <= today else {
                throw .invalid([ValidationError(.startsOn, .inTheFuture)])
            }
        case .cancel(_, let note):
            guard !note.text.isEmpty else { throw .invalid([ValidationError(.note, .missing)]) }
        case .leftEarly(let day, _):
            guard day >= hire.startsOn else {
                throw .invalid([ValidationError(.leftOn, .inThePast)])
            }
            guard day <= today else {
                throw .invalid([ValidationError(.leftOn, .inTheFuture)])
            }
            guard day < hire.guaranteeEndsOn else { throw .conflict(.guaranteeOver) }
        }
    }

    /// A clawback has been taken back once already, and stays.
    private static func falls(_ row: CommissionRow, by deed: HireDeed) -> Bool {
        guard row.kind != .clawback else { return false }
        return switch deed {
        case .confirm: false
        case .cancel: true
        case .leftEarly(let day, _):
            CommissionSchedule.isReversed(dueOn: row.dueOn, byLeavingOn: day)
        }
    }

    private static func told(of deed: HireDeed, _ hire: HireFacts, by role: Role) -> [Told] {
        // Nobody but the company and the admin knew of a mere report.
        if hire.state == .reported { return role == .company ? [.admin] : [.company(hire.company)] }
        return (hire.affiliate.map { [.affiliate($0)] } ?? []) + [.company(hire.company)]
    }

    private static func facts(_ deed: HireDeed, _ hire: HireFacts) -> String {
        """
        \(hire.id) \(hire.state.rawValue) \(hire.startsOn) \(hire.guaranteeEndsOn)
        \(deed.target.rawValue) \(deed.reason?.rawValue ?? "") \(deed.leftOn?.description ?? "")

        """ + hire.commissions.map(\.facts).joined()
    }
}

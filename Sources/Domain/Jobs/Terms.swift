/// What a company promises for a hire: the part that a form can change.
package struct TermsOffer: Hashable, Sendable {
    /// For one hire, all instalments together.
    package let commission: Money
    /// Days after the first day of work in which the promise can fall.
    package let guaranteeDays: Int
    package let instalments: InstalmentPlan

    package static let guaranteeDaysDefault = 60
    package static let guaranteeDaysRange = 0...365

    package init(
        commission: Money, guaranteeDays: Int = guaranteeDaysDefault,
        instalments: InstalmentPlan = .single
    ) throws(ValidationError) {
        guard commission.isPositive else { throw ValidationError(.commission, .notPositive) }
        guard commission.minorUnits <= Money.inputMax else {
            let unitsMax = Int(Money.inputMax / commission.currency.minorUnitsPerUnit)
            throw ValidationError(.commission, .outOfRange(min: 1, max: unitsMax))
        }
        let range = Self.guaranteeDaysRange
        guard range.contains(guaranteeDays) else {
            throw ValidationError(
                .guaranteeDays, .outOfRange(min: range.lowerBound, max: range.upperBound))
        }
        self.commission = commission
        self.guaranteeDays = guaranteeDays
        self.instalments = instalments
    }

    /// Takes an offer that the database kept.
    package init(storedCommission: Money, guaranteeDays: Int, instalments: InstalmentPlan) {
        self.commission = storedCommission
        self.guaranteeDays = guaranteeDays
        self.instalments = instalments
    }
}

/// In which shares a commission is paid; share k of n is due after k/n of the guarantee.
package struct InstalmentPlan: Hashable, Sendable {
    /// Hundredths of the commission, together 100.
    package let shares: [Percent]

    package static let countMax = 6
    /// All of it at the end of the guarantee.
    package static let single = InstalmentPlan(unchecked: [.all])

    package init(shares: [Int]) throws(ValidationError) {
        guard (1...Self.countMax).contains(shares.count) else {
            throw ValidationError(.instalments, .outOfRange(min: 1, max: Self.countMax))
        }
        let percents = shares.compactMap { $0 > 0 ? Percent($0) : nil }
        guard percents.count == shares.count, shares.reduce(0, +) == 100 else {
            throw ValidationError(.instalments, .sharesNotHundred)
        }
        self.shares = percents
    }

    /// Reads `50/50`; an empty input is `single`.
    package init(_ input: String) throws(ValidationError) {
        let text = input.filter { $0 != " " && $0 != "%" }
        guard !text.isEmpty else {
            self = .single
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.prefix(Self.countMax + 1).compactMap { part in
            part.utf8.count <= 3 && part.utf8.allSatisfy(\.isDigit) ? Int(part) : nil
        }
        guard numbers.count == min(parts.count, Self.countMax + 1) else {
            throw ValidationError(.instalments, .malformed)
        }
        try self.init(shares: numbers)
    }

    /// Takes shares that the database kept; anything odd in them would be `single`.
    package init(stored shares: [Int]) {
        let percents = shares.compactMap(Percent.init)
        self = percents.isEmpty ? .single : InstalmentPlan(unchecked: percents)
    }

    private init(unchecked shares: [Percent]) {
        self.shares = shares
    }

    package var count: Int { shares.count }

    /// `50/50`.
    package var text: String { shares.map { String($0.value) }.joined(separator: "/") }
}

/// One version of a job's terms with the time in which it was in force.
package struct Terms: Hashable, Sendable {
    package let id: TermsID
    /// Counts from 1 within a job.
    package let version: Int
    package let offer: TermsOffer
    package let inForceFrom: Instant
    /// Nil for the version in force now.
    package let inForceUntil: Instant?

    package init(
        id: TermsID, version: Int, offer: TermsOffer, inForceFrom: Instant, inForceUntil: Instant?
    ) {
        self.id = id
        self.version = version
        self.offer = offer
        self.inForceFrom = inForceFrom
        self.inForceUntil = inForceUntil
    }

    /// Whether this version was in force at any moment from creation to confirmation, both included.
    package func wasInForce(from created: Instant, to confirmed: Instant) -> Bool {
        guard inForceFrom <= confirmed else { return false }
        guard let until = inForceUntil else { return true }
        return until > created
    }

    /// Rule 3: the best version in force between an introduction's creation and its confirmation.
    ///
    /// Better is the larger commission, then the shorter guarantee, then the earlier version. Amounts
    /// of two currencies cannot be compared, so another currency never replaces what was promised first.
    package static func best(
        of versions: [Terms], from created: Instant, to confirmed: Instant
    ) -> Terms? {
        let candidates = versions.filter { $0.wasInForce(from: created, to: confirmed) }
            .sorted { $0.version < $1.version }
        return candidates.dropFirst().reduce(candidates.first) { best, next in
            guard let best, next.isBetter(than: best) else { return best }
            return next
        }
    }

    private func isBetter(than other: Terms) -> Bool {
        guard offer.commission.currency == other.offer.commission.currency else { return false }
        let amounts = (offer.commission.minorUnits, other.offer.commission.minorUnits)
        guard amounts.0 == amounts.1 else { return amounts.0 > amounts.1 }
        return offer.guaranteeDays < other.offer.guaranteeDays
    }
}

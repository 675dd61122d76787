import Domain

/// What a job pays, and what it promises to whoever brings somebody: both follow from role and place.
struct Pay: Sendable {
    /// Whole euros before tax for a month.
    private let min: Int
    private let max: Int
    private let currency: Currency
    private let period: SalaryPeriod

    /// Close to the rate of the last years; pay is rounded more coarsely than it moves.
    private static let leiPerEuro = 5

    init(
        _ role: Field.Role, _ field: Field.Name, place: Place, _ type: EmploymentType,
        _ random: inout DemoRandom
    ) {
        let span = role.pay.upperBound - role.pay.lowerBound
        let low = role.pay.lowerBound + random.number(in: 0...span / 2)
        let high = low + span / 4 + random.number(in: 0...span / 3)
        min = low * place.payLevel / 100
        max = high * place.payLevel / 100
        let isPaidInEuros = field == .software ? 60 : 15
        currency = place.isRomanian && !random.chance(isPaidInEuros) ? .ron : .eur
        let isByTheHour =
            type == .partTime || type == .temporary
            || (!place.isRomanian && role.remote == .never && random.chance(35))
        let isByTheYear = place.payLevel > 160 && role.remote != .never && random.chance(65)
        period = isByTheHour ? .hour : isByTheYear ? .year : .month
    }

    func salary() throws -> SalaryRange {
        let low = amount(min)
        let high = amount(max)
        return try SalaryRange(
            min: Money(minorUnits: low, currency: currency),
            max: Money(minorUnits: Swift.max(low, high), currency: currency), period: period)
    }

    /// A fifth to a third of a month's pay, from 150 to 3,000 of either currency.
    func offer(_ random: inout DemoRandom) throws -> TermsOffer {
        let euros = (min + max) / 2 * random.number(in: 20...36) / 100
        let isInLei = currency == .ron && random.chance(55)
        let units = isInLei ? rounded(euros * Self.leiPerEuro, to: 100) : rounded(euros, to: 50)
        let amount = Swift.min(3000, Swift.max(isInLei ? 500 : 150, units))
        let plan = random.pick(weighted: [(76, "100"), (19, "50/50"), (5, "30/70")])
        return try TermsOffer(
            commission: Money(minorUnits: Int64(amount) * 100, currency: isInLei ? .ron : .eur),
            guaranteeDays: random.pick(
                weighted: [(10, 30), (8, 45), (58, 60), (17, 90), (7, 120)]),
            instalments: try InstalmentPlan(plan))
    }

    /// Minor units for the period, rounded as people round.
    private func amount(_ month: Int) -> Int64 {
        let units = currency == .ron ? month * Self.leiPerEuro : month
        switch period {
        case .month: return Int64(rounded(units, to: currency == .ron ? 100 : 50)) * 100
        case .year: return Int64(rounded(units * 12, to: 1000)) * 100
        // 168 hours are a month of work; half units are usual.
        case .hour: return Int64(rounded(units * 100 / 168, to: 50))
        case .day: return Int64(rounded(units / 21, to: 5)) * 100
        }
    }

    private func rounded(_ value: Int, to step: Int) -> Int {
        Swift.max(step, (value + step / 2) / step * step)
    }
}

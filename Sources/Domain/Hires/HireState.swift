/// Where a hire stands; the raw value is what the database and the API say.
package enum HireState: String, Hashable, Sendable, CaseIterable {
    case reported, recorded, confirmed
    case leftEarly = "left_early"
    case cancelled

    /// `reported → recorded → confirmed`; `left_early` or `cancelled` with a reason.
    package var next: Set<HireState> {
        switch self {
        case .reported: [.recorded, .cancelled]
        case .recorded: [.confirmed, .leftEarly, .cancelled]
        // Whoever was seen at work can still leave before the guarantee ends.
        case .confirmed: [.leftEarly, .cancelled]
        case .leftEarly, .cancelled: []
        }
    }

    /// Takes the step, or says from where to where it is not allowed.
    package func moving(to target: HireState) throws(DomainError) -> HireState {
        guard next.contains(target) else {
            throw .conflict(.hireState(from: self, to: target))
        }
        return target
    }
}

/// The first day of work, checked against the introduction and today.
package enum HireStart {
    /// A start is agreed at most so far ahead.
    package static let daysAheadMax = 366

    /// Refuses a first day before the introduction, or too far ahead.
    package static func check(
        _ date: CalendarDate, introducedOn: CalendarDate, today: CalendarDate
    ) throws(ValidationError) -> CalendarDate {
        guard date >= introducedOn else { throw ValidationError(.startsOn, .inThePast) }
        guard date.days(since: today) <= daysAheadMax else {
            throw ValidationError(.startsOn, .tooFarAhead(days: daysAheadMax))
        }
        return date
    }
}

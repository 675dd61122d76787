/// Where a job stands; the raw value is what the database and the API say.
package enum JobState: String, Hashable, Sendable, CaseIterable {
    case draft, published, paused, filled, closed

    /// The states this one may go to: `draft → published ⇄ paused → filled | closed`.
    package var next: Set<JobState> {
        switch self {
        case .draft: [.published]
        case .published: [.paused, .filled, .closed]
        case .paused: [.published, .filled, .closed]
        case .filled, .closed: []
        }
    }

    /// Whether the job is over for good.
    package var isFinal: Bool { next.isEmpty }

    /// Takes the step, or says from where to where it is not allowed.
    package func moving(to target: JobState) throws(DomainError) -> JobState {
        guard next.contains(target) else {
            throw .conflict(.jobState(from: self, to: target))
        }
        return target
    }
}

/// What a reader sees of a job: its state, or that its last day has passed.
package enum JobVisibility: String, Hashable, Sendable, CaseIterable {
    case draft, open, paused, filled, closed, expired

    /// Follows from the state and `validThrough`, the last day on which people can apply.
    package init(state: JobState, validThrough: CalendarDate, today: CalendarDate) {
        switch state {
        case .draft: self = .draft
        case .published: self = today > validThrough ? .expired : .open
        case .paused: self = today > validThrough ? .expired : .paused
        case .filled: self = .filled
        case .closed: self = .closed
        }
    }

    /// Whether people can apply and affiliates can take links.
    package var isOpen: Bool { self == .open }

    /// Whether its page answers 410: it was public and is over.
    package var isGone: Bool { self == .filled || self == .closed || self == .expired }
}

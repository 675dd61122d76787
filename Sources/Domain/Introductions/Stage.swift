/// How far a candidate has come with a job; the raw value is what the database and the API say.
package enum Stage: String, Hashable, Sendable, CaseIterable {
    case unconfirmed, submitted, shortlisted, interview, offer, hired, rejected, withdrawn

    /// Whether nothing comes after it.
    package var isFinal: Bool { self == .hired || self == .rejected || self == .withdrawn }

    /// The stages of the way to a hire, in order.
    package static let way: [Stage] = [
        .unconfirmed, .submitted, .shortlisted, .interview, .offer, .hired,
    ]

    /// The steps somebody may take from here; stages may be skipped, never taken back.
    ///
    /// `hired` is never chosen: an admin's recording of the hire makes it (rule 4).
    package func next(for mover: StageMover) -> [Stage] {
        guard !isFinal else { return [] }
        switch mover {
        case .candidate:
            return self == .unconfirmed ? [.submitted, .withdrawn] : [.withdrawn]
        case .company:
            guard self != .unconfirmed else { return [] }
            let ahead = [Stage.shortlisted, .interview, .offer].filter { $0.rank > rank }
            return ahead + [.rejected]
        case .admin:
            let ahead = [Stage.shortlisted, .interview, .offer].filter { $0.rank > rank }
            return (self == .unconfirmed ? [] : ahead) + [.rejected, .withdrawn]
        case .recording:
            return self == .unconfirmed ? [] : [.hired]
        }
    }

    /// Takes the step, or says why it cannot be taken.
    package func moving(to target: Stage, by mover: StageMover) throws(DomainError) -> Stage {
        guard !isFinal else { throw .conflict(.introductionClosed(self)) }
        guard next(for: mover).contains(target) else {
            throw .conflict(.stage(from: self, to: target))
        }
        return target
    }

    /// Takes back a final decision: who was rejected goes on from where they were, and so does who was
    /// hired when the hire is cancelled.
    ///
    /// - Parameter before: the stage from which the decision was taken.
    package func reopened(to before: Stage) throws(DomainError) -> Stage {
        guard self == .rejected || self == .hired, !before.isFinal, before != .unconfirmed else {
            throw .conflict(.stage(from: self, to: before))
        }
        return before
    }

    private var rank: Int { Self.way.firstIndex(of: self) ?? Self.way.count }
}

/// Who takes a step.
package enum StageMover: String, Hashable, Sendable, CaseIterable {
    case candidate, company, admin
    /// The admin's recording of a hire.
    case recording
}

/// Why a candidate was not taken: a fixed list, which the affiliate reads with the note (rule 9).
package enum RejectionReason: String, Hashable, Sendable, CaseIterable {
    case lacksSkills = "lacks_skills"
    case lacksExperience = "lacks_experience"
    case language
    case location
    case workPermit = "work_permit"
    case salaryExpectation = "salary_expectation"
    case failedInterview = "failed_interview"
    case otherCandidateChosen = "other_candidate_chosen"
    case noAnswer = "no_answer"
    case declinedOffer = "declined_offer"
    case alreadyKnown = "already_known"
    case positionFilled = "position_filled"
    case positionCancelled = "position_cancelled"
    case other

    /// Reads the name that forms and JSON use.
    package init(_ input: String) throws(ValidationError) {
        guard let value = RejectionReason(rawValue: input) else {
            throw ValidationError(.reason, input.isEmpty ? .missing : .unsupported)
        }
        self = value
    }
}

/// What the company decided about one candidate.
package enum StageMove: Hashable, Sendable {
    case advance(to: Stage, note: Note)
    case reject(RejectionReason, note: Note)

    package var target: Stage {
        switch self {
        case .advance(let stage, _): stage
        case .reject: .rejected
        }
    }

    package var note: Note {
        switch self {
        case .advance(_, let note), .reject(_, let note): note
        }
    }

    package var reason: RejectionReason? {
        guard case .reject(let reason, _) = self else { return nil }
        return reason
    }
}

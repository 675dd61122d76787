/// Rule 1: within a job an introduction belongs to whoever got the candidate's confirmation first.
package enum Attribution {
    /// How long a confirmation owns its candidate.
    package static let ownershipDays = 180

    /// An earlier confirmed introduction of the same person to the same company.
    package struct Confirmation: Hashable, Sendable {
        package let introduction: IntroductionID
        package let job: JobID
        /// Nil when the candidate came alone.
        package let affiliate: AffiliateID?
        package let confirmedAt: Instant
        package let match: CandidateMatch

        package init(
            introduction: IntroductionID, job: JobID, affiliate: AffiliateID?,
            confirmedAt: Instant, match: CandidateMatch
        ) {
            self.introduction = introduction
            self.job = job
            self.affiliate = affiliate
            self.confirmedAt = confirmedAt
            self.match = match
        }
    }

    /// To whom a confirmation belongs.
    package enum Decision: Hashable, Sendable {
        /// The affiliate who brought this very confirmation.
        case brought(AffiliateID)
        /// The affiliate who brought the person to another job of the company before.
        case carried(AffiliateID, from: IntroductionID)
        /// Nobody: the candidate came alone.
        case direct
        /// Refused: the person is introduced to this job already.
        case duplicate(of: IntroductionID, CandidateMatch)

        /// Who earns a commission if this becomes a hire.
        package var affiliate: AffiliateID? {
            switch self {
            case .brought(let affiliate), .carried(let affiliate, _): affiliate
            case .direct, .duplicate: nil
            }
        }
    }

    /// Whether a confirmation still owns its candidate: 180 days, the last moment excluded.
    package static func owns(confirmedAt: Instant, at now: Instant) -> Bool {
        now < confirmedAt.adding(days: ownershipDays)
    }

    /// Decides a confirmation that happens now.
    ///
    /// - Parameters:
    ///   - affiliate: who brought this one; nil when the candidate came alone.
    ///   - earlier: confirmed introductions of the same person to the same company, in any order.
    package static func decide(
        job: JobID, affiliate: AffiliateID?, earlier: [Confirmation], at now: Instant
    ) -> Decision {
        let owning = earlier.filter { owns(confirmedAt: $0.confirmedAt, at: now) }
            .sorted { ($0.confirmedAt, $0.introduction) < ($1.confirmedAt, $1.introduction) }
        if let same = owning.first(where: { $0.job == job }) {
            return .duplicate(of: same.introduction, same.match)
        }
        if let affiliate { return .brought(affiliate) }
        for confirmation in owning {
            if let owner = confirmation.affiliate {
                return .carried(owner, from: confirmation.introduction)
            }
        }
        return .direct
    }
}

/// What the product's rules answer when they say no; texts for it are in the catalogue of the site.
package enum DomainError: Error, Hashable, Sendable {
    /// No such thing, or somebody else's.
    case notFound(Subject)
    /// The role may never do this.
    case forbidden
    /// The present state does not allow it.
    case conflict(Conflict)
    /// It was there and is over, like a closed job.
    case gone(Subject)
    /// Values that cannot be used, all of them.
    case invalid([ValidationError])
    /// There is one already.
    case duplicate(Duplicate)
    /// A bound was reached; trying again makes sense after so many seconds.
    case tooMany(Bound, retryAfterSeconds: Int)

    /// What an error is about.
    package enum Subject: String, Hashable, Sendable, CaseIterable {
        case account, session, token, company, job, link, introduction, cv, hire, commission
        case dispute, evidence, payout, payoutBatch, invoice, flag, statement, mail, mailedLink,
            secondFactor
    }

    /// Why a state does not allow a step.
    package enum Conflict: Hashable, Sendable {
        case jobState(from: JobState, to: JobState)
        case jobNotPublished
        case jobExpired
        case salaryMissing
        case stage(from: Stage, to: Stage)
        case introductionNotConfirmed
        case introductionClosed(Stage)
        /// The 180 days were over, and the same person was introduced again (rule 1).
        case ownershipEnded
        case hireReported
        case hireAlreadyRecorded
        case hireState(from: HireState, to: HireState)
        case commissionState(from: CommissionState, to: CommissionState)
        case idempotencyKeyReused
        /// The facts are not those upon which it was decided.
        case changedMeanwhile
        /// Somebody left after the guarantee: nothing is taken back for that.
        case guaranteeOver
        /// The row is smaller than what is asked of it, or taken back already.
        case amountExceedsCommission
        case disputeOpen
        case disputeClosed
        /// The side has brought this forward as often as it may.
        case disputedBefore
        /// The other side has the word.
        case notYourTurn
        case payoutSettled
        /// The batch has no line: nothing can be paid.
        case nothingToPay
        /// The file was not handed out, so the bank cannot have paid.
        case payoutNotSent
        case invoiceSettled
        /// There is no payment that could be undone.
        case invoiceNotReceived
        /// What was received was given back or charged anew since: its payment is a fact by now.
        case invoiceTakenBack
        /// The month is not over.
        case monthRunning
        /// The link that was mailed to the account's address has not been followed.
        case addressNotConfirmed
        /// Admins cannot disable themselves.
        case ownAccount
        /// Somebody has to be left who can let others in.
        case lastAdmin
        /// The affiliate has named this person for this job, and the answer is awaited.
        case recommendationWaiting
        /// The page with a new secret was open for too long.
        case setUpExpired
    }

    /// What exists already.
    package enum Duplicate: Hashable, Sendable {
        case email
        /// Somebody introduced this person to this job before (rule 1 of the money path).
        case candidate(CandidateMatch)
        case slug
    }

    /// Which bound was reached.
    package enum Bound: String, Hashable, Sendable, CaseIterable {
        case signInsOfAccount, signInsOfAddress, tokens, links, evidence, streams
        case confirmations, resets, recommendations, recommendationsOfPerson
        case factorTries
    }
}

/// By what two candidates were found to be one person.
package enum CandidateMatch: String, Hashable, Sendable, CaseIterable {
    case email, phone
}

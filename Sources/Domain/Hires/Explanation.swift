/// Rule 7: everything a commission row can say of itself, as values; the site makes sentences of it.
package struct Explanation: Hashable, Sendable {
    package let amount: Money
    package let state: CommissionState
    package let why: Why
    package let terms: AgreedTerms
    package let next: NextStep
    package let kind: CommissionKind
    /// Why it was added, taken back, held or reversed (rule 9); nil for a plain instalment.
    package let reason: CommissionReason?
    package let note: Note
    /// How the last dispute ended by which the row is what it is; nil where there was none.
    package let dispute: Dispute?

    package init(
        amount: Money, state: CommissionState, why: Why, terms: AgreedTerms, next: NextStep,
        kind: CommissionKind = .instalment, reason: CommissionReason? = nil,
        note: Note = Note(stored: ""), dispute: Dispute? = nil
    ) {
        self.dispute = dispute
        self.kind = kind
        self.reason = reason
        self.note = note
        self.amount = amount
        self.state = state
        self.why = why
        self.terms = terms
        self.next = next
    }

    /// What the admin wrote with the reason; of a plain instalment only while it matters.
    package var noteThatMatters: Note? {
        let note: Note? =
            switch next {
            case .decision(_, let note), .reversed(_, let note): note
            case .guaranteeEnds, .approval, .payoutBatch, .bankTransfer, .paid:
                kind == .instalment ? nil : self.note
            }
        return note.flatMap { $0.text.isEmpty ? nil : $0 }
    }

    /// A dispute that is over.
    package struct Dispute: Hashable, Sendable {
        package let id: DisputeID
        package let openedBy: DisputeSide
        package let reason: DisputeOutcomeReason

        package init(id: DisputeID, openedBy: DisputeSide, reason: DisputeOutcomeReason) {
            self.id = id
            self.openedBy = openedBy
            self.reason = reason
        }
    }

    /// The dispute that made the row what it is; of a plain instalment only once it was taken back.
    package var disputeThatMatters: Dispute? {
        if case .reversed = next { return dispute }
        return kind == .instalment ? nil : dispute
    }

    /// Whether it is what a claim of the affiliate won.
    package var isWonInDispute: Bool { kind == .manual && dispute?.openedBy == .affiliate }

    /// Which hire made it, and how the affiliate came to own it.
    package struct Why: Hashable, Sendable {
        package let jobTitle: JobTitle
        package let companyName: CompanyName
        package let candidateName: PersonName
        package let startsOn: CalendarDate
        package let recordedAt: Instant
        /// The channel of the link; nil when the introduction did not come through one.
        package let channel: ChannelName?
        /// Whether it was carried over from an introduction to another job of the company (rule 1).
        package let isCarriedOver: Bool

        package init(
            jobTitle: JobTitle, companyName: CompanyName, candidateName: PersonName,
            startsOn: CalendarDate, recordedAt: Instant, channel: ChannelName?,
            isCarriedOver: Bool
        ) {
            self.jobTitle = jobTitle
            self.companyName = companyName
            self.candidateName = candidateName
            self.startsOn = startsOn
            self.recordedAt = recordedAt
            self.channel = channel
            self.isCarriedOver = isCarriedOver
        }
    }

    /// Under which version of the terms, and which part of it this row is.
    package struct AgreedTerms: Hashable, Sendable {
        package let version: Int
        package let offer: TermsOffer
        package let instalment: Int
        package let instalmentCount: Int
        package let share: Percent
        /// Minor units on top of the share, left over by the division.
        package let remainder: Money

        package init(
            version: Int, offer: TermsOffer, instalment: Int, instalmentCount: Int,
            share: Percent, remainder: Money
        ) {
            self.version = version
            self.offer = offer
            self.instalment = instalment
            self.instalmentCount = instalmentCount
            self.share = share
            self.remainder = remainder
        }
    }

    /// What must happen next, and when.
    package enum NextStep: Hashable, Sendable {
        /// The candidate stays until this day.
        case guaranteeEnds(CalendarDate)
        /// The day came; an admin approves it.
        case approval(since: CalendarDate)
        /// The next batch of payouts takes it.
        case payoutBatch
        /// The bank has it.
        case bankTransfer
        /// Nothing: it was paid then.
        case paid(CalendarDate)
        /// An admin decides the dispute.
        case decision(CommissionReason?, Note)
        /// Nothing: it was taken back.
        case reversed(CommissionReason?, Note)

        /// Follows from the state; `changedOn` is the day on which the state was reached.
        package init(
            state: CommissionState, dueOn: CalendarDate, changedOn: CalendarDate,
            today: CalendarDate, reason: CommissionReason?, note: Note
        ) {
            switch state {
            case .pending where today < dueOn: self = .guaranteeEnds(dueOn)
            case .pending: self = .approval(since: dueOn)
            case .approved: self = .payoutBatch
            case .processing: self = .bankTransfer
            case .paid: self = .paid(changedOn)
            case .held: self = .decision(reason, note)
            case .reversed: self = .reversed(reason, note)
            }
        }

        /// The day on which something happens by itself or happened; nil when a person decides.
        package var date: CalendarDate? {
            switch self {
            case .guaranteeEnds(let date), .approval(let date), .paid(let date): date
            case .payoutBatch, .bankTransfer, .decision, .reversed: nil
            }
        }
    }
}

/// Who speaks in a dispute.
package enum DisputeSide: String, Hashable, Sendable, CaseIterable {
    case affiliate, company

    package var other: DisputeSide { self == .affiliate ? .company : .affiliate }
}

/// What a dispute is about: a fixed list, read by both sides with the text.
package enum DisputeReason: String, Hashable, Sendable, CaseIterable {
    case neverHired = "never_hired"
    case leftEarly = "left_early"
    case alreadyKnown = "already_known"
    case wrongAmount = "wrong_amount"
    case wronglyReversed = "wrongly_reversed"
    case other

    /// What each side may bring forward.
    package static func all(for side: DisputeSide) -> [DisputeReason] {
        switch side {
        case .company: [.neverHired, .leftEarly, .alreadyKnown, .wrongAmount, .other]
        case .affiliate: [.wrongAmount, .wronglyReversed, .other]
        }
    }
}

/// Where a dispute stands.
package enum DisputeState: String, Hashable, Sendable, CaseIterable {
    /// The other side has to answer.
    case open
    /// The side that opened it has to reply.
    case answered
    /// An admin has to decide.
    case replied
    case decided

    /// What follows when the side that has the word says nothing until its deadline: silence speaks
    /// for whoever spoke last.
    package var outcomeOfSilence: DisputeOutcome? {
        switch self {
        case .open: .upheld
        case .answered: .rejected
        case .replied, .decided: nil
        }
    }

    /// Why silence has this outcome.
    package var reasonOfSilence: DisputeOutcomeReason? {
        switch self {
        case .open: .noAnswer
        case .answered: .noReply
        case .replied, .decided: nil
        }
    }

    /// Who has the word, of a dispute that a side opened; nil while an admin decides and afterwards.
    package func speaker(openedBy side: DisputeSide) -> DisputeSide? {
        switch self {
        case .open: side.other
        case .answered: side
        case .replied, .decided: nil
        }
    }

    /// What comes after the side that has the word has spoken.
    package var afterStatement: DisputeState {
        switch self {
        case .open: .answered
        case .answered, .replied: .replied
        case .decided: .decided
        }
    }
}

/// How a dispute ended for whoever opened it.
package enum DisputeOutcome: Hashable, Sendable {
    case upheld
    case rejected
    /// The opener gets a part: more than nothing, less than all.
    case partly(Money)

    /// The name in the database.
    package var name: String {
        switch self {
        case .upheld: "upheld"
        case .rejected: "rejected"
        case .partly: "partly"
        }
    }

    /// What the opener gets of the amount in dispute.
    ///
    /// - Throws: `invalid` for a part that is none.
    package func granted(of disputed: Money) throws(DomainError) -> Money {
        switch self {
        case .upheld: return disputed
        case .rejected: return .zero(disputed.currency)
        case .partly(let part):
            guard part.currency == disputed.currency else {
                throw .invalid([ValidationError(.amount, .currencyMismatch)])
            }
            guard part.isPositive, part.minorUnits < disputed.minorUnits else {
                throw .invalid([ValidationError(.amount, .malformed)])
            }
            return part
        }
    }
}

/// Why a dispute ended as it did: a fixed list, read by both sides with the note.
package enum DisputeOutcomeReason: String, Hashable, Sendable, CaseIterable {
    case evidence
    case noEvidence = "no_evidence"
    /// The terms that were agreed say so.
    case terms
    /// Both sides came to an agreement.
    case agreement
    /// The amount was counted again.
    case amount
    case other
    /// The other side let its days for the answer pass.
    case noAnswer = "no_answer"
    /// The side that opened it let its days for the reply pass.
    case noReply = "no_reply"
    /// The side that opened it took it back.
    case withdrawn

    /// What an admin may give as a reason; the others come of themselves.
    package static let ofAdmins: [DisputeOutcomeReason] = [
        .evidence, .noEvidence, .terms, .agreement, .amount, .other,
    ]
}

/// How long each side has, and how much it may send.
package enum DisputeRules {
    /// Days for the answer, and again for the reply.
    package static let daysToSpeak = 14
    /// How often a company may dispute the same row, and an affiliate claim something for the same
    /// hire: what was decided, or taken back, is not held up for ever.
    package static let sameMax = 3
    /// Files of one side in one dispute.
    package static let evidenceMax = 5

    package static func due(from day: CalendarDate) -> CalendarDate {
        day.adding(days: daysToSpeak)
    }

    /// Whether the side with the word can still speak: the last day is included.
    package static func isOver(dueOn: CalendarDate, today: CalendarDate) -> Bool {
        today > dueOn
    }
}

/// A file of evidence: a PDF or a picture, bounded, kept as it came.
package struct EvidenceFile: Hashable, Sendable {
    package let name: FileName
    package let mediaType: String
    package let bytes: [UInt8]

    /// The same bound as for a CV.
    package static let bytesMax = CVFile.bytesMax

    /// Takes a file that says in its first bytes what it is, whatever its name says.
    package init(name: String, bytes: [UInt8]) throws(ValidationError) {
        guard !bytes.isEmpty else { throw ValidationError(.evidence, .missing) }
        guard bytes.count <= Self.bytesMax else {
            throw ValidationError(.evidence, .tooLarge(bytesMax: Self.bytesMax))
        }
        let type = Self.signatures.first { bytes.starts(with: $0.start) }
        guard let type else { throw ValidationError(.evidence, .wrongFileType) }
        self.name = try FileName(name, field: .evidence)
        self.mediaType = type.mediaType
        self.bytes = bytes
    }

    /// Takes a file that the database kept.
    package init(storedName: FileName, mediaType: String, bytes: [UInt8]) {
        self.name = storedName
        self.mediaType = mediaType
        self.bytes = bytes
    }

    private static let signatures: [(start: [UInt8], mediaType: String)] = [
        (Array("%PDF-".utf8), "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
    ]
}

import Domain
import Store

/// An affiliate's link.
struct LinkResource: JSONWritable {
    let code: LinkCode
    let url: String
    let channel: ChannelName
    let job: JobSlug

    static let schemaName = "Link"
    static let schema = Schema.object([
        .always("code", .text(pattern: "^[0-9a-z]{10}$")),
        .always("url", .text(format: .uri)),
        .always("channel", .text()),
        .always("job", .slug),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("code", code.text)
            json.member("url", url)
            json.member("channel", channel.text)
            json.member("job", job.text)
        }
    }
}

/// An affiliate's link with what it brought.
struct LinkRowResource: JSONWritable {
    let link: LinkResource
    let jobTitle: JobTitle
    let clicks: Int
    let introductions: Int

    static let schemaName = "LinkRow"
    static let schema = Schema.object([
        .always("link", .named(LinkResource.self)),
        .always("job_title", .text()),
        .always("clicks", .integer(min: 0)),
        .always("introductions", .integer(min: 0)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("link", link)
            json.member("job_title", jobTitle.text)
            json.member("clicks", clicks)
            json.member("introductions", introductions)
        }
    }
}

/// A recommendation that waits for the person's answer.
struct RecommendationResource: JSONWritable {
    let id: IntroductionID
    let job: JobSlug
    let createdAt: Instant

    static let schemaName = "Recommendation"
    static let schema = Schema.object([
        .always("id", .id),
        .always("job", .slug),
        .always("stage", .any(of: Stage.self)),
        .always("created_at", .moment),
        .always("answer_until", .moment),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("job", job.text)
            json.member("stage", Stage.unconfirmed.rawValue)
            json.member("created_at", createdAt)
            json.member("answer_until", createdAt.adding(days: Recommendation.answerDays))
        }
    }
}

/// A candidate as the affiliate who brought them sees them.
struct AffiliateIntroductionResource: JSONWritable {
    let introduction: Introductions.Summary

    static let schemaName = "AffiliateIntroduction"
    static let schema = Schema.object([
        .always("id", .id),
        .always("name", .text()),
        .always("job", .slug),
        .always("job_title", .text()),
        .always("company_name", .text()),
        .always("channel", .optional(.text())),
        .always("is_carried_over", .boolean),
        .always("stage", .any(of: Stage.self)),
        .always("rejection_reason", .optional(.any(of: RejectionReason.self))),
        .always("rejection_note", .optional(.text())),
        .always("terms", .named(TermsOffer.self)),
        .always("created_at", .moment),
        .always("stage_changed_at", .moment),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", introduction.id)
            json.member("name", introduction.candidateName.text)
            json.member("job", introduction.jobSlug.text)
            json.member("job_title", introduction.jobTitle.text)
            json.member("company_name", introduction.companyName.text)
            json.member("channel", introduction.channel?.text)
            json.member("is_carried_over", introduction.isCarriedOver)
            json.member("stage", introduction.stage.rawValue)
            json.member("rejection_reason", introduction.rejectionReason?.rawValue)
            json.member("rejection_note", introduction.rejectionNote?.text)
            json.member("terms", introduction.offer)
            json.member("created_at", introduction.submittedAt)
            json.member("stage_changed_at", introduction.stageChangedAt)
        }
    }
}

/// The same with every step.
struct AffiliateIntroductionHistoryResource: JSONWritable {
    let introduction: Introductions.Summary
    let steps: [StageStep]

    static let schemaName = "AffiliateIntroductionHistory"
    static let schema = Schema.object([
        .always("introduction", .named(AffiliateIntroductionResource.self)),
        .always("history", .list(.named(StageStepResource.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member(
                "introduction", AffiliateIntroductionResource(introduction: introduction))
            json.member("history", steps.map { StageStepResource(step: $0) })
        }
    }
}

/// A commission with its reasons: how much, why, under which terms, and what comes next.
struct CommissionResource: JSONWritable {
    let id: CommissionID
    let explanation: Explanation

    static let schemaName = "Commission"
    static let schema = Schema.object([
        .always("id", .id),
        .always("amount", .named(Money.self)),
        .always("state", .any(of: CommissionState.self)),
        .always("kind", .any(of: CommissionKind.self)),
        .always("job_title", .text()),
        .always("company_name", .text()),
        .always("candidate_name", .text()),
        .always("starts_on", .date),
        .always("recorded_at", .moment),
        .always("channel", .optional(.text())),
        .always("terms_version", .integer(min: 1)),
        .always("terms", .named(TermsOffer.self)),
        .always("instalment", .integer(min: 1)),
        .always("instalment_count", .integer(min: 1)),
        .always(
            "next",
            .choice([
                "guarantee_ends", "approval", "payout_batch", "bank_transfer", "paid", "decision",
                "reversed",
            ])),
        .always("next_on", .optional(.date)),
        .always("is_carried_over", .boolean),
        .always("reason", .optional(.any(of: CommissionReason.self))),
        .always("note", .optional(.text())),
        .always("dispute_id", .optional(.id)),
        .always("outcome_reason", .optional(.any(of: DisputeOutcomeReason.self))),
    ])

    func write(to json: inout JSONWriter) {
        let why = explanation.why
        let terms = explanation.terms
        json.object { json in
            json.member("id", id)
            json.member("amount", explanation.amount)
            json.member("state", explanation.state.rawValue)
            json.member("kind", explanation.kind.rawValue)
            json.member("job_title", why.jobTitle.text)
            json.member("company_name", why.companyName.text)
            json.member("candidate_name", why.candidateName.text)
            json.member("starts_on", why.startsOn)
            json.member("recorded_at", why.recordedAt)
            json.member("channel", why.channel?.text)
            json.member("terms_version", terms.version)
            json.member("terms", terms.offer)
            json.member("instalment", terms.instalment)
            json.member("instalment_count", terms.instalmentCount)
            json.member("next", next)
            json.member("next_on", explanation.next.date)
            json.member("is_carried_over", why.isCarriedOver)
            json.member("reason", decision?.reason?.rawValue)
            json.member("note", decision?.note.text)
            let dispute = explanation.disputeThatMatters
            json.member("dispute_id", number: dispute?.id.rawValue)
            json.member("outcome_reason", dispute?.reason.rawValue)
        }
    }

    /// Why it is held, was reversed, added or taken back; the affiliate reads both reason and note (rule 9).
    private var decision: (reason: CommissionReason?, note: Note)? {
        switch explanation.next {
        case .decision(let reason, let note), .reversed(let reason, let note): (reason, note)
        default:
            explanation.kind == .instalment ? nil : (explanation.reason, explanation.note)
        }
    }

    private var next: String {
        switch explanation.next {
        case .guaranteeEnds: "guarantee_ends"
        case .approval: "approval"
        case .payoutBatch: "payout_batch"
        case .bankTransfer: "bank_transfer"
        case .paid: "paid"
        case .decision: "decision"
        case .reversed: "reversed"
        }
    }
}

/// What an affiliate is owed and was paid, per currency.
struct BalanceResource: JSONWritable {
    let pending: [Money]
    let approved: [Money]
    let paid: [Money]

    static let schemaName = "Balance"
    static let schema = Schema.object([
        .always("pending", .list(.named(Money.self))),
        .always("approved", .list(.named(Money.self))),
        .always("paid", .list(.named(Money.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("pending", pending)
            json.member("approved", approved)
            json.member("paid", paid)
        }
    }
}

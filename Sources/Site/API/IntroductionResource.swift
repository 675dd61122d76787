import Domain
import Store

/// A candidate as the company sees them in a list.
struct CandidateRowResource: JSONWritable {
    let candidate: Candidates.Summary

    static let schemaName = "CandidateRow"
    static let schema = Schema.object([
        .always("id", .id),
        .always("name", .text()),
        .always("stage", .any(of: Stage.self)),
        .always("affiliate_name", .optional(.text())),
        .always("has_cv", .boolean),
        .always("hire_state", .optional(.any(of: HireState.self))),
        .always("created_at", .moment),
        .always("stage_changed_at", .moment),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", candidate.introduction)
            json.member("name", candidate.name.text)
            json.member("stage", candidate.stage.rawValue)
            json.member("affiliate_name", candidate.affiliateName?.text)
            json.member("has_cv", candidate.hasCV)
            json.member("hire_state", candidate.hire?.rawValue)
            json.member("created_at", candidate.submittedAt)
            json.member("stage_changed_at", candidate.stageChangedAt)
        }
    }
}

/// A candidate as the company sees them, with what happened so far.
struct IntroductionResource: JSONWritable {
    let candidate: Candidates.Candidate

    static let schemaName = "Introduction"
    static let schema = Schema.object([
        .always("id", .id),
        .always("job_id", .id),
        .always("job", .slug),
        .always("job_title", .text()),
        .always("name", .text()),
        .always("email", .text(format: .email)),
        .always("phone", .optional(.text())),
        .always("message", .text()),
        .always("recommendation", .text()),
        .always("has_cv", .boolean),
        .always("stage", .any(of: Stage.self)),
        .always("affiliate_name", .optional(.text())),
        .always("terms_version", .integer(min: 1)),
        .always("terms", .named(TermsOffer.self)),
        .always("hire_state", .optional(.any(of: HireState.self))),
        .always("hire_starts_on", .optional(.date)),
        .always("created_at", .moment),
        .always("history", .list(.named(StageStepResource.self))),
    ])

    func write(to json: inout JSONWriter) {
        let summary = candidate.summary
        json.object { json in
            json.member("id", summary.introduction)
            json.member("job_id", candidate.job)
            json.member("job", candidate.jobSlug.text)
            json.member("job_title", candidate.jobTitle.text)
            json.member("name", summary.name.text)
            json.member("email", summary.email.text)
            json.member("phone", summary.phone?.text)
            json.member("message", candidate.message.text)
            json.member("recommendation", candidate.recommendation.text)
            json.member("has_cv", summary.hasCV)
            json.member("stage", summary.stage.rawValue)
            json.member("affiliate_name", summary.affiliateName?.text)
            json.member("terms_version", candidate.termsVersion)
            json.member("terms", candidate.offer)
            json.member("hire_state", summary.hire?.rawValue)
            json.member("hire_starts_on", candidate.hireStartsOn)
            json.member("created_at", summary.submittedAt)
            json.member("history", candidate.steps.map { StageStepResource(step: $0) })
        }
    }
}

/// One change of stage.
struct StageStepResource: JSONWritable {
    let step: StageStep

    static let schemaName = "StageStep"
    static let schema = Schema.object([
        .always("at", .moment),
        .always("by", .choice(["company", "affiliate", "admin", "candidate", "system"])),
        .always("from", .optional(.any(of: Stage.self))),
        .always("to", .any(of: Stage.self)),
        .always("reason", .optional(.any(of: RejectionReason.self))),
        .always("note", .text()),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("at", step.at)
            json.member("by", step.actor)
            json.member("from", step.from?.rawValue)
            json.member("to", step.to.rawValue)
            json.member("reason", step.reason?.rawValue)
            json.member("note", step.note.text)
        }
    }
}

/// What a candidate gets for an application: the secret address that tells what became of it.
struct ReceiptResource: JSONWritable {
    let receipt: ReceiptCode
    let url: String

    static let schemaName = "Receipt"
    static let schema = Schema.object([
        .always("receipt", .text(pattern: "^[0-9a-z]{26}$")),
        .always("url", .text(format: .uri)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("receipt", receipt.text)
            json.member("url", url)
        }
    }
}

/// What was kept because the database could not take it.
struct KeptResource: JSONWritable {
    let receipt: ReceiptCode
    let url: String

    static let schemaName = "KeptReceipt"
    static let schemaDescription =
        "It is kept and not in yet; the page at the address says what becomes of it."
    static let schema = Schema.object([
        .always("receipt", .text(pattern: "^[0-9a-z]{26}$")),
        .always("url", .text(format: .uri)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("receipt", receipt.text)
            json.member("url", url)
        }
    }
}

/// Where a candidate was moved to.
struct StageResource: JSONWritable {
    let id: IntroductionID
    let stage: Stage

    static let schemaName = "StageMove"
    static let schema = Schema.object([
        .always("id", .id), .always("stage", .any(of: Stage.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("stage", stage.rawValue)
        }
    }
}

/// An application as the candidate who sent it sees it: without notes and names of the company's.
struct ApplicationResource: JSONWritable {
    let receipt: Receipts.Receipt

    static let schemaName = "Application"
    static let schema = Schema.object([
        .always("name", .text()),
        .always("email", .text(format: .email)),
        .always("phone", .optional(.text())),
        .always("cv_name", .optional(.text())),
        .always("job", .slug),
        .always("job_title", .text()),
        .always("company", .slug),
        .always("company_name", .text()),
        .always("affiliate_name", .optional(.text())),
        .always("stage", .any(of: Stage.self)),
        .always("rejection_reason", .optional(.any(of: RejectionReason.self))),
        .always("can_withdraw", .boolean),
        .always("created_at", .moment),
        .always("stage_changed_at", .moment),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", receipt.candidateName.text)
            json.member("email", receipt.email.text)
            json.member("phone", receipt.phone?.text)
            json.member("cv_name", receipt.cvName?.text)
            json.member("job", receipt.jobSlug.text)
            json.member("job_title", receipt.jobTitle.text)
            json.member("company", receipt.companySlug.text)
            json.member("company_name", receipt.companyName.text)
            json.member("affiliate_name", receipt.affiliateName?.text)
            json.member("stage", receipt.stage.rawValue)
            json.member("rejection_reason", receipt.rejectionReason?.rawValue)
            json.member("can_withdraw", receipt.canWithdraw)
            json.member("created_at", receipt.submittedAt)
            json.member("stage_changed_at", receipt.stageChangedAt)
        }
    }
}

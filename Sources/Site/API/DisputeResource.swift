import Domain
import Store

/// A dispute as its sides and the admins see it.
struct DisputeResource: JSONWritable {
    let dispute: Disputes.Dispute

    static let schemaName = "Dispute"
    static let schema = Schema.object(members)

    static let members: [Schema.Member] = [
        .always("id", .id),
        .always("hire_id", .id),
        .always("commission_id", .optional(.id)),
        .always("opened_by", .any(of: DisputeSide.self)),
        .always("reason", .any(of: DisputeReason.self)),
        .always("amount", .named(Money.self)),
        .always("held", .optional(.named(Money.self))),
        .always("state", .any(of: DisputeState.self)),
        .always("opened_at", .moment),
        .always("speaker", .optional(.any(of: DisputeSide.self))),
        .always("due_on", .optional(.date)),
        .always("silence_means", .optional(.choice(["upheld", "rejected"]))),
        .always("outcome", .optional(.choice(["upheld", "rejected", "partly"]))),
        .always("outcome_reason", .optional(.any(of: DisputeOutcomeReason.self))),
        .always("granted", .optional(.named(Money.self))),
        .always("note", .text()),
        .always("decided_at", .optional(.moment)),
        .always("candidate_name", .text()),
        .always("job_title", .text()),
        .always("company_name", .text()),
        .always("affiliate_name", .optional(.text())),
    ]

    func write(to json: inout JSONWriter) {
        json.object { json in writeMembers(to: &json) }
    }

    func writeMembers(to json: inout JSONWriter) {
        json.member("id", dispute.id)
        json.member("hire_id", dispute.hire)
        json.name("commission_id")
        if let commission = dispute.commission {
            json.number(commission.rawValue)
        } else {
            json.null()
        }
        json.member("opened_by", dispute.side.rawValue)
        json.member("reason", dispute.reason.rawValue)
        json.member("amount", dispute.amount)
        json.member("held", dispute.held?.amount)
        json.member("state", dispute.state.rawValue)
        json.member("opened_at", dispute.openedAt)
        json.member("speaker", dispute.speaker?.rawValue)
        json.member("due_on", dispute.dueOn)
        json.member("silence_means", dispute.state.outcomeOfSilence?.name)
        json.member("outcome", dispute.outcome?.name)
        json.member("outcome_reason", dispute.outcomeReason?.rawValue)
        json.member("granted", granted)
        json.member("note", dispute.outcomeNote.text)
        json.member("decided_at", dispute.decidedAt)
        json.member("candidate_name", dispute.candidateName.text)
        json.member("job_title", dispute.jobTitle.text)
        json.member("company_name", dispute.companyName.text)
        json.member("affiliate_name", dispute.affiliateName?.text)
    }

    private var granted: Money? {
        dispute.outcome.flatMap { try? $0.granted(of: dispute.amount) }
    }
}

/// A dispute with all that was said and sent.
struct WholeDisputeResource: JSONWritable {
    let dispute: Disputes.Dispute
    let statements: [Disputes.Statement]
    let evidence: [Disputes.Evidence]

    static let schemaName = "WholeDispute"
    static let schema = Schema.object(
        DisputeResource.members + [
            .always("statements", .list(.named(Statement.self))),
            .always("evidence", .list(.named(Evidence.self))),
        ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            DisputeResource(dispute: dispute).writeMembers(to: &json)
            json.member("statements", statements.map { Statement(statement: $0) })
            json.member("evidence", evidence.map { Evidence(evidence: $0) })
        }
    }

    /// What one side said.
    struct Statement: JSONWritable {
        let statement: Disputes.Statement

        static let schemaName = "DisputeStatement"
        static let schema = Schema.object([
            .always("side", .any(of: DisputeSide.self)),
            .always("at", .moment),
            .always("text", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("side", statement.side.rawValue)
                json.member("at", statement.at)
                json.member("text", statement.text.text)
            }
        }
    }

    /// A file without its bytes.
    struct Evidence: JSONWritable {
        let evidence: Disputes.Evidence

        static let schemaName = "DisputeEvidence"
        static let schema = Schema.object([
            .always("id", .id),
            .always("side", .any(of: DisputeSide.self)),
            .always("at", .moment),
            .always("file_name", .text()),
            .always("media_type", .text()),
            .always("bytes", .integer(min: 1)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("id", evidence.id)
                json.member("side", evidence.side.rawValue)
                json.member("at", evidence.at)
                json.member("file_name", evidence.name.text)
                json.member("media_type", evidence.mediaType)
                json.member("bytes", evidence.byteCount)
            }
        }
    }
}

/// The dispute that was opened, answered, withdrawn or decided.
struct DisputeReference: JSONWritable {
    let id: DisputeID

    static let schemaName = "DisputeReference"
    static let schema = Schema.object([.always("id", .id)])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("id", id) }
    }
}

/// The file that was kept.
struct EvidenceReference: JSONWritable {
    let id: EvidenceID

    static let schemaName = "EvidenceReference"
    static let schema = Schema.object([.always("id", .id)])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("id", id) }
    }
}

/// What a side says when it opens a dispute.
enum DisputeInput: InputDocument {
    static let schemaName = "DisputeInput"
    static let schemaDescription =
        "A company names a commission, and an amount where not all of it is disputed; an affiliate "
        + "names a hire and the amount."
    static let schema = Schema.object([
        .maybe("commission_id", .id),
        .maybe("hire_id", .id),
        .always("reason", .any(of: DisputeReason.self)),
        .maybe("amount", .named(Money.self)),
        .always("text", .text(lengthMax: TextRules.Statement.lengthMax)),
    ])

    static func pointer(to field: ValidationError.Field) -> String {
        switch field {
        case .amount: "/amount/minor_units"
        case .commission: "/commission_id"
        default: "/" + field.rawValue
        }
    }
}

/// What a side says in its turn.
enum DisputeAnswerInput: Described {
    static let schemaName = "DisputeAnswerInput"
    static let schema = Schema.object([
        .always("text", .text(lengthMax: TextRules.Statement.lengthMax))
    ])
}

/// A file; its bytes travel in base64.
enum EvidenceInput: Described {
    static let schemaName = "EvidenceInput"
    static let schema = Schema.object([
        .always("file_name", .text()), .always("content", .text(format: .byte)),
    ])
}

/// What an admin decides.
enum DisputeDecisionInput: InputDocument {
    static let schemaName = "DisputeDecisionInput"
    static let schema = Schema.object([
        .always("outcome", .choice(["upheld", "rejected", "partly"])),
        .maybe("amount", .named(Money.self)),
        .always("reason", .choice(DisputeOutcomeReason.ofAdmins.map(\.rawValue))),
        .maybe("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ])

    static func pointer(to field: ValidationError.Field) -> String {
        field == .amount ? "/amount/minor_units" : "/" + field.rawValue
    }
}

import Domain
import Store

/// A hire as the company and the admin see it.
struct HireResource: JSONWritable {
    let hire: Hires.Hire

    static let schemaName = "Hire"
    static let schema = Schema.object([
        .always("id", .id),
        .always("introduction_id", .id),
        .always("state", .any(of: HireState.self)),
        .always("starts_on", .date),
        .always("reported_at", .optional(.moment)),
        .always("recorded_at", .optional(.moment)),
        .always("candidate_name", .text()),
        .always("job", .slug),
        .always("job_title", .text()),
        .always("company", .slug),
        .always("company_name", .text()),
        .always("affiliate_name", .optional(.text())),
        .always("terms_version", .integer(min: 1)),
        .always("terms", .named(TermsOffer.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", hire.id)
            json.member("introduction_id", hire.introduction)
            json.member("state", hire.state.rawValue)
            json.member("starts_on", hire.startsOn)
            json.member("reported_at", hire.reportedAt)
            json.member("recorded_at", hire.recordedAt)
            json.member("candidate_name", hire.candidateName.text)
            json.member("job", hire.jobSlug.text)
            json.member("job_title", hire.jobTitle.text)
            json.member("company", hire.companySlug.text)
            json.member("company_name", hire.companyName.text)
            json.member("affiliate_name", hire.affiliateName?.text)
            json.member("terms_version", hire.termsVersion)
            json.member("terms", hire.offer)
        }
    }
}

/// A hire with what only an admin sees of it.
struct AdminHireRowResource: JSONWritable {
    let hire: Hires.Hire

    static let schemaName = "AdminHireRow"
    static let schema = Schema.object([
        .always("hire", .named(HireResource.self)),
        .always("note", .text()),
        .always("flags", .list(.any(of: SelfDealing.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in writeMembers(to: &json) }
    }

    func writeMembers(to json: inout JSONWriter) {
        json.member("hire", HireResource(hire: hire))
        json.member("note", hire.note.text)
        json.name("flags")
        json.list(hire.flags) { json, flag in json.text(flag.rawValue) }
    }
}

/// The same with the commissions that it made.
struct AdminHireResource: JSONWritable {
    let hire: Hires.Hire
    let commissions: [Commissions.Commission]

    static let schemaName = "AdminHire"
    static let schema = Schema.object([
        .always("hire", .named(HireResource.self)),
        .always("note", .text()),
        .always("flags", .list(.any(of: SelfDealing.self))),
        .always("commissions", .list(.named(CommissionResource.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            AdminHireRowResource(hire: hire).writeMembers(to: &json)
            json.member(
                "commissions",
                commissions.map { CommissionResource(id: $0.id, explanation: $0.explanation) })
        }
    }
}

/// A hire that a company has just reported.
struct ReportedHireResource: JSONWritable {
    let id: HireID
    let introduction: IntroductionID
    let startsOn: CalendarDate

    static let schemaName = "ReportedHire"
    static let schema = Schema.object([
        .always("id", .id),
        .always("introduction_id", .id),
        .always("state", .choice([HireState.reported.rawValue])),
        .always("starts_on", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("introduction_id", introduction)
            json.member("state", HireState.reported.rawValue)
            json.member("starts_on", startsOn)
        }
    }
}

/// A hire that an admin recorded, and the commissions that made.
struct RecordedHireResource: JSONWritable {
    let recorded: HireRecording.RecordedHire

    static let schemaName = "RecordedHire"
    static let schema = Schema.object([
        .always("id", .id),
        .always("introduction_id", .id),
        .always("state", .choice([HireState.recorded.rawValue])),
        .always("starts_on", .date),
        .always("recorded_at", .moment),
        .always("commissions", .list(.named(Earned.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", recorded.id)
            json.member("introduction_id", recorded.introduction)
            json.member("state", HireState.recorded.rawValue)
            json.member("starts_on", recorded.startsOn)
            json.member("recorded_at", recorded.recordedAt)
            json.member("commissions", recorded.commissions.map { Earned(earned: $0) })
        }
    }

    /// One instalment.
    struct Earned: JSONWritable {
        let earned: HireRecording.Earned

        static let schemaName = "EarnedCommission"
        static let schema = Schema.object([
            .always("id", .id),
            .always("instalment", .integer(min: 1)),
            .always("amount", .named(Money.self)),
            .always("due_on", .date),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("id", earned.id)
                json.member("instalment", earned.instalment)
                json.member("amount", earned.amount)
                json.member("due_on", earned.dueOn)
            }
        }
    }
}

import Domain
import Store

/// A hire as the company and the admin see it.
struct HireResource: JSONWritable {
    let id: HireID
    let introduction: IntroductionID
    let state: HireState
    let startsOn: CalendarDate
    let candidateName: PersonName
    let jobTitle: JobTitle
    let companyName: CompanyName

    static let schemaName = "Hire"
    static let schema = Schema.object([
        .always("id", .id),
        .always("introduction_id", .id),
        .always("state", .any(of: HireState.self)),
        .always("starts_on", .date),
        .always("candidate_name", .text()),
        .always("job_title", .text()),
        .always("company_name", .text()),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("introduction_id", introduction)
            json.member("state", state.rawValue)
            json.member("starts_on", startsOn)
            json.member("candidate_name", candidateName.text)
            json.member("job_title", jobTitle.text)
            json.member("company_name", companyName.text)
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

import Domain

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

import Domain
import HTTP

/// The answers to whoever cannot be served now, made before there is anybody to refuse: a refusal
/// copies the fields, adds when to come again, and renders nothing.
package final class WaitingReplies: Sendable {
    /// Why somebody cannot be served; the raw value is the name that programs know it by.
    enum Reason: String, CaseIterable {
        /// More to do than can be done.
        case overloaded
        /// The database is away, or does not answer in time.
        case unavailable
        /// What was sent is done, or not at all: the answer to its end was lost.
        case outcomeUnknown = "outcome_unknown"
    }

    /// The content of one language, and of a problem the parts around the request's number.
    private struct Contents {
        var pages: [WaitingPage.Subject: [UInt8]] = [:]
        var problems: [Reason: (before: [UInt8], after: [UInt8])] = [:]
    }

    private let contents: [Language: Contents]
    private let pageFields: [Language: (plain: ResponseFields, secure: ResponseFields)]
    private let problemFields: (plain: ResponseFields, secure: ResponseFields)
    private let isSecure: Bool

    /// Stands for the number of the request while a problem is made; no number has these letters.
    private static let number = "zzzzzzzzzzzzzzzz"

    init(_ settings: SiteSettings, today: CalendarDate) {
        var contents: [Language: Contents] = [:]
        var pageFields: [Language: (plain: ResponseFields, secure: ResponseFields)] = [:]
        for language in Language.allCases {
            let texts = Texts(language)
            let context = PageContext(
                texts: texts, origin: settings.publicOrigin, today: today,
                assetVersion: settings.assetVersion)
            var content = Contents()
            for subject in WaitingPage.Subject.allCases {
                content.pages[subject] = WaitingPage(subject).bytes(in: context)
            }
            for reason in Reason.allCases { content.problems[reason] = Self.problem(reason, texts) }
            contents[language] = content
            var fields = ResponseFields()
            fields.add(.contentType, "text/html; charset=utf-8")
            fields.add(.contentLanguage, language.rawValue)
            pageFields[language] = Self.finished(fields, .page)
        }
        self.contents = contents
        self.pageFields = pageFields
        var fields = ResponseFields()
        fields.add(.contentType, "application/problem+json")
        problemFields = Self.finished(fields, .api)
        isSecure = settings.isSecure
    }

    /// The answer to a request, with all that every answer carries.
    func response(
        to request: Request, _ row: RouteRow, _ reason: Reason, retryAfterSeconds: Int
    ) -> Response {
        let content = contents[ReaderLanguage.of(request.head)] ?? Contents()
        let isSecure = isSecure || request.isSecure
        var response = Response(.serviceUnavailable)
        if row.kind == .api, let problem = content.problems[reason] {
            response.fields = isSecure ? problemFields.secure : problemFields.plain
            response.body = .bytes(problem.before + Array(request.id.utf8) + problem.after)
        } else {
            let fields = pageFields[ReaderLanguage.of(request.head)]
            response.fields = (isSecure ? fields?.secure : fields?.plain) ?? ResponseFields()
            response.body = .bytes(content.pages[.init(row, reason)] ?? [])
        }
        response.fields.add("Retry-After", retryAfterSeconds)
        return response
    }

    private static func problem(
        _ reason: Reason, _ texts: Texts
    ) -> (before: [UInt8], after: [UInt8]) {
        var json = JSONWriter()
        Problem(
            reply: FailureReply(.serviceUnavailable, code: reason.rawValue), requestID: number,
            texts: texts
        ).write(to: &json)
        let bytes = json.finish()
        let wanted = Array(number.utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? bytes.endIndex
        return (Array(bytes[..<start]), Array(bytes[start...].dropFirst(wanted.count)))
    }

    private static func finished(
        _ fields: ResponseFields, _ kind: RouteRow.Kind
    ) -> (plain: ResponseFields, secure: ResponseFields) {
        var plain = fields
        plain.append(SecurityFields.of(kind, isSecure: false))
        plain.add(.cacheControl, "private, no-store")
        var secure = fields
        secure.append(SecurityFields.of(kind, isSecure: true))
        secure.add(.cacheControl, "private, no-store")
        return (plain, secure)
    }
}

extension WaitingPage.Subject {
    init(_ row: RouteRow, _ reason: WaitingReplies.Reason) {
        self =
            switch (row.kind, reason) {
            case (.form, .outcomeUnknown): .unknownOutcome
            case (.form, _): row.isAboutMoney ? .money : .form
            default: .page
            }
    }
}

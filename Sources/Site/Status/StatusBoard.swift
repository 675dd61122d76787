import Domain
import HTTP
import Synchronization

/// The prepared answers of the probes and the status page: made when what they say changes, and
/// sent by any thread without asking anything (plane A).
package final class StatusBoard: Sendable {
    private struct Answers {
        var facts: StatusFacts
        var ready: PreparedResponse
        var pages: [Language: PreparedResponse]
    }

    private let settings: SiteSettings
    private let answers: Mutex<Answers>
    /// The answer to health checks: the process runs.
    private let alive: PreparedResponse

    /// - Parameter settings: where the site is, and which version of its files.
    package init(_ settings: SiteSettings, at now: Instant) {
        self.settings = settings
        let isSecure = settings.isSecure
        alive = Self.text("ok\n", .ok, isSecure: isSecure)
        answers = Mutex(Self.answers(StatusFacts(), settings, at: now))
    }

    /// What was last said.
    package var facts: StatusFacts { answers.withLock { $0.facts } }

    /// Says something else, or the same of a later moment.
    package func set(_ facts: StatusFacts, at now: Instant) {
        let made = Self.answers(facts, settings, at: now)
        answers.withLock { $0 = made }
    }

    /// The answer of a route of the class `status`.
    func response(to route: PublicRoute, _ head: RequestHead) -> Response {
        switch route {
        case .readyz: Response(prepared: answers.withLock { $0.ready })
        case .status:
            answers.withLock { $0.pages[ReaderLanguage.of(head)] }
                .map { Response(prepared: $0) } ?? Response(prepared: alive)
        default: Response(prepared: alive)
        }
    }

    private static func answers(
        _ facts: StatusFacts, _ settings: SiteSettings, at now: Instant
    ) -> Answers {
        let reasons = facts.reasonsAgainst
        let ready =
            reasons.isEmpty
            ? text("ready\n", .ok, isSecure: settings.isSecure)
            : text(
                reasons.joined(separator: "\n") + "\n", .serviceUnavailable,
                isSecure: settings.isSecure)
        var pages: [Language: PreparedResponse] = [:]
        for language in Language.allCases {
            let context = PageContext(
                texts: Texts(language), target: PublicRoute.status.path,
                origin: settings.publicOrigin, today: now.date,
                assetVersion: settings.assetVersion)
            pages[language] = page(StatusPage(facts: facts, at: now).bytes(in: context), settings)
        }
        return Answers(facts: facts, ready: ready, pages: pages)
    }

    private static func page(_ content: [UInt8], _ settings: SiteSettings) -> PreparedResponse {
        var fields = SecurityFields.of(.page, isSecure: settings.isSecure)
        fields.add(.contentType, "text/html; charset=utf-8")
        fields.add(.cacheControl, "no-cache")
        fields.add(.vary, "Accept-Language, Cookie")
        return PreparedResponse(.ok, fields: fields, content: content)
    }

    private static func text(
        _ text: String, _ status: Status, isSecure: Bool
    ) -> PreparedResponse {
        var response = Response.text(text, status: status)
        response.fields.append(SecurityFields.of(.api, isSecure: isSecure))
        response.fields.add(.cacheControl, "no-store")
        return PreparedResponse(status, fields: response.fields, content: Array(text.utf8))
    }
}

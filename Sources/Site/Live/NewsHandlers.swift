import Domain
import HTTP

/// The stream of what happens to an affiliate's money.
struct NewsHandlers {
    let visit: Visit

    /// Answers with a stream that stays open (HTML standard, 9.2 Server-sent events).
    func open() async throws -> Response {
        let affiliate = try visit.affiliate()
        // Browsers say who asks; another site has nothing to look for here.
        let site = visit.head.fields[.secFetchSite]
        guard let session = visit.person?.session, site == nil || site == "same-origin" else {
            throw DomainError.forbidden
        }
        let stream = try await visit.memory.news.open(
            session, affiliate, visit.language, after: mark)
        var response = Response(.ok)
        response.fields.add(.contentType, EventStream.contentType)
        response.fields.add(.cacheControl, "no-store")
        // nginx would gather the events.
        response.fields.add("X-Accel-Buffering", "no")
        response.body = .held(stream)
        return response
    }

    /// What was seen: the browser's own word where it comes back, the page's at the first time.
    private var mark: NewsMark? {
        (visit.head.fields[Self.lastEventID] ?? visit.query["after"]).flatMap { NewsMark($0) }
    }

    private static let lastEventID: FieldName = "Last-Event-ID"
}

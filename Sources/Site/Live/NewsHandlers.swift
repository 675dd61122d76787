import Domain
import HTTP
import Store

/// The stream of what happens: to an affiliate's money, to a company's candidates and invoices.
struct NewsHandlers {
    let visit: Visit

    /// Answers with a stream that stays open (HTML standard, 9.2 Server-sent events).
    func open() async throws -> Response {
        let stream = try await visit.memory.news.open(try listener(), after: mark)
        var response = Response(.ok)
        response.fields.add(.contentType, EventStream.contentType)
        response.fields.add(.cacheControl, "no-store")
        // nginx would gather the events.
        response.fields.add("X-Accel-Buffering", "no")
        response.body = .held(stream)
        return response
    }

    private func listener() throws(DomainError) -> NewsListener {
        let principal = try visit.principal()
        guard
            let reader = principal.affiliate.map(News.Reader.affiliate)
                ?? principal.company.map(News.Reader.company)
        else { throw .forbidden }
        if let token = visit.person?.token {
            return NewsListener(
                account: principal.account, reader: reader, holder: .token(token),
                form: .program)
        }
        // Browsers say who asks; another site has nothing to look for here.
        let site = visit.head.fields[.secFetchSite]
        guard let session = visit.person?.session, site == nil || site == "same-origin" else {
            throw .forbidden
        }
        return NewsListener(
            account: principal.account, reader: reader, holder: .session(session.id),
            form: .page(visit.language))
    }

    /// What was seen: the browser's own word where it comes back, the page's at the first time.
    private var mark: NewsMark? {
        (visit.head.fields[Self.lastEventID] ?? visit.query["after"]).flatMap { NewsMark($0) }
    }

    private static let lastEventID: FieldName = "Last-Event-ID"
}

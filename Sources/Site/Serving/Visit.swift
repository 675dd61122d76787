import Domain
import HTTP
import Store

/// One request on its way through a handler: what was asked, by whom, and what to work with.
///
/// A class, because every handler keeps it: a copy is one count, not one for each of its parts.
final class Visit: Sendable {
    let request: Request
    let route: Route
    let row: Router.Row
    let services: Services
    let memory: LoopMemory
    let now: Instant
    let language: Language
    /// Nil for somebody who is not signed in.
    let person: Person?
    /// The form that was sent, once its token was found to be genuine.
    let submission: Submission?
    /// Whether the database is not to be asked: it is away, or there is too much to do.
    let isTurnedAway: Bool
    /// Says that the page is made for everybody, and what it shows; nil for one made for the visitor.
    let shared: SharedPage?

    init(
        _ request: Request, _ route: Route, _ row: Router.Row, services: Services,
        memory: LoopMemory, shared: SharedPage? = nil
    ) {
        self.request = request
        self.route = route
        self.row = row
        self.services = services
        self.memory = memory
        self.shared = shared
        now = services.clock()
        language = ReaderLanguage.of(request.head)
        person = nil
        submission = nil
        isTurnedAway = false
    }

    private init(
        _ visit: Visit, person: Person?, submission: Submission?, isTurnedAway: Bool
    ) {
        request = visit.request
        route = visit.route
        row = visit.row
        services = visit.services
        memory = visit.memory
        shared = visit.shared
        now = visit.now
        language = visit.language
        self.person = person
        self.submission = submission
        self.isTurnedAway = isTurnedAway
    }

    /// The same, known to be somebody's.
    func with(_ person: Person) -> Visit {
        Visit(self, person: person, submission: submission, isTurnedAway: isTurnedAway)
    }

    /// The same, not to ask the database.
    func turnedAway() -> Visit {
        Visit(self, person: person, submission: submission, isTurnedAway: true)
    }

    /// The same with the form that was sent.
    func with(_ submission: Submission) -> Visit {
        Visit(self, person: person, submission: submission, isTurnedAway: isTurnedAway)
    }

    var store: Store { services.store }
    var head: RequestHead { request.head }
    var query: QueryString { QueryString(head.target) }
    var texts: Texts { Texts(language) }
    /// Guarantees and last days are counted in UTC.
    var today: CalendarDate { now.date }

    var isSecure: Bool { services.settings.isSecure || request.isSecure }

    var sessionCookie: SessionCookie {
        SessionCookie(keys: services.settings.keys, isSecure: isSecure)
    }

    var formToken: FormToken { FormToken(keys: services.settings.keys, isSecure: isSecure) }

    /// Where the request comes from.
    var address: ClientAddress {
        ClientAddress(request, trustsForwardedFor: services.settings.trustsForwardedFor)
    }

    /// Handles the request; what it writes into the audit log says where it came from.
    func answer() async throws -> Response {
        // A read changes nothing that the log tells of.
        guard row.declaration.method != .get else {
            return try await Dispatch(visit: self).answer()
        }
        return try await AuditLog.$address.withValue(address.address.text) {
            try await Dispatch(visit: self).answer()
        }
    }

    /// Whoever is signed in; the access rule of the route has made sure of it.
    func principal() throws(DomainError) -> Principal {
        guard let person else { throw .forbidden }
        return person.principal
    }

    /// The company of whoever is signed in.
    func company() throws(DomainError) -> CompanyID {
        guard let company = person?.principal.company else { throw .forbidden }
        return company
    }

    /// The affiliate who is signed in.
    func affiliate() throws(DomainError) -> AffiliateID {
        guard let affiliate = person?.principal.affiliate else { throw .forbidden }
        return affiliate
    }

    /// Where the wanted rows of a list begin; a cursor that is none begins at the first.
    var cursor: Cursor? { query["after"].flatMap { Cursor($0) } }

    /// A new secret for a link that is mailed.
    func newMailToken() -> MailToken {
        MailToken(random: services.random.bytes(MailToken.length))
    }

    /// The network that the request comes from, by which tries are counted.
    var addressPrefix: String { address.prefix }

    /// The absolute address of a path of this site.
    func url(_ path: String) -> String { services.settings.publicOrigin + path }

    /// A new key for a form that must not be taken twice.
    func newIdempotencyKey() -> String {
        shared?.idempotencyKey ?? Self.newIdempotencyKey(services.random)
    }

    static func newIdempotencyKey(_ random: RandomSource) -> String {
        Base64.urlEncoded(random.bytes(idempotencyKeyBytes))
    }

    static let idempotencyKeyBytes = 18
}

// MARK: - Answers for people

extension Visit {
    /// Answers with a page.
    ///
    /// - Parameter hasForm: false for a page that a visitor can send nothing from: it needs no token
    ///   and sets no cookie for one.
    func page(_ page: some Page, status: Status = .ok, hasForm: Bool = true) -> Response {
        var response = Response(status)
        let context = pageContext(&response, hasForm: hasForm)
        response.fields.add(.contentType, "text/html; charset=utf-8")
        response.fields.add(.contentLanguage, language.rawValue)
        response.body = .bytes(page.bytes(in: context))
        return response
    }

    /// A page whose form was refused, shown again with what is wrong.
    func page(_ page: some Page, after error: DomainError) -> Response {
        let reply = FailureReply(error)
        var response = self.page(page, status: reply.status)
        if let seconds = reply.retryAfterSeconds { response.fields.add("Retry-After", seconds) }
        return response
    }

    /// Answers a form that was done with, so that loading again does not send it again.
    func redirect(to path: String, notice: Notice? = nil) -> Response {
        var response = Response.redirect(to: path)
        if let notice {
            response.fields.add(
                SetCookie(
                    Self.noticeCookie, notice.rawValue, secondsToLive: 60, isSecure: isSecure))
        }
        return response
    }

    static let noticeCookie: StaticString = "vouch-notice"

    private func pageContext(_ response: inout Response, hasForm: Bool) -> PageContext {
        let cookies = Cookies(head)
        let notice = cookies[Self.noticeCookie].flatMap(Notice.init(rawValue:))
        if notice != nil { response.fields.add(.removing(Self.noticeCookie, isSecure: isSecure)) }
        return PageContext(
            texts: texts,
            viewer: person?.account.map {
                Viewer(name: $0.name, role: $0.role, isConfirmed: $0.isConfirmed)
            },
            csrfToken: hasForm || person != nil ? csrfToken(&response) : "",
            target: target, notice: notice,
            origin: services.settings.publicOrigin, today: today,
            assetVersion: services.settings.assetVersion)
    }

    /// Where the language switch comes back to; a page for everybody has no visitor's code there.
    private var target: String {
        (shared?.code).map { head.target.rawPath + "?via=" + $0.text } ?? head.target.pathAndQuery
    }

    /// A page that everybody gets from memory has no token of its own, but a hole for one where it
    /// has a form.
    private func csrfToken(_ response: inout Response) -> String {
        if let shared { return row.declaration.hasSharedForm ? shared.formToken() : "" }
        if person == nil, row.declaration.isShared, !row.declaration.hasSharedForm { return "" }
        let forms = formToken
        if let binding = forms.binding(of: head, session: person?.session) {
            return forms.token(for: binding, services.random)
        }
        let (binding, cookie) = forms.newVisitor(services.random)
        response.fields.add(cookie)
        return forms.token(for: binding, services.random)
    }
}

extension RequestTarget {
    /// Path and query as they were sent, without scheme and host.
    var pathAndQuery: String {
        guard let query else { return rawPath }
        return rawPath + "?" + query
    }
}

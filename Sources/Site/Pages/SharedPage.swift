import Domain
import HTTP
import Store

/// Which page is kept in memory: parts of an address that do not change what the page shows, as the
/// tracking of a newsletter, make no other one, and a code makes only another form of it.
struct PageKey: Hashable, Sendable {
    let path: String
    /// Without its "?", in one order and with nothing that the page does not look at.
    let query: String
    let language: Language
    let hasCode: Bool

    /// Longer ones are typed by nobody whom others follow.
    private static let queryBytesMax = 200

    /// The key of a shared route, and the code in the request; nil for a page that is made anew each
    /// time.
    static func of(_ route: Route, _ head: RequestHead) -> (key: PageKey, code: LinkCode?)? {
        var code: LinkCode?
        var query = ""
        if head.target.query != nil {
            let sent = QueryString(head.target)
            switch route {
            case .open(.job), .open(.applicationForm):
                code = sent["via"].flatMap { LinkCode($0) }
            case .open(.jobs):
                var parameters = JobFilter { sent[$0] }.parameters
                if let after = sent["after"].flatMap({ Cursor($0) }) {
                    parameters.append(("after", after.text))
                }
                query = QueryString.encoded(parameters)
                guard query.utf8.count <= queryBytesMax else { return nil }
            default: break
            }
        }
        let key = PageKey(
            path: head.target.path, query: query, language: ReaderLanguage.of(head),
            hasCode: code != nil)
        return (key, code)
    }

    /// A request for this page by nobody in particular: what one visitor's request says besides gets
    /// into nobody else's page.
    ///
    /// - Parameter origin: scheme and host of the site.
    func request(origin: String) -> Request? {
        // Paths of shared pages are words and slugs: nothing in them is escaped.
        let host = origin.split(separator: "/").last ?? "localhost"
        let target = path + (query.isEmpty ? "" : "?" + query)
        let text = """
            GET \(target) HTTP/1.1\r
            Host: \(host)\r
            Accept-Language: \(language.rawValue)\r
            \r

            """
        var parser = RequestParser()
        let bytes = Array(text.utf8)
        let outcome = bytes.withUnsafeBufferPointer { parser.parse($0) }
        guard case .head(let head, _) = outcome else { return nil }
        return Request(head: head, isSecure: origin.hasPrefix("https://"))
    }
}

/// What a page in memory shows, by which the changes find it.
enum PageSubject: Hashable, Sendable {
    /// Nothing that changes while the program runs.
    case program
    /// Jobs of any company.
    case jobs
    /// One company or a job of it.
    case company(CompanyID)

    /// What a route's pages show, as far as the route alone says it.
    static func of(_ route: Route) -> PageSubject {
        switch route {
        case .open(.apiGuide), .open(.openAPI), .open(.robots): .program
        default: .jobs
        }
    }

    /// Whether a company's change may have changed the page.
    func isTouched(by company: CompanyID) -> Bool {
        switch self {
        case .program: false
        case .jobs: true
        case .company(let own): own == company
        }
    }
}

/// A page while it is made for everybody.
///
/// `@unchecked Sendable`: confined to its loop.
final class SharedPage: @unchecked Sendable {
    /// Stands for the visitor's code; nil in a page without one.
    let code: LinkCode?
    private(set) var subject: PageSubject
    /// Whether a form's token was asked for.
    private(set) var hasForm = false
    /// Whether something was left out, because there is much to do.
    private(set) var isPlain = false
    private let holes: PageHoles

    init(_ holes: PageHoles, hasCode: Bool, subject: PageSubject) {
        self.holes = holes
        code = hasCode ? holes.code : nil
        self.subject = subject
    }

    /// Stands for the token of the visitor's forms.
    func formToken() -> String {
        hasForm = true
        return holes.formToken
    }

    /// Stands for the key of the visitor's form.
    var idempotencyKey: String { holes.idempotencyKey }

    /// The page lacks a part that it has at other times.
    func leavesOut() { isPlain = true }

    /// The page shows this company and its jobs, and no others.
    func shows(only company: CompanyID) { subject = .company(company) }
}

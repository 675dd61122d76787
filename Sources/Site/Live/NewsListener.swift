import Domain
import Store

/// Who listens to news, and in which form.
struct NewsListener: Sendable {
    let account: AccountID
    let reader: News.Reader
    let holder: Holder
    let form: NewsForm

    /// What lets them listen; when it is revoked, the stream ends.
    enum Holder: Hashable, Sendable {
        case session(SessionID)
        case token(APITokenID)
    }
}

/// How news are written.
enum NewsForm: Hashable, Sendable {
    /// As the cards of a page.
    case page(Language)
    /// As JSON.
    case program
}

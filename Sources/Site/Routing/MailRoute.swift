import Domain

/// What belongs to the mails that are sent.
package enum MailRoute: RouteGroup {
    case unsubscribeForm(UnsubscribeCode)
    case unsubscribe(UnsubscribeCode)
    case mailbox
    case mail(DemoMailID)
    case mailHTML(DemoMailID)
    case delivery
    case allowAddress

    package var row: RouteRow {
        switch self {
        case .unsubscribeForm(let code):
            .staticPage("/unsubscribe/{code}", code, for: .everyone, .conversion)
        case .unsubscribe(let code):
            .oneClick("/unsubscribe/{code}", code, .conversion)
        case .mailbox: .page("/dev/mail", for: .everyone, .background)
        case .mail(let id): .page("/dev/mail/{mail}", id, for: .everyone, .background)
        case .mailHTML(let id):
            .document("/dev/mail/{mail}/html", id, for: .everyone, .background)
        case .delivery: .page("/admin/mails", for: .admin, .admin)
        case .allowAddress: .form("/admin/mails/allow", for: .admin, .admin)
        }
    }

    package static let all: [CaseMaker<Self>] = [
        .by(Self.unsubscribeForm), .by(Self.unsubscribe), .fixed(.mailbox), .by(Self.mail),
        .by(Self.mailHTML), .fixed(.delivery), .fixed(.allowAddress),
    ]
}

import Admission
import Domain
import HTTP
import Store

// What is answered from memory and without the database.

extension Site {
    /// Whether the request is of a program that takes what there is while others wait.
    func isModest(_ request: Request) -> Bool {
        services.brownout > .none && RequestStanding.isModest(request.head)
    }

    /// The visitor's own values for the holes of a shared page.
    func filling(
        _ request: Request, _ code: LinkCode?, _ row: Router.Row
    ) -> PageFilling {
        guard row.declaration.hasSharedForm else { return PageFilling(code: code) }
        return PageFilling(code: code) { [services] in
            let isSecure = services.settings.isSecure || request.isSecure
            let forms = FormToken(keys: services.settings.keys, isSecure: isSecure)
            // Whoever is signed in gets here only while the database is away.
            let session = SessionCookie(keys: services.settings.keys, isSecure: isSecure)
                .session(in: request.head, now: services.clock())
            let key = Visit.newIdempotencyKey(services.random)
            if let known = forms.binding(of: request.head, session: session) {
                return PageFilling.Form(
                    token: forms.token(for: known, services.random), idempotencyKey: key,
                    cookie: nil)
            }
            let (binding, cookie) = forms.newVisitor(services.random)
            return PageFilling.Form(
                token: forms.token(for: binding, services.random), idempotencyKey: key,
                cookie: cookie)
        }
    }

    /// Goes on to the job of a link that is known.
    func follow(
        _ code: LinkCode, to target: LinkTarget, _ row: Router.Row, _ request: Request
    ) -> Response {
        let visit = visit(request, .open(.share(code)), row)
        return finish(LinkHandlers(visit: visit).follow(code, to: target), row, request)
    }

    /// Such an answer waits for nobody, and is there while the database is away.
    func needsNoDatabase(_ request: Request, _ row: Router.Row) -> Bool {
        guard row.declaration.isStatic else { return false }
        if row.declaration.kind == .document { return true }
        let cookie = SessionCookie(
            keys: services.settings.keys,
            isSecure: services.settings.isSecure || request.isSecure)
        return cookie.session(in: request.head, now: services.clock()) == nil
    }

    /// What was last known of something public, for whoever could not be served: the page that
    /// everybody gets, also to somebody who is signed in, as it tells nobody anything of anybody.
    func lastKnown(
        _ request: Request, _ route: Route, _ row: Router.Row
    ) -> Response? {
        if case .open(.share(let code)) = route {
            return loopMemory.links.findLastKnown(code).map { follow(code, to: $0, row, request) }
        }
        if row.declaration.isRemembered { return loopMemory.answers.find(request.head) }
        guard row.declaration.isShared, let (key, code) = PageKey.of(route, request.head) else {
            return nil
        }
        return pages.findLastKnown(key, filling(request, code, row), to: request.head)
    }
}

import Domain
import HTTP

// What somebody gets whom the access rule of a route does not let in.

extension Visit {
    /// The answer to a verdict that is not `allowed`.
    func denied(_ verdict: AccessRule.Verdict) -> Response {
        switch verdict {
        case .allowed: return reply(FailureReply(DomainError.forbidden))
        case .forbidden: return reply(FailureReply(DomainError.forbidden))
        case .alreadySignedIn(let role): return .redirect(to: Self.desk(of: role))
        case .secondFactorWanted:
            if row.declaration.kind == .api {
                return reply(FailureReply(.forbidden, code: "second_factor_wanted"))
            }
            return .redirect(to: AccountRoute.secondFactor.path)
        case .unauthenticated:
            if row.declaration.kind == .api { return tokenWanted }
            // Back to where they wanted to go, but not to what they wanted to send.
            let isRead = head.method == .get || head.method == .head
            let next = isRead ? "?" + QueryString.encoded([("next", head.target.pathAndQuery)]) : ""
            return .redirect(to: AccountRoute.signInForm.path + next)
        }
    }

    private var tokenWanted: Response {
        var response = reply(FailureReply(.unauthorized, code: "token_wanted"))
        // RFC 6750 3: a request without a token is told nothing more.
        response.fields.add(
            .wwwAuthenticate,
            head.fields.contains(.authorization)
                ? "Bearer realm=\"vouch\", error=\"invalid_token\"" : "Bearer realm=\"vouch\"")
        return response
    }

    /// The first page of a role.
    static func desk(of role: Role) -> String {
        switch role {
        case .company: CompanyRoute.overview.path
        case .affiliate: AffiliateRoute.overview.path
        case .admin: AdminRoute.overview.path
        }
    }

    /// The answer to what went wrong: a page for people, a problem for programs.
    func reply(_ reply: FailureReply) -> Response {
        if reply.domainError == nil, let reason = reply.waiting {
            return services.waiting.response(
                to: request, row.declaration, reason,
                retryAfterSeconds: reply.retryAfterSeconds ?? 2)
        }
        var response: Response
        if row.declaration.kind == .api {
            response =
                Problem(
                    reply: reply, requestID: request.id, texts: texts,
                    input: row.declaration.contract?.takes
                ).response
        } else {
            response = page(
                ErrorPage(
                    status: Int(reply.status.code), error: reply.domainError,
                    requestID: reply.isOurFault ? request.id : nil),
                status: reply.status, hasForm: false)
        }
        if let seconds = reply.retryAfterSeconds { response.fields.add("Retry-After", seconds) }
        return response
    }

    // MARK: - Forms from elsewhere

    /// Whether a form carries a token that was made for whoever sends it.
    func hasGenuineToken(_ submission: Submission) -> Bool {
        let forms = formToken
        // Without the database the signature of the cookie has to do.
        let session =
            isTurnedAway ? sessionCookie.session(in: head, now: now) : person?.session
        guard let token = submission.texts["csrf"],
            let binding = forms.binding(of: head, session: session)
        else { return false }
        return forms.accepts(token, for: binding)
    }

    /// A form of this very site whose token is too old can be sent again with one click; one from
    /// elsewhere is refused.
    func expiredForm(_ submission: Submission) -> Response {
        let origins = [services.settings.publicOrigin, services.settings.membersOrigin]
        guard let origin = head.fields[.origin], origins.contains(origin) else {
            return reply(FailureReply(.forbidden, code: "foreign_form"))
        }
        let left: Set<String> = [
            "csrf", "password", "password_again", "new_password", "current_password",
            "factor_code", "current_code", "recovery_code", "factor_secret",
        ]
        let fields = submission.texts.fields.filter { !left.contains($0.name) }
        let isUpload = ContentType(head.fields)?.essence == "multipart/form-data"
        return page(
            FormExpiredPage(
                action: head.target.pathAndQuery,
                fields: fields.map { ($0.name, $0.value) },
                fileField: isUpload ? ValidationError.Field.cv.rawValue : nil),
            status: .forbidden)
    }
}

import Admission
import Domain
import EventLoop
import HTTP
import HTTPServer
import Logging
import Postgres
import Spool
import Store

/// The site on one loop: from the head of a request to its answer.
///
/// `@unchecked Sendable`: confined to its loop.
package final class Site: RequestHandler, @unchecked Sendable {
    let loop: EventLoop
    let services: Services
    private let router: Router
    private let assets: StaticFiles?
    let pages: PageCache
    let loopMemory: LoopMemory
    /// Nil where everybody is let in.
    let gate: RequestGate?
    private var knownTokens = KnownTokens()

    /// How often each route was answered by this loop.
    package let routeCounts = RouteCounts()

    /// - Parameters:
    ///   - loop: the loop that the requests come on, and that the database of `services` is of.
    ///   - assets: what is served below `/assets/`.
    package init(
        loop: EventLoop, services: Services, router: Router = Router(), assets: StaticFiles? = nil
    ) {
        let services = assets.map { services.with(assetVersion: $0.version) } ?? services
        self.loop = loop
        self.services = services
        self.router = router
        self.assets = assets
        let clock = services.clock
        pages = PageCache(
            loop: loop, settings: services.settings,
            holes: PageHoles(services.random),
            timeLeftToday: {
                let now = clock()
                let end = Instant(now.date.adding(days: 1))
                return .microseconds(end.microseconds - now.microseconds)
            })
        loopMemory = LoopMemory(loop: loop, services: services)
        gate = services.overload.map { overload in
            overload.add { RequestGate(loop: loop, overload: overload, number: $0, clock: clock) }
        }
        gate?.start()
    }

    /// Writes down what is only in memory and ends what was begun; after this the loop may end.
    package func close() async {
        gate?.stop()
        loopMemory.news.close()
        await loopMemory.later.finish()
        await loopMemory.clicks.flush()
    }

    // MARK: - The end of the head

    package func plan(_ head: RequestHead, peer: PeerAddress, isSecure: Bool) -> RequestPlan {
        switch router.match(head.method, head.target) {
        case .found(let route, let row): return plan(route, row, head, isSecure: isSecure)
        case .methodNotAllowed(let allow):
            if head.method == .options { return .respond(options(allow, isSecure)) }
            var response = refusal(
                .methodNotAllowed, reason: "", head: head, isSecure: isSecure)
            response.fields.add(.allow, allow)
            return .respond(response)
        case .notFound:
            if let asset = asset(head) { return .respond(asset) }
            return .respond(refusal(.notFound, reason: "", head: head, isSecure: isSecure))
        }
    }

    private func plan(
        _ route: Route, _ row: Router.Row, _ head: RequestHead, isSecure: Bool
    ) -> RequestPlan {
        let request = Request(head: head, isSecure: isSecure)
        if case .respond(let early) = earlyAnswer(route, row, request) {
            routeCounts.answered(row.number, status: Int(early.status.code))
            return .respond(early)
        }
        return .handle(bodyBytesMax: row.declaration.bodyBytesMax) { [self] request in
            let begin = MonotonicTime.now
            let response = await answer(request, route, row)
            routeCounts.answered(row.number, status: Int(response.status.code))
            let took = (MonotonicTime.now - begin).wholeNanoseconds / 1_000
            routeCounts.took(row.declaration.overload, microseconds: Int(took))
            return response
        }
    }

    private enum Early {
        case respond(Response)
        case goOn
    }

    /// What needs no database: a page in memory, a link that is known, or that somebody has to sign
    /// in first.
    private func earlyAnswer(_ route: Route, _ row: Router.Row, _ request: Request) -> Early {
        let declaration = row.declaration
        if declaration.overload == .status, case .open(let probe) = route {
            return .respond(services.board.response(to: probe, request.head))
        }
        if case .open(.keptReceipt(let code)) = route,
            let entry = services.spool?.entry(receipt: code)
        {
            let visit = visit(request, route, row)
            return .respond(finish(KeptReceiptHandlers(visit: visit).show(entry), row, request))
        }
        if declaration.isShared, isAnonymous(request) {
            return memory(route, row, request)
        }
        if route == .account(.signInForm),
            let address = services.settings.membersAddress(for: request.head)
        {
            return .respond(.redirect(to: address))
        }
        if case .open(.share(let code)) = route, let target = loopMemory.links.find(code) {
            return .respond(follow(code, to: target, row, request))
        }
        switch declaration.access {
        case .everyone, .candidate, .guest: return .goOn
        case .token:
            guard BearerToken(request.head) == nil else { return .goOn }
            let visit = visit(request, route, row)
            return .respond(finish(visit.denied(.unauthenticated), row, request))
        case .signedIn, .party, .company, .affiliate, .admin:
            let visit = visit(request, route, row)
            let session = visit.sessionCookie.session(in: request.head, now: visit.now)
            // Whether there is a second factor, the database knows.
            let verdict = declaration.access.verdict(
                on: session?.principal.role, hasSecondFactor: true)
            return verdict == .allowed
                ? .goOn : .respond(finish(visit.denied(verdict), row, request))
        }
    }

    /// Whether the request is of somebody who gets what everybody gets.
    private func isAnonymous(_ request: Request) -> Bool {
        guard request.head.fields.contains(.cookie) else { return true }
        let cookie = SessionCookie(
            keys: services.settings.keys,
            isSecure: services.settings.isSecure || request.isSecure)
        return !cookie.isPresent(in: request.head)
            && Cookies(request.head).withValue(of: Visit.noticeCookie) { _ in true } == nil
    }

    private func memory(_ route: Route, _ row: Router.Row, _ request: Request) -> Early {
        guard services.settings.keepsPages, let (key, code) = PageKey.of(route, request.head)
        else { return .goOn }
        let filling = filling(request, code, row)
        let response =
            isModest(request)
            ? pages.findLastKnown(key, filling, to: request.head)
            : pages.find(
                key, filling, to: request.head, subject: .of(route),
                make: maker(of: key, route, row))
        return response.map { .respond($0) } ?? .goOn
    }

    private func asset(_ head: RequestHead) -> Response? {
        let prefix = "/assets/"
        guard head.method == .get || head.method == .head, let assets,
            head.path.hasPrefix(prefix)
        else { return nil }
        return assets.response(to: head, name: String(head.path.dropFirst(prefix.count)))
    }

    private func options(_ allow: String, _ isSecure: Bool) -> Response {
        var response = Response(.noContent)
        response.fields.add(.allow, allow)
        response.fields.append(isSecure ? SecurityFields.securePage : SecurityFields.page)
        return response
    }
}

// MARK: - The answer

extension Site {
    private func answer(_ request: Request, _ route: Route, _ row: Router.Row) async -> Response {
        let response = await newAnswer(request, route, row)
        if response.status == .serviceUnavailable, row.declaration.method == .get {
            return lastKnown(request, route, row) ?? response
        }
        if row.declaration.isRemembered, !request.head.fields.contains(.authorization) {
            loopMemory.answers.keep(response, to: request.head)
        }
        return response
    }

    private func newAnswer(
        _ request: Request, _ route: Route, _ row: Router.Row
    ) async -> Response {
        if needsNoDatabase(request, row) { return await respond(request, route, row) }
        guard row.declaration.isShared, services.settings.keepsPages, isAnonymous(request),
            !isModest(request), let (key, code) = PageKey.of(route, request.head)
        else {
            return await admitted(
                standing(of: request, row), request, row, isKept: route.mayWait
            ) { isTurnedAway in
                await respond(request, route, row, isTurnedAway: isTurnedAway)
            }
        }
        return await pages.answer(
            key, filling(request, code, row), to: request.head, subject: .of(route),
            make: maker(of: key, route, row))
    }

    /// Makes a shared page for everybody.
    private func maker(
        of key: PageKey, _ route: Route, _ row: Router.Row
    ) -> PageCache.Maker {
        { [self] page in
            guard let request = key.request(origin: services.settings.publicOrigin) else {
                return refusal(.badRequest, reason: "", head: nil, isSecure: false)
            }
            return await admitted(.everybody, request, row) { _ in
                await respond(request, route, row, shared: page)
            }
        }
    }

    // MARK: - Overload

    /// Lets a request in when its turn comes, or says when to come again.
    ///
    /// - Parameters:
    ///   - isKept: whether it can be handled without the database when it is not let in.
    ///   - handle: is told whether it was not.
    private func admitted(
        _ standing: @autoclosure () -> RequestStanding, _ request: Request, _ row: Router.Row,
        isKept: Bool = false, _ handle: (_ isTurnedAway: Bool) async -> Response
    ) async -> Response {
        guard let gate else { return await handle(false) }
        let standing = standing()
        do throws(Overloaded) {
            let ticket = try await gate.enter(standing.requestClass, standing.cohort)
            let end =
                MonotonicTime.now
                + standing.requestClass.span(
                    ofLongest: services.store.database.longestDeadline)
            var response = await CallerDeadline.$current.withValue(end) {
                standing.requestClass.isImportant
                    ? await Urgency.$current.withValue(.important) { await handle(false) }
                    : await handle(false)
            }
            gate.leave(ticket, hasFailed: response.status.code >= 500)
            if standing.requestClass.isImportant { response.standing = .important }
            return response
        } catch {
            if isKept, services.spool != nil { return await handle(true) }
            var response = services.waiting.response(
                to: request, row.declaration, .overloaded,
                retryAfterSeconds: error.retryAfterSeconds)
            response.standing = .refused
            return response
        }
    }

    package var doorkeeper: (any Doorkeeper)? { gate }

    private func standing(of request: Request, _ row: Router.Row) -> RequestStanding {
        let settings = services.settings
        let now = services.clock()
        let cookie = SessionCookie(
            keys: settings.keys, isSecure: settings.isSecure || request.isSecure)
        let address = ClientAddress(request, trustsForwardedFor: settings.trustsForwardedFor)
        return RequestStanding(
            row.declaration.overload, request.head,
            session: cookie.session(in: request.head, now: now),
            token: BearerToken(request.head).flatMap { knownTokens[$0.hash] }, address.address,
            services.overload?.cohorts ?? CohortHash(key: (0, 0)), at: now)
    }

    /// Makes a shared page before anybody asks for it.
    func warm(_ key: PageKey) async {
        guard services.settings.keepsPages,
            let request = key.request(origin: services.settings.publicOrigin),
            case .found(let route, let row) = router.match(.get, request.head.target),
            row.declaration.isShared
        else { return }
        await pages.prepare(key, subject: .of(route), make: maker(of: key, route, row))
    }

    private func respond(
        _ request: Request, _ route: Route, _ row: Router.Row, shared: SharedPage? = nil,
        isTurnedAway: Bool = false
    ) async -> Response {
        var visit = visit(request, route, row, shared: shared)
        if isTurnedAway { visit = visit.turnedAway() }
        do {
            return finish(try await handle(visit), row, request)
        } catch {
            return finish(failure(error, visit), row, request)
        }
    }

    private func handle(_ anonymous: Visit) async throws -> Response {
        if anonymous.isTurnedAway { return try await handleWithoutDatabase(anonymous) }
        let isForAll =
            anonymous.row.declaration.isStatic && anonymous.row.declaration.kind == .document
        let person: Person?
        do {
            person = isForAll ? nil : try await identify(anonymous)
        } catch let error as PostgresError
            where error.isOutage && anonymous.route.mayWait && services.spool != nil
        {
            return try await handleWithoutDatabase(anonymous.turnedAway())
        }
        let visit = person.map { anonymous.with($0) } ?? anonymous
        let verdict = visit.row.declaration.access.verdict(
            on: person?.role, hasSecondFactor: person?.hasSecondFactor == true)
        guard verdict == .allowed else {
            var response = visit.denied(verdict)
            // A session that has ended would be asked about again and again.
            let hasEnded = person == nil && visit.sessionCookie.isPresent(in: visit.head)
            if hasEnded { response.fields.add(visit.sessionCookie.removed) }
            return response
        }
        if visit.row.declaration.kind == .form {
            let submission = try Submission(visit.request)
            guard visit.hasGenuineToken(submission) else { return visit.expiredForm(submission) }
            return try await visit.with(submission).answer()
        }
        return try await visit.answer()
    }

    /// Takes what may wait, from whoever sends it: such a route is for everybody.
    private func handleWithoutDatabase(_ visit: Visit) async throws -> Response {
        guard visit.row.declaration.kind == .form else { return try await visit.answer() }
        let submission = try Submission(visit.request)
        guard visit.hasGenuineToken(submission) else { return visit.expiredForm(submission) }
        return try await visit.with(submission).answer()
    }

    /// Finds out who asks; nil for somebody who is not signed in, or not any more.
    private func identify(_ visit: Visit) async throws -> Person? {
        if visit.row.declaration.kind == .api {
            guard let token = BearerToken(visit.head) else { return nil }
            guard let person = try await token.person(visit) else {
                knownTokens.remove(token.hash)
                return nil
            }
            knownTokens.add(token.hash, person.role)
            return person.with(
                hasSecondFactor: try await Self.hasSecondFactor(person.principal, visit))
        }
        guard let claimed = visit.sessionCookie.session(in: visit.head, now: visit.now) else {
            return nil
        }
        let store = visit.store
        let now = visit.now
        // All travel in one pipeline.
        async let session = store.sessions.find(claimed.id, at: now)
        async let account = store.accounts.find(claimed.principal.account)
        async let hasSecondFactor = Self.hasSecondFactor(claimed.principal, visit)
        guard let session = try await session, let account = try await account else {
            return nil
        }
        return Person(
            principal: session.principal, session: session, account: account,
            hasSecondFactor: try await hasSecondFactor)
    }

    /// Asks only where the rule of the route wants to know.
    private static func hasSecondFactor(
        _ principal: Principal, _ visit: Visit
    ) async throws -> Bool {
        guard visit.row.declaration.access.wantsSecondFactor, principal.role == .admin else {
            return false
        }
        return try await visit.store.secondFactors.isSet(for: principal.account)
    }

    func visit(
        _ request: Request, _ route: Route, _ row: Router.Row, shared: SharedPage? = nil
    ) -> Visit {
        Visit(request, route, row, services: services, memory: loopMemory, shared: shared)
    }

    private func failure(_ error: any Error, _ visit: Visit) -> Response {
        let reply = FailureReply(error)
        // Of who has left nothing is to be told.
        let hasLeft = Task.isCancelled && error as? PostgresError == .cancelled
        if !hasLeft, reply.isOurFault || reply.status == .serviceUnavailable {
            services.logger.log(
                level: reply.isOurFault ? .error : .warning, "request failed",
                metadata: [
                    "route": "\(visit.row.name)", "request": "\(visit.request.id)",
                    "status": "\(reply.status.code)",
                    "error": "\(LoggedError(error: error))",
                ])
        }
        return visit.reply(reply)
    }

    package func refusal(
        _ status: Status, reason: StaticString, head: RequestHead?, isSecure: Bool
    ) -> Response {
        routeCounts.answered(Self.pageRow.number, status: Int(status.code))
        guard let head else {
            var response = Response.text(status.reasonPhrase + "\n", status: status)
            response.fields.append(isSecure ? SecurityFields.securePage : SecurityFields.page)
            return response
        }
        let isProgram = head.path.hasPrefix("/api/v1/")
        let row = isProgram ? Self.programRow : Self.pageRow
        let request = Request(head: head, isSecure: isSecure)
        if status == .serviceUnavailable {
            return services.waiting.response(
                to: request, row.declaration, .unavailable,
                retryAfterSeconds: Int.random(in: 2...6))
        }
        let visit = visit(request, .open(.home), row)
        let reply = FailureReply(status, code: isProgram ? Self.code(of: status) : "")
        return finish(visit.reply(reply), row, request)
    }

    /// Stand for a route where there is none.
    private static let pageRow = Router.Row(name: "none", RouteRow.nowhere(.document))
    private static let programRow = Router.Row(name: "none", RouteRow.nowhere(.api))

    private static func code(of status: Status) -> String {
        status.reasonPhrase.lowercased().split(separator: " ").joined(separator: "_")
    }

    /// Adds what every answer carries.
    func finish(
        _ response: Response, _ row: Router.Row, _ request: Request
    ) -> Response {
        // A page from memory was finished before it was kept.
        if case .prepared = response.body { return response }
        var response = response
        let isSecure = services.settings.isSecure || request.isSecure
        if !response.fields.contains(.contentSecurityPolicy) {
            response.fields.append(SecurityFields.of(row.declaration.kind, isSecure: isSecure))
        }
        if !response.fields.contains(.cacheControl) {
            let isForEverybody =
                row.declaration.isShared && !row.declaration.hasSharedForm
                && [.ok, .gone].contains(response.status)
            if isForEverybody, isAnonymous(request) {
                response.fields.add(.cacheControl, "public, no-cache")
                response.fields.add(.vary, "Accept-Encoding, Accept-Language, Cookie")
            } else {
                response.fields.add(.cacheControl, "private, no-store")
            }
        }
        return response
    }
}

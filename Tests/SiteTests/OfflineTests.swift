import Domain
import HTTP
import Postgres
import Store
import TestSupport
import Testing

@testable import Site

/// The way of a visitor while the database is away.
@Suite struct OfflineTests {
    /// What each GET route that somebody without an account may ask for does then.
    ///
    /// m: from memory when it was asked for before; s: it needs no database; a: says come again.
    private static let matrix: [String: Character] = [
        "public.home": "m", "public.jobs": "m", "public.job": "m", "public.company": "m",
        "public.applicationForm": "m", "public.share": "m", "public.language": "s",
        "public.apiGuide": "m", "public.openAPI": "m", "public.sitemap": "m",
        "public.robots": "m", "public.jobsAtom": "m", "public.jobsFeed": "m",
        "public.healthz": "s", "public.readyz": "s", "public.status": "s",
        "account.signInForm": "s", "account.signInCodeForm": "s",
        "account.signUpCompanyForm": "s", "account.signUpAffiliateForm": "s",
        "account.forgotForm": "s", "mail.unsubscribeForm": "s",
        "api.jobs": "m", "api.job": "m", "api.company": "m",

        // One person's own, by a secret that was mailed or shown to them.
        "public.receipt": "a", "public.keptReceipt": "a",
        "public.applicationData": "a", "public.exportApplication": "a",
        "public.eraseApplicationForm": "a", "public.recommendation": "a",
        "account.resetForm": "a", "account.invitationForm": "a", "account.confirmForm": "a",
        "api.application": "a", "api.exportApplication": "a",
        // Only in a demo.
        "mail.mailbox": "a", "mail.mail": "a", "mail.mailHTML": "a",
    ]

    private static var routes: [RouteMaker] {
        Route.table.filter { maker in
            let row = maker.sample.row
            switch row.access {
            case .everyone, .guest, .candidate: return row.method == .get
            case .token, .signedIn, .party, .company, .affiliate, .admin: return false
            }
        }
    }

    @Test func `each route that needs no account says what it does without a database`() {
        #expect(Set(Self.routes.map(\.name)) == Set(Self.matrix.keys))
    }

    @Test func `what was visited before goes on, and nothing is a failure of ours`() async throws {
        try await withOfflineWorld { world, proxy in
            var before: [String: Answer] = [:]
            for maker in Self.routes {
                before[maker.name] = try await world.site.send(.get(world.path(maker)))
            }
            proxy.breakDown()
            for maker in Self.routes {
                let answer = try await world.site.send(.get(world.path(maker)))
                let old = try #require(before[maker.name])
                switch Self.matrix[maker.name] {
                case "a":
                    #expect(answer.status == 503, "\(maker.name)")
                    #expect(answer.fields.first("Retry-After") != nil, "\(maker.name)")
                default:
                    #expect(200..<400 ~= answer.status, "\(maker.name): \(answer.status)")
                    #expect(answer.status == old.status, "\(maker.name)")
                    #expect(answer.location == old.location, "\(maker.name)")
                }
                if Self.matrix[maker.name] == "m", !maker.sample.row.hasSharedForm {
                    #expect(answer.body == old.body, "\(maker.name)")
                }
            }
        }
    }

    @Test func `what nobody has visited says come again, and a link leads to no wrong job`()
        async throws
    {
        try await withOfflineWorld { world, proxy in
            _ = try await world.site.send(.get("/r/\(world.code)"))
            proxy.breakDown()
            for target in ["/r/aaaaaaaaaa", "/jobs/\(world.job.slug)", "/jobs?q=never", "/"] {
                let answer = try await world.site.send(
                    .get(target).with("Accept-Language", "ro"))
                #expect(answer.status == 503, "\(target)")
                #expect(answer.location == nil)
                #expect((2...6).contains(Int(answer.fields.first("Retry-After") ?? "") ?? 0))
                #expect(answer.text.contains("Revenim imediat"))
            }
            #expect(try await world.site.send(.get("/r/\(world.code)")).status == 302)
        }
    }

    @Test func `filters and languages that were asked for before go on too`() async throws {
        try await withOfflineWorld { world, proxy in
            let asks = ["/jobs?country=RO", "/jobs?q=zidar", "/jobs?employment_type=full_time"]
                .flatMap { [Ask.get($0), Ask.get($0).with("Accept-Language", "ro")] }
            for ask in asks { _ = try await world.site.send(ask) }
            proxy.breakDown()
            for ask in asks {
                let answer = try await world.site.send(ask)
                #expect(answer.status == 200, "\(ask.target)")
            }
        }
    }

    @Test func `somebody who is signed in reads public pages, and their desk says come again`()
        async throws
    {
        try await withOfflineWorld { world, proxy in
            let cookie = try await world.session(of: world.affiliate).cookie ?? ""
            let targets = [
                "/", "/jobs", "/jobs/\(world.job.slug)", "/jobs/\(world.job.slug)/apply",
                "/companies/\(world.companySlug)",
            ]
            for target in targets { _ = try await world.site.send(.get(target)) }
            let own = try await world.site.send(.get("/jobs").with("Cookie", cookie))
            #expect(own.text.contains("Ana Pop"))
            proxy.breakDown()
            for target in targets {
                let page = try await world.site.send(.get(target).with("Cookie", cookie))
                #expect(page.status == 200, "\(target)")
                #expect(!page.text.contains("Ana Pop"), "\(target)")
            }
            let switched = try await world.site.send(.get("/language/ro").with("Cookie", cookie))
            #expect(switched.status == 303)
            let desk = try await world.site.send(.get("/affiliate").with("Cookie", cookie))
            #expect(desk.status == 503)
            #expect(desk.fields.first(.cacheControl) == "private, no-store")
            #expect(!desk.text.contains("Ana Pop"))
            #expect(!desk.text.contains("/sign-out"))
            #expect(!desk.text.contains("desk-nav"))
        }
    }

    @Test func `what changed while the database was away is seen when it is back`() async throws {
        try await withOfflineWorld { world, proxy in
            let database = world.site.store.database
            let watch = PageWatch(database, [world.site.site], logger: quietLogger)
            defer { watch.stop() }
            let targets = ["/jobs/\(world.job.slug)", "/jobs/\(world.job.slug)/apply"]
            for target in targets {
                #expect(try await world.site.send(.get(target)).status == 200)
            }
            proxy.breakDown()
            try Statement.run(
                "UPDATE job SET state = 'closed' WHERE id = \(world.job.id)",
                on: proxy.directConnectionString)
            for target in targets {
                #expect(try await world.site.send(.get(target)).status == 200, "nobody knows")
            }
            proxy.set(.pass)
            for target in targets {
                let isGone = try await eventually(on: world.site.loop) {
                    try await world.site.send(.get(target)).status == 410
                }
                #expect(isGone, "\(target)")
            }
        }
    }

    @Test func `a click while the database is away is counted later`() async throws {
        try await withOfflineWorld { world, proxy in
            let links = world.site.store.links
            let affiliate = try #require(world.affiliate.principal.affiliate)
            _ = try await world.site.send(.get("/r/\(world.code)"))
            await world.site.site.loopMemory.clicks.flush()
            proxy.breakDown()
            #expect(try await world.site.send(.get("/r/\(world.code)")).status == 302)
            await world.site.site.loopMemory.clicks.flush()
            proxy.set(.pass)
            let isCounted = try await eventually(on: world.site.loop) {
                await world.site.site.loopMemory.clicks.flush()
                return (try? await links.list(of: affiliate))?.items.first?.clicks == 2
            }
            #expect(isCounted)
        }
    }
}

/// The form in memory: the same for everybody, and each visitor's own.
@Suite struct SharedFormTests {
    @Test func `each visitor gets a token, a key and a code of their own`() async throws {
        try await withWorld { world in
            let path = "/jobs/\(world.job.slug)/apply"
            _ = try await world.site.send(.get(path + "?via=cccccccccc"))
            var seen: Set<String> = []
            for code in ["aaaaaaaaaa", "bbbbbbbbbb"] {
                let ask = Ask.get(path + "?via=\(code)")
                #expect(world.site.isAnsweredAtOnce(ask))
                let page = try await world.site.send(ask)
                #expect(page.hidden("code") == code)
                #expect(page.fields.first(.cacheControl) == "private, no-store")
                #expect(page.fields.first(.etag) == nil)
                let cookie = try #require(page.cookie("vouch-form"))
                let token = try #require(page.hidden("csrf"))
                let key = try #require(page.hidden("idempotency_key"))
                for value in [cookie, token, key] { #expect(seen.insert(value).inserted) }
                #expect(!page.text.contains("cccccccccc"))
                let head = try RequestHead.parsed(
                    ask.with("Cookie", "vouch-form=\(cookie)").headText)
                let forms = FormToken(keys: world.site.services.settings.keys, isSecure: false)
                let binding = try #require(forms.binding(of: head, session: nil))
                #expect(forms.accepts(token, for: binding))
            }
        }
    }

    @Test func `an application is sent from the page in memory`() async throws {
        try await withWorld { world in
            let path = "/jobs/\(world.job.slug)/apply"
            _ = try await world.site.send(.get(path))
            let browser = Browser(world.site)
            let page = try await browser.get(path)
            let again = try await browser.get(path)
            #expect(again.cookie("vouch-form") == nil, "one cookie is enough")
            let fields = [
                ("csrf", try #require(page.hidden("csrf"))),
                ("idempotency_key", try #require(page.hidden("idempotency_key"))),
                ("name", "Radu Ene"), ("email", "radu@example.com"), ("consent", "yes"),
            ]
            let sent = try await browser.send(
                .upload(path, fields, file: (name: "cv.pdf", bytes: Browser.cv)))
            #expect(sent.status == 303)
            #expect(sent.location?.hasPrefix("/applications/") == true)
        }
    }

    @Test func `a form for somebody who is signed in is not that of everybody`() async throws {
        try await withWorld { world in
            let path = "/jobs/\(world.job.slug)/apply"
            _ = try await world.site.send(.get(path))
            let signed = try await world.session(of: world.affiliate)
            let ask = Ask.get(path).with("Cookie", signed.cookie ?? "")
            #expect(!world.site.isAnsweredAtOnce(ask))
            #expect(try await world.site.send(ask).text.contains("Ana Pop"))
        }
    }

    @Test func `a job that is over has no form`() async throws {
        try await withWorld { world in
            _ = try await world.site.store.write { transaction in
                try await world.site.store.jobs.move(
                    world.job.id, to: .closed, by: world.company.principal, at: TestSite.now,
                    in: transaction)
            }
            let ask = Ask.get("/jobs/\(world.job.slug)/apply")
            for _ in 0..<2 {
                let page = try await world.site.send(ask)
                #expect(page.status == 410)
                #expect(page.cookie("vouch-form") == nil)
            }
        }
    }
}

extension FaultProxy {
    /// The server is away from now on.
    fileprivate func breakDown() {
        set(.refuse)
        cut()
    }
}

/// Runs a test in a world whose database can be taken away, and whose memory is always old: what is
/// answered without the database is answered although it is old.
private func withOfflineWorld(
    _ body: @escaping @Sendable (World, FaultProxy) async throws -> Void
) async throws {
    try await withProxiedDatabase(
        migrated: true,
        settings: {
            $0.backoffMin = .milliseconds(1)
            $0.backoffMax = .milliseconds(20)
        }
    ) { database, proxy in
        let passwords = PasswordWorker(cost: .trivial)
        defer { passwords.stop() }
        let site = TestSite(database, passwords) { $0.pageTimes.unwatched = .zero }
        try await body(try await World(site), proxy)
        await site.site.close()
    }
}

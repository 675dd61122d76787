import Domain
import HTTP
import Store
import TestSupport

@testable import Site

/// Everything that the main line makes, once: whose it is and how it is addressed.
struct World: Sendable {
    let site: TestSite
    let company: Account
    let rival: Account
    let affiliate: Account
    let other: Account
    let admin: Account
    let job: Jobs.OwnJob
    let companySlug: CompanySlug
    let code: LinkCode
    let receipt: ReceiptCode
    let introduction: IntroductionID
    let hire: HireID
    let commission: CommissionID
    /// The hire of the commission, a dispute about it that the affiliate opened, and its evidence.
    let recordedHire: HireID
    let dispute: DisputeID
    let evidence: EvidenceID
    let tokenOfCompany: APITokenID
    /// Of links that were mailed, by the routes they lead to.
    let mailed: [String: MailToken]
    private let tokens: [AccountID: String]

    private static let now = TestSite.now

    init(_ site: TestSite) async throws {
        self.site = site
        site.services.board.set(StatusFacts(isDatabaseReachable: true), at: TestSite.now)
        let maker = WorldMaker(site: site)
        company = try await maker.company("Atelier Nord", "firma@example.com")
        rival = try await maker.company("Rival SRL", "rival@example.com")
        affiliate = try await maker.affiliate("ana@example.com")
        other = try await maker.affiliate("other@example.com")
        admin = try await maker.admin("admin@example.com")
        try await TestFactor.give(to: admin.principal, site)
        job = try await maker.job(of: company)
        code = try await maker.link(to: job, of: affiliate)
        let recorded = try await maker.apply(to: job, via: code, "paula@example.com").id
        commission = try await maker.record(recorded, by: admin)
        (recordedHire, dispute, evidence) = try await maker.dispute(commission, by: affiliate)
        (introduction, receipt) = try await maker.apply(to: job, via: code, "mihai@example.com")
        hire = try await maker.report(introduction, by: company)
        tokenOfCompany = try await maker.token(of: company).id
        var mailed = try await maker.mailed(to: company)
        mailed["invitations"] = try await maker.invite("new-admin@example.com", by: admin)
        mailed["recommendations"] = try await maker.recommend(
            "vlad@example.com", for: job, by: affiliate)
        self.mailed = mailed
        var tokens: [AccountID: String] = [:]
        for account in [company, rival, affiliate, other, admin] {
            tokens[account.id] = try await maker.token(of: account).text
        }
        self.tokens = tokens
        guard let companyID = company.principal.company,
            let profile = try await site.store.companies.find(companyID)
        else { throw TestFailure("no company") }
        companySlug = profile.slug
    }

    /// The address of a route with this world's own values in it.
    func path(_ maker: RouteMaker) -> String {
        let row = maker.sample.row
        let pattern = row.pattern.description
        guard
            let name = pattern.split(separator: "{").dropFirst().first?.split(separator: "}").first
        else { return pattern }
        let value =
            switch name {
            case "slug": pattern.contains("/companies/") ? companySlug.text : job.slug.text
            case "code": pattern.hasPrefix("/unsubscribe") ? "AAAA" : code.text
            case "receipt": receipt.text
            case "mailed": mailed[String(pattern.split(separator: "/")[0])]?.text ?? "unknown"
            case "language": "ro"
            case "account": admin.id.description
            case "token": tokenOfCompany.description
            case "job": job.id.description
            case "introduction": introduction.description
            case "commission": commission.description
            case "hire":
                (pattern.hasPrefix("/company/") ? recordedHire : hire).description
            case "dispute": dispute.description
            case "evidence": evidence.description
            case "company": company.principal.company?.description ?? "0"
            case "batch", "invoice", "mail", "message": "1"
            case "month": "2026-01"
            case "number": "V20260000001"
            default: "unknown"
            }
        return pattern.replacing("{\(name)}", with: value)
    }

    /// A request by somebody who is signed in by a new session, with a form's token.
    func ask(_ maker: RouteMaker, by account: Account?) async throws -> Ask {
        let row = maker.sample.row
        let target = path(maker)
        if row.kind == .api {
            var ask =
                row.method == .get
                ? Ask.get(target)
                : .json("\(row.method.name)", target, content(maker))
                    .with("Idempotency-Key", "key-of-" + maker.name)
            if let account { ask = authorized(ask, by: account) }
            return ask
        }
        let signed = try await session(of: account)
        guard row.method == .post else {
            return signed.cookie.map { Ask.get(target).with("Cookie", $0) } ?? .get(target)
        }
        return Ask.form(target, [("csrf", signed.token)]).with("Cookie", signed.cookie ?? "")
    }

    /// Content with which a program gets as far as the object it names.
    private func content(_ maker: RouteMaker) -> String {
        switch maker.name {
        case "api.createJob", "api.saveJob": APIWorld.job()
        case "api.answerDispute": "{\"text\": \"We disagree.\"}"
        case "api.addEvidence": "{\"file_name\": \"a.pdf\", \"content\": \"JVBERi0xLjc=\"}"
        case "api.handRecord": "{\"starts_on\": \"\(TestSite.today)\"}"
        case "api.decideDispute": "{\"outcome\": \"rejected\", \"reason\": \"no_evidence\"}"
        case "api.moveStage": "{\"stage\":\"shortlisted\"}"
        case "api.reportHire": "{\"starts_on\":\"\(TestSite.today)\"}"
        case "api.recommend": APIWorld.recommendation()
        case "api.takeLink": "{\"job\":\"\(job.slug)\"}"
        case "api.grantCommission":
            """
            {"amount": {"minor_units": 100, "currency": "EUR"}, "borne_by": "company",
             "reason": "other", "note": "Agreed"}
            """
        case "api.receiveInvoice": "{\"received_on\":\"\(TestSite.today)\"}"
        case "api.reopenInvoice": "{\"payment\":1,\"reason\":\"other\",\"note\":\"A slip\"}"
        case "api.settlePayouts": "{\"payouts\": [1], \"outcome\": \"paid\"}"
        default: "{}"
        }
    }

    /// The request with the account's own token.
    func authorized(_ ask: Ask, by account: Account) -> Ask {
        ask.with("Authorization", "Bearer " + (tokens[account.id] ?? ""))
    }

    /// A cookie and a token that belong together.
    func session(of account: Account?) async throws -> (cookie: String?, token: String) {
        let keys = site.services.settings.keys
        let forms = FormToken(keys: keys, isSecure: false)
        guard let account else {
            let (binding, cookie) = forms.newVisitor(.system)
            return ("\(cookie.name)=\(cookie.value)", forms.token(for: binding, .system))
        }
        let session = try await site.store.write { transaction in
            try await site.store.sessions.open(
                for: account.principal, at: Self.now, in: transaction)
        }
        let cookie = SessionCookie(keys: keys, isSecure: false).set(session, now: Self.now)
        return (
            "\(cookie.name)=\(cookie.value)",
            forms.token(for: .session(session.id), .system)
        )
    }
}

/// Makes the parts of a world by the calls of the domain.
struct WorldMaker: Sendable {
    let site: TestSite
    private static let now = TestSite.now

    private func new(_ email: String) throws -> Accounts.New {
        Accounts.New(
            email: try EmailAddress(email), name: try PersonName("Ana Pop"),
            passwordHash: "none", language: .english)
    }

    func company(_ name: String, _ email: String) async throws -> Account {
        let new = try new(email)
        let name = try CompanyName(name)
        return try await site.store.write { transaction in
            try await site.store.accounts.signUp(
                company: name, new, random: RandomSource.system.bytes(8), at: Self.now,
                in: transaction)
        }
    }

    func affiliate(_ email: String) async throws -> Account {
        let new = try new(email)
        return try await site.store.write { transaction in
            let account = try await site.store.accounts.signUpAffiliate(
                new, at: Self.now, in: transaction)
            let token = MailToken(random: RandomSource.system.bytes(MailToken.length))
            try await site.store.addresses.send(
                token, for: account.id, at: Self.now, in: transaction)
            _ = try await site.store.addresses.confirm(token, at: Self.now, in: transaction)
            return account
        }
    }

    func admin(_ email: String) async throws -> Account {
        let new = try new(email)
        return try await site.store.write { transaction in
            try await site.store.accounts.createAdmin(new, at: Self.now, in: transaction)
        }
    }

    /// A published job, or one in another state that it can come to from there.
    func job(of account: Account, in state: JobState = .published) async throws -> Jobs.OwnJob {
        let form = try JobForm(
            .form(FormData(fields: Browser.job.map { .init(name: $0.name, value: $0.value) })),
            today: TestSite.today)
        guard let company = account.principal.company else { throw TestFailure("no company") }
        return try await site.store.write { transaction in
            var job = try await site.store.jobs.create(
                form.details, offer: form.offer, for: company,
                random: RandomSource.system.bytes(8), by: account.principal, at: Self.now,
                in: transaction)
            for step in [JobState.published, state] where step != job.state && state != .draft {
                job = try await site.store.jobs.move(
                    job.id, to: step, by: account.principal, at: Self.now, in: transaction)
            }
            return job
        }
    }

    /// Opens an affiliate's dispute about the hire of a commission, with a file.
    func dispute(
        _ commission: CommissionID, by account: Account
    ) async throws -> (HireID, DisputeID, EvidenceID) {
        guard let affiliate = account.principal.affiliate else { throw DomainError.forbidden }
        let disputes = site.store.disputes
        let hire = try await disputes.hire(of: commission, for: affiliate)
        let text = try DisputeText("A part is missing.")
        let file = try EvidenceFile(name: "offer.pdf", bytes: Browser.cv)
        return try await site.store.write { transaction in
            let id = try await disputes.open(
                Disputes.Opening(
                    subject: .claim(hire), reason: .wrongAmount, text: text,
                    amount: .euros(50)),
                by: account.principal, at: Self.now, in: transaction)
            let evidence = try await disputes.add(
                file, to: id, by: account.principal, at: Self.now, in: transaction)
            return (hire, id, evidence)
        }
    }

    /// Invites an admin; gives the token that was mailed to them.
    func invite(_ email: String, by account: Account) async throws -> MailToken {
        let token = MailToken(random: RandomSource.system.bytes(MailToken.length))
        let new = try new(email)
        try await site.store.write { transaction in
            try await site.store.admins.invite(
                new, token, by: account.principal, at: Self.now, in: transaction)
        }
        return token
    }

    /// Names a person for a job; gives the token that was mailed to them.
    func recommend(
        _ email: String, for job: Jobs.OwnJob, by account: Account
    ) async throws -> MailToken {
        let token = MailToken(random: RandomSource.system.bytes(MailToken.length))
        let submission = Recommendations.Submission(
            job: job.slug,
            recommendation: Recommendation(
                name: try PersonName("Vlad Popescu"), email: try EmailAddress(email), phone: nil,
                language: .english, words: try CoverMessage("Calm and quick.")),
            receipt: ReceiptCode(random: RandomSource.system.bytes(ReceiptCode.length)),
            token: token, at: Self.now)
        _ = try await site.store.write { transaction in
            try await site.store.recommendations.submit(
                submission, by: account.principal, in: transaction)
        }
        return token
    }

    /// Links of each kind: whose they are does not matter, the secret is the key.
    func mailed(to account: Account) async throws -> [String: MailToken] {
        let names = ["confirm", "reset"]
        let tokens = names.map { _ in
            MailToken(random: RandomSource.system.bytes(MailToken.length))
        }
        try await site.store.write { transaction in
            try await site.store.addresses.send(
                tokens[0], for: account.id, at: Self.now, in: transaction)
            _ = try await site.store.passwordResets.send(
                tokens[1], to: account.email, at: Self.now, in: transaction)
        }
        return Dictionary(uniqueKeysWithValues: zip(names, tokens))
    }

    func link(to job: Jobs.OwnJob, of account: Account) async throws -> LinkCode {
        guard let affiliate = account.principal.affiliate else { throw TestFailure("no affiliate") }
        return try await site.store.write { transaction in
            try await site.store.links.take(
                job.slug, channel: .none,
                code: LinkCode(random: RandomSource.system.bytes(LinkCode.length)),
                for: affiliate, at: Self.now, in: transaction
            ).code
        }
    }

    func apply(
        to job: Jobs.OwnJob, via code: LinkCode?, _ email: String
    ) async throws -> (id: IntroductionID, receipt: ReceiptCode) {
        let application = Application(
            name: try PersonName("Mihai Ionescu"), email: try EmailAddress(email), phone: nil,
            message: try CoverMessage(""), cv: try CVFile(name: "cv.pdf", bytes: Browser.cv),
            language: .romanian)
        let submission = Applications.Submission(
            job: job.slug, via: code, application: application,
            receipt: ReceiptCode(random: RandomSource.system.bytes(ReceiptCode.length)),
            key: nil, at: Self.now)
        let outcome = try await site.store.write { transaction in
            try await site.store.applications.submit(submission, in: transaction)
        }
        guard case .accepted(let id, let receipt) = outcome else {
            throw TestFailure("\(outcome)")
        }
        return (id, receipt)
    }

    func report(_ id: IntroductionID, by account: Account) async throws -> HireID {
        try await site.store.write { transaction in
            try await site.store.hires.report(
                id, startsOn: TestSite.today, note: Note(stored: ""), by: account.principal,
                at: Self.now, in: transaction)
        }
    }

    func record(_ id: IntroductionID, by account: Account) async throws -> CommissionID {
        let recorded = try await site.store.write { transaction in
            try await site.store.recording.record(
                id, startsOn: TestSite.today, by: account.principal, at: Self.now,
                in: transaction)
        }
        guard let first = recorded.commissions.first else { throw TestFailure("no commission") }
        return first.id
    }

    func token(of account: Account) async throws -> (id: APITokenID, text: String) {
        let token = try BearerToken(.system)
        let name = try TokenName("test")
        let kept = try await site.store.write { transaction in
            try await site.store.tokens.create(
                name, hash: token.hash, for: account.id, at: Self.now, in: transaction)
        }
        return (kept.id, token.text)
    }
}

extension BearerToken {
    /// A token of nobody yet.
    init(_ random: RandomSource) throws {
        guard let keys = SigningKeys([random.bytes(32)]) else { throw TestFailure("no keys") }
        self.init(
            keys, account: AccountID(1), key: IdempotencyKey(random: random.bytes(26)))
    }
}

/// Runs a test in a world of its own.
func withWorld(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
    try await withSite { site in try await body(try await World(site)) }
}

import Admission
import Domain
import Site

extension PagesSamples {
    var publicPages: [Sample] {
        let via = LinkCode(stored: "7k2m9p4qab")
        return [
            Sample(
                name: "home",
                page: HomePage(
                    jobs: cards, openJobCount: 1_412, companyCount: 43,
                    largestCommission: .euros(1_500))),
            Sample(
                name: "jobs",
                page: JobListPage(
                    filter: JobFilter(), jobs: cards, total: 1_412, nextCursor: "c2")),
            Sample(
                name: "jobs-filtered",
                page: JobListPage(
                    filter: JobFilter(words: wrap("swift"), country: .romania), jobs: cards,
                    total: 6, isFirst: false, nextCursor: nil)),
            Sample(
                name: "jobs-crowded",
                page: JobListPage(
                    filter: JobFilter(words: wrap("swift")), jobs: cards, total: nil,
                    nextCursor: "c2", leftOut: [.counts, .search])),
            Sample(
                name: "jobs-no-match",
                page: JobListPage(
                    filter: JobFilter(words: wrap("zebra")), jobs: [], total: 0, nextCursor: nil)),
            Sample(
                name: "jobs-empty",
                page: JobListPage(filter: JobFilter(), jobs: [], total: 0, nextCursor: nil)),
            Sample(
                name: "job",
                page: JobPage(
                    slug: job.slug, details: details, publishedOn: Self.today.adding(days: -6),
                    company: company, offer: offer, similar: Array(cards.prefix(3)))),
            Sample(
                name: "job-crowded",
                page: JobPage(
                    slug: job.slug, details: details, publishedOn: Self.today.adding(days: -6),
                    company: company, offer: offer, leftOut: [.similarJobs])),
            Sample(
                name: "job-via",
                page: JobPage(
                    slug: job.slug, details: details, publishedOn: Self.today.adding(days: -6),
                    company: company, offer: nil, via: via)),
            Sample(
                name: "job-preview",
                page: JobPage(
                    slug: job.slug, details: details, publishedOn: Self.today,
                    company: company, offer: offer, isPreview: true), role: .company),
            gone("job-filled", .filled), gone("job-expired", .expired),
            gone("job-closed", .closed), gone("job-paused", .paused),
            Sample(name: "company", page: CompanyPage(company: company, jobs: cards)),
            Sample(name: "company-empty", page: CompanyPage(company: company, jobs: [])),
            Sample(
                name: "apply",
                page: ApplyPage(job: job, via: via, idempotencyKey: "key-1234")),
            Sample(
                name: "apply-errors",
                page: ApplyPage(
                    job: job, via: nil,
                    input: FormInput(
                        [.name: wrap("Radu"), .email: wrap("radu@")],
                        failure: .invalid([
                            ValidationError(.email, .malformed), ValidationError(.cv, .missing),
                            ValidationError(.consent, .notAccepted),
                        ])), idempotencyKey: "key-1234")),
            application("receipt", .submitted, isNew: true),
            application("application-rejected", .rejected, isNew: false),
        ] + erasure + kept
    }

    /// What somebody sees whose application was kept, and the admin's list.
    private var kept: [Sample] {
        let code = ReceiptCode(stored: "7k2m9p4qab7k2m9p4qab7k2m9p")
        func receipt(_ name: String, _ state: KeptReceiptPage.State) -> Sample {
            Sample(name: name, page: KeptReceiptPage(receipt: code, state: state))
        }
        let sender = SpoolPage.Sender(
            name: person("Radu Ionescu"), email: EmailAddress(stored: wrap("radu@example.com")),
            job: job.slug)
        return [
            Sample(name: "kept", page: KeptApplicationPage(receipt: code)),
            receipt("kept-waits", .waits(since: Self.now)),
            receipt("kept-arrived", .arrived(code, at: Self.now)),
            receipt("kept-arrived-elsewhere", .arrived(code, at: nil)),
            receipt("kept-set-aside", .setAside(.jobPaused)),
            receipt("kept-not-taken", .notTaken(.duplicate)),
            receipt("kept-unknown", .unknown),
            Sample(
                name: "admin-spool",
                page: SpoolPage(
                    rows: SpoolReason.allCases.enumerated().map { number, reason in
                        SpoolPage.Row(
                            sequence: UInt64(number + 1), sentAt: Self.now, reason: reason,
                            sender: reason == .unreadable ? nil : sender)
                    }, waiting: 21), role: .admin),
            Sample(name: "admin-overload", page: OverloadPage(overload), role: .admin),
            Sample(
                name: "admin-overload-empty",
                page: OverloadPage(
                    OverloadView(
                        mode: .off, load: .calm, inFlight: 0, level: .none, at: Self.now, parts: [])
                ),
                role: .admin),
            Sample(
                name: "admin-spool-empty", page: SpoolPage(rows: [], waiting: 0), role: .admin),
        ]
    }

    /// An hour with a spike in it.
    private var overload: OverloadView {
        let control = AdmissionControl(
            settings: AdmissionSettings(), lanes: 1, now: Moment(nanoseconds: 0))
        let lane = AdmissionLane(control, number: 0, seed: 1)
        for tick in 1...3_600 {
            let now = Moment(nanoseconds: UInt64(tick) * 100_000_000)
            for number in 0..<(tick % 1_000 < 200 ? 40 : 3) {
                let answer = lane.admit(
                    .visitor, Cohort(UInt8(number % 128)), token: UInt64(number), now: now)
                if case .admitted(let ticket) = answer {
                    lane.finish(ticket, .completed, now: now)
                }
            }
            lane.tick(now: now, lag: .zero)
            while lane.nextAction() != nil {}
        }
        return OverloadView(
            mode: .on, load: .overloaded, inFlight: 17, level: .noCounts, at: Self.now,
            parts: control.summaries.map {
                OverloadView.Part(at: Self.now.adding(seconds: -20), summary: $0)
            })
    }

    private func gone(_ name: String, _ visibility: JobVisibility) -> Sample {
        Sample(
            name: name,
            page: JobGonePage(
                jobTitle: job.title, company: job.company, visibility: visibility,
                validThrough: Self.today.adding(days: -3), similar: Array(cards.prefix(2))))
    }

    /// What a candidate sees of their data.
    private var erasure: [Sample] {
        let code = ReceiptCode(stored: "7k2m9p4qab7k2m9p4qab7k2m9p")
        let refused = FormInput(failure: .invalid([ValidationError(.consent, .notAccepted)]))
        return [
            Sample(name: "application-data", page: applicationData(isFull: true)),
            Sample(name: "application-data-short", page: applicationData(isFull: false)),
            Sample(name: "erase", page: EraseApplicationPage(code: code, job: job)),
            Sample(
                name: "erase-refused",
                page: EraseApplicationPage(code: code, job: job, input: refused)),
            Sample(name: "erased", page: ErasedPage()),
        ]
    }

    private func applicationData(isFull: Bool) -> ApplicationDataPage {
        let sent = ApplicationPage.Sent(
            name: person("Radu Ionescu"), email: EmailAddress(stored: wrap("radu@example.com")),
            phone: isFull ? PhoneNumber(stored: wrap("+40 721 234 567")) : nil,
            cvName: isFull ? FileName(stored: wrap("radu-cv.pdf")) : nil)
        return ApplicationDataPage(
            code: ReceiptCode(stored: "7k2m9p4qab7k2m9p4qab7k2m9p"), job: job, sent: sent,
            language: .romanian,
            message: CoverMessage(stored: isFull ? wrap("I can start in May.") : ""),
            recommendation: CoverMessage(stored: isFull ? wrap("Calm.") : ""))
    }

    private func application(_ name: String, _ stage: Stage, isNew: Bool) -> Sample {
        Sample(
            name: name,
            page: ApplicationPage(
                code: ReceiptCode(stored: "7k2m9p4qab7k2m9p4qab7k2m9p"), job: job,
                isJobOpen: true, stage: stage, sentAt: Self.now.adding(days: -2),
                rejection: stage == .rejected ? .lacksExperience : nil,
                sent: ApplicationPage.Sent(
                    name: person("Radu Ionescu"),
                    email: EmailAddress(stored: wrap("radu@example.com")),
                    phone: PhoneNumber(stored: wrap("+40 721 234 567")),
                    cvName: FileName(stored: wrap("radu-cv.pdf"))),
                history: [
                    ApplicationPage.Step(stage: .submitted, at: Self.now.adding(days: -2)),
                    ApplicationPage.Step(stage: stage, at: Self.now),
                ], isNew: isNew))
    }

    var accountPages: [Sample] {
        [
            Sample(name: "sign-in", page: SignInPage(next: "/company")),
            Sample(
                name: "sign-in-failed",
                page: SignInPage(
                    input: FormInput([.email: wrap("radu@example.com")]), hasFailed: true)),
            Sample(name: "sign-up-company", page: SignUpPage(for: .company)),
            Sample(
                name: "sign-up-affiliate-errors",
                page: SignUpPage(
                    for: .affiliate,
                    input: FormInput(
                        [.name: wrap("Mihai"), .email: wrap("mihai@example.com")],
                        failure: .invalid([ValidationError(.password, .tooShort(min: 10))])))),
            Sample(
                name: "sign-up-duplicate",
                page: SignUpPage(for: .affiliate, input: FormInput(failure: .duplicate(.email)))),
            Sample(
                name: "account",
                page: AccountPage(
                    name: person("Ioana Dragomir"),
                    email: EmailAddress(stored: wrap("ioana@example.com")), role: .company,
                    language: .romanian,
                    tokens: [
                        AccountPage.TokenRow(
                            id: APITokenID(1), name: TokenName(stored: wrap("Job import")),
                            createdAt: Self.now.adding(days: -40), lastUsedAt: Self.now),
                        AccountPage.TokenRow(
                            id: APITokenID(2), name: TokenName(stored: wrap("Laptop")),
                            createdAt: Self.now, lastUsedAt: nil),
                    ], idempotencyKey: "key", newToken: wrap("vouch_7k2m9p4qab7k2m9p4qab")),
                role: .company,
                notice: .languageSaved),
            Sample(
                name: "account-empty",
                page: AccountPage(
                    name: person("Ioana Dragomir"),
                    email: EmailAddress(stored: wrap("ioana@example.com")), role: .affiliate,
                    language: .english, tokens: [], idempotencyKey: "key"),
                role: .affiliate),
            Sample(
                name: "api",
                page: APIPage(routes: [
                    APIPage.RouteLine(
                        method: wrap("GET"), path: wrap("/api/v1/jobs"),
                        summary: wrap("Open jobs, the newest first"), role: nil),
                    APIPage.RouteLine(
                        method: wrap("POST"), path: wrap("/api/v1/company/jobs"),
                        summary: wrap("Saves a job as a draft"), role: .company),
                ])),
            Sample(
                name: "form-expired",
                page: FormExpiredPage(
                    action: "/company/jobs/new", fields: [("title", wrap("Baker"))],
                    fileField: "cv")),
        ]
            + WaitingPage.Subject.allCases.map { subject in
                Sample(name: "waiting-\(subject)", page: WaitingPage(subject))
            }
            + [400, 401, 403, 404, 405, 408, 409, 410, 413, 422, 429, 500, 503].map {
                Sample(
                    name: "error-\($0)",
                    page: ErrorPage(status: $0, requestID: $0 == 500 ? wrap("7f3a") : nil))
            }
    }

    var companyPages: [Sample] {
        [
            Sample(
                name: "desk-company", page: companyDesk(isEmpty: false), role: .company,
                notice: .jobPublished),
            Sample(
                name: "desk-company-empty", page: companyDesk(isEmpty: true), role: .company,
                notice: .welcomeCompany),
            Sample(
                name: "company-jobs", page: CompanyJobsPage(jobs: jobRows, nextCursor: "c2"),
                role: .company),
            Sample(
                name: "company-jobs-empty", page: CompanyJobsPage(jobs: [], nextCursor: nil),
                role: .company),
            Sample(
                name: "job-form-new", page: JobFormPage(input: JobFormPage.defaults),
                role: .company),
            Sample(name: "job-form-errors", page: jobFormWithErrors, role: .company),
            companyJob("company-job", .published, candidates),
            companyJob("company-job-draft", .draft, []),
            introduction("introduction", .submitted, hire: nil),
            introduction(
                "introduction-refused", .submitted, hire: nil,
                input: FormInput(
                    [.stage: "rejected", .note: wrap("Far too long.")],
                    failure: .invalid([
                        ValidationError(.reason, .missing),
                        ValidationError(.note, .tooLong(max: 2_000)),
                    ]))),
            introduction(
                "introduction-hired", .offer,
                hire: IntroductionPage.Hire(
                    state: .reported, startsOn: Self.today.adding(days: 14))),
            Sample(
                name: "company-hires",
                page: CompanyHiresPage(
                    hires: [
                        CompanyHiresPage.Row(
                            introduction: IntroductionID(1), candidate: person("Radu Ionescu"),
                            job: job.title, state: .recorded, startsOn: Self.today,
                            commission: .euros(500), affiliate: person("Mihai Popa"),
                            invoices: [invoiceNumber(1), invoiceNumber(2)],
                            disputable: HireID(3)),
                        CompanyHiresPage.Row(
                            introduction: IntroductionID(2), candidate: person("Ana Pop"),
                            job: job.title, state: .reported, startsOn: Self.today,
                            commission: nil, affiliate: nil),
                    ], owed: [.euros(1_250), .lei(2_000)]), role: .company),
            Sample(
                name: "company-hires-empty", page: CompanyHiresPage(hires: [], owed: []),
                role: .company),
            Sample(
                name: "company-profile",
                page: CompanyProfilePage(
                    slug: company.slug,
                    input: FormInput([
                        .companyName: wrap("Carpathia Pay"), .about: wrap("We move money."),
                    ])), role: .company),
        ]
    }
}

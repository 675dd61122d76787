import Domain
import Site

extension PagesSamples {
    var jobRows: [CompanyJobsPage.Row] {
        JobVisibility.allCases.enumerated().map { position, visibility in
            CompanyJobsPage.Row(
                id: JobID(Int64(position + 1)), title: cards[position].title,
                visibility: visibility, commission: .euros(500),
                validThrough: Self.today.adding(days: position * 7 - 7),
                candidateCount: position * 4, newCount: position)
        }
    }

    func companyDesk(isEmpty: Bool) -> CompanyDeskPage {
        CompanyDeskPage(
            company: company.name, isVerified: !isEmpty,
            figures: CompanyDeskPage.Figures(
                openJobs: isEmpty ? 0 : 4, newCandidates: isEmpty ? 0 : 2,
                candidatesInProgress: isEmpty ? 0 : 5, hires: isEmpty ? 0 : 1,
                owed: isEmpty ? [] : [.euros(500)]),
            waiting: isEmpty ? [] : Array(candidates.prefix(2)),
            jobs: isEmpty ? [] : Array(jobRows.prefix(3)))
    }

    var jobFormWithErrors: JobFormPage {
        JobFormPage(
            job: (JobID(7), title("Site Reliability Engineer")),
            input: FormInput(
                [
                    .title: wrap("Site Reliability Engineer"), .description: wrap("Short."),
                    .salaryMin: wrap("4500"), .salaryMax: wrap("3200"), .commission: wrap("-5"),
                    .guaranteeDays: "60", .validThrough: "2026-01-01",
                ],
                failure: .invalid([
                    ValidationError(.description, .tooShort(min: 20)),
                    ValidationError(.city, .missing), ValidationError(.validThrough, .inThePast),
                    ValidationError(.salaryMax, .minAboveMax),
                    ValidationError(.commission, .notPositive),
                ])), isPublished: true)
    }

    func companyJob(_ name: String, _ state: JobState, _ candidates: [CandidateRow]) -> Sample {
        Sample(
            name: name,
            page: CompanyJobPage(
                id: JobID(7), slug: job.slug, details: details, state: state,
                terms: [
                    Terms(
                        id: TermsID(2), version: 2, offer: offer,
                        inForceFrom: Self.now.adding(days: -5), inForceUntil: nil),
                    Terms(
                        id: TermsID(1), version: 1, offer: offer,
                        inForceFrom: Self.now.adding(days: -30),
                        inForceUntil: Self.now.adding(days: -5)),
                ], candidates: candidates), role: .company)
    }

    func introduction(
        _ name: String, _ stage: Stage, hire: IntroductionPage.Hire?,
        input: FormInput = FormInput()
    ) -> Sample {
        Sample(
            name: name,
            page: IntroductionPage(
                id: IntroductionID(5),
                candidate: IntroductionPage.Candidate(
                    name: person("Radu Ionescu"),
                    email: EmailAddress(stored: wrap("radu@example.com")),
                    phone: PhoneNumber(stored: wrap("+40 721 234 567")),
                    message: CoverMessage(
                        stored: wrap("I kept a payment gateway alive for four years.")),
                    recommendation: CoverMessage(stored: wrap("The calmest engineer I know.")),
                    cvName: FileName(stored: wrap("radu-cv.pdf"))),
                job: (JobID(7), job.title), stage: stage, affiliate: person("Mihai Popa"),
                history: history, hire: hire, commission: .euros(500), input: input,
                idempotencyKey: "key-1234"),
            role: .company, notice: .stageMoved)
    }

    var affiliatePages: [Sample] {
        let links = ["newsletter", ""].enumerated().map { position, channel in
            AffiliateLinksPage.Row(
                code: LinkCode(stored: "7k2m9p4qa\(position)"),
                channel: ChannelName(stored: channel.isEmpty ? "" : wrap(channel)), job: job,
                visibility: position == 0 ? .open : .filled, clicks: 1_204, introductions: 3)
        }
        return [
            Sample(name: "desk-affiliate", page: affiliateDesk(steps), role: .affiliate),
            Sample(
                name: "desk-affiliate-empty", page: affiliateDesk([]), role: .affiliate,
                notice: .welcomeAffiliate),
            Sample(
                name: "commission",
                page: CommissionPage(
                    id: CommissionID(4),
                    explanation: explanation(
                        .pending, instalment: 1,
                        next: .guaranteeEnds(Self.today.adding(days: 18)))), role: .affiliate),
        ]
            + [CommissionKind.clawback, .manual, .remainder].map { kind in
                Sample(
                    name: "commission-\(kind.rawValue)",
                    page: CommissionPage(
                        id: CommissionID(4),
                        explanation: explanation(
                            .approved, instalment: 1, next: .payoutBatch, kind: kind)),
                    role: .affiliate)
            }
            + DisputeOutcomeReason.allCases.map { reason in
                Sample(
                    name: "commission-won-\(reason.rawValue)",
                    page: CommissionPage(
                        id: CommissionID(4),
                        explanation: explanation(
                            .approved, instalment: 1, next: .payoutBatch, kind: .manual,
                            dispute: Explanation.Dispute(
                                id: DisputeID(9), openedBy: .affiliate, reason: reason))),
                    role: .affiliate)
            } + [
                Sample(
                    name: "affiliate-jobs",
                    page: AffiliateJobsPage(
                        filter: JobFilter(), jobs: affiliateJobs, nextCursor: "c2"),
                    role: .affiliate),
                Sample(
                    name: "affiliate-jobs-empty",
                    page: AffiliateJobsPage(
                        filter: JobFilter(words: wrap("zebra")), jobs: [], nextCursor: nil),
                    role: .affiliate),
                Sample(
                    name: "take-link",
                    page: TakeLinkPage(job: job, location: location, offer: offer, links: links),
                    role: .affiliate, notice: .linkTaken),
                Sample(
                    name: "affiliate-links",
                    page: AffiliateLinksPage(links: links, nextCursor: nil), role: .affiliate),
                Sample(
                    name: "affiliate-links-crowded",
                    page: AffiliateLinksPage(
                        links: links, nextCursor: nil, leftOut: [.clicks]),
                    role: .affiliate),
                Sample(
                    name: "affiliate-links-empty",
                    page: AffiliateLinksPage(links: [], nextCursor: nil), role: .affiliate),
                Sample(
                    name: "affiliate-introductions",
                    page: AffiliateIntroductionsPage(
                        introductions: introductions, unconfirmed: unconfirmed, nextCursor: nil),
                    role: .affiliate),
                Sample(
                    name: "affiliate-introductions-empty",
                    page: AffiliateIntroductionsPage(introductions: [], nextCursor: nil),
                    role: .affiliate),
            ]
    }

    private var steps: [CommissionCard] {
        let steps: [(CommissionState, Explanation.NextStep)] = [
            (.pending, .guaranteeEnds(Self.today.adding(days: 18))),
            (.pending, .approval(since: Self.today.adding(days: -1))),
            (.approved, .payoutBatch), (.processing, .bankTransfer),
            (.paid, .paid(Self.today.adding(days: -40))),
            (.held, .decision(.disputed, note("We asked the company."))),
            (.reversed, .reversed(.leftEarly, note("Left after two weeks."))),
        ]
        return steps.enumerated().map { position, step in
            CommissionCard(
                id: CommissionID(Int64(position + 1)),
                explanation: explanation(step.0, instalment: position % 2 + 1, next: step.1))
        }
    }

    private func affiliateDesk(_ commissions: [CommissionCard]) -> AffiliateDeskPage {
        let isEmpty = commissions.isEmpty
        return AffiliateDeskPage(
            name: person("Mihai"),
            balances: AffiliateDeskPage.Balances(
                pending: isEmpty ? [] : [.euros(500)],
                payable: isEmpty ? [] : [.euros(250), .lei(1_200)],
                paid: isEmpty ? [] : [.euros(1_750)]),
            runningIntroductions: isEmpty ? 0 : 4, clicks: isEmpty ? 0 : 2_408,
            commissions: commissions)
    }

    private var affiliateJobs: [AffiliateJobsPage.Row] {
        cards.enumerated().map { position, card in
            AffiliateJobsPage.Row(
                slug: card.slug, title: card.title, company: card.company,
                location: card.location, offer: offer,
                validThrough: Self.today.adding(days: 10 + position), hasLink: position == 1)
        }
    }

    private var introductions: [AffiliateIntroductionsPage.Row] {
        Stage.allCases.map { stage in
            AffiliateIntroductionsPage.Row(
                candidate: person("Radu Ionescu"), job: job, stage: stage, changedAt: Self.now,
                channel: ChannelName(stored: wrap("newsletter")), promised: .euros(500),
                rejection: stage == .rejected ? .lacksSkills : nil,
                note: stage == .rejected ? note("Kotlin only, we need Swift.") : note(""))
        }
    }

    var adminPages: [Sample] {
        let flagged = hireRow(.reported, flags: SelfDealing.allCases)
        return [
            Sample(
                name: "admin-hires",
                page: AdminHiresPage(
                    reported: [flagged, hireRow(.reported)], recorded: [hireRow(.recorded)]),
                role: .admin, notice: .hireRecorded),
            Sample(
                name: "admin-hires-empty", page: AdminHiresPage(reported: [], recorded: []),
                role: .admin),
            recordHire("record-hire", flagged), recordHire("hire-recorded", hireRow(.recorded)),
            Sample(
                name: "admin-companies",
                page: AdminCompaniesPage(
                    companies: [
                        AdminCompaniesPage.Row(
                            id: CompanyID(1), company: company, registeredAt: Self.now,
                            openJobs: 4),
                        AdminCompaniesPage.Row(
                            id: CompanyID(2),
                            company: CompanySummary(
                                slug: CompanySlug(stored: "bacania-veche"),
                                name: companyName("Băcănia Veche"), about: AboutText(stored: ""),
                                website: nil, isVerified: false),
                            registeredAt: Self.now, openJobs: 0),
                    ], nextCursor: "c2"), role: .admin),
            Sample(
                name: "admin-companies-empty",
                page: AdminCompaniesPage(companies: [], nextCursor: nil), role: .admin),
        ]
    }

    private func recordHire(_ name: String, _ hire: AdminHireRow) -> Sample {
        Sample(
            name: name,
            page: RecordHirePage(
                hire: hire, terms: (2, offer),
                schedule: CommissionSchedule(offer: offer, startsOn: hire.startsOn),
                history: history, idempotencyKey: "key-1234"), role: .admin)
    }
}

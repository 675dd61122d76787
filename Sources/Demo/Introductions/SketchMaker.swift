import Domain

/// Invents all introductions: those the demo accounts see, and chance for the rest.
struct SketchMaker: Sendable {
    let seed: UInt64
    let calendar: DemoCalendar
    let jobs: [LoadedJob]
    let affiliates: Int

    /// Channels as affiliates call them.
    static let channels = [
        "linkedin", "newsletter", "blog", "facebook", "podcast", "whatsapp", "alumni", "meetup",
        "telegram", "",
    ]

    /// Everything in the order in which it began.
    func sketches(_ count: Int, hiresMax: Int) -> [Sketch] {
        var sketches = showcase()
        var hires = sketches.count { $0.outcome == .hired }
        let open = jobs.indices.filter { jobs[$0].outline.publishedAt != nil && !isOurs($0) }
        for job in open where jobs[job].outline.state == .filled && hires < hiresMax {
            sketches.append(sketch(sketches.count, job: job, outcome: .hired))
            hires += 1
        }
        while sketches.count < count, !open.isEmpty {
            var random = DemoRandom(seed: seed, stream: 6, index: sketches.count)
            let job = random.pick(open)
            let outcome = outcome(at: job, mayHire: hires < hiresMax, &random)
            if outcome == .hired { hires += 1 }
            sketches.append(sketch(sketches.count, job: job, outcome: outcome))
        }
        return sketches.enumerated()
            .sorted { ($0.element.createdAt, $0.offset) < ($1.element.createdAt, $1.offset) }
            .map(\.element)
    }

    /// Jobs of the demo company have candidates of their own.
    private func isOurs(_ job: Int) -> Bool { jobs[job].outline.isShowcase }

    private func sketch(_ index: Int, job: Int, outcome: Sketch.Outcome) -> Sketch {
        var random = DemoRandom(seed: seed, stream: 7, index: index)
        return Sketch(
            job: job, origin: origin(for: outcome, &random), outcome: outcome,
            window: window(of: job), calendar: calendar, &random)
    }

    private func window(of job: Int) -> Window {
        let outline = jobs[job].outline
        return Window(start: outline.publishedAt ?? outline.createdAt, end: outline.endsAt)
    }

    private func origin(
        for outcome: Sketch.Outcome, _ random: inout DemoRandom
    ) -> Sketch.Origin {
        // Few bring many: the smaller of two numbers.
        let affiliate = min(
            random.number(in: 1...affiliates - 1), random.number(in: 1...affiliates - 1))
        if outcome == .at(.unconfirmed) { return .recommendation(affiliate: affiliate) }
        return random.pick(
            weighted: [
                (68, .link(affiliate: affiliate, channel: random.pick(Self.channels))),
                (18, .recommendation(affiliate: affiliate)), (14, .direct),
            ])
    }

    private func outcome(
        at job: Int, mayHire: Bool, _ random: inout DemoRandom
    ) -> Sketch.Outcome {
        let outline = jobs[job].outline
        let days = outline.endsAt.date.days(
            since: (outline.publishedAt ?? outline.createdAt).date)
        if outline.endsAt < calendar.midnight {
            return random.pick(
                weighted: [
                    (
                        60,
                        .rejected(outline.state == .closed ? .positionCancelled : .positionFilled)
                    ),
                    (25, .rejected(nil)), (15, .withdrawn),
                ])
        }
        return random.pick(
            weighted: [
                (8, .at(.unconfirmed)), (30, .at(.submitted)), (15, .at(.shortlisted)),
                (12, .at(.interview)), (6, .at(.offer)), (16, .rejected(nil)), (6, .withdrawn),
                (days > 25 && mayHire ? 7 : 0, .hired), (days > 25 ? 1 : 0, .reported),
            ])
    }
}

// What the demo accounts find.
extension SketchMaker {
    private func showcase() -> [Sketch] {
        var sketches = ofDemoCompany() + ofDemoAffiliate()
        let own = sketches.firstIndex { sketch in
            guard let affiliate = sketch.origin.affiliate else { return false }
            return affiliate != Showcase.affiliate && sketch.outcome == .at(.submitted)
        }
        if let own { sketches[own].isSelf = true }
        return sketches
    }

    /// The demo company's candidates: at its first job some in every stage.
    private func ofDemoCompany() -> [Sketch] {
        let ours: [(job: Int, outcomes: [Sketch.Outcome])] = [
            (
                0,
                [
                    .hired, .reported, .at(.unconfirmed), .at(.submitted), .at(.submitted),
                    .at(.submitted), .at(.submitted), .at(.shortlisted), .at(.shortlisted),
                    .at(.interview), .at(.interview), .at(.offer), .rejected(.lacksExperience),
                    .rejected(.salaryExpectation), .rejected(nil), .withdrawn,
                ]
            ),
            (
                1,
                [
                    .hired, .at(.submitted), .at(.shortlisted), .at(.interview),
                    .rejected(.failedInterview), .withdrawn,
                ]
            ),
            (2, [.at(.submitted), .at(.submitted), .at(.shortlisted)]),
            (3, [.at(.submitted), .at(.interview), .rejected(.lacksSkills), .at(.unconfirmed)]),
            (4, [.at(.submitted), .at(.offer), .rejected(.language)]),
            (5, [.at(.shortlisted), .rejected(.otherCandidateChosen)]),
            (
                6,
                [.hired, .rejected(.positionFilled), .rejected(.otherCandidateChosen), .withdrawn]
            ),
            (7, [.rejected(.positionCancelled), .rejected(.positionCancelled)]),
        ]
        return ours.flatMap { number, outcomes in
            outcomes.enumerated().compactMap { position, outcome in
                guard let job = jobs.firstIndex(where: { $0.outline.number == number }) else {
                    return nil
                }
                var random = DemoRandom(
                    seed: seed, stream: 8, index: number * 100 + position)
                // The demo affiliate brought the hires, and every third of the others.
                let isDemo =
                    outcome == .hired || outcome == .reported || position.isMultiple(of: 3)
                let origin =
                    isDemo ? demoOrigin(for: outcome, &random) : origin(for: outcome, &random)
                return Sketch(
                    job: job, origin: origin, outcome: outcome, window: window(of: job),
                    calendar: calendar, &random)
            }
        }
    }

    /// What the demo affiliate brought to other companies.
    private func ofDemoAffiliate() -> [Sketch] {
        let outcomes: [Sketch.Outcome] = [
            .hired, .hired, .at(.offer), .at(.interview), .at(.submitted), .at(.submitted),
            .rejected(.lacksExperience), .rejected(.noAnswer), .withdrawn, .at(.unconfirmed),
            .at(.shortlisted),
        ]
        // Open for long enough that a hire fits, and one in each currency.
        let old = jobs.indices.filter { index in
            let outline = jobs[index].outline
            guard let published = outline.publishedAt, !isOurs(index) else { return false }
            return calendar.today.days(since: published.date) >= 35
                && outline.endsAt == calendar.midnight
        }
        let euros = old.filter { jobs[$0].offer.commission.currency == .eur }
        let lei = old.filter { jobs[$0].offer.commission.currency == .ron }
        return outcomes.enumerated().compactMap { position, outcome in
            var random = DemoRandom(seed: seed, stream: 9, index: position)
            let choice = position == 0 ? euros : position == 1 ? lei : old
            guard !choice.isEmpty else { return nil }
            let job = random.pick(choice)
            return Sketch(
                job: job, origin: demoOrigin(for: outcome, &random), outcome: outcome,
                window: window(of: job), calendar: calendar, &random)
        }
    }

    private func demoOrigin(
        for outcome: Sketch.Outcome, _ random: inout DemoRandom
    ) -> Sketch.Origin {
        outcome == .at(.unconfirmed)
            ? .recommendation(affiliate: Showcase.affiliate)
            : .link(
                affiliate: Showcase.affiliate,
                channel: random.pick(["linkedin", "newsletter", "blog", ""]))
    }
}

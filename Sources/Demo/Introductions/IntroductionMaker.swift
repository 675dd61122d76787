import Domain
import Store

/// Writes introductions from sketches: the person, their words, the history with its notes.
struct IntroductionMaker: Sendable {
    let jobs: [LoadedJob]
    /// Who signs in for each company and each affiliate.
    let companies: [Principal]
    let affiliates: [Principal]
    let affiliateEmails: [EmailAddress]
    let links: [LinkKey: LinkID]
    /// How many of the first have a CV kept: they are most of the bytes.
    let cvsMax: Int

    func row(_ sketch: Sketch, number: Int) throws -> IntroductionLoad.NewIntroduction {
        var random = DemoRandom(seed: sketch.seed)
        let job = jobs[sketch.job]
        guard let company = companies[job.outline.company].company else {
            throw DemoError.unusable("no company")
        }
        let application = try application(sketch, job, number: number, &random)
        return IntroductionLoad.NewIntroduction(
            job: job.id, company: company, origin: try origin(sketch),
            application: application, receipt: ReceiptCode(random: random.bytes(26)),
            steps: try steps(sketch, job, &random), flags: flags(sketch, application))
    }

    private func origin(_ sketch: Sketch) throws -> IntroductionLoad.Origin {
        guard let position = sketch.origin.affiliate,
            let affiliate = affiliates[position].affiliate
        else { return .direct }
        guard case .link(_, let channel) = sketch.origin else { return .recommendation(affiliate) }
        let key = LinkKey(affiliate: position, job: sketch.job, channel: channel)
        guard let link = links[key] else { throw DemoError.unusable("no link") }
        return .link(link, affiliate)
    }

    private func application(
        _ sketch: Sketch, _ job: LoadedJob, number: Int, _ random: inout DemoRandom
    ) throws -> Application {
        let person = PersonMaker.person(in: job.place, &random)
        let isRomanian = job.place.isRomanian && random.chance(60)
        var email = try PersonMaker.email(of: person, number: number + 11, &random)
        if sketch.isSelf, let affiliate = sketch.origin.affiliate {
            email = affiliateEmails[affiliate]
        }
        let words = isRomanian ? Words.romanianMessages : Words.messages
        let hasCV = number < cvsMax && random.chance(70)
        return Application(
            name: try PersonName(person.name), email: email,
            phone: random.chance(75)
                ? try PersonMaker.phone(number: number + 1, in: job.place) : nil,
            message: try CoverMessage(
                random.chance(80) ? random.pick(2, of: words).joined(separator: " ") : ""),
            cv: hasCV ? try cv(of: person, email: email, job, &random) : nil,
            language: isRomanian ? .romanian : .english)
    }

    private func cv(
        of person: PersonMaker.Person, email: EmailAddress, _ job: LoadedJob,
        _ random: inout DemoRandom
    ) throws -> CVFile {
        let document = CVDocument(
            name: person.name, email: email.text, city: job.place.city, title: job.title.text,
            history: CVDocument.history(before: job.outline.createdAt.date.year, &random))
        let fileName = "CV-" + PersonMaker.ascii(person.name).replacing(" ", with: "-") + ".pdf"
        return try CVFile(name: fileName, bytes: document.bytes)
    }

    private func steps(
        _ sketch: Sketch, _ job: LoadedJob, _ random: inout DemoRandom
    ) throws -> [IntroductionLoad.Step] {
        try zip(sketch.path, sketch.times).enumerated().map { position, step in
            let (stage, at) = step
            let reason = stage == .rejected ? reason(sketch, &random) : nil
            let note: String =
                switch stage {
                case .rejected: reason.flatMap { Words.rejectionNotes[$0] } ?? ""
                case .withdrawn: random.chance(60) ? random.pick(Words.withdrawals) : ""
                case .shortlisted, .interview, .offer:
                    random.chance(45) ? random.pick(Words.notes[stage] ?? [""]) : ""
                case .unconfirmed, .submitted, .hired: ""
                }
            return IntroductionLoad.Step(
                at: at, actor: actor(sketch, job, stage), to: stage, reason: reason,
                note: try Note(note))
        }
    }

    private func actor(_ sketch: Sketch, _ job: LoadedJob, _ stage: Stage) -> Actor {
        switch stage {
        case .submitted, .withdrawn: .candidate
        case .unconfirmed: sketch.origin.affiliate.map { Actor(affiliates[$0]) } ?? .candidate
        case .shortlisted, .interview, .offer, .hired, .rejected:
            Actor(companies[job.outline.company])
        }
    }

    private func reason(_ sketch: Sketch, _ random: inout DemoRandom) -> RejectionReason {
        if case .rejected(let told?) = sketch.outcome { return told }
        // Nobody fails an interview that was not held.
        let wasInterviewed = sketch.path.contains(.interview)
        return random.pick(
            weighted: [
                (5, .lacksSkills), (6, .lacksExperience), (3, .language), (2, .location),
                (1, .workPermit), (4, .salaryExpectation),
                (wasInterviewed ? 9 : 0, .failedInterview),
                (5, .otherCandidateChosen), (4, .noAnswer), (1, .alreadyKnown), (1, .other),
            ])
    }

    private func flags(_ sketch: Sketch, _ application: Application) -> [SelfDealing] {
        guard let affiliate = sketch.origin.affiliate else { return [] }
        return SelfDealing.flags(
            candidate: SelfDealing.Identity(email: application.email, phone: application.phone),
            affiliate: SelfDealing.Identity(email: affiliateEmails[affiliate], phone: nil),
            companyPeople: [])
    }
}

/// What makes a link one of its kind; positions of affiliate and job.
struct LinkKey: Hashable, Sendable {
    let affiliate: Int
    let job: Int
    let channel: String
}

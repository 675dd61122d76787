import Domain

/// A job as far as the order of all jobs needs it; texts and pay are made when it is written.
struct JobOutline: Sendable {
    /// Its place before sorting, which all its choices follow from.
    let number: Int
    /// The position of its company.
    let company: Int
    let field: Field.Name
    let role: Field.Role
    let state: JobState
    let createdAt: Instant
    /// Nil for a draft.
    let publishedAt: Instant?
    let validThrough: CalendarDate
    /// Until when candidates came: when it was filled, closed or expired, or today.
    let endsAt: Instant
    /// What it promises, where that is told; otherwise it follows from the pay.
    let offer: TermsOffer?

    /// Whether it is one of the demo account's, which look the same whatever the chances say.
    var isShowcase: Bool { offer != nil }
}

extension JobOutline {
    fileprivate init(
        number: Int, company: Int, field: Field.Name, role: Field.Role, fate: JobPlanner.Fate,
        time: JobPlanner.Time, offer: TermsOffer?
    ) {
        self.init(
            number: number, company: company, field: field, role: role, state: fate.state,
            createdAt: time.createdAt, publishedAt: fate == .draft ? nil : time.publishedAt,
            validThrough: time.validThrough, endsAt: time.endsAt, offer: offer)
    }
}

/// Lays out all jobs, so that they can be written in the order in which they were made.
struct JobPlanner: Sendable {
    let seed: UInt64
    let calendar: DemoCalendar
    let companies: [CompanyMaker.Company]

    /// How a job ended or did not, with how many of a hundred do so.
    enum Fate: Sendable {
        case draft, open, paused, filled, closed, expired
    }

    private static let fates: [(Int, Fate)] = [
        (5, .draft), (73, .open), (6, .paused), (7, .filled), (5, .closed), (4, .expired),
    ]

    /// All jobs in the order in which they were made.
    func outlines(_ count: Int) throws -> [JobOutline] {
        var outlines = try Showcase.jobs.enumerated().map { number, job in
            var random = DemoRandom(seed: seed, stream: 4, index: number)
            let time = Time(job.fate, job.daysAgo...job.daysAgo, calendar, &random)
            return JobOutline(
                number: number, company: Showcase.company, field: job.field, role: job.role,
                fate: job.fate, time: time, offer: job.offer)
        }
        for number in outlines.count..<count {
            outlines.append(outline(number))
        }
        return outlines.sorted { ($0.createdAt, $0.number) < ($1.createdAt, $1.number) }
    }

    private func outline(_ number: Int) -> JobOutline {
        var random = DemoRandom(seed: seed, stream: 3, index: number)
        var company = random.number(in: 1...companies.count - 1)
        var isNew = CompanyMaker.isNewcomer(company, of: companies.count)
        // Who has just registered has few jobs.
        if isNew, random.chance(75) {
            company = random.number(in: 1...companies.count - 1 - CompanyMaker.newcomers)
            isNew = false
        }
        let own = companies[company].sketch.field
        // Every company also needs people for its books, its customers and its machines.
        let field = random.chance(72) ? own : random.pick(Self.everywhere)
        let role = random.pick(Field.named(field).roles)
        let fate = isNew ? (random.chance(70) ? .open : .draft) : random.pick(weighted: Self.fates)
        let time = Time(fate, isNew ? 1...4 : fate.daysAgo(&random), calendar, &random)
        return JobOutline(
            number: number, company: company, field: field, role: role, fate: fate, time: time,
            offer: nil)
    }

    private static let everywhere: [Field.Name] = [
        .finance, .customerCare, .office, .marketing, .software, .logistics,
    ]

    /// The days of a job's life.
    fileprivate struct Time {
        let createdAt: Instant
        let publishedAt: Instant
        let validThrough: CalendarDate
        let endsAt: Instant

        init(
            _ fate: Fate, _ daysAgo: ClosedRange<Int>, _ calendar: DemoCalendar,
            _ random: inout DemoRandom
        ) {
            createdAt = calendar.moment(daysAgo: daysAgo, &random)
            publishedAt = min(
                createdAt.adding(seconds: random.number(in: 600...72_000)),
                calendar.midnight.adding(seconds: -60))
            let today = calendar.today
            switch fate {
            case .draft, .open, .paused:
                validThrough = today.adding(days: random.number(in: 6...85))
                endsAt = calendar.midnight
            case .filled, .closed:
                endsAt =
                    calendar.moments(
                        4, from: publishedAt.adding(days: 15), to: calendar.midnight, &random)[
                        random.number(in: 1...3)]
                validThrough = max(
                    endsAt.date, publishedAt.date.adding(days: random.number(in: 60...90)))
            case .expired:
                validThrough = today.adding(days: -random.number(in: 1...28))
                endsAt = Instant(validThrough)
            }
        }
    }
}

extension JobPlanner.Fate {
    var state: JobState {
        switch self {
        case .draft: .draft
        case .open, .expired: .published
        case .paused: .paused
        case .filled: .filled
        case .closed: .closed
        }
    }

    /// Attribution lasts 180 days, so nothing is older than that.
    fileprivate func daysAgo(_ random: inout DemoRandom) -> ClosedRange<Int> {
        switch self {
        case .draft: 1...20
        // Many are new, some stay for long.
        case .open: random.chance(45) ? 2...21 : 14...78
        case .paused: 12...90
        case .filled, .closed: 45...150
        case .expired: 50...140
        }
    }
}

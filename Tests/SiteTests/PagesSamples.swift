import Domain
import Site

/// Every page of the site with values in all its places.
///
/// Each text that is data goes through `wrap`, so that a test can tell it from the catalogue's texts
/// or put something hostile into every place at once.
struct PagesSamples {
    let wrap: (String) -> String

    init(wrap: @escaping (String) -> String = { $0 }) { self.wrap = wrap }

    /// One page, and who looks at it.
    struct Sample {
        let name: String
        let page: any Page
        var role: Role?
        var notice: Notice?
        var isConfirmed = true
    }

    static let today = CalendarDate(daysSinceEpoch: 20_780)
    static let now = Instant(today).adding(seconds: 36_000)

    /// The frame for a sample.
    func context(_ sample: Sample, texts: Texts) -> PageContext {
        PageContext(
            texts: texts,
            viewer: sample.role.map {
                Viewer(
                    name: person("Ioana Dragomir"), role: $0, isConfirmed: sample.isConfirmed)
            },
            csrfToken: "token", target: "/jobs?q=a", notice: sample.notice,
            origin: "https://vouch.example", today: Self.today, assetVersion: "7")
    }

    var all: [Sample] {
        publicPages + accountPages + mailedPages + factorPages + disputePages + companyPages
            + affiliatePages
            + adminPages
            + moneyPages + invoicePages + mailPages + deskPages
    }
}

// MARK: - Values

extension PagesSamples {
    func person(_ name: String) -> PersonName { PersonName(stored: wrap(name)) }
    func title(_ title: String) -> JobTitle { JobTitle(stored: wrap(title)) }
    func companyName(_ name: String) -> CompanyName { CompanyName(stored: wrap(name)) }
    func note(_ text: String) -> Note { Note(stored: text.isEmpty ? "" : wrap(text)) }

    var description: JobDescription {
        let parts = [
            wrap("We build payment software that forty banks in Europe rely on every day."),
            wrap("What you will do") + ":",
            "- " + wrap("run the services behind card payments, with PostgreSQL and Swift"),
            "- " + wrap("make them faster, and prove it with numbers"),
            "- " + wrap("be on call one week in six"),
            wrap("What we hope for") + ":",
            "- " + wrap("three years with servers that must not stop"),
            "- " + wrap("clear English; Romanian is a plus"),
            wrap("We answer every application within five working days."),
        ]
        return JobDescription(
            stored: parts[0] + "\n\n" + parts[1] + "\n\n" + parts[2...4].joined(separator: "\n")
                + "\n\n" + parts[5] + "\n\n" + parts[6...7].joined(separator: "\n") + "\n\n"
                + parts[8])
    }

    var location: Location {
        Location(
            storedCountry: .romania, city: CityName(stored: wrap("Cluj-Napoca")), remote: .hybrid)
    }

    var salary: SalaryRange {
        SalaryRange(storedMin: 320_000, max: 450_050, currency: .eur, period: .month)
    }

    var offer: TermsOffer {
        TermsOffer(
            storedCommission: .euros(500), guaranteeDays: 60,
            instalments: InstalmentPlan(stored: [50, 50]))
    }

    var company: CompanySummary {
        CompanySummary(
            slug: CompanySlug(stored: "carpathia-pay"), name: companyName("Carpathia Pay"),
            about: AboutText(
                stored: wrap("Carpathia Pay moves money between banks, quietly and on time.")),
            website: WebAddress(stored: "https://carpathia.example/" + wrap("about")),
            isVerified: true)
    }

    var details: JobDetails {
        JobDetails(
            title: title("Site Reliability Engineer"), description: description,
            employmentType: .fullTime, location: location, salary: salary,
            validThrough: Self.today.adding(days: 24))
    }

    var job: JobReference {
        JobReference(
            slug: JobSlug(stored: wrap("site-reliability-engineer-7k2m9p4q")),
            title: title("Site Reliability Engineer"), company: companyName("Carpathia Pay"))
    }

    var cards: [JobCard] {
        let rows: [(String, String, String, Remote, EmploymentType, Int64, Int32)] = [
            (
                "Site Reliability Engineer", "Carpathia Pay", "Cluj-Napoca", .hybrid, .fullTime,
                320_000, 500
            ),
            ("Store Manager", "Băcănia Veche", "Brașov", .onSite, .fullTime, 110_000, 250),
            ("Senior Accountant", "Delta Ledger", "București", .hybrid, .fullTime, 210_000, 700),
            (
                "Warehouse Shift Lead", "Nordwind Logistik", "Hamburg", .onSite, .contract, 280_000,
                400
            ),
            ("Product Designer", "Lumen Health", "Iași", .full, .partTime, 180_000, 600),
            (
                "Intern, Data Engineering", "Carpathia Pay", "Cluj-Napoca", .onSite, .internship,
                60_000, 100
            ),
        ]
        return rows.enumerated().map { position, row in
            JobCard(
                slug: JobSlug(stored: "job-\(position)-7k2m9p4q"), title: title(row.0),
                company: companyName(row.1),
                location: Location(
                    storedCountry: row.2 == "Hamburg" ? CountryCode(stored: "DE") : .romania,
                    city: CityName(stored: wrap(row.2)), remote: row.3),
                employmentType: row.4,
                salary: SalaryRange(
                    storedMin: row.5, max: row.5 * 3 / 2, currency: .eur, period: .month),
                commission: .euros(row.6), publishedOn: Self.today.adding(days: -position * 3))
        }
    }

    func explanation(
        _ state: CommissionState, instalment: Int, next: Explanation.NextStep,
        kind: CommissionKind = .instalment, dispute: Explanation.Dispute? = nil
    ) -> Explanation {
        Explanation(
            amount: .euros(kind == .clawback ? -250 : 250), state: state,
            why: Explanation.Why(
                jobTitle: title("Site Reliability Engineer"),
                companyName: companyName("Carpathia Pay"), candidateName: person("Radu Ionescu"),
                startsOn: Self.today.adding(days: -12), recordedAt: Self.now.adding(days: -9),
                channel: ChannelName(stored: wrap("newsletter")), isCarriedOver: true),
            terms: Explanation.AgreedTerms(
                version: 2, offer: offer, instalment: instalment, instalmentCount: 2,
                share: Percent(50) ?? .all, remainder: Money(minorUnits: 1, currency: .eur)),
            next: next, kind: kind, reason: kind == .instalment ? nil : .leftEarly,
            note: note(kind == .instalment ? "" : "Moved to another town."), dispute: dispute)
    }

    var history: [HistoryRow] {
        [
            HistoryRow(
                at: Self.now.adding(days: -20), from: nil, to: .submitted, by: nil, reason: nil,
                note: note("")),
            HistoryRow(
                at: Self.now.adding(days: -17), from: .submitted, to: .shortlisted,
                by: wrap("Ioana Dragomir"), reason: nil, note: note("Strong CV, call this week.")),
            HistoryRow(
                at: Self.now.adding(days: -9), from: .shortlisted, to: .rejected,
                by: wrap("Ioana Dragomir"), reason: .otherCandidateChosen,
                note: note("It was close; please apply again in spring.")),
        ]
    }

    var candidates: [CandidateRow] {
        let rows: [(String, Stage, String?)] = [
            ("Radu Ionescu", .submitted, "Mihai Popa"), ("Elena Marin", .submitted, nil),
            ("Andrei Stan", .shortlisted, "Mihai Popa"), ("Ana Pop", .interview, "Diana Rus"),
            ("Vlad Nistor", .hired, "Diana Rus"), ("Irina Sava", .rejected, nil),
        ]
        return rows.enumerated().map { position, row in
            CandidateRow(
                id: IntroductionID(Int64(position + 1)), name: person(row.0), stage: row.1,
                since: Self.now.adding(days: -position), affiliate: row.2.map(person),
                hasCV: true, job: position == 0 ? title("Site Reliability Engineer") : nil)
        }
    }

    func hireRow(_ state: HireState, flags: [SelfDealing] = []) -> AdminHireRow {
        AdminHireRow(
            id: HireID(3), candidate: person("Radu Ionescu"),
            job: title("Site Reliability Engineer"), company: companyName("Carpathia Pay"),
            affiliate: person("Mihai Popa"), state: state, reportedAt: Self.now,
            startsOn: Self.today.adding(days: 14), commission: .euros(500), flags: flags)
    }
}

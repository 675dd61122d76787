import Domain
import HTML

/// A job as a row of a public list.
package struct JobCard: Sendable {
    package let slug: JobSlug
    package let title: JobTitle
    package let company: CompanyName
    package let location: Location
    package let employmentType: EmploymentType
    package let salary: SalaryRange?
    /// What a hire pays whoever recommended the person; nil where that is not shown.
    package let commission: Money?
    package let publishedOn: CalendarDate

    package init(
        slug: JobSlug, title: JobTitle, company: CompanyName, location: Location,
        employmentType: EmploymentType, salary: SalaryRange?, commission: Money?,
        publishedOn: CalendarDate
    ) {
        self.slug = slug
        self.title = title
        self.company = company
        self.location = location
        self.employmentType = employmentType
        self.salary = salary
        self.commission = commission
        self.publishedOn = publishedOn
    }
}

extension HTMLPrinter {
    mutating func jobCards(_ jobs: [JobCard], _ context: PageContext) {
        let texts = context.texts
        let templates = JobCardTemplates.of(texts)
        var age = Age(of: context.today, from: context.today, texts.value)
        self(.ul, .class("job-cards")) { html in
            for job in jobs {
                // The newest jobs are of a few days: most rows say the same as the one before.
                if age.date != job.publishedOn {
                    age = Age(of: job.publishedOn, from: context.today, texts.value)
                }
                html.jobCard(job, age, templates.template(for: job), texts.value)
            }
        }
    }

    private mutating func jobCard(
        _ job: JobCard, _ age: Age, _ template: HTMLTemplate, _ texts: ValueTexts
    ) {
        insert(template) { _ in
            Links.job(job.slug)
        } text: { html, slot in
            switch slot {
            case 1: html.text(job.title.text)
            case 2: html.text(job.company.text)
            case 3: html.place(job.location, texts)
            case 4: html.text(age.machineDate)
            case 5: html.text(age.distance)
            default:
                if slot == 6, let salary = job.salary {
                    html.span(salary, texts)
                } else if let commission = job.commission {
                    html.amount(commission, texts)
                }
            }
        }
    }

    private mutating func place(_ location: Location, _ texts: ValueTexts) {
        if let city = location.city {
            text(city.text)
            text(", ")
        }
        text(texts.country(location.country))
    }
}

/// The rows of a public list without what differs from job to job. Lists are rendered for every
/// visitor who searches, and the elements of the rows took half of that.
private struct JobCardTemplates: Sendable {
    private let templates: [HTMLTemplate]

    /// The slots are address, title, company, place, day, age, then salary and commission where there
    /// are any.
    func template(for job: JobCard) -> HTMLTemplate {
        let kind = Self.kind(job.location.remote, job.employmentType)
        let pay = Self.pay(job.salary?.period, hasCommission: job.commission != nil)
        return templates[kind * Self.payCount + pay]
    }

    static func of(_ texts: Texts) -> JobCardTemplates {
        if texts.voice.isMarked { return marked }
        return switch texts.language {
        case .english: english
        case .romanian: romanian
        }
    }

    private static let english = JobCardTemplates(Texts(.english))
    private static let romanian = JobCardTemplates(Texts(.romanian))
    private static let marked = JobCardTemplates(Texts.marked)

    private static let payCount = 10

    private static func kind(_ remote: Remote, _ type: EmploymentType) -> Int {
        let place =
            switch remote {
            case .onSite: 0
            case .hybrid: 1
            case .full: 2
            }
        return switch type {
        case .fullTime: 5 * place
        case .partTime: 5 * place + 1
        case .contract: 5 * place + 2
        case .temporary: 5 * place + 3
        case .internship: 5 * place + 4
        }
    }

    private static func pay(_ period: SalaryPeriod?, hasCommission: Bool) -> Int {
        let first =
            switch period {
            case nil: 0
            case .hour: 2
            case .day: 4
            case .month: 6
            case .year: 8
            }
        return first + (hasCommission ? 1 : 0)
    }

    /// Made in the order in which `kind` and `pay` count.
    private init(_ texts: Texts) {
        let periods = [nil] + SalaryPeriod.allCases.map(Optional.some)
        var templates: [HTMLTemplate] = []
        for remote in Remote.allCases {
            for type in EmploymentType.allCases {
                for period in periods {
                    for hasCommission in [false, true] {
                        templates.append(
                            Self.made(remote, type, period, hasCommission: hasCommission, texts))
                    }
                }
            }
        }
        self.templates = templates
    }

    private static func made(
        _ remote: Remote, _ type: EmploymentType, _ period: SalaryPeriod?, hasCommission: Bool,
        _ texts: Texts
    ) -> HTMLTemplate {
        HTMLTemplate { html in
            html(.li, .class("job-card")) { html in
                html(.div) { html in
                    html(.h2) { html in html(.a, .href(.slot), text: .slot) }
                    html(.p, .class("job-company"), text: .slot)
                    html(.p, .class("job-facts")) { html in
                        html(.span, text: .slot)
                        if remote != .onSite { html(.span, text: texts.value.remote(remote)) }
                        html(.span, text: texts.value.employmentType(type))
                        html(.time, .dateTime(.slot), text: .slot)
                    }
                }
                html(.div, .class("job-pay")) { html in
                    if let period { salary(period, texts.value, &html) }
                    if hasCommission { commission(texts.job, &html) }
                }
            }
        }
    }

    private static func salary(
        _ period: SalaryPeriod, _ texts: ValueTexts, _ html: inout HTMLPrinter
    ) {
        html(.p, .class("salary")) { html in
            html.text(.slot)
            html.text(" ")
            html.text(texts.salaryPeriod(period))
        }
    }

    private static func commission(_ texts: JobTexts, _ html: inout HTMLPrinter) {
        html(.p, .class("commission")) { html in
            html.text(texts.earn)
            html.text(" ")
            html(.strong, text: .slot)
        }
    }
}

/// How long ago a day was, as a list says it.
private struct Age {
    let date: CalendarDate
    let machineDate: String
    let distance: String

    init(of date: CalendarDate, from today: CalendarDate, _ texts: ValueTexts) {
        self.date = date
        machineDate = texts.machineDate(date)
        distance = texts.distance(to: date, from: today)
    }
}

extension JobTexts {
    /// Where a job is, with how much of it can be done from elsewhere.
    func place(_ location: Location) -> String {
        let place = ValueTexts(voice: voice).place(location)
        return switch location.remote {
        case .onSite: place
        case .hybrid: hybridIn(place)
        case .full: location.city == nil ? remoteWithin(place) : remoteWithBase(place)
        }
    }
}

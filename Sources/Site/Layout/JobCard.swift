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
        var age = Age(of: context.today, from: context.today, texts.value)
        self(.ul, .class("job-cards")) { html in
            for job in jobs {
                // The newest jobs are of a few days: most rows say the same as the one before.
                if age.date != job.publishedOn {
                    age = Age(of: job.publishedOn, from: context.today, texts.value)
                }
                html.jobCard(job, age, texts)
            }
        }
    }

    private mutating func jobCard(_ job: JobCard, _ age: Age, _ texts: Texts) {
        self(.li, .class("job-card")) { html in
            html(.div) { html in
                html(.h2) { html in
                    html(.a, .href(Links.job(job.slug)), text: job.title.text)
                }
                html(.p, .class("job-company"), text: job.company.text)
                html.cardFacts(job, age, texts)
            }
            html(.div, .class("job-pay")) { html in
                if let salary = job.salary { html.cardSalary(salary, texts.value) }
                if let commission = job.commission {
                    html(.p, .class("commission")) { html in
                        html.text(texts.job.earn)
                        html.text(" ")
                        html(.strong) { html in html.amount(commission, texts.value) }
                    }
                }
            }
        }
    }

    // Lists are rendered for every visitor who searches: the pieces of a row are written one by one
    // where a sentence of them would first be put together in memory.

    private mutating func cardFacts(_ job: JobCard, _ age: Age, _ texts: Texts) {
        self(.p, .class("job-facts")) { html in
            html(.span) { html in
                if let city = job.location.city {
                    html.text(city.text)
                    html.text(", ")
                }
                html.text(texts.value.country(job.location.country))
            }
            if job.location.remote != .onSite {
                html(.span, text: texts.value.remote(job.location.remote))
            }
            html(.span, text: texts.value.employmentType(job.employmentType))
            html(.time, .dateTime(age.machineDate), text: age.distance)
        }
    }

    private mutating func cardSalary(_ salary: SalaryRange, _ texts: ValueTexts) {
        self(.p, .class("salary")) { html in
            html.span(salary, texts)
            html.text(" ")
            html.text(texts.salaryPeriod(salary.period))
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

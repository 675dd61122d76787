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
        self(.ul, .class("job-cards")) { html in
            for job in jobs { html.jobCard(job, texts, today: context.today) }
        }
    }

    private mutating func jobCard(_ job: JobCard, _ texts: Texts, today: CalendarDate) {
        self(.li, .class("job-card")) { html in
            html(.div) { html in
                html(.h2) { html in
                    html(.a, .href(Links.job(job.slug)), text: job.title.text)
                }
                html(.p, .class("job-company"), text: job.company.text)
                html.cardFacts(job, texts, today: today)
            }
            html(.div, .class("job-pay")) { html in
                if let salary = job.salary { html.cardSalary(salary, texts.value) }
                if let commission = job.commission {
                    html(.p, .class("commission")) { html in
                        html.text(texts.job.earn)
                        html.text(" ")
                        html(.strong, text: texts.value.money(commission))
                    }
                }
            }
        }
    }

    // Lists are rendered for every visitor who searches: the pieces of a row are written one by one
    // where a sentence of them would first be put together in memory.

    private mutating func cardFacts(_ job: JobCard, _ texts: Texts, today: CalendarDate) {
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
            html(.time, .dateTime(texts.value.machineDate(job.publishedOn))) { html in
                html.text(texts.value.distance(to: job.publishedOn, from: today))
            }
        }
    }

    private mutating func cardSalary(_ salary: SalaryRange, _ texts: ValueTexts) {
        self(.p, .class("salary")) { html in
            html.text(texts.span(salary))
            html.text(" ")
            html.text(texts.salaryPeriod(salary.period))
        }
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

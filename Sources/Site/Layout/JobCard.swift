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
                html(.p, .class("job-facts")) { html in
                    html(.span, text: texts.job.place(job.location))
                    html(.span, text: texts.value.employmentType(job.employmentType))
                    html(.time, .dateTime(job.publishedOn.description)) { html in
                        html.text(texts.value.distance(to: job.publishedOn, from: today))
                    }
                }
            }
            html(.div, .class("job-pay")) { html in
                if let salary = job.salary {
                    html(.p, .class("salary"), text: texts.value.salary(salary))
                }
                if let commission = job.commission {
                    html(
                        .p, .class("commission"),
                        text: texts.job.earns(texts.value.money(commission)))
                }
            }
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

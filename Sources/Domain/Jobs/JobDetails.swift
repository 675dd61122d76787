/// What a company writes of a job: everything but its state and its terms.
package struct JobDetails: Hashable, Sendable {
    package var title: JobTitle
    package var description: JobDescription
    package var employmentType: EmploymentType
    package var location: Location
    /// Expected on every ad (Directive (EU) 2023/970); without it only an admin lets it be published.
    package var salary: SalaryRange?
    /// The last day on which people can apply.
    package var validThrough: CalendarDate

    package init(
        title: JobTitle, description: JobDescription, employmentType: EmploymentType,
        location: Location, salary: SalaryRange?, validThrough: CalendarDate
    ) {
        self.title = title
        self.description = description
        self.employmentType = employmentType
        self.location = location
        self.salary = salary
        self.validThrough = validThrough
    }

    /// A year: an ad that nobody looked at for so long is not believed.
    package static let daysAheadMax = 366

    /// Refuses a last day that has passed or is too far ahead.
    package static func checkValidThrough(
        _ date: CalendarDate, today: CalendarDate
    ) throws(ValidationError) -> CalendarDate {
        guard date >= today else { throw ValidationError(.validThrough, .inThePast) }
        guard date.days(since: today) <= daysAheadMax else {
            throw ValidationError(.validThrough, .tooFarAhead(days: daysAheadMax))
        }
        return date
    }

    /// The words a search finds the job by, folded.
    package func searchText(companyName: CompanyName) -> String {
        let parts = [
            title.text, companyName.text, location.city?.text ?? "", description.text,
        ]
        return SearchText.folded(parts.joined(separator: " "))
    }
}

/// schema.org's `employmentType`, as far as people use it here.
package enum EmploymentType: String, Hashable, Sendable, CaseIterable {
    case fullTime = "full_time"
    case partTime = "part_time"
    case contract
    case temporary
    case internship

    /// Reads the name that forms and JSON use.
    package init(_ input: String) throws(ValidationError) {
        guard let value = EmploymentType(rawValue: input) else {
            throw ValidationError(.employmentType, input.isEmpty ? .missing : .unsupported)
        }
        self = value
    }
}

/// The span of pay an ad promises, both ends in one currency.
package struct SalaryRange: Hashable, Sendable {
    package let min: Money
    package let max: Money
    package let period: SalaryPeriod

    package var currency: Currency { min.currency }

    package init(min: Money, max: Money, period: SalaryPeriod) throws(ValidationError) {
        guard min.currency == max.currency else {
            throw ValidationError(.salaryCurrency, .currencyMismatch)
        }
        guard min.isPositive else { throw ValidationError(.salaryMin, .notPositive) }
        guard min.minorUnits <= max.minorUnits else {
            throw ValidationError(.salaryMax, .minAboveMax)
        }
        self.min = min
        self.max = max
        self.period = period
    }

    /// Takes a range that the database kept.
    package init(
        storedMin: Int64, max: Int64, currency: Currency, period: SalaryPeriod
    ) {
        self.min = Money(minorUnits: storedMin, currency: currency)
        self.max = Money(minorUnits: max, currency: currency)
        self.period = period
    }
}

/// For how much time a salary is.
package enum SalaryPeriod: String, Hashable, Sendable, CaseIterable {
    case hour, day, month, year
}

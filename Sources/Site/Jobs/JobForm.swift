import Domain
import Store

/// A job as a company typed it or as its program sent it.
struct JobForm {
    let details: JobDetails
    let offer: TermsOffer

    /// Reads all fields and complains about all of them at once.
    ///
    /// - Parameter old: the last day that a job has already may stay although it has passed.
    init(
        _ fields: Fields, today: CalendarDate, old: CalendarDate? = nil
    ) throws(DomainError) {
        var validation = Validation()
        let title = validation.read { () throws(ValidationError) in try JobTitle(fields[.title]) }
        let description = validation.read { () throws(ValidationError) in
            try JobDescription(fields[.description])
        }
        let type = validation.read { () throws(ValidationError) in
            try EmploymentType(fields[.employmentType])
        }
        let location = Self.location(fields, &validation)
        let salary = Self.salary(fields, &validation)
        let validThrough = validation.read { () throws(ValidationError) in
            let date = try Self.date(fields, .validThrough)
            return date == old ? date : try JobDetails.checkValidThrough(date, today: today)
        }
        let offer = Self.offer(fields, &validation)
        try validation.finish()
        guard let title, let description, let type, let location, let validThrough, let offer
        else { throw .invalid(validation.errors) }
        details = JobDetails(
            title: title, description: description, employmentType: type, location: location,
            salary: salary, validThrough: validThrough)
        self.offer = offer
    }

    private static func location(
        _ fields: Fields, _ validation: inout Validation
    ) -> Location? {
        let country = validation.read { () throws(ValidationError) in
            try CountryCode(fields[.country])
        }
        let remote = validation.read { () throws(ValidationError) in try Remote(fields[.remote]) }
        let city = validation.read { () throws(ValidationError) -> CityName? in
            fields[.city].isEmpty ? nil : try CityName(fields[.city])
        }
        guard let country, let remote, let city else { return nil }
        return validation.read { () throws(ValidationError) in
            try Location(country: country, city: city, remote: remote)
        }
    }

    /// Both ends or neither; a draft may have none.
    private static func salary(
        _ fields: Fields, _ validation: inout Validation
    ) -> SalaryRange? {
        guard !fields[.salaryMin].isEmpty || !fields[.salaryMax].isEmpty else { return nil }
        guard let currency = Currency(rawValue: fields[.salaryCurrency]) else {
            validation.refuse(.salaryCurrency, .unsupported)
            return nil
        }
        guard let period = SalaryPeriod(rawValue: fields[.salaryPeriod]) else {
            validation.refuse(.salaryPeriod, .unsupported)
            return nil
        }
        let min = validation.read { () throws(ValidationError) in
            try Money(decimal: fields[.salaryMin], currency: currency, field: .salaryMin)
        }
        let max = validation.read { () throws(ValidationError) in
            try Money(decimal: fields[.salaryMax], currency: currency, field: .salaryMax)
        }
        guard let min, let max else { return nil }
        return validation.read { () throws(ValidationError) in
            try SalaryRange(min: min, max: max, period: period)
        }
    }

    private static func offer(_ fields: Fields, _ validation: inout Validation) -> TermsOffer? {
        let currency = validation.read { () throws(ValidationError) -> Currency in
            guard let currency = Currency(rawValue: fields[.commissionCurrency]) else {
                throw ValidationError(.commissionCurrency, .unsupported)
            }
            return currency
        }
        let commission = validation.read { () throws(ValidationError) in
            try Money(
                decimal: fields[.commission], currency: currency ?? .eur, field: .commission)
        }
        let days = validation.read { () throws(ValidationError) in
            try wholeNumber(
                fields, .guaranteeDays, default: TermsOffer.guaranteeDaysDefault)
        }
        let plan = validation.read { () throws(ValidationError) in
            try InstalmentPlan(fields[.instalments])
        }
        guard currency != nil, let commission, let days, let plan else { return nil }
        return validation.read { () throws(ValidationError) in
            try TermsOffer(commission: commission, guaranteeDays: days, instalments: plan)
        }
    }

    private static func wholeNumber(
        _ fields: Fields, _ field: ValidationError.Field, default usual: Int
    ) throws(ValidationError) -> Int {
        let text = fields[field].filter { $0 != " " }
        guard !text.isEmpty else { return usual }
        guard text.utf8.count <= 6, let number = Int(text) else {
            throw ValidationError(field, .malformed)
        }
        return number
    }

    /// Reads a day that must be there.
    static func date(
        _ fields: Fields, _ field: ValidationError.Field
    ) throws(ValidationError) -> CalendarDate {
        guard !fields[field].isEmpty else { throw ValidationError(field, .missing) }
        guard let date = CalendarDate(fields[field]) else {
            throw ValidationError(field, .malformed)
        }
        return date
    }

    /// What the form shows of a job that is there already.
    static func input(of job: Jobs.OwnJob) -> FormInput {
        let details = job.details
        return FormInput([
            .title: details.title.text,
            .description: details.description.text,
            .employmentType: details.employmentType.rawValue,
            .country: details.location.country.text,
            .city: details.location.city?.text ?? "",
            .remote: details.location.remote.rawValue,
            .salaryMin: details.salary?.min.decimal ?? "",
            .salaryMax: details.salary?.max.decimal ?? "",
            .salaryCurrency: (details.salary?.currency ?? .eur).rawValue,
            .salaryPeriod: (details.salary?.period ?? .month).rawValue,
            .validThrough: details.validThrough.description,
            .commission: job.offer.commission.decimal,
            .commissionCurrency: job.offer.commission.currency.rawValue,
            .guaranteeDays: String(job.offer.guaranteeDays),
            .instalments: job.offer.instalments.text,
        ])
    }
}

import Domain
import Postgres

// Values that take several columns, read in the order in which every statement here lists them.

extension Row {
    /// `amount, currency`.
    mutating func money() throws(PostgresError) -> Money {
        let amount: Int64 = try next()
        return Money(minorUnits: amount, currency: try next())
    }

    /// `commission, currency, guarantee_days, instalments`.
    mutating func offer() throws(PostgresError) -> TermsOffer {
        let commission = try money()
        let days: Int = try next()
        return TermsOffer(
            storedCommission: commission, guaranteeDays: days, instalments: try next())
    }

    /// `salary_min, salary_max, salary_currency, salary_period`: all of them or none.
    mutating func salary() throws(PostgresError) -> SalaryRange? {
        let min: Int64? = try next()
        let max: Int64? = try next()
        let currency: Currency? = try next()
        let period: SalaryPeriod? = try next()
        guard let min, let max, let currency, let period else { return nil }
        return SalaryRange(storedMin: min, max: max, currency: currency, period: period)
    }

    /// `country, city, remote`.
    mutating func location() throws(PostgresError) -> Location {
        let country: CountryCode = try next()
        let city: CityName? = try next()
        return Location(storedCountry: country, city: city, remote: try next())
    }

    /// `title, description, employment_type`, then location, salary and `valid_through`.
    mutating func jobDetails() throws(PostgresError) -> JobDetails {
        let title: JobTitle = try next()
        let description: JobDescription = try next()
        let employmentType: EmploymentType = try next()
        let location = try location()
        let salary = try salary()
        return JobDetails(
            title: title, description: description, employmentType: employmentType,
            location: location, salary: salary, validThrough: try next())
    }

    /// `id, role, company_id, affiliate_id` of an account.
    mutating func principal() throws(PostgresError) -> Principal? {
        let account: AccountID = try next()
        let role: Role = try next()
        let company: CompanyID? = try next()
        let affiliate: AffiliateID? = try next()
        switch role {
        case .admin: return .admin(account)
        case .company: return company.map { .company(account, $0) }
        case .affiliate: return affiliate.map { .affiliate(account, $0) }
        }
    }
}

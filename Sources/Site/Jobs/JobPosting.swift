import Domain
import HTML

// The job as schema.org's JobPosting; everything in it is visible on the page as well.

extension JobPage {
    func describe(to json: inout JSONObjectPrinter, origin: String) {
        json.member("@context", "https://schema.org")
        json.member("@type", "JobPosting")
        json.member("title", details.title.text)
        json.member("description", Self.markup(of: details.description.text))
        json.member("datePosted", publishedOn.description)
        // The last day counts whole, in UTC: schema.org reads a bare date as its first moment.
        json.member("validThrough", details.validThrough.description + "T23:59:59Z")
        json.member("employmentType", details.employmentType.schemaName)
        json.member("identifier") { identifier in
            identifier.member("@type", "PropertyValue")
            identifier.member("name", company.name.text)
            identifier.member("value", slug.text)
        }
        json.member("url", Links.job(slug).absolute(origin: origin).encoded)
        json.member("directApply", true)
        json.member("hiringOrganization") { organization in
            organization.member("@type", "Organization")
            organization.member("name", company.name.text)
            organization.member("sameAs", company.website?.text)
        }
        describePlace(to: &json)
        if let salary = details.salary { Self.describe(salary, to: &json) }
    }

    private func describePlace(to json: inout JSONObjectPrinter) {
        let location = details.location
        if location.remote == .full {
            json.member("jobLocationType", "TELECOMMUTE")
            json.member("applicantLocationRequirements") { place in
                place.member("@type", "Country")
                place.member("name", location.country.text)
            }
        }
        guard let city = location.city else { return }
        json.member("jobLocation") { place in
            place.member("@type", "Place")
            place.member("address") { address in
                address.member("@type", "PostalAddress")
                address.member("addressLocality", city.text)
                address.member("addressCountry", location.country.text)
            }
        }
    }

    private static func describe(_ salary: SalaryRange, to json: inout JSONObjectPrinter) {
        json.member("baseSalary") { amount in
            amount.member("@type", "MonetaryAmount")
            amount.member("currency", salary.currency.rawValue)
            amount.member("value") { value in
                value.member("@type", "QuantitativeValue")
                value.member("minValue", hundredths: salary.min.minorUnits)
                value.member("maxValue", hundredths: salary.max.minorUnits)
                value.member("unitText", salary.period.rawValue.uppercased())
            }
        }
    }

    /// The description as the HTML that schema.org's readers expect in this member.
    private static func markup(of text: String) -> String {
        var html = HTMLPrinter(capacity: text.utf8.count + 512)
        html.prose(text)
        return String(decoding: html.bytes, as: UTF8.self)
    }
}

extension EmploymentType {
    fileprivate var schemaName: String {
        switch self {
        case .fullTime: "FULL_TIME"
        case .partTime: "PART_TIME"
        case .contract: "CONTRACTOR"
        case .temporary: "TEMPORARY"
        case .internship: "INTERN"
        }
    }
}

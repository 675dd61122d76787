import Domain
import HTML

/// A company as visitors see it.
package struct CompanySummary: Sendable {
    package let slug: CompanySlug
    package let name: CompanyName
    package let about: AboutText
    package let website: WebAddress?
    package let isVerified: Bool

    package init(
        slug: CompanySlug, name: CompanyName, about: AboutText, website: WebAddress?,
        isVerified: Bool
    ) {
        self.slug = slug
        self.name = name
        self.about = about
        self.website = website
        self.isVerified = isVerified
    }
}

extension HTMLPrinter {
    /// Says that an admin knows the company, in words and not by a mark alone.
    mutating func verifiedMark(_ context: PageContext) {
        self(.span, .class("verified")) { html in
            html.icon("check", context)
            html.text(context.texts.job.verified)
        }
    }
}

import Domain
import HTML

/// A page of the site: values in, bytes out; it knows no store, no clock and no request.
package protocol Page: Sendable {
    /// The name of the page in the title of the window, without the name of the site.
    func title(_ texts: Texts) -> String

    /// What search engines and link previews are told.
    func metadata(_ context: PageContext) -> PageMetadata

    /// Which entry of the navigation is the present one.
    var section: Section { get }

    /// Writes what stands in `main`.
    func body(_ html: inout HTMLPrinter, _ context: PageContext)

    /// The whole document.
    func bytes(in context: PageContext) -> [UInt8]
}

extension Page {
    package func metadata(_ context: PageContext) -> PageMetadata { PageMetadata() }

    package var section: Section { .none }

    package func bytes(in context: PageContext) -> [UInt8] {
        var html = HTMLPrinter(capacity: 24_576)
        html.document(language: context.texts.language.rawValue) { html in
            html.head(of: self, context)
            html.frame(section, context) { html in body(&html, context) }
        }
        return html.bytes
    }
}

/// What a page says of itself to search engines and link previews.
package struct PageMetadata: Sendable {
    /// The text under the title in a list of results and in a link preview.
    package var description: String?
    /// The one address of the page, without codes and cursors; nil keeps it out of search engines.
    package var canonical: URLReference?
    /// The Open Graph type.
    package var kind: String

    package init(
        description: String? = nil, canonical: URLReference? = nil, kind: String = "website"
    ) {
        self.description = description
        self.canonical = canonical
        self.kind = kind
    }
}

/// The places that the navigation leads to.
package enum Section: Sendable, Equatable {
    case none, jobs, signIn, signUpCompany, signUpAffiliate, account, api
    case companyOverview, companyJobs, companyHires, companyInvoices, companyProfile
    case affiliateOverview, affiliateJobs, affiliateLinks, affiliateIntroductions
    case affiliatePayouts
    case disputes
    case adminAdmins
    case adminOverview, adminHires, adminCompanies, adminCommissions, adminPayouts, adminWaiting
    case adminSpool
    case adminMails, adminAudit, adminBooks, adminOverload
}

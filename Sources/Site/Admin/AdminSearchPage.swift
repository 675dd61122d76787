import Domain
import HTML
import Store

/// What an admin looked for, and what was found of each kind.
package struct AdminSearchPage: Page {
    let form: SearchForm
    let groups: [AdminSearch.Group]

    package init(form: SearchForm, groups: [AdminSearch.Group]) {
        self.form = form
        self.groups = groups
    }

    package var section: Section { .adminOverview }

    package func title(_ texts: Texts) -> String { texts.admin.searchTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.common.overview, Links.admin, context)
        html.heading(texts.admin.searchTitle, lead: texts.admin.searchLead)
        if let failure = form.failure {
            html.errorSummary(Form(FormInput(failure: .invalid([failure])), context))
        }
        html.searchForm(form, context)
        if groups.isEmpty, !form.text.isEmpty, form.failure == nil {
            html.emptyState(texts.admin.nothingFound, texts.admin.nothingFoundHint, context)
        }
        for group in groups {
            html(.section) { html in
                html(.h2, text: texts.admin.found(group.kind))
                table(group, &html, texts)
                if group.hasMore { html(.p, .class("hint"), text: texts.admin.moreFound) }
            }
        }
    }

    private func table(
        _ group: AdminSearch.Group, _ html: inout HTMLPrinter, _ texts: Texts
    ) {
        let table = Table(
            caption: texts.admin.found(group.kind),
            columns: [
                Table.Column(name: texts.admin.what), Table.Column(name: texts.admin.about),
                Table.Column(name: texts.admin.number, isNumeric: true),
            ])
        html.table(table, rows: group.hits) { hit, row, html in
            row.header(&html) { html in
                if let link = hit.target.link {
                    html(.a, .href(link), text: hit.name)
                } else {
                    html.text(hit.name)
                }
            }
            row.cell(&html, text: hit.target.isPayout ? "**** " + hit.about : hit.about)
            row.cell(&html, text: "\(hit.target.number)")
        }
    }
}

/// What stands in the field of the search, and what is wrong with it.
package struct SearchForm: Sendable {
    let text: String
    let failure: ValidationError?

    package init(text: String = "", failure: ValidationError? = nil) {
        self.text = text
        self.failure = failure
    }
}

extension HTMLPrinter {
    /// The form that looks for anything by name, address or number.
    mutating func searchForm(_ form: SearchForm, _ context: PageContext) {
        let texts = context.texts.admin
        self(
            .form, .class("filters"), .method(.get), .action(Links.adminSearch), .role("search"),
            .ariaLabel(texts.searchTitle)
        ) { html in
            html(.div, .class("filter")) { html in
                html(.label, .for("field-search"), text: texts.searchLabel)
                html(
                    .input, .type("search"), .id("field-search"), .name("q"), .value(form.text),
                    .maxLength(SearchQuestion.lengthMax), .autocomplete("off"))
            }
            html(.button, .type("submit"), text: texts.search)
        }
    }
}

extension AdminSearch.Target {
    var number: Int64 {
        switch self {
        case .account(let id): id.rawValue
        case .candidate(let id, _): id.rawValue
        case .company(let id, _): id.rawValue
        case .job(let id, _): id.rawValue
        case .hire(let id): id.rawValue
        case .payout(let id, _): id.rawValue
        case .invoice(let id, _): id.rawValue
        }
    }

    var isPayout: Bool {
        if case .payout = self { return true }
        return false
    }

    /// The page that says most about it.
    fileprivate var link: URLReference? {
        switch self {
        case .account(let id): Links.adminAudit(AuditFilter(account: id))
        case .candidate(let id, let hire):
            hire.map { Links.adminHire($0) } ?? AdminRoute.handRecordForm(id).link()
        case .company(_, let slug): Links.company(slug)
        case .job(let id, _): Links.adminJob(id)
        case .hire(let id): Links.adminHire(id)
        case .payout(_, let batch): Links.adminBatch(batch)
        case .invoice(_, let number): Links.adminInvoice(number)
        }
    }
}

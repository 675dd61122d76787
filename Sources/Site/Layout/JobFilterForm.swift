import Domain
import HTML

extension HTMLPrinter {
    /// The form that searches and narrows a list of jobs; it works by the address of the list alone.
    mutating func jobFilterForm(
        _ filter: JobFilter, action: URLReference, _ context: PageContext
    ) {
        let texts = context.texts
        self(
            .form, .class("filters"), .method(.get), .action(action), .role("search"),
            .ariaLabel(texts.job.filters)
        ) { html in
            html.filterField("q", texts.job.searchWords) { html in
                html(
                    .input, .type("search"), .id("q"), .name("q"), .value(filter.words),
                    .maxLength(200), .autocomplete("off"))
            }
            html.filterField("country", texts.job.country) { html in
                html.filterSelect(
                    "country", anything: texts.job.anyCountry, chosen: filter.country?.text,
                    texts.value.countries.map { ($0.code.text, $0.name) })
            }
            html.filterField("type", texts.job.employmentType) { html in
                html.filterSelect(
                    "type", anything: texts.job.anyType, chosen: filter.employmentType?.rawValue,
                    EmploymentType.allCases.map { ($0.rawValue, texts.value.employmentType($0)) })
            }
            html.filterField("remote", texts.job.remote) { html in
                html.filterSelect(
                    "remote", anything: texts.job.anyRemote, chosen: filter.remote?.rawValue,
                    Remote.allCases.map { ($0.rawValue, texts.value.remote($0)) })
            }
            html(.button, .type("submit"), text: texts.job.search)
        }
    }

    private mutating func filterField(
        _ id: String, _ label: String, control: (inout HTMLPrinter) -> Void
    ) {
        self(.div, .class("filter")) { html in
            html(.label, .for(id), text: label)
            control(&html)
        }
    }

    private mutating func filterSelect(
        _ name: String, anything: String, chosen: String?, _ options: [(String, String)]
    ) {
        self(.select, .id(name), .name(name)) { html in
            html(.option, .value(""), text: anything)
            for (value, text) in options {
                html(.option, .value(value), .selected(value == chosen), text: text)
            }
        }
    }
}

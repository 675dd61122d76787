import Domain
import HTML

extension HTMLPrinter {
    /// The form that searches and narrows a list of jobs; it works by the address of the list alone.
    mutating func jobFilterForm(
        _ filter: JobFilter, in list: JobFilterForm.List, _ context: PageContext
    ) {
        if filter.isEmpty, let form = JobFilterForm.empty(list, context.texts) {
            insert(form)
        } else {
            writeJobFilterForm(filter, action: list.link, context.texts)
        }
    }

    fileprivate mutating func writeJobFilterForm(
        _ filter: JobFilter, action: URLReference, _ texts: Texts
    ) {
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
                html.filterSelect("country", anything: texts.job.anyCountry) { html in
                    for country in texts.value.countries {
                        html(
                            .option, .value(country.code.text),
                            .selected(country.code == filter.country), text: country.name)
                    }
                }
            }
            html.filterField("type", texts.job.employmentType) { html in
                html.filterSelect("type", anything: texts.job.anyType) { html in
                    for type in EmploymentType.allCases {
                        html(
                            .option, .value(type.rawValue),
                            .selected(type == filter.employmentType),
                            text: texts.value.employmentType(type))
                    }
                }
            }
            html.filterField("remote", texts.job.remote) { html in
                html.filterSelect("remote", anything: texts.job.anyRemote) { html in
                    for remote in Remote.allCases {
                        html(
                            .option, .value(remote.rawValue), .selected(remote == filter.remote),
                            text: texts.value.remote(remote))
                    }
                }
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
        _ name: String, anything: String, options: (inout HTMLPrinter) -> Void
    ) {
        self(.select, .id(name), .name(name)) { html in
            html(.option, .value(""), text: anything)
            options(&html)
        }
    }
}

/// The form as most readers see it, with nothing chosen: a third of the elements of a list of jobs,
/// and always the same.
enum JobFilterForm {
    /// The list that the form narrows.
    enum List {
        case open, affiliate

        var link: URLReference {
            switch self {
            case .open: Links.jobs
            case .affiliate: Links.affiliateJobs
            }
        }
    }

    /// Nil for the marked texts of a test.
    static func empty(_ list: List, _ texts: Texts) -> HTMLFragment? {
        guard !texts.voice.isMarked else { return nil }
        return switch (list, texts.language) {
        case (.open, .english): openEnglish
        case (.open, .romanian): openRomanian
        case (.affiliate, .english): affiliateEnglish
        case (.affiliate, .romanian): affiliateRomanian
        }
    }

    private static let openEnglish = written(.open, .english)
    private static let openRomanian = written(.open, .romanian)
    private static let affiliateEnglish = written(.affiliate, .english)
    private static let affiliateRomanian = written(.affiliate, .romanian)

    private static func written(_ list: List, _ language: Language) -> HTMLFragment {
        var html = HTMLPrinter(capacity: 4_096)
        html.writeJobFilterForm(JobFilter(), action: list.link, Texts(language))
        return html.fragment
    }
}

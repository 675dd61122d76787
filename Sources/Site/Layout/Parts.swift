import Domain
import HTML

// Small pieces that many pages are made of.

extension HTMLPrinter {
    /// A picture of the sprite, which says nothing that the text beside it does not say.
    mutating func icon(_ name: String, _ context: PageContext) {
        self(.svg, .class("icon"), .ariaHidden, .width(20), .height(20)) { html in
            html(.use, .href(Links.icon(name, version: context.assetVersion))) { _ in }
        }
    }

    /// The hidden field that proves that a form came from this site.
    mutating func csrf(_ context: PageContext) {
        guard !context.csrfToken.isEmpty else { return }
        self(.input, .type("hidden"), .name("csrf"), .value(context.csrfToken))
    }

    /// The heading of a page with what stands under it and the actions beside it.
    mutating func heading(
        _ title: String, lead: String? = nil, actions: ((inout HTMLPrinter) -> Void)? = nil
    ) {
        self(.div, .class("page-heading")) { html in
            html(.div) { html in
                html(.h1, text: title)
                if let lead { html(.p, .class("lead"), text: lead) }
            }
            if let actions { html(.div, .class("actions"), content: actions) }
        }
    }

    /// What stands where a list would be: what is missing, and what to do next.
    mutating func emptyState(
        _ title: String, _ hint: String, action: (text: String, link: URLReference)? = nil,
        _ context: PageContext
    ) {
        self(.div, .class("empty")) { html in
            html.icon("sprout", context)
            html(.h2, text: title)
            html(.p, text: hint)
            if let action { html(.a, .class("button"), .href(action.link), text: action.text) }
        }
    }

    /// A day, readable by machines too.
    mutating func date(_ date: CalendarDate, _ texts: Texts) {
        self(.time, .dateTime(texts.value.machineDate(date)), text: texts.value.date(date))
    }

    /// A moment, in Romanian time for people and in UTC for machines.
    mutating func moment(_ instant: Instant, _ texts: Texts) {
        self(.time, .dateTime(instant.rfc3339), text: texts.value.dateTime(instant))
    }

    mutating func money(_ money: Money, _ texts: Texts) {
        self(.span, .class("money"), text: texts.value.money(money))
    }

    /// A sum, or a dash where there is none.
    mutating func money(_ money: Money?, _ texts: Texts) {
        guard let money else { return text("–") }
        self.money(money, texts)
    }

    /// An amount as `texts.money` says it, without a text of its own.
    mutating func amount(_ money: Money, _ texts: ValueTexts) {
        guard !texts.voice.isMarked else { return text(texts.money(money)) }
        NumberFormat(texts.voice.language).write(money, to: &self)
    }

    /// A salary's ends as `texts.span` says them, without a text of its own.
    mutating func span(_ range: SalaryRange, _ texts: ValueTexts) {
        guard !texts.voice.isMarked else { return text(texts.span(range)) }
        NumberFormat(texts.voice.language).write(range, to: &self)
    }

    /// A term with its value, for lists of facts.
    mutating func fact(_ term: String, content: (inout HTMLPrinter) -> Void) {
        self(.div) { html in
            html(.dt, text: term)
            html(.dd, content: content)
        }
    }

    mutating func fact(_ term: String, text: String) {
        fact(term) { html in html.text(text) }
    }

    /// A number with what it counts.
    mutating func figure(
        _ value: String, _ label: String, link: URLReference? = nil, isStrong: Bool = false
    ) {
        self(.div, .class(isStrong ? "figure strong" : "figure")) { html in
            html(.dt) { html in
                if let link {
                    html(.a, .href(link), text: label)
                } else {
                    html.text(label)
                }
            }
            html(.dd, text: value)
        }
    }

    /// The way back to the page above.
    mutating func backLink(_ text: String, _ link: URLReference, _ context: PageContext) {
        self(.p, .class("back")) { html in
            html(.a, .href(link)) { html in
                html.icon("back", context)
                html.text(text)
            }
        }
    }

    /// The links under a list that has more rows; lists have cursors, so there is no page number.
    mutating func pagination(
        first: URLReference?, next: URLReference?, _ texts: Texts
    ) {
        guard first != nil || next != nil else { return }
        self(.nav, .class("pagination"), .ariaLabel(texts.common.pages)) { html in
            if let first {
                html(.a, .class("button quiet"), .href(first), text: texts.common.firstPage)
            }
            if let next {
                html(
                    .a, .class("button quiet"), .href(next), .rel("next"),
                    text: texts.common.nextPage)
            }
        }
    }

    /// A text a person wrote: paragraphs divided by blank lines, lines beginning with `-` as a list.
    mutating func prose(_ text: String, headings: Tag = .h3) {
        for block in Prose.blocks(of: text) {
            switch block {
            case .paragraph(let lines):
                self(.p) { html in
                    for (position, line) in lines.enumerated() {
                        if position > 0 { html(.br) }
                        html.text(line)
                    }
                }
            case .list(let items):
                self(.ul) { html in
                    for item in items { html(.li) { html in html.text(item) } }
                }
            case .heading(let text):
                self(headings) { html in html.text(text) }
            }
        }
    }
}

extension HTMLPrinter {
    /// A text to be taken along: a field to select it from, and with the script a button that copies.
    mutating func copyLine(_ text: String, label: String, _ context: PageContext) {
        let texts = context.texts.common
        self(.div, .class("copy-line")) { html in
            html(
                .input, .type("text"), .readOnly(), .value(text), .ariaLabel(label),
                .spellCheck(false))
            html(
                .button, .type("button"), .class("quiet"), .hidden(), .dataCopy(text),
                .dataDone(texts.copied), text: texts.copy)
        }
    }

    /// A numbered or dated list of what happened.
    mutating func timeline<Entry>(
        _ entries: [Entry], entry: (Entry, inout HTMLPrinter) -> Void
    ) {
        self(.ol, .class("timeline")) { html in
            for value in entries {
                html(.li) { html in entry(value, &html) }
            }
        }
    }
}

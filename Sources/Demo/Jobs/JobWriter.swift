import Domain

/// Puts together the text of an ad: paragraphs, headings and lists as a person would type them.
struct JobWriter: Sendable {
    let company: String
    let about: String
    let title: String
    let place: Place
    let remote: Remote
    let field: Field

    func english(_ random: inout DemoRandom) -> String {
        let shared = JobSentences.self
        let reasons = paragraph(random.pick(2, of: shared.reasons))
        return [
            filled(random.pick(shared.openers)) + " " + about + " " + reasons,
            paragraph(random.pick(4, of: field.team) + [place(in: .english)]),
            heading("What you will do", random.pick(random.number(in: 8...10), of: field.tasks)),
            heading(
                "What you bring",
                random.pick(6, of: field.requirements) + random.pick(3, of: shared.general)),
            heading("It helps if you also have", random.pick(4, of: field.extras)),
            heading("What we offer", benefits(shared.benefits, 10, &random)),
            "How we work:\n\n" + paragraph(random.pick(5, of: shared.work)),
            "How we hire:\n\n" + paragraph(inOrder(6, of: shared.hiring, &random)),
            paragraph(random.pick(2, of: shared.closings)),
        ].joined(separator: "\n\n")
    }

    func romanian(_ random: inout DemoRandom) -> String {
        let shared = RomanianSentences.self
        let lists = field.romanian ?? Field.Romanian(tasks: [], requirements: [])
        let reasons = paragraph(random.pick(3, of: shared.reasons))
        return [
            filled(random.pick(shared.openers)) + " " + reasons,
            paragraph(random.pick(6, of: shared.team) + [place(in: .romanian)]),
            heading("Ce vei face", random.pick(9, of: lists.tasks)),
            heading("Ce așteptăm de la tine", random.pick(7, of: lists.requirements)),
            heading("Ce oferim", benefits(shared.benefits, 11, &random)),
            "Cum lucrăm:\n\n" + paragraph(random.pick(6, of: shared.work)),
            "Cum angajăm:\n\n" + paragraph(inOrder(7, of: shared.hiring, &random)),
            paragraph(random.pick(3, of: shared.closings)),
        ].joined(separator: "\n\n")
    }

    /// What every ad says first of what it offers, and some of the rest.
    private func benefits(
        _ all: [String], _ count: Int, _ random: inout DemoRandom
    ) -> [String] {
        Array(all.prefix(2)) + random.pick(count - 2, of: Array(all.dropFirst(2)))
    }

    /// Some of the sentences in the order in which they tell something.
    private func inOrder(
        _ count: Int, of sentences: [String], _ random: inout DemoRandom
    ) -> [String] {
        random.pick(count, of: Array(sentences.indices)).sorted().map { sentences[$0] }
    }

    private func place(in language: Language) -> String {
        switch (remote, language) {
        case (.onSite, .english): "The work is done on site in \(city(.english))."
        case (.hybrid, .english):
            "Two or three days a week you are in \(city(.english)), the others wherever you like."
        case (.full, .english):
            "The work can be done from anywhere in the country; \(city(.english)) is where we meet."
        case (.onSite, .romanian): "Locul de muncă este în \(city(.romanian))."
        case (.hybrid, .romanian):
            "Două sau trei zile pe săptămână ești în \(city(.romanian)), în rest lucrezi de acasă."
        case (.full, .romanian): "Poți lucra de oriunde din țară."
        }
    }

    /// The only town of the demo data whose English name differs.
    private func city(_ language: Language) -> String {
        language == .romanian && place.city == "Bucharest" ? "București" : place.city
    }

    /// The title as it stands in a sentence: without what follows a comma or a bracket.
    private var spokenTitle: String {
        let short = title.prefix { $0 != "," && $0 != "(" }
        return String(short).trimmed
    }

    private func filled(_ sentence: String) -> String {
        let isRomanian = sentence.contains("caută") || sentence.contains("angaj")
        return
            sentence
            .replacing("{company}", with: company)
            .replacing("{place}", with: city(isRomanian ? .romanian : .english))
            .replacing("{a}", with: article(for: spokenTitle) + " " + spokenTitle)
            .replacing("{title}", with: isRomanian ? title : spokenTitle)
    }

    /// By sound, so for abbreviations by the name of their first letter.
    private func article(for word: String) -> String {
        let first = word.prefix { $0 != " " }
        if ["HR", "SEO", "HVAC", "iOS", "IT"].contains(first) { return "an" }
        if ["UX"].contains(first) { return "a" }
        return "AEIO".contains(first.prefix(1)) ? "an" : "a"
    }

    private func heading(_ title: String, _ items: [String]) -> String {
        title + ":\n\n" + items.map { "- " + $0 }.joined(separator: "\n")
    }

    private func paragraph(_ sentences: [String]) -> String {
        sentences.joined(separator: " ")
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

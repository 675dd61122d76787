import Domain
import HTML
import Testing

@testable import Site

/// What stands on a page for a reader: text nodes, and the attributes that are read out or shown.
private struct ReadableText {
    let pieces: [String]

    init(_ bytes: [UInt8]) {
        var page = String(decoding: bytes, as: UTF8.self)
        page.replace(#/<script[^>]*>.*?<\/script>/#.dotMatchesNewlines(), with: "")
        var pieces = page.split(separator: #/<[^>]*>/#).map(String.init)
        for match in page.matches(of: #/ (?:aria-label|title|placeholder|alt|data-done)="([^"]*)"/#)
        {
            pieces.append(String(match.1))
        }
        self.pieces = pieces
    }

    /// What is left of a piece when catalogue texts `⟦…⟧` and data `⟪…⟫` are taken out.
    static func unmarked(_ piece: String) -> String {
        var depth = 0
        var rest = ""
        for character in piece {
            switch character {
            case "⟦", "⟪": depth += 1
            case "⟧", "⟫": depth -= 1
            default: if depth == 0 { rest.append(character) }
            }
        }
        return rest
    }
}

@Suite struct PagesTextsTests {
    private let marked = PagesSamples { "⟪\($0)⟫" }
    /// Names and codes that are the same in every language.
    private let names = ["Vouch", "EUR", "RON", "curl -H", "Authorization", "Bearer", "TOKEN"]

    @Test func `every text of every page comes from the catalogue`() {
        for sample in marked.all {
            let page = sample.page.bytes(in: marked.context(sample, texts: .marked))

            for piece in ReadableText(page).pieces {
                var rest = ReadableText.unmarked(piece)
                for name in names { rest.replace(name, with: "") }
                rest.replace(#/https?:\/\/\S*|&[a-z#0-9]+;/#, with: "")
                let foreign = rest.filter(\.isLetter)
                #expect(foreign.isEmpty, "\(sample.name): \(piece)")
            }
        }
    }

    @Test func `every page differs in the two languages`() {
        let samples = PagesSamples()
        for sample in samples.all {
            let english = sample.page.bytes(in: samples.context(sample, texts: Texts(.english)))
            let romanian = sample.page.bytes(in: samples.context(sample, texts: Texts(.romanian)))

            #expect(english != romanian, "\(sample.name)")
            #expect(String(decoding: romanian, as: UTF8.self).contains("<html lang=\"ro\">"))
        }
    }

    @Test(arguments: [Language.english, .romanian])
    func `every value of the domain has a name of its own`(_ language: Language) {
        let value = Texts(language).value

        #expect(Set(Stage.allCases.map(value.stage)).count == Stage.allCases.count)
        #expect(Set(JobState.allCases.map(value.jobState)).count == JobState.allCases.count)
        #expect(Set(HireState.allCases.map(value.hireState)).count == HireState.allCases.count)
        #expect(
            Set(CommissionState.allCases.map(value.commissionState)).count
                == CommissionState.allCases.count)
        #expect(
            Set(RejectionReason.allCases.map(value.rejection)).count
                == RejectionReason.allCases.count)
        #expect(Set(CountryCode.known.map(value.country)).count == CountryCode.known.count)
        #expect(
            CountryCode.known.allSatisfy {
                value.country($0) != $0.text && !value.country($0).isEmpty
            })
    }

    @Test(arguments: [Language.english, .romanian])
    func `every field has a label and every notice a sentence`(_ language: Language) {
        let texts = Texts(language)

        for field in ValidationError.Field.allCases {
            #expect(texts.form.label(field) != field.rawValue, "\(field)")
        }
        for notice in Notice.allCases {
            #expect(texts.common.notice(notice).count > 5)
        }
        #expect(Set(Notice.allCases.map(texts.common.notice)).count == Notice.allCases.count)
    }
}
